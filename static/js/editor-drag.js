import { element, find, local, root, view } from "./editor-page.js";
import { act } from "./editor-server.js";
import { check, settle } from "./editor-warnings.js";

const lengthOf = (event) => Math.round((event.end - event.start) / 60000);
export const placed = (event) => ({
  session: event.extendedProps.one.id,
  start: local(event.start),
  minutes: lengthOf(event),
  room: Number(event.resourceIds[0]),
});

// The library says when a drag begins and ends, not where it is: we follow the pointer.
let dragged = null;
export const take = ({ event, jsEvent }) => {
  const from = view.calendar.dateFromPoint(jsEvent.clientX, jsEvent.clientY);
  dragged = { event, from, isResized: false };
};
export const stretch = (info) => {
  take(info);
  dragged.isResized = true;
};
export const leave = () => {
  dragged = null;
};
export const follow = (pointer) => {
  const at = dragged && view.calendar.dateFromPoint(pointer.clientX, pointer.clientY);
  if (!at?.resource || !dragged.from) return;
  const { event, from, isResized } = dragged;
  const moved = snapped(at.date) - snapped(from.date);
  const start = local(new Date(event.start.getTime() + (isResized ? 0 : moved)));
  const minutes = lengthOf(event) + (isResized ? moved / 60000 : 0);
  const room = isResized ? event.resourceIds[0] : at.resource.id;
  if (minutes > 0) check(event.extendedProps.one, start, minutes, Number(room));
};

// Dragging in from the list ---------------------------------------------------

export const carry = (down, one) => {
  if (down.button !== 0) return;
  const ghost = element("div", one.title, "editor-ghost");
  let at = null;
  const move = (event) => {
    if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 5) return;
    event.preventDefault();
    if (!ghost.isConnected) root.append(ghost);
    ghost.style.left = `${event.clientX + 12}px`;
    ghost.style.top = `${event.clientY + 12}px`;
    at = view.calendar.dateFromPoint(event.clientX, event.clientY);
    if (at?.resource) check(one, local(snapped(at.date)), one.minutes, Number(at.resource.id));
  };
  const drop = () => {
    stop();
    if (!ghost.isConnected) return;
    ghost.remove();
    window.addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    if (at?.resource) {
      const start = local(snapped(at.date));
      act({ do: "place", session: one.id, start, minutes: one.minutes, room: Number(at.resource.id) });
    }
    settle();
  };
  const stop = () => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", drop);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", drop);
};
const snapped = (date) => {
  const step = Number(find("step").value) * 60000;
  const midnight = new Date(date).setHours(0, 0, 0, 0);
  return new Date(midnight + Math.floor((date - midnight) / step) * step);
};
