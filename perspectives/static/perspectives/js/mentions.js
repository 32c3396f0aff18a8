/* Offers names while somebody types @ in a comment: buttons below the field, reached by Tab, closed by Escape. Without
   this script the names are typed; the list under the field has them all. */

const MOST = 6;
const TYPED = /(?:^|[^\w.@+-])@([\w.@+-]{0,60})$/;

function names(list) {
  return [...list.querySelectorAll("[data-name]")].map((item) => ({
    name: item.dataset.name,
    words: item.textContent.toLowerCase(),
    label: item.textContent.trim(),
  }));
}

function offer(field, list) {
  const all = names(list);
  const box = document.createElement("div");
  box.className = "mention-offers";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "People to mention");
  box.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("aria-live", "polite");
  field.after(box, status);

  const typed = () => TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];

  function close() {
    box.hidden = true;
    box.replaceChildren();
    status.textContent = "";
  }

  function take(name) {
    const end = field.selectionStart;
    const begin = end - typed().length;
    field.setRangeText(`${name} `, begin, end, "end");
    close();
    field.focus();
  }

  function show() {
    const word = typed()?.toLowerCase();
    const found = word === undefined ? [] : all.filter((one) => one.words.includes(word)).slice(0, MOST);
    if (!found.length) return close();
    box.replaceChildren(...found.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = one.label;
      button.addEventListener("click", () => take(one.name));
      return button;
    }));
    box.hidden = false;
    status.textContent = `${found.length} ${found.length === 1 ? "name" : "names"}; press Tab to choose.`;
    return undefined;
  }

  field.addEventListener("input", show);
  for (const part of [field, box]) {
    part.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !box.hidden) {
        event.preventDefault();
        close();
        field.focus();
      }
    });
  }
}

for (const field of document.querySelectorAll("textarea[data-mentions]")) {
  const list = document.getElementById(field.dataset.mentions);
  if (list) offer(field, list);
}
