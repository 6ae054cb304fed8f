// Times in the reader's own zone, if they ask for it; the choice is kept in this browser.
const KEY = "times";
const button = document.querySelector("[data-zone-switch]");
const label = document.querySelector("[data-zone]");
const language = document.documentElement.lang.replace(/^en$/, "en-GB"); // as the page has it
const ours = label.dataset.zone;
const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
const theirWords = label.textContent;

const offset = (zone) =>
  new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(Date.parse(label.dataset.at)).find((part) => part.type === "timeZoneName").value;

function stored() {
  try {
    return localStorage.getItem(KEY) === "mine";
  } catch {
    return false; // storage is forbidden: the choice lasts as long as the page
  }
}

let isMine = stored();

function keep() {
  try {
    if (isMine) localStorage.setItem(KEY, "mine");
    else localStorage.removeItem(KEY);
  } catch {
    // as above
  }
}

const clock = (zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const days = (zone) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
const short = (zone) => new Intl.DateTimeFormat(language, { timeZone: zone, weekday: "short", day: "numeric", month: "short" });
const full = (zone) => new Intl.DateTimeFormat(language, { timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric" });

function zoneWords(zone) {
  const [name, utc] = ["long", "shortOffset"].map((style) =>
    new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style })
      .formatToParts(Date.parse(label.dataset.at)).find((part) => part.type === "timeZoneName").value);
  return button.dataset.mine.replace("{zone}", `${name}, ${utc.replace("GMT", "UTC")}`);
}

function write(zone) {
  const [time, dayIn] = [clock(zone), days(zone)];
  for (const one of document.querySelectorAll("#programme time, .session-page time")) {
    one.textContent = time.format(Date.parse(one.dateTime));
  }
  for (const day of document.querySelectorAll("#programme > .day")) head(day, zone, dayIn);
}

// A day of the conference may be two of the reader's: each time then names its own.
function head(day, zone, dayIn) {
  const name = day.querySelector(".day-name");
  name.dataset.words ??= name.textContent;
  const times = [...day.querySelectorAll(".slot-time time")].map((one) => Date.parse(one.dateTime));
  const differs = zone !== ours && times.some((at) => dayIn.format(at) !== day.dataset.day);
  name.textContent = differs ? full(zone).formatRange(times[0], times.at(-1)) : name.dataset.words;
  name.classList.toggle("is-shifted", differs);
  for (const slot of day.querySelectorAll(".slot-time")) {
    const at = Date.parse(slot.querySelector("time").dateTime);
    let note = slot.querySelector(".slot-shift");
    if (dayIn.format(at) === day.dataset.day || !differs) note?.remove();
    else {
      note ??= Object.assign(document.createElement("span"), { className: "slot-shift" });
      note.textContent = ` ${short(zone).format(at)}`;
      slot.append(note);
    }
  }
}

function show() {
  const zone = isMine ? mine : ours;
  button.setAttribute("aria-pressed", String(isMine));
  label.textContent = isMine ? zoneWords(mine) : theirWords;
  write(zone);
}

button.addEventListener("click", () => {
  isMine = !isMine;
  keep();
  show();
});
window.addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  isMine = stored();
  show();
});
document.addEventListener("programme:changed", () => isMine && show());

if (offset(mine) !== offset(ours)) {
  button.hidden = false;
  if (isMine) show();
} else isMine = false;
