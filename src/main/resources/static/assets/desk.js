// Words save themselves a moment after typing stops, and before any other form of the page is sent.
const words = document.querySelector("form[data-autosave]");
let unsaved = false, underWay = 0, timer, saving = Promise.resolve(true);
function say(text, bad) {
  const saved = document.getElementById("saved");
  saved.textContent = text;
  saved.className = bad ? "bad" : "quiet";
}
async function save() {
  clearTimeout(timer);
  unsaved = false;
  say("Saving…");
  try {
    const answer = await fetch(words.dataset.autosave, { method: "POST", keepalive: true, body: new URLSearchParams(new FormData(words)), headers: { Accept: "application/json" } });
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
    const outcome = await answer.json();
    say(outcome.message, !answer.ok);
    if (!answer.ok) return false;
    words.elements.seen.value = outcome.seen;
    document.body.dispatchEvent(new Event("saved"));
    document.querySelectorAll("iframe.sheet").forEach((frame) => { frame.src = frame.getAttribute("src"); });
    return true;
  } catch (error) {
    unsaved = true;
    say("Not saved: the desk does not answer, or you were logged out. Your words are still here.", true);
    return false;
  }
}
if (words) {
  const later = () => { underWay++; saving = saving.then(save).finally(() => underWay--); };
  words.addEventListener("input", () => { unsaved = true; say(""); clearTimeout(timer); timer = setTimeout(later, 1200); });
  words.addEventListener("change", () => { if (unsaved) later(); });
  words.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); later(); }
  });
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (event.defaultPrevented || target.method === "dialog") return;
    const own = target === words;
    if (underWay || (unsaved && !own)) {
      event.preventDefault();
      if (!own && unsaved) later();
      saving.then((ok) => { if (ok || own) target.requestSubmit(submitter); });
    } else if (own) {
      unsaved = false;
      clearTimeout(timer);
    }
  });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

// A link that asks first opens its dialog; without script it leads to a page that asks.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog]");
  if (!link) return;
  event.preventDefault();
  const dialog = document.getElementById(link.dataset.dialog);
  const subject = dialog.querySelector("[data-subject]");
  if (words && subject) subject.textContent = words.elements.subject.value;
  dialog.showModal();
});

// Stories move by Alt and the arrows, and by dragging their handle.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const story = event.target.closest(".pick");
  const button = story && document.getElementById((event.key === "ArrowUp" ? "up-" : "down-") + story.dataset.story);
  if (button) { event.preventDefault(); button.click(); }
});
const list = document.querySelector("[data-order]");
if (list) {
  let dragged = null;
  const clear = () => list.querySelectorAll(".above, .below").forEach((pick) => pick.classList.remove("above", "below"));
  const isAbove = (pick, event) => event.clientY < pick.getBoundingClientRect().top + pick.offsetHeight / 2;
  list.querySelectorAll(".pick").forEach((pick) => {
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.textContent = "⠿";
    handle.title = "Drag to move";
    handle.draggable = true;
    pick.querySelector(".place").append(handle);
    handle.addEventListener("dragstart", (event) => {
      dragged = pick;
      pick.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", pick.dataset.story);
      event.dataTransfer.setDragImage(pick, 12, 12);
    });
    handle.addEventListener("dragend", () => { pick.classList.remove("dragged"); clear(); dragged = null; });
    pick.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      clear();
      if (pick !== dragged) pick.classList.add(isAbove(pick, event) ? "above" : "below");
    });
    pick.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      if (pick === dragged) return;
      if (isAbove(pick, event)) pick.before(dragged); else pick.after(dragged);
      const form = document.createElement("form");
      form.method = "post";
      form.action = list.dataset.order;
      const field = (name, value) => { const input = document.createElement("input"); input.type = "hidden"; input.name = name; input.value = value; form.append(input); };
      const csrf = document.querySelector("input[name=_csrf]");
      field(csrf.name, csrf.value);
      field("moved", dragged.dataset.story);
      list.querySelectorAll(".pick").forEach((each) => field("storyIds", each.dataset.story));
      form.hidden = true;
      document.body.append(form);
      form.requestSubmit();
    });
  });
}

// A menu closes by Escape and by a click elsewhere.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

// A choice of how to look takes effect at once; without script a button does it.
document.querySelectorAll("form[data-submits]").forEach((form) => {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
});
