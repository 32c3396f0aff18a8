/* Keeps what a reader writes in this browser, and opens the others' answers only after something was written. */

const sheet = document.querySelector(".worksheet");
const fields = [...sheet.querySelectorAll("textarea")];
const forget = sheet.querySelector("[data-forget]");
const said = forget.parentElement.querySelector("[role=status]");
const place = (field) => `worksheet:${sheet.dataset.topic}:${field.id}`;

function keep(field) {
  try {
    if (field.value) localStorage.setItem(place(field), field.value);
    else localStorage.removeItem(place(field));
    said.textContent = "";
  } catch {
    said.textContent = "This browser keeps nothing: copy your answers before you leave.";
  }
  tell();
}

function kept(field) {
  try {
    return localStorage.getItem(place(field)) ?? "";
  } catch {
    return "";
  }
}

function tell() {
  forget.hidden = !fields.some((field) => field.value);
}

function delay(event) {
  const details = event.currentTarget.parentElement;
  const own = [...details.previousElementSibling.querySelectorAll("textarea")];
  const isWritten = own.some((field) => field.value.trim());
  details.nextElementSibling.textContent = isWritten || details.open ? "" : "Write something of your own first.";
  if (isWritten || details.open) return;
  event.preventDefault();
  own[0].focus();
}

for (const field of fields) {
  field.value = kept(field);
  field.addEventListener("input", () => keep(field));
}
for (const summary of sheet.querySelectorAll(".write-first > summary")) summary.addEventListener("click", delay);
forget.addEventListener("click", () => {
  for (const field of fields) {
    field.value = "";
    keep(field);
  }
  for (const details of sheet.querySelectorAll(".write-first")) details.open = false;
  said.textContent = "Deleted.";
  fields[0]?.focus();
});
tell();
