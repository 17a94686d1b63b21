// Keyboard for blind coding. The form works without it; nothing here knows of suggestions.
"use strict";

{
  const form = document.getElementById("blind");
  const draft = `blind ${form.querySelector("[name=card]").value}`;

  document.addEventListener("keydown", (event) => {
    if (event.target === form.memo) {
      if (event.key === "Escape" || (event.key === "Enter" && event.ctrlKey)) form.memo.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
    const press = (id) => { const control = document.getElementById(id); if (control) control.click(); };
    if (/^[0-9-]$/.test(event.key)) {
      const box = form.querySelector(`input[data-key="${event.key}"]`);
      if (!box) return;
      box.click();
      box.focus();
    } else if (event.key === "Enter" && !event.target.matches("button, a")) press("save");
    else if (event.key === "n") press("nothing");
    else if (event.key === "m") form.memo.focus();
    else if (event.key === "e") document.getElementById("guide").open = !document.getElementById("guide").open;
    else if (event.key === "j") press("next");
    else if (event.key === "k") press("previous");
    else return;
    event.preventDefault();
  });

  // Sent once: a second Enter while the page is on its way must not answer for the next passage.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    sessionStorage.setItem("blind sent", draft);
  });

  // What was ticked or written stays until it was saved: the page of another passage proves that.
  form.addEventListener("input", () => {
    const ticked = [...form.querySelectorAll("[name=theme]:checked")].map((box) => box.value);
    sessionStorage.setItem(draft, JSON.stringify({ ticked, memo: form.memo.value }));
  });
  const sent = sessionStorage.getItem("blind sent");
  if (sent && sent !== draft) { sessionStorage.removeItem(sent); sessionStorage.removeItem("blind sent"); }
  const kept = JSON.parse(sessionStorage.getItem(draft) || "null");
  if (kept) {
    form.querySelectorAll("[name=theme]").forEach((box) => { box.checked = kept.ticked.includes(box.value); });
    form.memo.value = kept.memo;
  }
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });
}
