// A cell of the framework matrix: what is being written survives a reload; a selection becomes a quote.
"use strict";

const form = document.getElementById("writing");
const text = document.getElementById("summary");
const key = `matrix ${form.dataset.cell}`;

// What is ticked, with the words of each quote, so that a quote made of a selection can be put back.
function written() {
  const boxes = [...form.querySelectorAll("input[name=quote]:checked")];
  const quotes = boxes.map((box) => {
    const quote = box.parentElement.querySelector("blockquote");
    return { value: box.value, words: quote.textContent, source: quote.dataset.source };
  });
  return { text: text.value, quotes };
}

function add({ value, words, source }) {
  const item = document.createElement("li");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: "quote", value, checked: true, id: `quote-${value}` });
  const label = document.createElement("label");
  label.htmlFor = box.id;
  label.textContent = `${source}, selectie`;
  const quote = document.createElement("blockquote");
  quote.textContent = words;
  quote.dataset.source = source;
  const side = document.createElement("div");
  side.append(label, quote);
  item.append(box, side);
  document.getElementById("quotes").prepend(item);
}

// A draft keeps what it began from, so that what another saved meanwhile is never overwritten unseen.
function restore() {
  if (new URLSearchParams(location.search).has("bewaard")) sessionStorage.removeItem(sessionStorage.getItem("matrix sent"));
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  const values = ({ quotes }) => JSON.stringify(quotes.map((quote) => quote.value).sort());
  if (!kept || (kept.text === text.value && values(kept) === values(written()))) return;
  text.value = kept.text;
  form.elements.seen.value = kept.seen;
  const boxes = new Map([...form.querySelectorAll("input[name=quote]")].map((box) => [box.value, box]));
  boxes.forEach((box) => { box.checked = kept.quotes.some((quote) => quote.value === box.value); });
  kept.quotes.filter((quote) => !boxes.has(quote.value)).forEach(add);
  document.getElementById("draft").hidden = false;
}

function keep() {
  sessionStorage.setItem(key, JSON.stringify({ ...written(), seen: form.elements.seen.value }));
}

form.addEventListener("input", keep);
form.addEventListener("submit", () => sessionStorage.setItem("matrix sent", key));

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=next]"));
  }
});

// Offsets are code points in the document's text; the browser counts UTF-16 units, hence Array.from.
function selected() {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || chosen.rangeCount !== 1) return null;
  const range = chosen.getRangeAt(0);
  const quote = range.startContainer.parentElement.closest("blockquote[data-version]");
  if (!quote || range.startContainer !== range.endContainer) return null;
  const whole = range.startContainer.textContent;
  const start = Number(quote.dataset.start) + Array.from(whole.slice(0, range.startOffset)).length;
  const words = whole.slice(range.startOffset, range.endOffset);
  return { value: `${quote.dataset.version}:${start}:${start + Array.from(words).length}`, words, source: quote.dataset.source };
}

document.getElementById("cite").addEventListener("mousedown", (event) => event.preventDefault());
document.getElementById("cite").addEventListener("click", () => {
  const chosen = selected();
  const said = document.getElementById("said");
  if (!chosen || !chosen.words.trim()) { said.textContent = "Selecteer eerst een deel van een citaat."; return; }
  add(chosen);
  keep();
  said.textContent = "Toegevoegd aan de citaten.";
});

restore();
