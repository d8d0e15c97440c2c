/* ң ө ү for people whose keyboard lacks them: a strip of buttons beside the field in hand, and Alt + н, о, у. */
(() => {
  "use strict";

  const LETTERS = ["ң", "ө", "ү", "Ң", "Ө", "Ү"];
  const BY_KEY = { KeyY: "ң", KeyJ: "ө", KeyE: "ү" };
  const BY_LETTER = { "н": "ң", "о": "ө", "у": "ү" };
  let field = null;
  let isPressed = false;
  const strip = build();

  function build() {
    const bar = document.createElement("div");
    bar.className = "kyrgyz-keys no-print";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", document.getElementById("words").dataset.letters);
    LETTERS.forEach((letter, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = letter;
      button.tabIndex = place === 0 ? 0 : -1;
      bar.append(button);
    });
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    bar.addEventListener("click", (event) => {
      if (event.target.closest("button")) insert(event.target.closest("button").textContent);
    });
    bar.addEventListener("keydown", walk);
    return bar;
  }

  /* Arrows walk within the strip, so that it costs one stop of the Tab key. */
  function walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" && field) field.focus();
    if (!step) return;
    event.preventDefault();
    const buttons = [...strip.children];
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    buttons.forEach((b) => { b.tabIndex = b === next ? 0 : -1; });
    next.focus();
  }

  function insert(letter) {
    if (!field || field.readOnly || field.disabled) return;
    const { selectionStart: from, selectionEnd: to } = field;
    const grown = field.value.length - (to - from) + 1;
    if (field.maxLength >= 0 && grown > field.maxLength) return;
    field.setRangeText(letter, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (document.activeElement !== field && !strip.contains(document.activeElement)) field.focus();
  }

  function isMarked(element) {
    return element instanceof Element && element.matches("[data-kyrgyz-keys]");
  }

  document.addEventListener("focusin", (event) => {
    if (isMarked(event.target)) {
      field = event.target;
      field.after(strip);
    } else {
      leave();
    }
  });

  /* Gone at once it would move the page between the press of a button and its release, and the click would be lost. */
  function leave() {
    const held = document.activeElement;
    if (isPressed || isMarked(held) || strip.contains(held)) return;
    strip.remove();
    field = null;
  }

  document.addEventListener("pointerdown", () => { isPressed = true; }, true);
  ["pointerup", "pointercancel"].forEach((name) => {
    document.addEventListener(name, () => {
      isPressed = false;
      window.setTimeout(leave, 50);
    }, true);
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !isMarked(event.target)) return;
    const letter = BY_LETTER[event.key.toLowerCase()] || BY_KEY[event.code];
    if (!letter) return;
    event.preventDefault();
    field = event.target;
    insert(event.shiftKey ? letter.toUpperCase() : letter);
  });

  const first = document.activeElement;
  if (isMarked(first)) {
    field = first;
    first.after(strip);
  }
})();
