/* Beside the draft the balance lies open; above it, on a phone, it is folded until it is asked for, and stays as it was
   left when it is drawn anew. */

const isBeside = matchMedia("(min-width: 51.25rem)");
const chosen = new Map();

function unfold() {
  for (const part of document.querySelectorAll(".balance-panel details")) {
    part.open = chosen.get(part.className) ?? (isBeside.matches || part.open);
    part.querySelector("summary").addEventListener("click", () => chosen.set(part.className, !part.open));
  }
}

unfold();
document.addEventListener("htmx:afterSwap", unfold);
