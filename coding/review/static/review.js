// Keyboard and selection for the review page. All state is in the page; every decision goes to the server at once.
"use strict";

const card = () => document.getElementById("kaart");
const memo = () => document.getElementById("memo");
const route = () => card().dataset.route || ""; // the cells have a queue of their own
const draft = () => `memo ${card().dataset.card}`;
let fragment = "";

// One after the other: a key pressed while a decision is under way belongs to the card that follows.
let turn = Promise.resolve();
let failed = false;
function inTurn(action) {
  turn = turn.then(() => (failed ? null : action())).catch(() => { failed = true; });
  const last = turn;
  turn.then(() => { if (turn === last) failed = false; });
}

function say(text) { document.getElementById("said").textContent = text; }

function warn(text) {
  const place = document.getElementById("warning");
  place.textContent = text;
  place.hidden = !text;
}

function send(path, values) {
  const body = { token: document.body.dataset.token, card: card().dataset.card || "", ...values };
  return htmx.ajax("POST", `${route()}${path}?${card().dataset.query}`, { target: "#kaart", swap: "outerHTML", values: body });
}

function step(direction, further = "") {
  const query = `${card().dataset.query}&van=${encodeURIComponent(card().dataset.card || "")}&stap=${direction}${further}`;
  return htmx.ajax("GET", `${route()}/kaart?${query}`, { target: "#kaart", swap: "outerHTML" });
}

async function decide(code, verdict, span) {
  const values = { code, verdict, memo: memo() ? memo().value : "", span: span || fragment };
  const kept = draft();
  fragment = "";
  sessionStorage.removeItem(kept);
  await send("/beslis", values).catch(() => { failed = true; });
  // Refused (the passage lies with another by now) or not arrived: the memo is there when its passage returns.
  if (failed || card().dataset.notice) sessionStorage.setItem(kept, values.memo);
  if (failed) fragment = chosenSpan(); // what is still selected is still what a key will code
}

function toggle(line) {
  return decide(line.dataset.code, line.dataset.verdict === "accept" && !fragment ? "withdraw" : "accept");
}

// The codes that were not suggested wait in a template, which costs nothing to show, until somebody opens the list.
const folded = () => document.querySelector("#others template");
const lineOf = (key) => [document.getElementById("kaart"), folded() && folded().content]
  .map((place) => place && place.querySelector(`.code[data-key="${key}"]`)).find(Boolean);
document.addEventListener("toggle", (event) => {
  if (event.target.id === "others" && folded()) folded().replaceWith(folded().content);
}, true);

function focusOn(next) {
  document.querySelectorAll("#kaart .code").forEach((line) => {
    line.classList.toggle("focus", line === next);
    if (line === next) line.setAttribute("aria-current", "true"); else line.removeAttribute("aria-current");
  });
  next.scrollIntoView({ block: "nearest" });
  say(next.querySelector(".name").textContent);
}

function focusBy(amount) {
  const lines = [...document.querySelectorAll("#kaart .codes:not(.rest) .code")];
  const now = lines.findIndex((line) => line.classList.contains("focus"));
  if (lines.length) focusOn(lines[(now + amount + lines.length) % lines.length]);
}

function verdictOnFocus(verdict) {
  const line = document.querySelector("#kaart .code.focus");
  return line && decide(line.dataset.code, verdict);
}

const IN_TURN = {
  a: () => verdictOnFocus("accept"),
  r: () => verdictOnFocus("reject"),
  n: () => decide("", "read"),
  z: () => send("/ongedaan", {}),
  j: () => step(1),
  k: () => step(-1),
};
const IN_CELL = {
  v: () => document.getElementById("establish") && send("/vast", {}),
  ArrowRight: () => step(1, "&cel=1"),
  ArrowLeft: () => step(1, "&cel=-1"),
};
const action = (key) => IN_TURN[key] || (route() && card().dataset.query && IN_CELL[key]);
const AT_ONCE = {
  e: () => { const others = document.getElementById("others"); if (others) others.open = !others.open; },
  m: () => memo() && memo().focus(),
  "?": () => document.getElementById("help").showModal(),
  ArrowDown: () => focusBy(1),
  ArrowUp: () => focusBy(-1),
};
const BUTTONS = {
  yes: "a", no: "r", read: "n", undo: "z", previous: "k", next: "j", establish: "v",
  "next-cell": "ArrowRight", "previous-cell": "ArrowLeft",
};

