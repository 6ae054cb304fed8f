// Keeps the programme for when there is no net, and says so when it was released anew.
const head = document.querySelector('meta[name="programme"]');
const words = head.dataset;
const EVERY = 60_000;
const SOON = 3_000; // after a page is read: it may come out of a cache
let told = Number(words.release);

function banner(text, action) {
  document.querySelector(".release-news")?.remove();
  const box = document.createElement("div");
  box.className = "release-news";
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  box.append(said);
  document.body.append(box);
  said.textContent = text; // after it stands in the page, so that it is read out
  const close = document.createElement("button");
  close.type = "button";
  close.className = "release-close";
  close.textContent = "×";
  close.setAttribute("aria-label", words.close);
  close.addEventListener("click", () => box.remove());
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = words.show;
    button.addEventListener("click", action);
    box.append(button);
  }
  box.append(close);
}

async function look() {
  if (document.visibilityState !== "visible" || !navigator.onLine) return;
  try {
    const answer = await fetch(words.latest, { cache: "no-cache" });
    if (!answer.ok) return;
    const { number, name, counts } = await answer.json();
    if (number <= told) return;
    told = number;
    const worker = await navigator.serviceWorker?.getRegistration?.();
    await worker?.update().catch(() => {});
    const what = [`${number} ${name}`.trim(), ...counts].join(" · ");
    banner(words.news.replace("{name}", () => what), () => location.reload());
  } catch { /* no net: it is asked again */ }
}

if (!document.querySelector(".earlier")) {
  setInterval(look, EVERY);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  setTimeout(look, SOON);
}

// Who saves data is not sent the whole programme unasked.
if ("serviceWorker" in navigator && window.isSecureContext && !navigator.connection?.saveData) {
  navigator.serviceWorker.register(words.worker).catch(() => {});
}
if (!navigator.onLine) banner(words.away);
addEventListener("offline", () => banner(words.away));
addEventListener("online", () => {
  if (document.querySelector(".release-news p")?.textContent === words.away) document.querySelector(".release-news").remove();
});
