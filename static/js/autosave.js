// An application is kept as one types: a moment after the last key, and again until it is
// through. What another window changed meanwhile is never overwritten: the form then says so.
const form = document.querySelector("form[data-autosave]");
const state = form.querySelector("[data-save-state]");
const edits = form.elements.edits;
const words = form.dataset;
const PAUSE = 1500;
const AGAIN = 5000;
let timer = 0;
let isDirty = false;
let isSaving = false;
let isBehind = false;

const say = (text) => { state.textContent = text; };

const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
};

async function save() {
  if (isSaving || isBehind || !isDirty) return;
  isSaving = true;
  isDirty = false;
  say(words.saving);
  const data = new FormData(form);
  data.append("autosave", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    const said = await answer.json();
    if (answer.ok) {
      edits.value = said.edits;
      say(words.saved.replace("{time}", said.saved));
    } else {
      isBehind = said.code === "edited";
      say(isBehind ? words.behind : said.error);
    }
  } catch {
    isDirty = true;
    say(words.failed);
    later(AGAIN);
  } finally {
    isSaving = false;
    if (isDirty) later(PAUSE);
  }
}

form.addEventListener("input", () => {
  isDirty = true;
  later(PAUSE);
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  isDirty = false;
});
// A page that is left says what is not kept yet.
addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
addEventListener("beforeunload", (event) => { if (isDirty && !isBehind) event.preventDefault(); });
