import { carry } from "./editor-drag.js";
import { element, find, formOf, view, words } from "./editor-page.js";

// What has no place yet ----------------------------------------------------------

export const listed = () => {
  const [text, track, kind] = ["search", "track", "kind"].map((name) => find(name).value);
  const wanted = view.state.unscheduled.filter(
    (one) =>
      one.title.toLowerCase().includes(text.toLowerCase()) &&
      (!track || String(one.track) === track) &&
      (!kind || one.kind === kind),
  );
  find("count").textContent = view.state.unscheduled.length;
  find("unscheduled").replaceChildren(
    ...(view.state.unscheduled.length ? [] : [element("li", words.none)]),
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
