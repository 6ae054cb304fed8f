// The grid of the programme: drag, resize, undo; the server judges every step.
const root = document.querySelector("[data-editor]");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = root && read("editor-words");
const find = (name) => root.querySelector(`[data-${name}]`);
const POLL = 4000;
let state = root && read("editor-grid");
let day;
let calendar;
let asking;

const local = (date) => {
  const two = (number) => String(number).padStart(2, "0");
  const days = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${days}T${two(date.getHours())}:${two(date.getMinutes())}:00`;
};
const say = (text) => {
  find("said").textContent = text;
};
const element = (tag, text, className = "") => {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
};

// What the grid shows ---------------------------------------------------------

const roomsShown = () => {
  const venue = find("venue")?.value;
  return venue ? state.rooms.filter((room) => room.venue === venue) : state.rooms;
};
const resources = () => [
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
const events = () => [
  ...state.events.map(shown),
  ...state.blocks.map(shownBlock),
];
const inWords = (one) =>
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

const content = ({ event }) => {
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

const listed = () => {
  const [text, track, kind] = ["search", "track", "kind"].map((name) => find(name).value);
  const wanted = state.unscheduled.filter(
    (one) =>
      one.title.toLowerCase().includes(text.toLowerCase()) &&
      (!track || String(one.track) === track) &&
      (!kind || one.kind === kind),
  );
  find("count").textContent = state.unscheduled.length;
  find("unscheduled").replaceChildren(
    ...(state.unscheduled.length ? [] : [element("li", words.none)]),
    ...wanted.map(item),
  );
};
const item = (one) => {
  const row = element("li", "", `editor-item editor-colour-${one.colour}`);
  const link = element("a", one.title);
  link.href = formOf(one);
  link.draggable = false;
  row.append(link, element("small", ` ${one.minutes} ${words.minutes}`));
  if (one.mine) row.addEventListener("pointerdown", (event) => carry(event, one));
  return row;
};
const formOf = (one) => root.dataset.session.replace("/0/", `/${one.id}/`);

const draw = () => {
  calendar.setOption("date", `${day}T00:00:00`);
  calendar.setOption("resources", resources());
  calendar.setOption("events", events());
  for (const link of document.querySelectorAll("[data-day]")) {
    if (link.dataset.day === day) link.setAttribute("aria-current", "date");
    else link.removeAttribute("aria-current");
    link.querySelector("small").textContent = `(${state.days[link.dataset.day] ?? 0})`;
  }
  listed();
};

// Asking and telling the server -----------------------------------------------

const refresh = async (isForced = false) => {
  const seen = isForced ? "" : `&seen=${state.revision}`;
  const wanted = day;
  const answer = await fetch(`${root.dataset.state}?day=${wanted}${seen}`);
  if (answer.status !== 200 || wanted !== day) return false;
  state = await answer.json();
  draw();
  return true;
};

const act = async (body, refusal = null) => {
  try {
    const answer = await fetch(root.dataset.do, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-csrftoken": root.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify({ seen: state.revision, ...body }),
    });
    const told = await answer.json();
    if (refusal) refusal.textContent = told.refusal ?? "";
    await refresh(true);
    say(told.refusal ?? words.done);
    return answer.ok;
  } catch {
    draw();
    say(words.lost);
    return false;
  }
};

let asked = "";
let timer;
const check = (one, start, minutes, room) => {
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
const wayButton = (way, one, minutes, before) => {
  const button = element("button", way.text, "office-button");
  button.type = "button";
  button.addEventListener("click", () => {
    before();
    act(bodyOf(way, one, minutes));
  });
  return button;
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
const hush = () => {
  asked = "";
  clearTimeout(timer);
  asking?.abort();
  find("tip").hidden = true;
};
const settle = () => {
  // What was warned of stays until it is read; an empty word does not.
  if (!find("tip").querySelector("button, .is-hard")) hush();
  else asked = "";
};

const lengthOf = (event) => Math.round((event.end - event.start) / 60000);
const placed = (event) => ({
  session: event.extendedProps.one.id,
  start: local(event.start),
  minutes: lengthOf(event),
  room: Number(event.resourceIds[0]),
});

// The library says when a drag begins and ends, not where it is: we follow the pointer.
let dragged = null;
const take = ({ event, jsEvent }) => {
  const from = calendar.dateFromPoint(jsEvent.clientX, jsEvent.clientY);
  dragged = { event, from, isResized: false };
};
const stretch = (info) => {
  take(info);
  dragged.isResized = true;
};
const leave = () => {
  dragged = null;
};
const follow = (pointer) => {
  const at = dragged && calendar.dateFromPoint(pointer.clientX, pointer.clientY);
  if (!at?.resource || !dragged.from) return;
  const { event, from, isResized } = dragged;
  const moved = snapped(at.date) - snapped(from.date);
  const start = local(new Date(event.start.getTime() + (isResized ? 0 : moved)));
  const minutes = lengthOf(event) + (isResized ? moved / 60000 : 0);
  const room = isResized ? event.resourceIds[0] : at.resource.id;
  if (minutes > 0) check(event.extendedProps.one, start, minutes, Number(room));
};

// Dragging in from the list ---------------------------------------------------

const carry = (down, one) => {
  if (down.button !== 0) return;
  const ghost = element("div", one.title, "editor-ghost");
  let at = null;
  const move = (event) => {
    if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 5) return;
    event.preventDefault();
    if (!ghost.isConnected) root.append(ghost);
    ghost.style.left = `${event.clientX + 12}px`;
    ghost.style.top = `${event.clientY + 12}px`;
    at = calendar.dateFromPoint(event.clientX, event.clientY);
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

// The panel of a session ------------------------------------------------------

const open = ({ event, jsEvent }) => {
  // Enter opens the panel; it must not go on to send the form that has the focus then.
  jsEvent.preventDefault();
  if (find("panel").open) return;
  const { one } = event.extendedProps;
  const tool = (text, body) => {
    const button = element("button", text, "office-button");
    button.type = "button";
    button.addEventListener("click", () => {
      find("panel").close();
      act(body);
    });
    return button;
  };
  const tools = [];
  if (one.isBlock) {
    if (one.block && state.mayAll) tools.push(tool(words.open, { do: "open", block: one.block }));
  } else {
    const link = element("a", words.edit, "office-button office-button-main");
    link.href = formOf(one);
    tools.push(link);
    if (one.mine) tools.push(tool(words.takeOut, { do: "unschedule", session: one.id }));
    if (state.mayAll && ["break", "meal"].includes(one.kind)) {
      tools.push(tool(words.copy, { do: "copy", session: one.id }));
    }
  }
  fill(one);
  const close = element("button", words.close, "office-button");
  close.type = "button";
  close.addEventListener("click", () => find("panel").close());
  find("panel-title").textContent = one.title;
  find("panel-warnings").replaceChildren(
    ...(one.warnings ?? []).map((warning) => element("li", warning.text)),
  );
  find("panel-tools").replaceChildren(...tools, close);
  find("panel").showModal();
};

// What may be changed of a session without leaving the grid.
const fill = (one) => {
  const form = find("panel-form");
  const isEditable = !one.isBlock && one.mine;
  form.hidden = !isEditable;
  find("panel-state").textContent = inWords({ ...one, title: "", warnings: [] });
  find("panel-refusal").textContent = "";
  find("panel-ways").replaceChildren();
  if (!isEditable) return;
  const values = { ...one.titles, kind: one.kind, minutes: one.minutes, capacity: one.capacity ?? "" };
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(form));
    const isDone = await act({ do: "edit", session: one.id, ...body }, find("panel-refusal"));
    if (isDone) find("panel").close();
  };
  if (one.warnings.length) offer(one);
};
const offer = async (one) => {
  const place = { session: one.id, start: one.start, minutes: one.minutes, room: one.room };
  const answer = await fetch(`${root.dataset.check}?${new URLSearchParams(place)}`);
  if (!answer.ok) return;
  const { ways } = await answer.json();
  const close = () => find("panel").close();
  find("panel-ways").replaceChildren(...ways.map((way) => wayButton(way, one, one.minutes, close)));
};

// A stretch of empty time that was dragged over is blocked, with a reason.
const block = ({ start, end, resource }) => {
  calendar.unselect();
  if (!resource || resource.id === "0") return;
  const minutes = Math.round((end - start) / 60000);
  const form = find("blocking-form");
  const hours = `${local(start).slice(11, 16)}–${local(end).slice(11, 16)}`;
  find("blocking-place").textContent = `${resource.title}, ${hours}`;
  find("blocking-refusal").textContent = "";
  form.reset();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const at = { start: local(start), minutes, room: Number(resource.id) };
    const reason = form.elements.reason.value;
    const isDone = await act({ do: "block", ...at, reason }, find("blocking-refusal"));
    if (isDone) find("blocking").close();
  };
  find("blocking").showModal();
};

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
  calendar.setOption("snapDuration", minutesToTime(step));
  localStorage.setItem("editor-step", step);
};

const start = () => {
  day = state.day;
  root.hidden = false;
  document.querySelector("[data-all]").open = matchMedia("(max-width: 700px)").matches;
  find("step").value = localStorage.getItem("editor-step") ?? "15";
  calendar = EventCalendar.create(find("grid"), {
    view: "resourceTimeGridDay",
    date: `${day}T00:00:00`,
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
    selectable: state.mayAll,
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
      day = link.dataset.day;
      refresh(true).catch(() => say(words.lost));
    });
  }
  find("venue")?.addEventListener("change", draw);
  find("redo").addEventListener("click", () => act({ do: "redo" }));
  find("blocking-close").addEventListener("click", () => find("blocking").close());
  for (const name of ["search", "track", "kind"]) find(name).addEventListener("input", listed);
  find("step").addEventListener("change", setStep);
  find("condensed").addEventListener("change", (event) => {
    calendar.setOption("slotHeight", event.target.checked ? 16 : 32);
    calendar.setOption("columnWidth", event.target.checked ? "5rem" : "9rem");
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
