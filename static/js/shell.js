/* The shell of every page: menus, questions before an act, copying a number, the error summary, strips at the foot. */
(() => {
  "use strict";

  const words = () => document.getElementById("words").dataset;

  function isInside(element, selector) {
    return element instanceof Element ? element.closest(selector) : null;
  }

  function shutMenus(except) {
    document.querySelectorAll("[data-menu][open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  }

  document.addEventListener("click", (event) => {
    shutMenus(isInside(event.target, "[data-menu]"));
    const copy = isInside(event.target, "[data-copy]");
    if (copy) copyNumber(copy);
    const asked = isInside(event.target, "[data-confirm] > summary");
    if (asked) {
      event.preventDefault();
      ask(asked.parentElement);
    }
    if (isInside(event.target, "[data-print]")) window.print();
    const closing = isInside(event.target, "[data-close-dialog]");
    if (closing) closing.closest("dialog").close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("[data-menu][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  function ask(question) {
    const dialog = question.querySelector("dialog");
    question.open = true;
    dialog.removeAttribute("open");
    dialog.addEventListener("close", () => { question.open = false; }, { once: true });
    dialog.showModal();
  }

  async function copyNumber(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    say(button, words().copied);
  }

  function say(button, text) {
    let note = button.parentElement.querySelector(".copy-note");
    if (!note) {
      note = document.createElement("span");
      note.className = "copy-note small quiet";
      note.setAttribute("role", "status");
      button.after(note);
    }
    note.textContent = text;
    setTimeout(() => note.remove(), 2000);
  }

  /* One strip at the foot of the window, for what concerns the page as a whole. */
  function strip(text, kind, link) {
    let place = document.getElementById("page-strip");
    if (!text) {
      if (place) place.remove();
      return;
    }
    if (!place) {
      place = document.createElement("div");
      place.id = "page-strip";
      place.setAttribute("role", "alert");
      document.body.append(place);
    }
    place.className = `notice strip notice-${kind}`;
    const body = document.createElement("div");
    body.className = "notice-body";
    const line = document.createElement("p");
    line.textContent = text;
    body.append(line);
    if (link) {
      const way = document.createElement("a");
      way.className = "btn btn-secondary";
      way.href = link.href;
      way.target = "_blank";
      way.rel = "noopener";
      way.textContent = link.text;
      body.append(way);
    }
    place.replaceChildren(body);
  }

  function prepare(root) {
    root.querySelectorAll("[data-copy][hidden], [data-print][hidden], [data-keys-help][hidden]").forEach((b) => { b.hidden = false; });
  }

  /* The counts that the rail fetches, said in the phone's bar too. */
  function carryCounts(rail) {
    rail.querySelectorAll("a[href]").forEach((entry) => {
      const twin = document.querySelector(`.bottombar a[href="${CSS.escape(entry.getAttribute("href"))}"]`);
      if (!twin) return;
      twin.querySelectorAll(".count").forEach((old) => old.remove());
      const count = entry.querySelector(".count");
      if (count) twin.append(count.cloneNode(true));
    });
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target instanceof Element && event.target.matches(".rail")) carryCounts(event.target);
  });

  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  /* Where tabs or chips scroll sideways, the current one is in view. */
  document.querySelectorAll(".tabs [aria-current], .chips [aria-current]").forEach((here) => {
    const row = here.closest("ul");
    row.scrollLeft = Math.max(0, here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2);
  });
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  window.jardam = { words, strip };
})();
