/* The writing page of a conclusion: what the server answers to each keeping (drafts.js) is shown beside the fields.

   An answer names the stamps to go on with, texts that another window changed too (nothing was overwritten), texts that
   only another window changed (brought in here where nobody types), and words to look at again. */
(() => {
  "use strict";

  const form = document.getElementById("writing");
  if (!form) return;
  const stamps = form.querySelector("[data-stamps]");
  const words = document.getElementById("writing-words").dataset;

  function side(name) {
    return form.querySelector(`[data-side="${CSS.escape(name)}"]`);
  }

  function control(name) {
    return form.elements.namedItem(name);
  }

  function write(field, text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function showConflicts(conflicts) {
    form.querySelectorAll("[data-conflict]").forEach((box) => {
      const name = box.closest("[data-side]").dataset.side;
      const isOpen = Object.hasOwn(conflicts, name);
      if (isOpen) box.querySelector("[data-other]").textContent = conflicts[name];
      else box.querySelector("input").checked = false;
      box.hidden = !isOpen;
    });
  }

  function showCautions(cautions) {
    form.querySelectorAll("[data-cautions]").forEach((list) => {
      const found = cautions[list.closest("[data-side]").dataset.side] || [];
      const lines = found.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
      if ([...list.children].map((line) => line.textContent).join("\n") === found.join("\n")) return;
      list.replaceChildren(...lines);
      list.hidden = !found.length;
    });
  }

  /* Only where this page's field still stands as it was sent, and nobody has the cursor in it. */
  function bringIn(news, marks) {
    for (const [name, { text }] of Object.entries(news)) {
      const field = control(name);
      const isBox = field && field.type === "checkbox";
      if (!field || document.activeElement === field) {
        delete marks[name];
        continue;
      }
      if (isBox) field.checked = Boolean(text);
      else field.value = text;
    }
  }

  function clearSettled() {
    form.querySelectorAll("[data-apart]").forEach((box) => {
      if (box.querySelector("input").checked) box.remove();
    });
  }

  function isWritten(code, language) {
    const section = form.querySelector(`[data-section="${code}"]`);
    const text = section.querySelector(`.pair > [lang="${language}"] textarea`);
    if (code === "consent" && language === "ky") return Boolean(control("consent").value);
    if (code === "methods" && language === "ky") {
      return Boolean(section.querySelector('input[type="checkbox"]:checked') || text.value.trim());
    }
    return Boolean(text && text.value.trim());
  }

  /* A Russian text is missing only where the Kyrgyz one stands. */
  function showProgress() {
    document.querySelectorAll("[data-progress]").forEach((line) => {
      const code = line.dataset.progress;
      line.querySelectorAll("[data-language]").forEach((mark) => {
        const isDone = isWritten(code, mark.dataset.language);
        mark.dataset.done = isDone ? "yes" : "no";
        mark.querySelector("[data-word]").textContent = isDone ? words.written : words.unwritten;
      });
    });
  }

  form.addEventListener("draft:kept", (event) => {
    const answer = event.detail;
    if (!answer.stamps) return;
    bringIn(answer.news, answer.stamps);
    stamps.value = JSON.stringify({ ...JSON.parse(stamps.value), ...answer.stamps });
    showConflicts(answer.conflicts);
    showCautions(answer.cautions);
    clearSettled();
    showProgress();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take], [data-put]");
    if (!button) return;
    const place = button.closest("[data-side]");
    const field = control(place.dataset.side);
    if (button.matches("[data-put]")) {
      const text = button.parentElement.querySelector("[data-suggestion]").textContent;
      write(field, field.value.trim() ? `${field.value.trimEnd()}\n${text}` : text);
      button.parentElement.open = false;
    } else {
      const box = button.closest(".apart");
      box.querySelector("input").checked = true;
      write(field, box.querySelector("[data-other]").textContent);
    }
    field.focus();
  });

  /* A browser that cannot size a field by its content is told the height. */
  function fit(field) {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  if (!CSS.supports("field-sizing", "content")) {
    form.querySelectorAll("textarea").forEach(fit);
    form.addEventListener("input", (event) => { if (event.target.matches("textarea")) fit(event.target); });
  }
  form.querySelectorAll("[data-take], [data-put]").forEach((button) => { button.hidden = false; });
  form.addEventListener("input", showProgress);
  showProgress();
})();
