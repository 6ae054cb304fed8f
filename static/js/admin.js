// The office: what unfold leaves out for readers of Chinese, and for keyboards and screen readers.
// Runs in the head, so that it comes before unfold makes its scrolling regions.
document.addEventListener("DOMContentLoaded", () => {
  if (window.SimpleBar && document.documentElement.lang.startsWith("zh")) {
    window.SimpleBar.defaultOptions.ariaLabel = "可滚动内容";
  }

  document.getElementById("content")?.setAttribute("role", "main");

  // The name that the icon font draws as a picture is nothing to read out.
  for (const icon of document.querySelectorAll(".material-symbols-outlined")) {
    icon.setAttribute("aria-hidden", "true");
  }
  for (const named of document.querySelectorAll("a[title], button[title]")) {
    named.setAttribute("aria-label", named.getAttribute("aria-label") ?? named.title);
  }

  // On a phone each cell has its label before it, as a heading: with a capital.
  for (const cell of document.querySelectorAll("#result_list [data-label]")) {
    const label = cell.dataset.label;
    cell.dataset.label = label.charAt(0).toUpperCase() + label.slice(1);
  }

  // The filters stand at the end of the page: the keyboard goes there, and back again.
  const opener = document.querySelector(".office-filters");
  const panel = document.getElementById("changelist-filter");
  panel?.setAttribute("tabindex", "-1");
  opener?.addEventListener("click", () => setTimeout(() => panel.focus(), 50));
  panel?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") opener.focus();
  });
});
