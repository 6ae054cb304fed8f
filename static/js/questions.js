// A designed form shows the questions that the answers so far bring up.
// Without it all of them are shown, each with its condition in words.
const questions = [...document.querySelectorAll("[data-shown-if]")];

const boxes = (name) => [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

const given = (name) =>
  boxes(name)
    .filter((box) => !box.closest(".question[hidden]"))
    .filter((box) => (["radio", "checkbox"].includes(box.type) ? box.checked : box.value))
    .map((box) => box.value);

const update = () => {
  for (const question of questions) {
    const wanted = question.dataset.shownValues.split(" ");
    question.hidden = !given(question.dataset.shownIf).some((value) => wanted.includes(value));
  }
};

for (const condition of document.querySelectorAll(".question-condition")) condition.hidden = true;
document.addEventListener("change", update);
update();

// After a refusal the reader is led to what has to be put right.
document.getElementById("errors")?.focus();
