// Questions are dragged into order; the arrows do the same without us.
const script = document.querySelector("script[data-sortable]");
const { default: Sortable } = await import(script.dataset.sortable);
const form = document.querySelector("[data-design]");
const said = form.querySelector("[data-said]");

const order = () =>
  [...form.querySelectorAll("[data-section]")].map((section) => [
    Number(section.dataset.section),
    [...section.querySelectorAll("[data-question]")].map((row) => Number(row.dataset.question)),
  ]);

const send = async () => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("order", JSON.stringify(order()));
  const answer = await fetch(form.action, { method: "POST", body });
  // A refusal is told by the page itself; so is a session that has ended.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-design]");
  const kept = now && JSON.stringify(orderOf(now)) === JSON.stringify(order());
  if (!answer.ok || !kept) location.reload();
};

const orderOf = (root) =>
  [...root.querySelectorAll("[data-section]")].map((section) => [
    Number(section.dataset.section),
    [...section.querySelectorAll("[data-question]")].map((row) => Number(row.dataset.question)),
  ]);

for (const list of form.querySelectorAll("[data-questions]")) {
  Sortable.create(list, {
    group: "questions",
    handle: "[data-handle]",
    animation: 120,
    onEnd: () => {
      said.textContent = "";
      send();
    },
  });
}
