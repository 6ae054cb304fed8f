// A session that was never opened, from what is kept of all of them.
const place = document.querySelector("[data-offline]");
const find = (name) => document.querySelector(`[data-${name}]`);
const fetched = async (url) => (await fetch(url)).json();

const entries = await fetched(place.dataset.entries).catch(() => []);
const one = entries.find((entry) => entry.url === location.pathname);
if (one) {
  const texts = await fetched(place.dataset.texts).catch(() => ({}));
  find("title").textContent = one.title;
  if (one.lang) find("title").lang = one.lang;
  document.title = one.title;
  find("missing").hidden = true;
  find("facts").hidden = false;
  find("when").textContent = `${one.day} ${one.start.slice(11, 16)}–${one.end.slice(11, 16)}`;
  find("where").textContent = one.place || "–";
  find("who").textContent = (one.people || []).join(", ") || "–";
  if (one.cancelled) {
    find("state").hidden = false;
    find("state").textContent = place.dataset.cancelled;
  }
  for (const words of (texts[one.url] || "").split(/\n{2,}/)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    find("text").append(paragraph);
  }
}
