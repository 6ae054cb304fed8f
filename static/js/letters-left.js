// How many characters a box has left, said while one types. A line end counts as one.
const words = document.querySelector("[data-letters]")?.dataset.letters;

for (const box of words ? document.querySelectorAll("textarea[data-most]") : []) {
  const said = document.createElement("div");
  said.className = "letters-left";
  said.setAttribute("aria-live", "polite");
  const update = () => {
    const left = Number(box.dataset.most) - [...box.value].length;
    said.textContent = words.replace("{left}", left);
  };
  box.addEventListener("input", update);
  box.after(said);
  update();
}
