/* Rows of a form that are added and taken away on the page; without scripts the same buttons ask the server for a row.

   [data-rows="part"] holds a <template data-row-template> with __prefix__ and a [data-row-add] button;
   a row is [data-row], its checkbox named …-DELETE leaves it out. */
(() => {
  "use strict";

  function total(box) {
    return box.querySelector('input[name$="-TOTAL_FORMS"]');
  }

  function add(box) {
    const count = total(box), template = box.querySelector("template[data-row-template]");
    const frame = document.createElement("div");
    frame.innerHTML = template.innerHTML.replaceAll("__prefix__", count.value);
    const row = frame.querySelector("[data-row]");
    template.before(row);
    count.value = String(Number(count.value) + 1);
    row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    count.dispatchEvent(new Event("change", { bubbles: true }));
    const first = row.querySelector("input:not([type=hidden]), select");
    if (first) first.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-row-add]");
    const box = button && button.closest("[data-rows]");
    if (!box) return;
    event.preventDefault();
    const count = total(box), most = box.querySelector('input[name$="-MAX_NUM_FORMS"]');
    if (Number(count.value) < Number(most.value)) add(box);
  });
})();
