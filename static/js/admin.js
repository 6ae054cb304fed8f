// The office: scrolling regions are named in the reader's language, not always in English.
// Runs in the head, so that it comes before unfold makes them.
document.addEventListener("DOMContentLoaded", () => {
  if (window.SimpleBar && document.documentElement.lang.startsWith("zh")) {
    window.SimpleBar.defaultOptions.ariaLabel = "可滚动内容";
  }
});
