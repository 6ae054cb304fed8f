// What every part of the editor needs: the page, its words, and how things stand.
export const root = document.querySelector("[data-editor]");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
export const words = root && read("editor-words");
export const find = (name) => root.querySelector(`[data-${name}]`);
// The drafts as the server last told them, the day shown, the library's grid, how to draw it.
export const view = { state: root && read("editor-grid"), day: "", calendar: null, draw: null };

export const local = (date) => {
  const two = (number) => String(number).padStart(2, "0");
  const days = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${days}T${two(date.getHours())}:${two(date.getMinutes())}:00`;
};
export const say = (text) => {
  find("said").textContent = text;
};
export const element = (tag, text, className = "") => {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
};
export const button = (text, pressed, className = "office-button") => {
  const made = element("button", text, className);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
};
export const formOf = (one) => root.dataset.session.replace("/0/", `/${one.id}/`);
