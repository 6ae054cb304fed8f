// The chair steps the reveal by a presenter's clicker or the arrow keys, from any place of the page
// that takes no typing.
const NEXT = new Set(["PageDown", "ArrowRight"]);
addEventListener("keydown", (event) => {
  if (!NEXT.has(event.key) || event.target.closest("input, select, textarea")) return;
  const button = document.querySelector("[data-reveal-next]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
