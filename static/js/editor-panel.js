import { button, element, find, formOf, local, root, view, words } from "./editor-page.js";
import { inWords } from "./editor-grid.js";
import { act } from "./editor-server.js";
import { wayButton } from "./editor-warnings.js";

// The panel of a session ------------------------------------------------------

export const open = ({ event, jsEvent }) => {
  // Enter opens the panel; it must not go on to send the form that has the focus then.
  jsEvent.preventDefault();
  if (find("panel").open) return;
  const { one } = event.extendedProps;
  const tool = (text, body) =>
    button(text, () => {
      find("panel").close();
      act(body);
    });
  const tools = [];
  if (one.isBlock) {
    if (one.block && view.state.mayAll) tools.push(tool(words.open, { do: "open", block: one.block }));
  } else {
    const link = element("a", words.edit, "office-button office-button-main");
    link.href = formOf(one);
    tools.push(link);
    if (one.mine) tools.push(tool(words.takeOut, { do: "unschedule", session: one.id }));
    if (view.state.mayAll && ["break", "meal"].includes(one.kind)) {
      tools.push(tool(words.copy, { do: "copy", session: one.id }));
    }
  }
  fill(one);
  const close = button(words.close, () => find("panel").close());
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
export const block = ({ start, end, resource }) => {
  view.calendar.unselect();
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
