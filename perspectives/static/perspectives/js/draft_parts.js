/* The parts of a draft: what was folded stays folded, and a part is dragged to its place beside the buttons that move it
   a step. Without this script all is open, and the buttons do. */

const FOLDED = `debatekb-folded:${location.pathname}`;

function read() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(FOLDED)) ?? []);
  } catch {
    return new Set();
  }
}

function keep(folded) {
  try {
    sessionStorage.setItem(FOLDED, JSON.stringify([...folded]));
  } catch {
    /* The browser's room is closed to us; then all is open again on the next page. */
  }
}

/* A link into a folded part must find it open. */
function holdsTarget(section) {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  return Boolean(target && section.contains(target));
}

function fold() {
  const folded = read();
  for (const section of document.querySelectorAll("details.draft-section")) {
    const name = section.querySelector("h2").id;
    section.open = !folded.has(name) || holdsTarget(section);
    section.addEventListener("toggle", () => {
      const now = read();
      now[section.open ? "delete" : "add"](name);
      keep(now);
    });
  }
}

let dragged = null;

function mover(part) {
  return part.querySelector(":scope > .draft-tools form[action*='/move/']");
}

/* The part of the list of what is dragged that lies under the pointer, or nothing. */
function under(event) {
  if (!dragged) return null;
  let part = event.target.closest(".draft-part");
  while (part && part.parentElement !== dragged.parentElement) {
    part = part.parentElement.closest(".draft-part");
  }
  return part;
}

function mark(part) {
  for (const one of document.querySelectorAll(".is-drop")) one.classList.remove("is-drop");
  if (part && part !== dragged) part.classList.add("is-drop");
}

/* The same form as that of the buttons says how many steps it goes. */
function drop(part) {
  const all = [...dragged.parentElement.children].filter((one) => one.classList.contains("draft-part"));
  const steps = all.indexOf(part) - all.indexOf(dragged);
  if (!steps) return;
  const form = mover(dragged);
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "steps", value: steps }));
  form.requestSubmit();
}

function addHandles() {
  for (const part of document.querySelectorAll(".draft-part")) {
    const form = mover(part);
    if (!form || form.querySelector(".drag-handle")) continue;
    const properties = { className: "drag-handle", draggable: true, title: "Drag to another place", textContent: "\u2807" };
    const handle = Object.assign(document.createElement("span"), properties);
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("dragstart", (event) => {
      dragged = part;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", part.id);
      event.dataTransfer.setDragImage(part, 0, 0);
    });
    handle.addEventListener("dragend", () => {
      dragged = null;
      mark(null);
    });
    form.prepend(handle);
  }
}

document.addEventListener("dragover", (event) => {
  const part = under(event);
  mark(part);
  if (part) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const part = under(event);
  if (!part) return;
  event.preventDefault();
  drop(part);
});

function begin() {
  fold();
  addHandles();
}

begin();
document.addEventListener("htmx:afterSwap", begin);