document.addEventListener("keydown", (event) => {
  if (event.target.matches("[data-submit]")) {
    byKeys = true;
    if (event.key === "Enter") { event.preventDefault(); event.target.form.requestSubmit(); }
    return;
  }
  if (event.target.matches("#memo")) {
    if (event.key === "Escape" || (event.key === "Enter" && event.ctrlKey)) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") { event.preventDefault(); AT_ONCE["?"](); return; }
  if (!card()) return;
  const theme = /^[0-9-]$/.test(event.key);
  if (!theme && !action(event.key) && !AT_ONCE[event.key]) return;
  event.preventDefault();
  if (AT_ONCE[event.key]) { AT_ONCE[event.key](); return; }
  if (event.repeat) return; // a key held down must not judge passages nobody has seen
  inTurn(() => {
    const line = theme && lineOf(event.key);
    return theme ? line && toggle(line) : action(event.key)();
  });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const line = event.target.closest("#kaart .code");
  if (!button) { if (line) focusOn(line); return; }
  if (button.dataset.ask !== undefined) { AT_ONCE["?"](); return; }
  if (!card()) return;
  const { verdictOf, span, code } = button.dataset;
  if (span) inTurn(() => decide(code, "withdraw", span));
  if (verdictOf) {
    const again = line.dataset.verdict === verdictOf && !fragment;
    inTurn(() => decide(line.dataset.code, again ? "withdraw" : verdictOf));
  }
  if (BUTTONS[button.id]) inTurn(action(BUTTONS[button.id]));
});

// A tap on a button must not take the selection away that it is meant for.
document.addEventListener("mousedown", (event) => {
  if (fragment && event.target.closest("#kaart button")) event.preventDefault();
});

document.addEventListener("input", (event) => {
  if (event.target.matches("#memo")) sessionStorage.setItem(draft(), event.target.value);
});

// Arrow keys walk through a filter's values: only Enter, or the button beside it, asks for the one that was meant.
let byKeys = false;
document.addEventListener("pointerdown", () => { byKeys = false; });
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]") && !byKeys) event.target.form.requestSubmit();
});

// Offsets are code points in the document's text; the browser counts UTF-16 units, hence Array.from.
function offsetOf(node, offset) {
  const holder = node.parentElement.closest("[data-offset]");
  if (!holder || !holder.closest("#passage")) return null;
  const points = Array.from(holder.textContent.slice(0, offset)).length;
  return Number(card().dataset.start) + Number(holder.dataset.offset) + points;
}

function chosenSpan() {
  const chosen = document.getSelection();
  if (!card() || !chosen || chosen.isCollapsed) return "";
  if (chosen.anchorNode.nodeType !== 3 || chosen.focusNode.nodeType !== 3) return "";
  const ends = [offsetOf(chosen.anchorNode, chosen.anchorOffset), offsetOf(chosen.focusNode, chosen.focusOffset)];
  ends.sort((x, y) => x - y);
  return ends.includes(null) || ends[1] <= ends[0] ? "" : `${ends[0]}-${ends[1]}`;
}

document.addEventListener("selectionchange", () => {
  fragment = chosenSpan();
  const told = document.getElementById("chosen");
  if (told) told.hidden = !fragment;
});

// A picture's pixels and the boxes' points differ by a fixed factor, so the box can be drawn as soon as it is there.
function drawBoxes(paper) {
  const image = paper.querySelector("img");
  const part = (points, pixels) => `${(100 * points * Number(paper.dataset.scale)) / pixels}%`;
  paper.dataset.placed = "1";
  paper.querySelectorAll(".box").forEach((box) => {
    const [x0, top, x1, bottom] = box.dataset.box.split(" ").map(Number);
    box.style.left = part(x0 - 3, image.naturalWidth);
    box.style.top = part(top - 3, image.naturalHeight);
    box.style.width = part(x1 - x0 + 6, image.naturalWidth);
    box.style.height = part(bottom - top + 6, image.naturalHeight);
  });
  requestAnimationFrame(() => showBox(paper)); // measuring now would lay the page out twice
}

// Only the sheet scrolls: on a small screen the page itself must stay where the text is.
function showBox(paper) {
  const sheet = paper.closest(".sheet");
  const box = sheet.querySelector(".box");
  if (!box || !paper.contains(box)) return;
  const above = box.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
  if (above < 0 || above > sheet.clientHeight * 0.7) sheet.scrollTop += above - sheet.clientHeight / 3;
}

