/* Pins claims to the tray without leaving the page. Without this script the form leads to the tray. */

const form = document.querySelector("form.pins");
const line = form.querySelector(".pin-line");

function count() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("tray="));
  const value = cookie ? cookie.slice("tray=".length).replaceAll('"', "") : "";
  return value ? value.split(".").length : 0;
}

function tell() {
  const claims = count();
  line.hidden = claims === 0;
  line.firstElementChild.textContent = claims === 1 ? "One claim is pinned." : `${claims} claims are pinned.`;
}

async function pin(event) {
  const button = event.submitter;
  if (button?.name !== "pin") return;
  event.preventDefault();
  const body = new URLSearchParams({ pin: button.value });
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") {
    button.firstChild.textContent = "Pinned";
    tell();
  } else {
    form.removeEventListener("submit", pin);
    form.requestSubmit(button);
  }
}

form.addEventListener("submit", pin);
window.addEventListener("pageshow", tell);
