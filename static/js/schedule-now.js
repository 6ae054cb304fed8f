// What is on now and what is next, by the reader's clock, for as long as the page is open:
// the block on top, the mark of a session, the line in the grid.
const block = document.querySelector("[data-now]");
const DAY = 24 * 3600e3;
const STEP = 5 * 60e3;
const SHOWN = 3;

const at = (text) => Date.parse(text);
const starts = (article) => at(article.querySelector(".session-star").dataset.start);
const ends = (article) => at(article.querySelector(".session-star").dataset.end);
const isHeld = (article) => !article.classList.contains("is-cancelled");
const isNotable = (article) => isHeld(article) && !article.classList.contains("is-minor");

function dayOf(now) {
  return [...document.querySelectorAll("#programme > .day")].find((day) => {
    const from = at(day.dataset.from);
    return from <= now && now < from + DAY;
  });
}

function mark(article, isOn) {
  let badge = article.querySelector(".badge-state.tone-good");
  if (isOn && !badge) {
    badge = document.querySelector("#on-now").content.firstElementChild.cloneNode(true);
    article.querySelector(".session-title").after(badge);
  } else if (!isOn && badge) badge.remove();
}

function fill(part, sessions) {
  part.hidden = !sessions.length;
  const entries = sessions.slice(0, SHOWN).map((article) => {
    const title = article.querySelector(".session-title a");
    const link = Object.assign(document.createElement("a"), { href: title.href, textContent: title.textContent });
    if (title.lang) link.lang = title.lang;
    const note = document.createElement("span");
    note.className = "muted";
    const times = article.querySelectorAll(".session-time time");
    const until = block.dataset.until.replace(/\d\d:\d\d/, times[1].textContent);
    note.textContent = [article.querySelector(".session-star").dataset.room, until].filter(Boolean).join(" · ");
    const entry = document.createElement("li");
    entry.append(link, document.createElement("br"), note);
    return entry;
  });
  if (sessions.length > SHOWN) {
    const more = document.createElement("li");
    more.className = "muted";
    more.textContent = block.dataset.more.replace(/\d+/, sessions.length - SHOWN);
    entries.push(more);
  }
  const list = part.querySelector("ul");
  if (list.textContent.replace(/\s/g, "") !== entries.map((one) => one.textContent).join("").replace(/\s/g, "")) list.replaceChildren(...entries);
}

function drawLine(day, now) {
  for (const line of document.querySelectorAll(".now-line")) line.hidden = true;
  const grid = day.querySelector(".grid");
  if (!grid.dataset.opens) return;
  const steps = Math.floor((now - at(grid.dataset.opens)) / STEP);
  const hour = grid.dataset.hours.split(" ").indexOf(String(Math.floor(steps / 12)));
  if (hour < 0) return;
  const line = day.querySelector(".now-line");
  line.style.gridRow = `${hour * 12 + (steps % 12) + 2}`;
  line.hidden = false;
}

function look() {
  const now = Date.now();
  const day = dayOf(now);
  if (!block || !day || document.querySelector("#programme").classList.contains("is-filtered")) return;
  const sessions = [...day.querySelectorAll(".session")];
  for (const one of sessions) mark(one, isHeld(one) && starts(one) <= now && now < ends(one));
  const on = sessions.filter((one) => isNotable(one) && starts(one) <= now && now < ends(one)).reverse();
  const later = sessions.filter((one) => isNotable(one) && starts(one) > now);
  const next = later.filter((one) => starts(one) === starts(later[0]));
  const [nowPart, nextPart] = block.querySelectorAll(".now-part");
  fill(nowPart, on);
  fill(nextPart, next);
  if (next.length) {
    const head = nextPart.querySelector("[data-next]");
    head.textContent = head.dataset.next.replace(/\d\d:\d\d/, next[0].querySelector("time").textContent);
  }
  const current = on[0] || next[0];
  block.hidden = !current;
  block.querySelector(".now-jump").hidden = !current;
  if (current) block.querySelector(".now-jump a").hash = current.closest(".slot").querySelector(".slot-time").id;
  drawLine(day, now);
}

look();
setInterval(look, 20_000);
document.addEventListener("visibilitychange", () => document.hidden || look());
document.addEventListener("programme:changed", look);
