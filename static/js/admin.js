// The office: what unfold leaves out for readers of Chinese, and for keyboards and screen readers.
// Runs in the head, so that it comes before unfold makes its scrolling regions.
document.addEventListener("DOMContentLoaded", () => {
  const isChinese = document.documentElement.lang.startsWith("zh");
  if (window.SimpleBar && isChinese) {
    window.SimpleBar.defaultOptions.ariaLabel = "可滚动内容";
  }
  const menu = document.getElementById("nav-sidebar-apps");
  menu?.setAttribute("data-simplebar-aria-label", isChinese ? "菜单" : "Menu");

  document.getElementById("content")?.setAttribute("role", "main");
  document.getElementById("header-inner")?.setAttribute("role", "banner");
  const buttons = document.getElementById("submit-row");
  buttons?.setAttribute("role", "region");
  buttons?.setAttribute("aria-label", isChinese ? "保存与删除" : "Save and delete");

  // The name that the icon font draws as a picture is nothing to read out.
  for (const icon of document.querySelectorAll(".material-symbols-outlined")) {
    icon.setAttribute("aria-hidden", "true");
  }
  for (const named of document.querySelectorAll("a[title], button[title]")) {
    named.setAttribute("aria-label", named.getAttribute("aria-label") ?? named.title);
  }

  // What is left without a name opens the rest of a page's buttons, on a phone.
  for (const button of document.querySelectorAll("#main a:not([aria-label])")) {
    const words = [...button.childNodes].some(
      (node) => !node.classList?.contains("material-symbols-outlined") && node.textContent.trim(),
    );
    if (!words && button.querySelector(".material-symbols-outlined")) {
      button.setAttribute("aria-label", isChinese ? "更多操作" : "More actions");
    }
  }

  // On a phone each cell has its label before it, as a heading: with a capital.
  for (const cell of document.querySelectorAll("#result_list [data-label]")) {
    const label = cell.dataset.label;
    cell.dataset.label = label.charAt(0).toUpperCase() + label.slice(1);
  }

  // The filters stand at the end of the page: the keyboard goes there, and back again.
  const opener = document.querySelector(".office-filters");
  const panel = document.getElementById("changelist-filter");
  panel?.setAttribute("tabindex", "-1");
  opener?.addEventListener("click", () => setTimeout(() => panel.focus(), 50));
  panel?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") opener.focus();
  });
});

// A field with suggestions takes the label of the list it stands for. Such fields are
// made when the page is ready, before or after us, and again with each row that is added.
function nameSuggestions() {
  for (const field of document.querySelectorAll("select.select2-hidden-accessible[id]")) {
    const label = document.querySelector(`label[for="${field.id}"]`)?.textContent.trim();
    const shown = field.nextElementSibling?.querySelectorAll(
      "[role=combobox], [role=textbox], [role=searchbox]",
    );
    for (const part of label && shown ? shown : []) {
      part.setAttribute("aria-label", label);
    }
  }
}

window.addEventListener("load", () => {
  nameSuggestions();
  new MutationObserver(nameSuggestions).observe(document.body, { childList: true, subtree: true });
  // The head over the column of icons is no heading: it says nothing.
  for (const head of document.querySelectorAll("thead th:not([role])")) {
    if (!head.textContent.trim() && !head.querySelector("input, img")) head.setAttribute("role", "cell");
  }
});
