/* Keys for the desk: moving through a queue and between the queues. Without this script everything is a link. */

const KEPT = "desk-keys";
const PLACES = {
  s: ["suggestions", "/desk/suggestions/"],
  p: ["proposals", "/desk/proposals/"],
  t: ["topics", "/desk/topics/"],
  r: ["sources", "/desk/sources/"],
  i: ["intake", "/desk/intake/"],
  h: ["history", "/desk/history/"],
};
const KEYS = [
  ["j", "next line of the list"],
  ["k", "line before"],
  ["Enter", "open the line"],
  ["x", "choose the line, where lines can be chosen"],
  ["/", "to the filter"],
  ...Object.entries(PLACES).map(([key, [name]]) => [`g ${key}`, `go to ${name}`]),
  ["?", "this list"],
];
const ROWS = "main .listing tbody tr, main .review-list > li";
const FIELDS = "input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable]";
const FILTER = "form:not([method=post]) :is(input:not([type=hidden]), select)";
const PATIENCE = 1500;

let wantsPlace = 0;

function isOn() {
  return read() !== "off";
}

/* Storage may be refused; then the keys are on and cannot be switched off for longer than a page. */
let unkept = "";

function read() {
  try {
    return localStorage.getItem(KEPT) ?? unkept;
  } catch {
    return unkept;
  }
}

function keep(value) {
  unkept = value;
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    /* kept for this page alone */
  }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function written(keys) {
  return keys.split(" ").flatMap((key, place) => [...(place ? [" then "] : []), element("kbd", { textContent: key })]);
}

function makeDialog() {
  const toggle = element("input", { type: "checkbox", checked: isOn() });
  toggle.addEventListener("change", () => keep(toggle.checked ? "on" : "off"));
  const list = element("dl", {}, ...KEYS.flatMap(([keys, words]) => [
    element("dt", {}, ...written(keys)),
    element("dd", { textContent: words }),
  ]));
  const close = element("button", { type: "button", textContent: "Close" });
  const title = element("h2", { id: "keys_title", textContent: "Keyboard" });
  const made = element(
    "dialog", { className: "keys-dialog" }, title, list,
    element("label", {}, toggle, "Single keys do these things"), close,
  );
  made.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => made.close());
  document.body.append(made);
  return made;
}

const dialog = makeDialog();

function lines() {
  return [...document.querySelectorAll(ROWS)].filter((row) => row.querySelector("a[href]"));
}

function link(row) {
  return row.querySelector("th a[href], a[href]");
}

function here() {
  return document.activeElement?.closest(ROWS) ?? null;
}

function move(steps) {
  const all = lines();
  const at = all.indexOf(here());
  const to = at < 0 ? (steps > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + steps, 0), all.length - 1);
  const row = all[to];
  if (!row) return;
  link(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  "/": () => (document.querySelector(`main ${FILTER}`) ?? document.querySelector(FILTER))?.focus(),
  "?": () => dialog.showModal(),
  g: () => { wantsPlace = Date.now(); },
};

function go(key) {
  const place = PLACES[key];
  const isAsked = Date.now() - wantsPlace < PATIENCE;
  wantsPlace = 0;
  if (!place || !isAsked) return false;
  location.assign(place[1]);
  return true;
}

/* Enter needs no rule: the line's link has the focus, and opens. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && event.key === "x") return;
  if (!isOn() || dialog.open || event.target.closest?.(FIELDS)) return;
  if (wantsPlace && go(event.key)) {
    event.preventDefault();
  } else if (Object.hasOwn(ACTIONS, event.key)) {
    event.preventDefault();
    ACTIONS[event.key]();
  }
});

const opener = element("button", { type: "button", className: "keys-open", textContent: "Keyboard" });
opener.addEventListener("click", () => dialog.showModal());
document.querySelector("main").append(opener);
