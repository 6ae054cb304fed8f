// Placeholders that are pressed go into the text where one was writing.
const TEXTS = "[name^=subject_], [name^=text_], [name*=-text_]:not([name*=__prefix__])";
const fields = [...document.querySelectorAll(TEXTS)].filter((field) => !field.readOnly);
let last = document.querySelector("[name=text_en]") ?? fields[0];

for (const field of fields) {
  field.addEventListener("focus", () => { last = field; });
}

function type(text) {
  const start = last.selectionStart ?? last.value.length;
  last.setRangeText(text, start, last.selectionEnd ?? start, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
  last.dispatchEvent(new Event("change", { bubbles: true }));
  last.focus();
}

for (const typed of last ? document.querySelectorAll("code[data-placeholder]") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "office-placeholder";
  button.textContent = typed.textContent;
  button.addEventListener("click", () => type(typed.dataset.placeholder));
  typed.replaceWith(button);
}
