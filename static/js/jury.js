// Each touch of a juror is written down in the browser first, then sent, oldest first. It stays
// written down until the server has said that it is kept, so a lost answer loses nothing; its
// key makes sure that sending it again counts once.
const root = document.querySelector("[data-jury]");
const words = root.dataset;
const net = root.querySelector("[data-net]");
const prefix = `${words.jury}:`;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 30000;
let wait = FIRST_WAIT;
let timer = 0;
let isSending = false;
let memory = {}; // where storage is forbidden: as long as the page lives

const store = {
  read(name) {
    try { return localStorage.getItem(name) ?? memory[name] ?? null; } catch { return memory[name] ?? null; }
  },
  write(name, text) {
    try { localStorage.setItem(name, text); } catch { memory[name] = text; }
  },
  drop(name) {
    delete memory[name];
    try { localStorage.removeItem(name); } catch { /* it was never there */ }
  },
  names() {
    let kept = [];
    try { kept = Object.keys(localStorage); } catch { /* forbidden */ }
    return [...new Set([...kept, ...Object.keys(memory)])].filter((name) => name.startsWith(`${prefix}touch:`));
  },
};

// getRandomValues, since randomUUID is there on https only.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function client() {
  const known = store.read("jury-browser");
  if (known) return known;
  const made = uuid();
  store.write("jury-browser", made);
  return made;
}

// Rises with every touch of this browser, in all its tabs, even if its clock is put back.
function nextSequence() {
  const last = Number(store.read("jury-sequence")) || 0;
  const next = Math.max(Date.now(), last + 1);
  store.write("jury-sequence", String(next));
  return next;
}

function queue() {
  const touches = store.names().map((name) => ({ name, ...JSON.parse(store.read(name)) }));
  return touches.sort((one, other) => one.sequence - other.sequence);
}

function fieldOf(touch) {
  return root.querySelector(`[data-entry="${touch.entry}"] [data-criterion="${touch.criterion}"]`);
}

function say(field, text, look) {
  if (!field) return;
  const state = field.querySelector("[data-state]");
  state.textContent = text;
  state.className = `point-state${look ? ` is-${look}` : ""}`;
}

function choose(field, value) {
  for (const input of field?.querySelectorAll("input") ?? []) input.checked = input.value === String(value);
}

function sayNet(text, look) {
  if (net.textContent !== text) net.textContent = text;
  net.className = `jury-net is-${look}`;
}

function count() {
  let done = 0;
  for (const chip of root.querySelectorAll("[data-chip]")) {
    const fields = [...root.querySelectorAll(`[data-entry="${chip.dataset.chip}"] [data-criterion]`)];
    const isDone = fields.length > 0 && fields.every((field) => field.querySelector("input:checked"));
    chip.classList.toggle("is-done", isDone);
    done += isDone || chip.classList.contains("is-away") ? 1 : 0;
  }
  root.querySelector("[data-done]").textContent = String(done);
}

function touched(input) {
  const field = input.closest("[data-criterion]");
  const touch = {
    key: uuid(),
    client: client(),
    sequence: nextSequence(),
    entry: field.closest("[data-entry]").dataset.entry,
    criterion: field.dataset.criterion,
    value: input.value,
    seen: field.dataset.number,
  };
  store.write(`${prefix}touch:${touch.sequence}`, JSON.stringify(touch));
  say(field, words.waiting, "waiting");
  count();
  send();
}

async function send() {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  try {
    // Of several tabs one sends at a time, where the browser can see to that.
    if (navigator.locks) await navigator.locks.request(prefix, drain);
    else await drain();
  } finally {
    isSending = false;
  }
}

async function drain() {
  for (let next = queue()[0]; next; next = queue()[0]) {
    const answer = await post(next);
    if (!answer) return later();
    if (!settle(next, answer)) return;
  }
  wait = FIRST_WAIT;
  if (net.textContent) sayNet(words.back, "kept");
}

// The server's word on a touch; null if there was none.
async function post(touch) {
  const body = new FormData();
  for (const name of ["key", "client", "sequence", "entry", "criterion", "value", "seen"]) body.append(name, touch[name]);
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, credentials: "omit", signal: AbortSignal.timeout(10000) });
    if (answer.status === 404 || answer.status === 410) return { state: "over" };
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return null;
    return await answer.json();
  } catch {
    return null;
  }
}

// Whether the queue goes on: a closed round and a dead link keep what waits.
function settle(touch, answer) {
  const field = fieldOf(touch);
  if (answer.state === "closed" || answer.state === "over") {
    say(field, words.closed, "refused");
    sayNet(answer.state === "over" ? words.over : words.closed, "refused");
    return false;
  }
  store.drop(touch.name);
  const isLast = !queue().some((one) => one.entry === touch.entry && one.criterion === touch.criterion);
  if (field && answer.number) field.dataset.number = answer.number;
  if (!isLast) return true;
  if (answer.state === "kept") say(field, words.kept, "");
  else {
    if (answer.value !== undefined) choose(field, answer.value);
    say(field, answer.text, "refused");
    count();
  }
  return true;
}

function later() {
  const waiting = queue().length;
  sayNet(navigator.onLine ? `${words.left} ${waiting}` : words.away, "waiting");
  timer = setTimeout(send, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function again() {
  wait = FIRST_WAIT;
  if (queue().length) send();
}

for (const button of root.querySelectorAll("[data-plain]")) button.hidden = true;
for (const touch of queue()) {
  choose(fieldOf(touch), touch.value);
  say(fieldOf(touch), words.waiting, "waiting");
}
root.addEventListener("change", (event) => {
  if (event.target.matches("[data-criterion] input")) touched(event.target);
});
addEventListener("online", again);
addEventListener("offline", () => sayNet(words.away, "waiting"));
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
count();
again();
