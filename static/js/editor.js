// The grid of the programme: drag, resize, undo; the server judges every step.
import { follow, leave, placed, stretch, take } from "./editor-drag.js";
import { content, draw, events, inWords, resources } from "./editor-grid.js";
import { listed } from "./editor-list.js";
import { element, find, root, say, view, words } from "./editor-page.js";
import { block, open } from "./editor-panel.js";
import { act, refresh } from "./editor-server.js";
import { hush, settle } from "./editor-warnings.js";

const POLL = 4000;

// The library calls its grid a table, whose rows then hold what no table may. For who
// hears the page the sessions are buttons in order, and the list below is the table.
const TABLE_ROLES = ["table", "rowgroup", "row", "cell", "gridcell", "columnheader", "rowheader"]
  .map((role) => `[role=${role}]`)
  .join(",");
const OF_TABLES = ["aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount", "aria-sort"];
const unTable = () => {
  find("grid").querySelector(".ec-toolbar")?.setAttribute("hidden", ""); // it is empty
  for (const part of find("grid").querySelectorAll(TABLE_ROLES)) {
    for (const name of ["role", ...OF_TABLES]) part.removeAttribute(name);
  }
};

const minutesToTime = (minutes) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;
const setStep = () => {
  const step = Number(find("step").value);
  view.calendar.setOption("snapDuration", minutesToTime(step));
  localStorage.setItem("editor-step", step);
};

const start = () => {
  view.day = view.state.day;
  view.draw = draw;
  root.hidden = false;
  document.querySelector("[data-all]").open = matchMedia("(max-width: 700px)").matches;
  find("step").value = localStorage.getItem("editor-step") ?? "15";
  view.calendar = EventCalendar.create(find("grid"), {
    view: "resourceTimeGridDay",
    date: `${view.day}T00:00:00`,
    locale: document.documentElement.lang || "en",
    headerToolbar: { start: "", center: "", end: "" },
    height: "75vh",
    columnWidth: "9rem",
    allDaySlot: false,
    slotMinTime: "07:00:00",
    slotMaxTime: "24:00:00",
    slotDuration: "00:30:00",
    slotHeight: 32,
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    snapDuration: "00:15:00",
    scrollTime: "08:30:00",
    dragScroll: true,
    editable: true,
    eventStartEditable: true,
    eventDurationEditable: true,
    resources: resources(),
    events: events(),
    eventContent: content,
    eventDidMount: ({ event, el }) => {
      if (!event.extendedProps.one) return;
      el.dataset.event = event.id;
      el.removeAttribute("role");
      el.removeAttribute("tabindex");
      el.title = inWords(event.extendedProps.one);
    },
    resourceLabelContent: ({ resource }) => {
      const { venue, capacity } = resource.extendedProps;
      const chairs = capacity ? `${capacity} ${words.chairs}` : "";
      return {
        domNodes: [
          element("small", find("venue") ? (venue ?? "") : "", "editor-venue"),
          element("span", resource.title),
          element("small", chairs, "editor-venue"),
        ],
      };
    },
    selectable: view.state.mayAll,
    select: block,
    eventDragStart: take,
    eventDragStop: leave,
    eventResizeStart: stretch,
    eventResizeStop: leave,
    eventDrop: ({ event, newResource }) => {
      const at = placed(event);
      act({ do: "place", ...at, room: Number(newResource?.id ?? at.room) });
      settle();
    },
    eventResize: ({ event }) => {
      const { session, minutes } = placed(event);
      act({ do: "resize", session, minutes });
      settle();
    },
    eventClick: open,
  });
  new MutationObserver(unTable).observe(find("grid"), { childList: true, subtree: true });
  setStep();
  draw();
  unTable();
};

if (root) {
  start();
  for (const link of document.querySelectorAll("[data-day]")) {
    link.addEventListener("click", (event) => {
      if (getComputedStyle(root).display === "none") return; // the list follows by its link
      event.preventDefault();
      view.day = link.dataset.day;
      refresh(true).catch(() => say(words.lost));
    });
  }
  find("venue")?.addEventListener("change", draw);
  find("redo").addEventListener("click", () => act({ do: "redo" }));
  find("blocking-close").addEventListener("click", () => find("blocking").close());
  for (const name of ["search", "track", "kind"]) find(name).addEventListener("input", listed);
  find("step").addEventListener("change", setStep);
  find("condensed").addEventListener("change", (event) => {
    view.calendar.setOption("slotHeight", event.target.checked ? 16 : 32);
    view.calendar.setOption("columnWidth", event.target.checked ? "5rem" : "9rem");
  });
  find("undo").addEventListener("click", () => act({ do: "undo" }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hush();
    const isTyping = event.target.closest("input, textarea, select");
    if (!(event.ctrlKey || event.metaKey) || isTyping) return;
    const key = event.key.toLowerCase();
    const isRedo = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && !isRedo) return;
    event.preventDefault();
    act({ do: isRedo ? "redo" : "undo" });
  });
  window.addEventListener("pointermove", follow);
  setInterval(async () => {
    if (document.hidden || document.querySelector(".ec-dragging, .ec-preview, .editor-ghost, dialog[open]")) return;
    try {
      if (await refresh()) say(words.others);
    } catch {
      // The next look will tell.
    }
  }, POLL);
}
