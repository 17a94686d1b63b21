// Keyboard and selection for the review page. All state is in the page; every decision goes to the server at once.
"use strict";

const card = () => document.getElementById("kaart");
const memo = () => document.getElementById("memo");
let fragment = "";

function send(path, values) {
  const body = { token: document.body.dataset.token, card: card().dataset.card || "", ...values };
  return htmx.ajax("POST", `${path}?${card().dataset.query}`, { target: "#kaart", swap: "outerHTML", values: body });
}

function step(direction) {
  const query = `${card().dataset.query}&van=${encodeURIComponent(card().dataset.card || "")}&stap=${direction}`;
  return htmx.ajax("GET", `/kaart?${query}`, { target: "#kaart", swap: "outerHTML" });
}

function decide(code, verdict) {
  const values = { code, verdict, memo: memo() ? memo().value : "", span: fragment };
  fragment = "";
  return send("/beslis", values);
}

function toggle(line) {
  decide(line.dataset.code, line.dataset.verdict === "accept" && !fragment ? "withdraw" : "accept");
}

function focusBy(amount) {
  const lines = [...document.querySelectorAll(".codes:not(.rest) .code")];
  const now = lines.findIndex((line) => line.classList.contains("focus"));
  if (!lines.length) return;
  const next = lines[(now + amount + lines.length) % lines.length];
  lines.forEach((line) => { line.classList.toggle("focus", line === next); });
  next.scrollIntoView({ block: "nearest" });
}

function inFocus() { return document.querySelector(".code.focus"); }

const KEYS = {
  a: () => inFocus() && decide(inFocus().dataset.code, "accept"),
  r: () => inFocus() && decide(inFocus().dataset.code, "reject"),
  n: () => decide("", "read"),
  z: () => send("/ongedaan", {}),
  j: () => step(1),
  k: () => step(-1),
  e: () => { const others = document.getElementById("others"); if (others) others.open = !others.open; },
  m: () => memo() && memo().focus(),
  "?": () => document.getElementById("help").showModal(),
  ArrowDown: () => focusBy(1),
  ArrowUp: () => focusBy(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.target.matches("#memo")) {
    if (event.key === "Escape" || (event.key === "Enter" && event.ctrlKey)) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (!card() || document.querySelector("dialog[open]")) return;
  const line = /^[0-9-]$/.test(event.key) && document.querySelector(`.code[data-key="${event.key}"]`);
  if (line) { event.preventDefault(); toggle(line); return; }
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !card()) return;
  const verdict = button.dataset.verdictOf;
  if (verdict) {
    const line = button.closest(".code");
    decide(line.dataset.code, line.dataset.verdict === verdict && !fragment ? "withdraw" : verdict);
  }
  const byId = { read: "n", undo: "z", previous: "k", next: "j", ask: "?" }[button.id];
  if (byId) KEYS[byId]();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.submit();
});

// Offsets are code points in the document's text; the browser counts UTF-16 units, hence Array.from.
function offsetOf(node, offset) {
  const holder = node.parentElement.closest("[data-offset]");
  if (!holder || !holder.closest("#passage")) return null;
  const points = Array.from(holder.textContent.slice(0, offset)).length;
  return Number(card().dataset.start) + Number(holder.dataset.offset) + points;
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  fragment = "";
  if (!chosen || chosen.isCollapsed || chosen.anchorNode.nodeType !== 3 || chosen.focusNode.nodeType !== 3) return;
  const ends = [offsetOf(chosen.anchorNode, chosen.anchorOffset), offsetOf(chosen.focusNode, chosen.focusOffset)];
  if (ends.includes(null)) return;
  ends.sort((x, y) => x - y);
  if (ends[1] > ends[0]) fragment = `${ends[0]}-${ends[1]}`;
});

// The server sends boxes in points and the page's size in a header; the image may not be there yet.
async function placeBoxes() {
  for (const paper of document.querySelectorAll(".paper:not([data-placed])")) {
    paper.dataset.placed = "1";
    const image = paper.querySelector("img");
    const answer = await fetch(image.src, { credentials: "same-origin" });
    const size = answer.headers.get("X-Page-Size");
    if (!size) { image.alt = "Deze pagina is niet te tonen."; continue; }
    const [width, height] = size.split(" ").map(Number);
    paper.querySelectorAll(".box").forEach((box) => {
      const [x0, top, x1, bottom] = box.dataset.box.split(" ").map(Number);
      box.style.left = `${(100 * (x0 - 3)) / width}%`;
      box.style.top = `${(100 * (top - 3)) / height}%`;
      box.style.width = `${(100 * (x1 - x0 + 6)) / width}%`;
      box.style.height = `${(100 * (bottom - top + 6)) / height}%`;
      box.scrollIntoView({ block: "nearest" });
    });
  }
}

document.addEventListener("DOMContentLoaded", placeBoxes);
document.addEventListener("htmx:afterSwap", placeBoxes);
document.addEventListener("htmx:responseError", (event) => {
  const text = event.detail.xhr.responseText;
  let reason = text;
  try { reason = JSON.parse(text).detail; } catch (error) { /* plain text already */ }
  window.alert(`Niet bewaard: ${reason}`);
});
document.addEventListener("htmx:sendError", () => {
  window.alert("Niet bewaard: geen verbinding met rodedraad. Start `rodedraad review` opnieuw en laad de pagina.");
});
