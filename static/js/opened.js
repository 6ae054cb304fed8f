// Tells that a person has the page before them, once, at their first touch, key or scroll.
// Scanners of mail open links too, some with a browser; they do not do that.
const address = document.querySelector("[data-opened]").dataset.opened;
const signs = ["pointerdown", "keydown", "wheel", "touchstart"];

function tell(event) {
  if (!event.isTrusted || document.visibilityState !== "visible") return;
  for (const sign of signs) removeEventListener(sign, tell);
  fetch(address, { method: "POST", keepalive: true, credentials: "omit" });
}

for (const sign of signs) addEventListener(sign, tell, { passive: true });
