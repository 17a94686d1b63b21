// Keys of the queue of flags, and choosing a fragment for a tension of one's own. Every decision is a form of its own.
"use strict";

const flagMemo = () => document.getElementById("flagmemo");
const kept = () => `vlagmemo ${flagMemo().dataset.flag}`;
const SENT = "vlagmemo verstuurd";

document.addEventListener("keydown", (event) => {
  if (event.target.matches("#flagmemo")) {
    if (event.key === "Escape" || (event.key === "Enter" && event.ctrlKey)) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
  if (event.key === "m" && flagMemo()) { event.preventDefault(); flagMemo().focus(); return; }
  const chosen = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (chosen) { event.preventDefault(); chosen.click(); }
});

// What was written stays when the page is left without a decision; a decision takes it along, unless it is refused.
document.addEventListener("input", (event) => {
  if (event.target.matches("#flagmemo")) sessionStorage.setItem(kept(), event.target.value);
});
document.addEventListener("submit", (event) => {
  if (!flagMemo() || !event.submitter || event.submitter.name !== "verdict") return;
  sessionStorage.setItem(SENT, JSON.stringify([kept(), flagMemo().value]));
  sessionStorage.removeItem(kept());
});
document.addEventListener("DOMContentLoaded", () => {
  const [name, text] = JSON.parse(sessionStorage.getItem(SENT) || "[]");
  sessionStorage.removeItem(SENT);
  if (text && document.querySelector("[data-refused]")) sessionStorage.setItem(name, text);
  if (flagMemo()) flagMemo().value = sessionStorage.getItem(kept()) || "";
});

// Whoever is still reading keeps the flag: a lease lasts five minutes.
setInterval(() => {
  if (!flagMemo() || document.visibilityState !== "visible") return;
  fetch(`/spanningen/houd?vlag=${flagMemo().dataset.flag}`).catch(() => null);
}, 120000);

// Offsets are code points in the document's text; the browser counts UTF-16 units, hence Array.from.
document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.anchorNode || chosen.anchorNode !== chosen.focusNode) return;
  const text = chosen.anchorNode.parentElement && chosen.anchorNode.parentElement.closest(".choice-of .text");
  if (!text) return;
  const label = text.closest(".choice-of");
  const ends = [chosen.anchorOffset, chosen.focusOffset].sort((x, y) => x - y);
  const [start, end] = ends.map((at) => Number(label.dataset.start) + Array.from(text.textContent.slice(0, at)).length);
  const radio = label.querySelector("input");
  radio.value = `${label.dataset.card}@${start}-${end}`;
  radio.checked = true;
  const told = label.querySelector(".fragment-of");
  told.textContent = `Fragment: “${chosen.toString().trim()}”`;
  told.hidden = false;
});
// The click that ends a selection must not fall through to the label; a plain click takes the whole passage.
document.addEventListener("click", (event) => {
  const label = event.target.closest(".choice-of");
  if (!label || event.target.matches("input")) return;
  if (!document.getSelection().isCollapsed) { event.preventDefault(); return; }
  const radio = label.querySelector("input");
  radio.value = radio.dataset.whole;
  label.querySelector(".fragment-of").hidden = true;
});
