// My schedule: what is starred, by day, with what clashes and what changed since one looked.
const { stars } = window;
const frame = document.querySelector("[data-mine-frame]");
const words = frame.dataset;
const find = (name) => frame.querySelector(`[data-${name}]`);
const slug = document.querySelector('meta[name="programme"]').content;
const SEEN = `favourites-seen:${slug}`;
const SHORT = 8;
const MOST = 400; // in a link
const MOST_IN_CODE = 100; // that a phone still reads
let entries = new Map();
let csrf = "";
let shared = readShared();

function readShared() {
  const given = /^#with=([0-9a-f.]*)$/.exec(location.hash)?.[1];
  return given === undefined ? null : given.split(".").filter((one) => one.length === SHORT);
}

function seen() {
  try {
    return JSON.parse(localStorage.getItem(SEEN)) || {};
  } catch {
    return {};
  }
}

function see(found) {
  try {
    localStorage.setItem(SEEN, JSON.stringify(found));
  } catch { /* it keeps nothing: then nothing is known to have changed */ }
}

const state = (one) => [one.start, one.end, one.place || "", Boolean(one.cancelled), one.title];
const clock = (one) => `${one.start.slice(11, 16)}–${one.end.slice(11, 16)}`;
const quoted = (one) => words.quoted.replace("{title}", () => one.title).replace("{time}", clock(one));
const overlap = (one, other) => one !== other && !one.cancelled && !other.cancelled && Date.parse(one.start) < Date.parse(other.end) && Date.parse(other.start) < Date.parse(one.end);

function chosen() {
  if (shared) {
    const wanted = new Set(shared);
    return [...entries.values()].filter((one) => wanted.has(one.guid.slice(0, SHORT)));
  }
  return stars.starred().map((guid) => entries.get(guid)).filter(Boolean);
}

function note(article, name, text) {
  article.querySelector(name).textContent = text;
}

function articleOf(one, all, known) {
  const article = document.querySelector("#mine-session").content.cloneNode(true).querySelector("article");
  if (one.colour) article.classList.add(`track-${one.colour}`);
  article.classList.toggle("is-cancelled", Boolean(one.cancelled));
  note(article, ".session-time", [clock(one), one.kind].filter(Boolean).join(" · "));
  const link = article.querySelector("a");
  link.href = one.url;
  link.textContent = one.title;
  if (one.lang) link.lang = one.lang;
  note(article, ".mine-state", one.cancelled ? words.cancelled : "");
  const rivals = all.filter((other) => overlap(one, other));
  note(article, ".mine-note.mine-clash", rivals.length ? words.clash.replace("{others}", rivals.map(quoted).join("; ")) : "");
  note(article, ".mine-changed", changed(one, known) ? words.was.replace("{was}", () => wasOf(known)) : "");
  note(article, ".session-people", (one.people || []).join(", "));
  note(article, ".fact-track", one.track || "");
  note(article, ".fact-place", one.place || "");
  Object.assign(article.querySelector(".session-star").dataset, { guid: one.guid, title: one.title });
  return article;
}

const changed = (one, known) => !shared && known && JSON.stringify(state(one).slice(0, 4)) !== JSON.stringify(known.slice(0, 4));
const wasOf = ([start, end, place, isCancelled]) => isCancelled ? words.cancelled : [`${start.slice(0, 10)} ${start.slice(11, 16)}–${end.slice(11, 16)}`, place].filter(Boolean).join(", ");

function show() {
  const found = chosen().sort((a, b) => Date.parse(a.start) - Date.parse(b.start) || a.title.localeCompare(b.title));
  const known = seen();
  for (const one of found) if (!shared) known[one.guid] ||= state(one);
  if (!shared) see(known);
  for (const section of frame.querySelectorAll("[data-day]")) {
    const here = found.filter((one) => one.day === section.dataset.day);
    section.hidden = !here.length;
    section.querySelector(".session-list").replaceChildren(...here.map((one) => articleOf(one, found, known[one.guid])));
  }
  showGone(known);
  const clashes = found.filter((one) => found.some((other) => overlap(one, other))).length;
  find("clash-count").textContent = clashes ? words.clashes : "";
  find("changed-bar").hidden = !found.some((one) => changed(one, known[one.guid]));
  find("empty").hidden = Boolean(found.length) || Boolean(shared);
  find("shared").hidden = !shared || !found.length;
  find("share").hidden = !found.length;
  trouble(shared && !found.length && entries.size ? words.broken : "");
  if (found.length) showWays(found);
  stars.show();
}

