import { button, element, find, root, words } from "./editor-page.js";
import { act } from "./editor-server.js";

// Warnings while one drags, each with its ways out -------------------------------

let asking;
let asked = "";
let timer;
export const check = (one, start, minutes, room) => {
  const query = new URLSearchParams({ session: one.id, start, minutes, room }).toString();
  if (query === asked) return;
  asked = query;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${root.dataset.check}?${query}`, { signal: asking.signal });
      if (answer.ok && query === asked) tell(await answer.json(), one, minutes);
    } catch {
      // Another place was asked about meanwhile, or the connection is lost: the step will say so.
    }
  }, 80);
};

const bodyOf = (way, one, minutes) => {
  if (way.swap) return { do: "swap", session: one.id, other: way.swap };
  if (way.capacity) return { do: "edit", session: one.id, capacity: way.capacity, minutes };
  return { do: "place", session: one.id, start: way.start, minutes, room: way.room ?? 0 };
};
export const wayButton = (way, one, minutes, before) => {
  const pressed = () => {
    before();
    act(bodyOf(way, one, minutes));
  };
  return button(way.text, pressed);
};
const tell = ({ warnings, ways }, one, minutes) => {
  const tip = find("tip");
  const nodes = warnings.map((warning) =>
    element("p", `⚠ ${warning.text}`, warning.hard ? "is-hard" : ""),
  );
  if (!warnings.length) nodes.push(element("p", `✓ ${words.free}`));
  nodes.push(...ways.map((way) => wayButton(way, one, minutes, hush)));
  tip.replaceChildren(...nodes);
  tip.hidden = false;
};
export const hush = () => {
  asked = "";
  clearTimeout(timer);
  asking?.abort();
  find("tip").hidden = true;
};
export const settle = () => {
  // What was warned of stays until it is read; an empty word does not.
  if (!find("tip").querySelector("button, .is-hard")) hush();
  else asked = "";
};
