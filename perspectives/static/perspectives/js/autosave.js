/* Unsent text of a form stays in this browser until it was saved, so that a closed window or a lost line costs nothing.

   A form with `data-autosave` is kept under its address and the version of the part that it began with. What is kept is
   offered when the form is opened again, and is dropped once the desk has said that it was saved. */

const PREFIX = "debatekb-unsent:";
const SENT = "debatekb-sent";
const NOT_KEPT = new Set([
  "csrfmiddlewaretoken", "redraw", "more", "drop", "read", "find", "take", "new-source", "add-source", "names-more", "names-drop",
]);
const PAUSE = 400;

const form = document.querySelector("form[data-autosave]");
const place = `${PREFIX}${location.pathname}:`;

function entries(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: entries(form) }));
  } catch {
    /* The browser's room is full or closed to us; the form works all the same. */
  }
}

function kept() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(place));
  const found = keys.map((key) => ({ key, ...read(key) })).filter((one) => Array.isArray(one.fields));
  return found.sort((one, other) => other.at - one.at)[0];
}

function forget() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(place)) {
      localStorage.removeItem(key);
    }
  }
}

/* What was kept goes to the desk, which makes the form of it: with all citations, and with what the edit began with. */
function restore(fields) {
  const sender = document.createElement("form");
  sender.method = "post";
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of [["csrfmiddlewaretoken", token], ["redraw", "1"], ...fields]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    sender.append(field);
  }
  sender.hidden = true;
  document.body.append(sender);
  sender.submit();
}

function notice(words) {
  const box = document.createElement("div");
  box.className = "notice unsent";
  box.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = words;
  box.append(line);
  form.prepend(box);
  return box;
}

function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}

function offer(found) {
  const day = new Date(found.at).toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "long" };
  const time = new Date(found.at).toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit" });
  const isOlder = found.key !== place + form.dataset.version;
  const more = isOlder ? " The part was changed since; saving will show both." : "";
  const box = notice(`You have unsent text from ${time}.${more}`);
  const discard = () => {
    forget();
    box.remove();
  };
  box.append(button("Restore it", () => restore(found.fields)), button("Discard it", discard));
}

function warnOfOtherTabs() {
  const channel = new BroadcastChannel(place);
  let isWarned = false;
  channel.addEventListener("message", (event) => {
    if (!isWarned) {
      isWarned = true;
      notice("This form is open in another tab as well. What you save last will meet what you saved first.");
    }
    if (event.data === "opened") {
      channel.postMessage("here");
    }
  });
  channel.postMessage("opened");
}

function watch() {
  const key = place + form.dataset.version;
  const began = JSON.stringify(entries(form));
  let timer = 0;
  const note = () => {
    clearTimeout(timer);
    if (JSON.stringify(entries(form)) !== began || form.dataset.autosave === "typed") {
      keep(key);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(note, PAUSE);
  });
  addEventListener("pagehide", () => {
    if (timer) {
      note();
    }
  });
  form.addEventListener("submit", () => {
    keep(key);
    timer = 0;
    sessionStorage.setItem(SENT, place);
  });
}

/* The form is gone and the desk says that it was saved: so was the text. */
function dropWhatWasSaved() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && document.querySelector(".desk-message-success, .desk-message-info")) {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith(sent))) {
      localStorage.removeItem(key);
    }
  }
}

if (form) {
  sessionStorage.removeItem(SENT);
  const found = kept();
  if (found && form.dataset.autosave === "fresh") {
    offer(found);
  }
  warnOfOtherTabs();
  watch();
} else {
  dropWhatWasSaved();
}
