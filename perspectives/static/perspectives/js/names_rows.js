/* Rows of names come and go at once; without this script the buttons ask the desk for the same. */

function rowsOf(box) {
  return [...box.querySelectorAll(":scope > .names-row")];
}

/* The number of a row stands in the names of its fields, in the button that takes it away and in what it is called. */
function number(box) {
  rowsOf(box).forEach((row, place) => {
    row.setAttribute("aria-label", `Name ${place + 1}`);
    for (const field of row.querySelectorAll("select, input")) {
      field.name = field.name.replace(/-\d+-(kind|family|given)$/, `-${place}-$1`);
    }
    const button = row.querySelector("button");
    button.value = button.value.replace(/-\d+$/, `-${place}`);
    button.querySelector("span").textContent = ` name ${place + 1}`;
  });
}

function empty(row) {
  for (const field of row.querySelectorAll("input")) field.value = "";
  row.querySelector("select").selectedIndex = 0;
  return row;
}

function changed(box) {
  number(box);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".names-rows button");
  if (!button) return;
  event.preventDefault();
  const box = button.closest(".names-rows");
  const rows = rowsOf(box);
  let next;
  if (button.name === "names-more") {
    next = empty(rows.at(-1).cloneNode(true));
    rows.at(-1).after(next);
  } else {
    const row = button.closest(".names-row");
    next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1] ?? empty(row);
    if (rows.length > 1) row.remove();
  }
  changed(box);
  next.querySelector("input").focus();
});
