/* Days typed as people write them are tidied to 22.11.2026, by the same rules as core/fields.py; a calendar stands
   beside the box. What is not understood is left as it was typed: the server says what to do. */
(() => {
  "use strict";

  const FIRST_YEAR = { past: -99, future: 0, any: -80 };
  const two = (n) => String(n).padStart(2, "0");

  function tidy(text, expects) {
    const trimmed = text.trim();
    let parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
    if (parts) return write(+parts[3], +parts[2], +parts[1]) || text;
    parts = /^(\d{1,2})[.,/\s-]+(\d{1,2})(?:[.,/\s-]+(\d{4}|\d{2}))?\.?$/.exec(trimmed) || /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed);
    if (!parts) return text;
    const day = +parts[1], month = +parts[2];
    return write(day, month, parts[3] ? fullYear(parts[3], expects) : nearestYear(day, month, expects)) || text;
  }

  function fullYear(written, expects) {
    if (written.length === 4) return +written;
    const first = new Date().getFullYear() + FIRST_YEAR[expects];
    return first + ((((+written - first) % 100) + 100) % 100);
  }

  function nearestYear(day, month, expects) {
    const today = new Date();
    const passed = (today.getMonth() + 1 - month) * 100 + today.getDate() - day;
    if (expects === "past" && passed < 0) return today.getFullYear() - 1;
    if (expects === "future" && passed > 0) return today.getFullYear() + 1;
    return today.getFullYear();
  }

  function write(day, month, year) {
    const date = new Date(Date.UTC(year, month - 1, day));
    const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return isReal ? `${two(day)}.${two(month)}.${year}` : "";
  }

  function expected(box) {
    return box.dataset.expects in FIRST_YEAR ? box.dataset.expects : "any";
  }

  function put(box, text) {
    if (box.value === text) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("focusout", (event) => {
    const box = event.target;
    if (box instanceof Element && box.matches('[data-typed="date"]')) put(box, tidy(box.value, expected(box)));
  });

  /* The browser's own picker, kept out of sight and out of the form. */
  function hiddenPicker(box) {
    const picker = document.createElement("input");
    picker.type = box.dataset.typed === "moment" ? "datetime-local" : "date";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    picker.dataset.noDraft = "";
    picker.addEventListener("change", () => {
      const [day, time] = picker.value.split("T");
      if (day) put(box, tidy(day, "any") + (time ? ` ${time.slice(0, 5)}` : ""));
      box.focus();
    });
    return picker;
  }

  function addCalendar(box) {
    if (box.closest(".date-field")) return;
    const frame = document.createElement("div");
    frame.className = "date-field";
    box.replaceWith(frame);
    const picker = hiddenPicker(box);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary date-pick";
    button.title = document.getElementById("words").dataset.pickDate;
    button.setAttribute("aria-label", button.title);
    button.append(document.getElementById("calendar-icon").content.cloneNode(true));
    button.addEventListener("click", () => {
      const parts = /^(\d{2})\.(\d{2})\.(\d{4})(?: (\d{2}:\d{2}))?/.exec(tidy(box.value, expected(box)));
      const day = parts ? `${parts[3]}-${parts[2]}-${parts[1]}` : "";
      picker.value = picker.type === "date" ? day : day && `${day}T${parts[4] || "09:00"}`;
      picker.showPicker();
    });
    frame.append(box, button, picker);
  }

  function prepare(root) {
    if (typeof HTMLInputElement.prototype.showPicker !== "function") return;
    root.querySelectorAll("[data-typed]").forEach(addCalendar);
  }

  const held = document.activeElement;
  prepare(document);
  if (held && held.matches("[data-typed]")) held.focus();
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
