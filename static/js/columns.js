// Columns of an export are dragged into order; the arrows do the same without us.
const script = document.querySelector("script[data-sortable]");
const { default: Sortable } = await import(script.dataset.sortable);

for (const list of document.querySelectorAll("[data-arranged]")) {
  list.classList.add("is-draggable");
  Sortable.create(list, { handle: "[data-handle]", animation: 120 });
}
