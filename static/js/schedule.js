// Filters of the programme without a round trip: what the form asks for is shown at once, told
// in the address, and taken back by the back button. Without this script the form is a plain one.
const form = document.querySelector(".finder form");
const programme = document.querySelector("#programme");
const FIELDS = ["track", "kind", "place", "language"];
const HAN = /\p{Script=Han}/u;
let isWhole = !programme.classList.contains("is-filtered");
let index = null; // of every day: code → {day, is_minor, …, words}
let asking = null;

const wantedOf = (query) =>
  new Map([...new URLSearchParams(query)].filter(([name, value]) => name in form.elements && name !== "view" && value.trim()));
const wantedNow = () => wantedOf(new URLSearchParams(new FormData(form)));

function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}_]+/gu) || [];
}

// One record, from an article of the page or from the index, against what is wanted.
function keeps(one, wanted) {
  for (const [name, value] of wanted) {
    if (name === "q") {
      const words = one.words;
      if (!folded(value).every((term) => words.includes(HAN.test(term) ? term : ` ${term}`))) return false;
    } else if (name === "place") {
      if (one.place !== value && one.place.split("/")[0] !== value) return false;
    } else if (name === "language") {
      if (!one.languages.split(" ").includes(value)) return false;
    } else if (one[name] !== value) return false;
  }
  return true;
}

const codeOf = (article) => decodeURIComponent(article.querySelector(".session-title a").pathname.split("/").at(-2));

function recordOf(article) {
  const { track = "", kind = "", place = "", languages = "" } = article.dataset;
  return { track, kind, place, languages, words: index?.[codeOf(article)]?.words || "" };
}

function ask() {
  asking ||= fetch(programme.dataset.words)
    .then((answer) => answer.json())
    .then((found) => {
      index = Object.fromEntries(
        Object.entries(found).map(([code, [day, minor, track, kind, place, languages, words]]) => [
          code, { day, minor, track, kind, place, languages, words },
        ]),
      );
    })
    .catch(() => { asking = null; throw new Error("no index"); });
  return asking;
}

// A page that came filtered has not everything: fetch the same days whole, once.
async function complete() {
  if (isWhole) return;
  const answer = await fetch(programme.dataset.whole);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const days = page.querySelectorAll("#programme > .day");
  for (const old of programme.querySelectorAll(":scope > .day")) old.remove();
  programme.prepend(...days);
  isWhole = true;
  document.dispatchEvent(new CustomEvent("programme:changed"));
}

// What a search finds is a few in many rooms: a list shows them together.
function lay(day, isNarrowed, isSearch) {
  if (day.dataset.grid === undefined) return;
  day.classList.toggle("as-grid", !isSearch);
  day.classList.toggle("is-wide", !isSearch && day.dataset.grid === "is-wide");
  fold(day, isNarrowed && !isSearch);
}

// Rooms in which nothing is left give their width to the others.
function fold(day, isNarrowed) {
  const grid = day.querySelector(".grid");
  const heads = [...day.querySelectorAll(".grid-room")];
  const used = new Set([...day.querySelectorAll(".session:not([hidden])")].map((one) => one.dataset.place || ""));
  let width = 0;
  const tracks = heads.map((head) => {
    head.hidden = isNarrowed && !used.has(head.dataset.place);
    const lanes = Number(head.className.match(/\bw(\d+)/)?.[1] || 1);
    if (!head.hidden) width += lanes;
    return `repeat(${lanes}, ${head.hidden ? "0px" : "minmax(10rem, 1fr)"})`;
  });
  grid.style.gridTemplateColumns = isNarrowed && heads.length ? `3.75rem ${tracks.join(" ")}` : "";
  grid.style.minInlineSize = isNarrowed && heads.length ? `${3.75 + width * 10}rem` : "";
}

function show(wanted) {
  const isNarrowed = wanted.size > 0;
  let count = 0;
  for (const article of programme.querySelectorAll(".session")) {
    article.hidden = !keeps(recordOf(article), wanted);
    if (!article.hidden && !article.classList.contains("is-minor")) count += 1;
  }
  for (const slot of programme.querySelectorAll(".slot")) slot.hidden = !slot.querySelector(".session:not([hidden])");
  for (const day of programme.querySelectorAll(".day")) {
    day.hidden = !day.querySelector(".slot:not([hidden])");
    lay(day, isNarrowed, wanted.has("q"));
  }
  programme.classList.toggle("is-filtered", isNarrowed);
  programme.querySelector(".nothing").hidden = Boolean(programme.querySelector(".day:not([hidden])"));
  tell(count, wanted);
}

