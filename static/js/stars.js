// Favourites: kept in this browser by GUID, by edition, and joined with those of a login.
// A star is [starred, milliseconds]; one taken off stays, so that other devices learn of it.
const head = document.querySelector('meta[name="programme"]');
const words = head.dataset;
const KEY = `favourites:${head.content}`;
const SIGNED_IN = "favourites:signed-in";
let memory = null; // where the browser keeps nothing
let saying;

const isStar = (one) => Array.isArray(one) && typeof one[0] === "boolean" && Number.isFinite(one[1]);

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) || "{}");
    return Object.fromEntries(Object.entries(found || {}).filter(([, one]) => isStar(one)));
  } catch {
    return {};
  }
}

const all = () => memory || kept();
const isOn = (guid) => all()[guid]?.[0] === true;
const starred = () => Object.entries(all()).filter(([, one]) => one[0]).map(([guid]) => guid);

function say(text) {
  let place = document.querySelector("#star-said");
  if (!place) {
    place = document.createElement("p");
    place.id = "star-said";
    place.className = "star-said";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { place.textContent = ""; }, 6000);
}

// Whether it was kept; a browser that keeps nothing says so in words.
function keep(stars) {
  try {
    localStorage.setItem(KEY, JSON.stringify(stars));
    memory = null;
    return true;
  } catch {
    memory = stars;
    say(words.forgets);
    return false;
  }
}

function set(guids, on) {
  const stars = all();
  for (const guid of guids) stars[guid] = [on, Math.max(Date.now(), (stars[guid]?.[1] || 0) + 1)];
  const isKept = keep(stars);
  show();
  document.dispatchEvent(new CustomEvent("stars"));
  if (remembersLogin()) sync().catch(() => {});
  return isKept;
}

// Stars on the page ------------------------------------------------------------------

function button(place) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "star";
  made.append(document.querySelector("#star").content.cloneNode(true));
  const name = document.createElement("span");
  name.className = place.hasAttribute("data-label") ? "star-label" : "visually-hidden";
  name.textContent = place.dataset.label || words.star.replace("{title}", () => place.dataset.title);
  made.append(name);
  made.addEventListener("click", () => {
    const on = !isOn(place.dataset.guid);
    if (set([place.dataset.guid], on)) say(on ? words.added : words.removed);
  });
  return made;
}

function show() {
  const stars = all();
  for (const place of document.querySelectorAll(".session-star[data-guid]")) {
    if (!place.dataset.guid) continue;
    if (!place.firstChild) place.append(button(place));
    const on = stars[place.dataset.guid]?.[0] === true;
    place.firstChild.setAttribute("aria-pressed", on);
    place.closest(".session")?.classList.toggle("is-starred", on);
  }
  const count = starred().length;
  for (const place of document.querySelectorAll("[data-mine-count]")) {
    place.textContent = count || "";
    place.hidden = !count;
  }
}

// The login --------------------------------------------------------------------------

function remembersLogin() {
  try {
    return localStorage.getItem(SIGNED_IN) === "yes";
  } catch {
    return false;
  }
}

function rememberLogin(is) {
  try {
    if (is) localStorage.setItem(SIGNED_IN, "yes");
    else localStorage.removeItem(SIGNED_IN);
  } catch { /* it keeps nothing: then it asks again */ }
}

function joined(ours, theirs) {
  const found = { ...ours };
  for (const [guid, one] of Object.entries(theirs)) {
    if (!found[guid] || found[guid][1] < one[1]) found[guid] = one;
  }
  return found;
}

// What was sent has become what the login says of it, unless it was changed here meanwhile.
function settled(sent, theirs) {
  const found = joined(all(), theirs);
  for (const [guid, one] of sent) {
    if (found[guid]?.[1] === one[1] && theirs[guid]) found[guid] = theirs[guid];
  }
  return found;
}

// Bring together what this browser and the login know; null for who is not signed in.
async function sync() {
  const first = await fetch(words.sync);
  if (!first.ok) throw new Error(`sync ${first.status}`);
  let found = await first.json();
  if (!found.who) {
    rememberLogin(false);
    return null;
  }
  rememberLogin(true);
  const later = Object.entries(all()).filter(([guid, one]) => !found.stars[guid] || found.stars[guid][1] < one[1]);
  if (later.length) {
    const answer = await fetch(words.sync, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": found.csrf },
      body: JSON.stringify({ stars: Object.fromEntries(later) }),
    });
    const told = await answer.json();
    if (!answer.ok) {
      say(told.refusal);
      return found;
    }
    found = told;
    if (found.notice) say(found.notice);
  }
  const stars = settled(later, found.stars);
  for (const guid of found.unknown) delete stars[guid];
  if (JSON.stringify(stars) !== JSON.stringify(all())) {
    keep(stars);
    document.dispatchEvent(new CustomEvent("stars"));
  }
  show();
  return found;
}

window.stars = { all, isOn, starred, set, show, sync, say, remembersLogin };
addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  show();
  document.dispatchEvent(new CustomEvent("stars"));
});
show();
if (remembersLogin()) sync().catch(() => {});