// Starred, and taken out of the programme since.
function showGone(known) {
  const gone = shared ? [] : stars.starred().filter((guid) => entries.size && !entries.has(guid) && known[guid]);
  const section = frame.querySelector('[data-day="gone"]');
  section.hidden = !gone.length;
  section.querySelector(".session-list").replaceChildren(...gone.map((guid) => {
    const [start, end, place, , title] = known[guid];
    const article = articleOf({ guid, start, end, place, title, url: "" }, [], null);
    article.querySelector("a").replaceWith(title);
    note(article, ".session-time", `${start.slice(0, 10)} ${start.slice(11, 16)}–${end.slice(11, 16)}`);
    note(article, ".mine-state", words.gone);
    return article;
  }));
}

function showWays(found) {
  const list = found.map((one) => one.guid.slice(0, SHORT)).join(".");
  find("link").value = `${location.origin}${location.pathname}#with=${list}`;
  find("calendar").href = `${words.choice}?with=${list}`;
  find("share").hidden = found.length > MOST;
  const picture = find("code-image");
  picture.hidden = found.length > MOST_IN_CODE;
  const address = `${words.code}?with=${list}`;
  if (!picture.hidden && picture.getAttribute("src") !== address) picture.src = address;
}

function trouble(text) {
  find("trouble").hidden = !text;
  find("trouble-text").textContent = text;
}

// Nobody is asked who they are but who signed in here once, or comes from doing so.
async function showLogin() {
  const comes = location.hash === "#login";
  if (comes) history.replaceState(null, "", location.pathname);
  if (!comes && !stars.remembersLogin()) return;
  const found = await stars.sync().catch(() => undefined);
  find("account").hidden = found === undefined; // without a net nobody knows
  find("signed-in").hidden = !found;
  find("signed-out").hidden = Boolean(found);
  if (!found) return;
  csrf = found.csrf;
  find("who").textContent = found.who;
  find("private").value = found.calendar;
  find("mail").checked = found.mail;
}

async function settle(what) {
  const answer = await fetch(words.settings, { method: "POST", headers: { "X-CSRFToken": csrf }, body: new URLSearchParams(what) }).catch(() => null);
  if (!answer?.ok) return trouble(words.lost);
  const found = await answer.json();
  find("private").value = found.calendar;
  find("mail").checked = found.mail;
  if (what.renew) stars.say(words.renewed);
}

find("renew").addEventListener("click", () => settle({ renew: "yes" }));
find("mail").addEventListener("change", (event) => settle({ mail: event.target.checked ? "yes" : "no" }));
find("print").addEventListener("click", () => print());
find("seen").addEventListener("click", () => {
  see(Object.fromEntries(chosen().map((one) => [one.guid, state(one)])));
  show();
});
find("take").addEventListener("click", () => {
  const guids = chosen().map((one) => one.guid);
  leaveShared();
  stars.set(guids, true);
  stars.say(words.taken);
});
find("own").addEventListener("click", leaveShared);
for (const button of frame.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = button.parentElement.querySelector("input");
    field.select();
    const isCopied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    stars.say(isCopied ? words.copied : words.marked);
  });
}

function leaveShared() {
  shared = null;
  history.replaceState(null, "", location.pathname);
  show();
}

addEventListener("hashchange", () => { shared = readShared(); show(); });
document.addEventListener("stars", show);
frame.hidden = false;
try {
  const answer = await fetch(words.entries, { cache: "no-cache" });
  if (!answer.ok) throw new Error(answer.status);
  entries = new Map((await answer.json()).filter((one) => one.guid).map((one) => [one.guid, one]));
  show();
} catch {
  trouble(words.lost);
}
await showLogin();
