// A fragment's borders, by keyboard, mouse or touch. Offsets are code points in the document's text, as on the server.
"use strict";

{
  let shape = null; // what is being changed: its code, its borders as they were and as they are, and the scissors

  const panel = () => document.getElementById("shaping");
  const points = () => Array.from(document.getElementById("passage").textContent);
  const base = () => Number(card().dataset.start);

  function words() {
    const found = [];
    let start = -1;
    [...points(), " "].forEach((point, i) => {
      const blank = /\s/.test(point);
      if (!blank && start < 0) start = i;
      if (blank && start >= 0) { found.push([base() + start, base() + i]); start = -1; }
    });
    return found;
  }

  // The scissors stand before a word within the fragment: at first where a sentence begins, else about the middle.
  function middle() {
    const text = points();
    const places = words().map(([start]) => start).filter((start) => start > shape.start && start < shape.end);
    const half = (shape.start + shape.end) / 2;
    const near = (list) => list.sort((x, y) => Math.abs(x - half) - Math.abs(y - half))[0];
    const ends = places.filter((place) => /[.!?;:]/.test(text.slice(0, place - base()).join("").trimEnd().slice(-1)));
    return near(ends) || near(places) || shape.start;
  }

  function open(button) {
    const [start, end] = button.dataset.shape.split("-").map(Number);
    shape = { span: button.dataset.shape, code: button.dataset.of, start, end, button };
    shape.cut = middle();
    panel().querySelector("[data-act=join]").disabled = button.dataset.followed === undefined;
    panel().hidden = false;
    show();
    panel().scrollIntoView({ block: "nearest" });
    panel().querySelector("[data-act=move]").focus();
  }

  function close() {
    panel().hidden = true;
    shape.button.focus();
    shape = null;
  }

  function show() {
    const text = points();
    const part = (from, to) => text.slice(from - base(), to - base()).join("");
    const line = panel().querySelector(".shape");
    const piece = (name, content) => { const e = document.createElement(name); e.textContent = content; return e; };
    const before = part(Math.max(base(), shape.start - 60), shape.start).replace(/^\S*\s/, (cutOff) => (shape.start - base() > 60 ? "…" : cutOff));
    const after = part(shape.end, shape.end + 60).replace(/\s\S*$/, (cutOff) => (shape.end + 60 < base() + text.length ? " …" : cutOff));
    const scissors = piece("b", " ✂ ");
    scissors.title = "hier wordt geknipt";
    line.replaceChildren(
      piece("span", before), piece("mark", part(shape.start, shape.cut)), scissors,
      piece("mark", part(shape.cut, shape.end)), piece("span", after),
    );
    say(`${part(shape.start, shape.end)}. Schaar voor: ${part(shape.cut, shape.end).split(/\s/)[0]}`);
  }

  const next = (places, from) => places.find((place) => place > from);
  const previous = (places, from) => places.filter((place) => place < from).pop();
  const within = () => words().map(([start]) => start).filter((start) => start > shape.start && start < shape.end);
  const STEPS = {
    "start-": () => { shape.start = previous(words().map((w) => w[0]), shape.start) ?? shape.start; },
    "start+": () => { const to = next(words().map((w) => w[0]), shape.start); if (to < shape.end) shape.start = to; },
    "end-": () => { const to = previous(words().map((w) => w[1]), shape.end); if (to > shape.start) shape.end = to; },
    "end+": () => { shape.end = next(words().map((w) => w[1]), shape.end) ?? shape.end; },
    "cut-": () => { shape.cut = previous(within(), shape.cut) ?? shape.cut; },
    "cut+": () => { shape.cut = next(within(), shape.cut) ?? shape.cut; },
  };

  function act(name) {
    if (name === "close") { close(); return; }
    if (STEPS[name]) {
      STEPS[name]();
      if (shape.cut <= shape.start || shape.cut >= shape.end) shape.cut = middle();
      show();
      return;
    }
    const { span, code, start, end, cut } = shape;
    const to = { move: `${start}-${end}`, cut: `${cut}-${cut}`, join: "" }[name];
    fragment = "";
    inTurn(() => send("/fragment", { code, span, change: name, to }));
  }

  const KEYS = {
    ArrowLeft: "end-", ArrowRight: "end+", "shift ArrowLeft": "start-", "shift ArrowRight": "start+",
    ",": "cut-", ".": "cut+", x: "cut", s: "join", Escape: "close",
  };

  // Before the keys of the card: while a fragment is being changed they mean its borders.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (!card() || document.querySelector("dialog[open]")) return;
    const buttons = [...document.querySelectorAll("[data-shape]")];
    if (event.key === "f" && buttons.length) {
      open(buttons[(buttons.indexOf(shape && shape.button) + 1) % buttons.length]);
    } else if (shape && event.key === "Enter" && !event.target.closest("button:not([data-act=move])")) {
      act("move");
    } else {
      const name = shape && KEYS[(event.shiftKey ? "shift " : "") + event.key];
      if (!name) return;
      if (name !== "join" || !panel().querySelector("[data-act=join]").disabled) act(name);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.dataset.shape) open(button);
    else if (button && button.dataset.act) act(button.dataset.act);
  });

  document.addEventListener("selectionchange", () => {
    if (!shape) return;
    const chosen = document.getSelection();
    const span = chosenSpan();
    if (span) [shape.start, shape.end] = span.split("-").map(Number);
    else if (chosen && chosen.isCollapsed && chosen.anchorNode && chosen.anchorNode.nodeType === 3) {
      const place = offsetOf(chosen.anchorNode, chosen.anchorOffset);
      const word = words().filter(([start]) => start <= place).pop();
      if (place === null || !word || word[0] <= shape.start || word[0] >= shape.end) return;
      shape.cut = word[0];
    } else return;
    if (shape.cut <= shape.start || shape.cut >= shape.end) shape.cut = middle();
    show();
  });

  document.addEventListener("htmx:afterSwap", () => { shape = null; });
}
