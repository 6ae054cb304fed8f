// One opinion for each browser: it keeps the ticket of the form, so that a second one corrects
// the first. For each session another ticket: nobody can tell what else a reader said.
const form = document.querySelector("[data-feedback]");
const key = `feedback:${form.dataset.feedback}`;
const ticket = form.elements.ticket;
const KEPT = 50 * 24 * 3600e3;

try {
  const [kept, since] = JSON.parse(localStorage.getItem(key) || "[]");
  if (kept && Date.now() - since < KEPT && !form.querySelector(".is-invalid, #errors")) ticket.value = kept;
  form.addEventListener("submit", () => localStorage.setItem(key, JSON.stringify([ticket.value, Date.now()])));
} catch {
  // storage is forbidden: each form counts for itself
}
