/* The argument map by keyboard: arrow keys go from claim to claim, and what is tied to a claim stands out. */

const SIDEWAYS = 2.5;
const WAYS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const map = document.querySelector(".map");
const frame = document.querySelector("#map_frame");
const nodes = [...map.querySelectorAll(".map-node")];
const ties = [...map.querySelectorAll("[data-tail]")];

function middle(node) {
  const { x, y, width, height } = node.querySelector(".map-box").getBBox();
  return [x + width / 2, y + height / 2];
}

function touches(tie, claim) {
  return tie.dataset.tail === claim || tie.dataset.head === claim;
}

function neighbours(claim) {
  const near = ties.filter((tie) => touches(tie, claim)).flatMap((tie) => [tie.dataset.tail, tie.dataset.head]);
  return new Set(near.filter((one) => one !== claim));
}

/* Up and down stay in the column; to the side, claims that an arrow ties to this one come first. */
function next(node, [across, down]) {
  const [x, y] = middle(node);
  const near = neighbours(node.dataset.claim);
  const found = nodes
    .filter((one) => one !== node)
    .map((one) => {
      const [otherX, otherY] = middle(one);
      const ahead = (otherX - x) * across + (otherY - y) * down;
      const aside = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * across);
      return { one, ahead, aside, isNear: near.has(one.dataset.claim) };
    })
    .filter(({ ahead, aside }) => ahead > 0 && (across || aside === 0));
  const tied = found.filter(({ isNear }) => across && isNear);
  const best = tied.length ? tied : found;
  best.sort((a, b) => a.ahead + a.aside * SIDEWAYS - (b.ahead + b.aside * SIDEWAYS));
  return best[0]?.one;
}

function show(node) {
  const claim = node?.dataset.claim;
  const near = claim ? neighbours(claim) : new Set();
  map.classList.toggle("is-walked", Boolean(claim) && near.size > 0);
  for (const tie of ties) tie.classList.toggle("is-on", touches(tie, claim));
  for (const one of nodes) one.classList.toggle("is-near", near.has(one.dataset.claim));
}

map.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  const node = event.target.closest(".map-node");
  if (!way || !node || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const other = next(node, way);
  other?.focus({ preventScroll: true });
  other?.scrollIntoView({ block: "nearest", inline: "nearest" });
});
/* Of the frame: a drawing that listens for focus itself is one more stop of the Tab key in Chromium. */
frame.addEventListener("focusin", (event) => show(event.target.closest(".map-node")));
frame.addEventListener("focusout", () => show(null));
map.addEventListener("pointerover", (event) => show(event.target.closest(".map-node") ?? document.activeElement?.closest?.(".map-node")));
map.addEventListener("pointerleave", () => show(document.activeElement?.closest?.(".map-node")));

const fit = document.querySelector(".map-fit");
fit.addEventListener("click", () => {
  const isFitted = frame.classList.toggle("is-fitted");
  fit.setAttribute("aria-pressed", String(isFitted));
});
