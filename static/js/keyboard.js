/* / goes to the search box, g and a letter to a part of the rail, ? shows the keys. Never while somebody types. */
(() => {
  "use strict";

  const help = document.getElementById("keys-help");
  let waitsUntil = 0;

  function isTyping(target) {
    return target instanceof Element && (target.isContentEditable || target.closest("input, textarea, select, dialog[open]"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (Date.now() < waitsUntil) {
      waitsUntil = 0;
      const letter = event.code.replace("Key", "").toLowerCase();
      const way = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
      if (way) {
        event.preventDefault();
        way.click();
      }
      return;
    }
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
      event.preventDefault();
      if (help) help.showModal();
    } else if (event.key === "/" || event.code === "Slash") {
      const box = document.querySelector("[data-search]");
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.code === "KeyG") {
      waitsUntil = Date.now() + 1500;
    }
  });

  document.addEventListener("click", (event) => {
    if (help && event.target instanceof Element && event.target.closest("[data-keys-help]")) help.showModal();
  });
})();
