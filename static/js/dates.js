/* Days typed as people write them are tidied to 22.11.2026; a calendar stands beside the box. */
(() => {
  "use strict";

  const two = (n) => String(n).padStart(2, "0");

  function tidy(text) {
    const trimmed = text.trim();
    let parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
    if (parts) return write(+parts[3], +parts[2], +parts[1]) || text;
    parts = /^(\d{1,2})[.,/\s-](\d{1,2})(?:[.,/\s-](\d{4}|\d{2})?)?$/.exec(trimmed) || /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed);
    if (!parts) return text;
    return write(+parts[1], +parts[2], year(parts[3])) || text;
  }

  /* Two figures follow Python's rule (69 and more are 19..); none means this year. */
  function year(written) {
    if (!written) return new Date().getFullYear();
    if (written.length === 4) return +written;
    return +written >= 69 ? 1900 + +written : 2000 + +written;
  }

  function write(day, month, year) {
    const date = new Date(Date.UTC(year, month - 1, day));
    const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return isReal ? `${two(day)}.${two(month)}.${year}` : "";
  }

  function put(box, text) {
    if (box.value === text) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("focusout", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-date]")) put(event.target, tidy(event.target.value));
  });

  function addCalendar(box) {
    if (box.dataset.hasCalendar) return;
    box.dataset.hasCalendar = "yes";
    const frame = document.createElement("div");
    frame.className = "date-field";
    box.replaceWith(frame);
    const picker = document.createElement("input");
    picker.type = "date";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    picker.dataset.noDraft = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary date-pick";
    button.title = document.getElementById("words").dataset.pickDate;
    button.setAttribute("aria-label", button.title);
    button.append(drawing());
    button.addEventListener("click", () => {
      const parts = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(tidy(box.value));
      picker.value = parts ? `${parts[3]}-${parts[2]}-${parts[1]}` : "";
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      if (picker.value) put(box, tidy(picker.value));
      box.focus();
    });
    frame.append(box, button, picker);
  }

  function drawing() {
    return document.getElementById("calendar-icon").content.cloneNode(true);
  }

  function prepare(root) {
    if (typeof HTMLInputElement.prototype.showPicker !== "function") return;
    root.querySelectorAll("[data-date]").forEach(addCalendar);
  }

  const held = document.activeElement;
  prepare(document);
  if (held && held.matches("[data-date]")) held.focus();
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
