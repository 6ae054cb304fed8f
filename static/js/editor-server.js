import { find, root, say, view, words } from "./editor-page.js";

// Asking and telling the server -----------------------------------------------

export const refresh = async (isForced = false) => {
  const seen = isForced ? "" : `&seen=${view.state.revision}`;
  const wanted = view.day;
  const answer = await fetch(`${root.dataset.state}?day=${wanted}${seen}`);
  if (answer.status !== 200 || wanted !== view.day) return false;
  view.state = await answer.json();
  view.draw();
  return true;
};

export const act = async (body, refusal = null) => {
  try {
    const answer = await fetch(root.dataset.do, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-csrftoken": root.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify({ seen: view.state.revision, ...body }),
    });
    const told = await answer.json();
    if (refusal) refusal.textContent = told.refusal ?? "";
    await refresh(true);
    say(told.refusal ?? words.done);
    return answer.ok;
  } catch {
    view.draw();
    say(words.lost);
    return false;
  }
};
