// Keys on the page that decides: only while the focus is inside it, and not while typing.
// j and k follow the links; a, d and w go to a button, which Enter then presses.
const page = document.querySelector("[data-decide]");
page?.focus({ preventScroll: true });

page?.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return;
  }
  const wanted = page.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (wanted === null) {
    return;
  }
  event.preventDefault();
  if (wanted.href) {
    wanted.click();
  } else {
    wanted.focus();
  }
});

// Escape leaves the words and gives the keys back.
page?.querySelector("textarea")?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    page.focus({ preventScroll: true });
  }
});
