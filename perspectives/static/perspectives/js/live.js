/* Keeps parts of a page as they are on the server: jobs while they run, queues while somebody looks at them.

   A part says with data-live after how many seconds it is asked for again, at the address of the page; what comes
   without data-live is done, and is not asked for any more. Nothing is asked while the page is hidden or nobody has
   touched it for a while. What stays the same, and what fails, is asked for more and more seldom. What a part says of
   itself (data-live-said) goes into the page's status line, which screen readers read out when they have time.
   Without this script the page is as it was made. */

const SLOWER = 1.5;
const SLOWEST = 5;
const FAILED = 60;
const LEFT_ALONE = 20 * 60 * 1000;

let touchedAt = Date.now();

function wait(seconds) {
  return new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
}

/* Resolves when the page is seen and somebody has touched it lately. */
async function attention() {
  while (document.hidden || Date.now() - touchedAt > LEFT_ALONE) {
    await new Promise((resolve) => {
      for (const name of ["visibilitychange", "pointerdown", "keydown"]) {
        addEventListener(name, resolve, { once: true });
      }
    });
    if (!document.hidden) touchedAt = Date.now();
  }
}

async function ask(address) {
  const headers = { "HX-Request": "true" };
  const answer = await fetch(address, { headers, redirect: "manual", cache: "no-store" });
  /* Who is signed out, or may not see it any more, is told by the next click; asking on would not help. */
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return null;
  if (!answer.ok) throw new Error(answer.status);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content.querySelector("[data-live-part]");
}

/* Words that somebody is selecting are left alone. */
function isInUse(part) {
  const selected = getSelection();
  return !selected.isCollapsed && part.contains(selected.anchorNode);
}

/* Names the link or button that has the focus, so that the same one has it when the part is another. */
function focusedIn(part) {
  const control = part.contains(document.activeElement) ? document.activeElement : null;
  const name = ["href", "value"].find((one) => control?.hasAttribute(one));
  return name && `[${name}="${CSS.escape(control.getAttribute(name))}"]`;
}

function put(part, next) {
  const focused = focusedIn(part);
  part.replaceWith(next);
  if (focused) next.querySelector(focused)?.focus({ preventScroll: true });
  const line = document.querySelector("[data-live-status]");
  if (line && next.dataset.liveSaid && line.textContent !== next.dataset.liveSaid) {
    line.textContent = next.dataset.liveSaid;
  }
}

async function keep(part) {
  const fastest = Number(part.dataset.live);
  let seconds = fastest;
  let shown = part.outerHTML;
  while (part.dataset.live) {
    await wait(seconds);
    await attention();
    try {
      const next = await ask(location.href);
      if (!next) return;
      if (next.outerHTML === shown || isInUse(part)) {
        seconds = Math.min(seconds * SLOWER, fastest * SLOWEST);
        continue;
      }
      seconds = fastest;
      shown = next.outerHTML;
      put(part, next);
      part = next;
    } catch {
      seconds = Math.min(seconds * 2, FAILED);
    }
  }
}

for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => { touchedAt = Date.now(); }, { passive: true });
for (const part of document.querySelectorAll("[data-live-part][data-live]")) keep(part);
