// Light or dark: the system's choice until the reader makes one, which is kept in this browser.
// Loaded in the head before anything is painted, so that a page never flashes.
(() => {
  const KEY = "theme";
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is forbidden: the system's choice holds
    }
  };
  const current = () => stored() || (system.matches ? "dark" : "light");

  function apply() {
    const theme = current();
    document.documentElement.dataset.bsTheme = theme;
    const sheet = document.getElementById("dark-css");
    if (sheet) sheet.media = theme === "dark" ? "screen" : "not all";
    for (const button of document.querySelectorAll("[data-theme-toggle]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(theme === "dark"));
    }
  }

  function toggle() {
    const wanted = current() === "dark" ? "light" : "dark";
    const isSystems = wanted === (system.matches ? "dark" : "light");
    try {
      if (isSystems) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, wanted);
    } catch {
      return;
    }
    apply();
  }

  apply();
  document.addEventListener("DOMContentLoaded", apply);
  system.addEventListener("change", apply);
  window.addEventListener("storage", apply);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) toggle();
  });
})();