const numbered = (element, number) => (number === 1 ? element.dataset.one : element.dataset.many).replace(/\d+/, number);

function tell(count, wanted) {
  const told = document.querySelector("[data-count]");
  const words = numbered(told, count);
  if (told.textContent !== words) told.textContent = words;
  chips(wanted);
  const query = new URLSearchParams([...wanted, ...kept()]).toString();
  for (const tab of document.querySelectorAll(".day-tabs a")) {
    tab.search = query;
    if (index) countOn(tab, wanted);
  }
  const looks = document.querySelector(".looks a");
  if (looks) {
    looks.parentElement.hidden = wanted.has("q");
    const other = new URLSearchParams(wanted.size ? [...wanted] : []);
    if (!kept().length) other.set("view", "list");
    looks.search = other.toString();
  }
  elsewhere(count, wanted, query);
}

const kept = () => [...new FormData(form)].filter(([name]) => name === "view");

function found(wanted, day) {
  return Object.values(index).filter((one) => !one.minor && (!day || one.day === day) && keeps(one, wanted)).length;
}

function countOn(tab, wanted) {
  const number = found(wanted, tab.dataset.day);
  tab.querySelector(".tab-number").textContent = number;
  const full = tab.querySelector(".tab-full");
  full.textContent = numbered(full, number);
}

function elsewhere(count, wanted, query) {
  const link = document.querySelector("[data-elsewhere]");
  const others = index && wanted.size ? found(wanted, "") - count : 0;
  link.hidden = others <= 0;
  link.querySelector("a").search = query;
  link.querySelector("a").textContent = numbered(link, others);
}

function cross() {
  const icon = form.querySelector("svg.icon").cloneNode(true);
  const use = icon.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#close"));
  return icon;
}

function chips(wanted) {
  const list = document.querySelector("[data-chips]");
  const { remove, clear, label } = list.dataset;
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  const entries = [...wanted].map(([name, value]) => {
    const field = form.elements[name];
    const chip = make("a", "chip");
    const left = new URLSearchParams([...wanted, ...kept()].filter(([other]) => other !== name));
    chip.href = `${programme.dataset.here}?${left}`;
    chip.dataset.clears = name;
    const words = field.selectedOptions ? field.selectedOptions[0].textContent : value;
    chip.append(make("span", "visually-hidden", `${remove} `), make("span", "chip-label", field.labels[0].textContent.trim()), " ", make("span", "", words), cross());
    const entry = make("li", "");
    entry.append(chip);
    return entry;
  });
  list.replaceChildren();
  if (!entries.length) return;
  const all = make("ul", "chips");
  all.setAttribute("aria-label", label);
  const last = make("li", "");
  const link = make("a", "chip-clear", clear);
  link.href = programme.dataset.here;
  link.dataset.clears = "*";
  last.append(link);
  all.append(...entries, last);
  list.append(all);
}

let turn = 0;

async function apply({ entry }) {
  const mine = (turn += 1);
  const wanted = wantedNow();
  const query = new URLSearchParams([...wanted, ...kept()]).toString();
  const address = programme.dataset.here + (query ? `?${query}` : "");
  if (entry === "push") history.pushState(null, "", address);
  if (entry === "replace") history.replaceState(null, "", address);
  try {
    await complete();
    if (wanted.has("q")) await ask();
    else ask().then(() => mine === turn && tell(programme.querySelectorAll(".session:not([hidden], .is-minor)").length, wanted), () => {});
  } catch {
    form.submit(); // no network, or no index: the server answers, or the browser says why not
    return;
  }
  if (mine === turn) show(wanted);
}

function fill(query) {
  const wanted = wantedOf(query);
  for (const name of ["q", ...FIELDS]) form.elements[name].value = wanted.get(name) || "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  apply({ entry: "push" });
});
form.addEventListener("change", (event) => event.target.name !== "q" && apply({ entry: "push" }));
form.addEventListener("input", (event) => event.target.name === "q" && apply({ entry: "replace" }));
form.addEventListener("focusin", () => ask().catch(() => {}), { once: true });
document.querySelector("[data-chips]").addEventListener("click", (event) => {
  const chip = event.target.closest("a");
  if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const name = chip.dataset.clears || chip.search && [...wantedNow().keys()].find((one) => !new URLSearchParams(chip.search).has(one));
  for (const field of name && name !== "*" ? [name] : ["q", ...FIELDS]) form.elements[field].value = "";
  apply({ entry: "push" });
  form.elements.q.focus({ preventScroll: true });
});
window.addEventListener("popstate", () => {
  fill(location.search);
  apply({ entry: "" });
});
window.addEventListener("pageshow", (event) => event.persisted && fill(location.search));