function prepare(paper) {
  const image = paper.querySelector("img");
  image.onload = () => drawBoxes(paper);
  image.onerror = () => { paper.dataset.placed = "1"; image.alt = "Deze pagina is niet te tonen."; };
  if (image.complete && image.naturalWidth) drawBoxes(paper);
}

// The document beside its pages: the passage at reading height has its page shown with its box.
function follow() {
  const paper = document.querySelector(".reading .paper");
  if (!paper) return;
  const image = paper.querySelector("img");
  const show = (row) => {
    document.querySelectorAll(".row.current").forEach((other) => other.classList.remove("current"));
    row.classList.add("current");
    if (!row.dataset.page) return;
    const boxes = row.dataset.boxes.split(";").map((text) => text.split(" "));
    paper.querySelectorAll(".box").forEach((box) => box.remove());
    boxes.filter((box) => box[0] === row.dataset.page).forEach(([, ...sides]) => {
      const box = document.createElement("span");
      box.className = "box";
      box.dataset.box = sides.join(" ");
      paper.append(box);
    });
    paper.hidden = false;
    const address = `${paper.dataset.pages}/${row.dataset.page}.webp`;
    image.onload = () => drawBoxes(paper);
    if (image.getAttribute("src") === address) { drawBoxes(paper); return; }
    image.alt = `Pagina ${row.dataset.page} van het document`;
    image.src = address;
  };
  const rows = [...document.querySelectorAll(".reading .row")];
  const target = location.hash && document.getElementById(location.hash.slice(1));
  let first = true;
  const watch = new IntersectionObserver((seen) => {
    const row = seen.find((one) => one.isIntersecting);
    if (row && !(first && target)) show(row.target);
    first = false;
  }, { rootMargin: "-28% 0px -71% 0px" });
  rows.forEach((row) => {
    watch.observe(row);
    row.addEventListener("click", () => show(row));
    row.addEventListener("focusin", () => show(row));
  });
  show(target || rows[0]);
}

// The address names the card, so that a reload or a shared address gives the same passage under the same filters.
function arrive() {
  document.querySelectorAll(".paper:not([data-placed])").forEach(prepare);
  if (!card()) return;
  const { query, card: key } = card().dataset;
  const parts = [query, key && `kaart=${encodeURIComponent(key)}`].filter(Boolean);
  const here = route() || "/wachtrij";
  history.replaceState(null, "", parts.length ? `${here}?${parts.join("&")}` : here);
  if (memo() && !memo().value) memo().value = sessionStorage.getItem(draft()) || "";
}

// Whoever is still reading keeps the passage: a lease lasts five minutes.
setInterval(() => {
  const key = card() && card().dataset.card;
  if (key && document.visibilityState === "visible") fetch(`/houd?kaart=${encodeURIComponent(key)}`).catch(() => null);
}, 120000);

let inCard = false;
let before = "";
let above = false;
document.addEventListener("DOMContentLoaded", () => { follow(); arrive(); });
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!card() || !event.detail.shouldSwap) return;
  before = card().dataset.card;
  // A browser has six connections to one host: pictures of a card that is left must not hold up the next one.
  card().querySelectorAll("img").forEach((image) => { if (!image.complete) image.removeAttribute("src"); });
  above = card().getBoundingClientRect().top < 0; // here nothing waits to be laid out; after the swap everything does
  inCard = card().contains(document.activeElement);
});
document.addEventListener("htmx:afterSwap", () => {
  if (!card()) return;
  arrive();
  fragment = "";
  warn("");
  if (inCard && !card().contains(document.activeElement)) card().focus({ preventScroll: true });
  if (card().dataset.card !== before && above) card().scrollIntoView();
  say(card().dataset.said);
});
const asked = (event) => (event.detail.requestConfig.verb === "post" ? "Niet bewaard" : "Niet opgehaald");
document.addEventListener("htmx:responseError", (event) => {
  failed = true;
  warn(`${asked(event)}: ${event.detail.xhr.responseText}`);
});
document.addEventListener("htmx:sendError", (event) => {
  failed = true;
  warn(`${asked(event)}: geen verbinding met rodedraad. Wat je schreef staat er nog; probeer het zo weer.`);
});
