import { element, find, view, words } from "./editor-page.js";
import { listed } from "./editor-list.js";

// What the grid shows ---------------------------------------------------------

const roomsShown = () => {
  const venue = find("venue")?.value;
  return venue ? view.state.rooms.filter((room) => room.venue === venue) : view.state.rooms;
};
export const resources = () => [
  ...roomsShown().map((room) => ({ id: String(room.id), title: room.name, extendedProps: room })),
  { id: "0", title: words.noRoom, extendedProps: {} },
];
const shown = (one) => ({
  id: String(one.id),
  resourceIds: [String(one.room)],
  title: one.title,
  start: one.start,
  end: one.end,
  editable: one.mine,
  startEditable: one.mine,
  durationEditable: one.mine,
  classNames: [
    `editor-colour-${one.colour}`,
    one.unreleased ? "is-unreleased" : "",
    one.mine ? "" : "is-others",
    one.warnings.length ? "is-warned" : "",
    one.warnings.some((warning) => warning.hard) ? "is-hard" : "",
  ].filter(Boolean),
  extendedProps: { one },
});
const shownBlock = (one) => ({
  id: one.id,
  resourceIds: [String(one.room)],
  title: one.title,
  start: one.start,
  end: one.end,
  editable: false,
  startEditable: false,
  durationEditable: false,
  classNames: ["is-block"],
  extendedProps: { one: { ...one, isBlock: true } },
});
export const events = () => [
  ...view.state.events.map(shown),
  ...view.state.blocks.map(shownBlock),
];
export const inWords = (one) =>
  [
    `${one.start.slice(11, 16)}–${one.end.slice(11, 16)}`,
    one.title,
    one.unreleased ? words.unreleased : "",
    one.retold ? words.retold : "",
    one.state ?? "",
    one.mine === false ? words.readOnly : "",
    ...(one.warnings ?? []).map((warning) => warning.text),
  ]
    .filter(Boolean)
    .join(", ");

export const content = ({ event }) => {
  const { one } = event.extendedProps;
  if (!one) return ""; // the stretch that is being dragged over
  const nodes = [element("span", one.start ? one.start.slice(11, 16) : "", "editor-time")];
  if (one.warnings?.length) nodes.push(element("span", `⚠ ${one.warnings.length}`, "editor-badge"));
  if (one.unreleased) nodes.push(element("span", "●", "editor-new"));
  if (one.retold) nodes.push(element("span", "✎", "editor-new"));
  nodes.push(element("span", one.title, "editor-title"));
  const button = element("button", "", "editor-event");
  button.type = "button";
  button.setAttribute("aria-label", inWords(one));
  button.append(...nodes);
  return { domNodes: [button] };
};

export const draw = () => {
  view.calendar.setOption("date", `${view.day}T00:00:00`);
  view.calendar.setOption("resources", resources());
  view.calendar.setOption("events", events());
  for (const link of document.querySelectorAll("[data-day]")) {
    if (link.dataset.day === view.day) link.setAttribute("aria-current", "date");
    else link.removeAttribute("aria-current");
    link.querySelector("small").textContent = `(${view.state.days[link.dataset.day] ?? 0})`;
  }
  listed();
};
