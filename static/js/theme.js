// Light or dark as the reader chose; without a choice, as their system says.
// Loaded before the styles so that the page never flashes in the wrong one.
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage may be off: the button then works for this page only
    }
  };
  const chosen = read();
  if (chosen === "dark" || chosen === "light") root.dataset.bsTheme = chosen;

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const isDark = () =>
      root.dataset.bsTheme
        ? root.dataset.bsTheme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.bsTheme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.bsTheme);
      } catch {
        // See above.
      }
      show();
    });
  });
})();
