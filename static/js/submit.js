/* A form is sent once. With no connection or no session the page stays, with everything that was typed. */
(() => {
  "use strict";

  const sending = new WeakSet(), cleared = new WeakSet();

  function release(form) {
    sending.delete(form);
    cleared.delete(form);
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }

  function hold(form, button) {
    sending.add(form);
    if (button) button.setAttribute("aria-disabled", "true");
  }

  async function sendWhenReady(form, button) {
    hold(form, button);
    const found = await window.jardam.settleDraft(form);
    if (found === "ready") {
      cleared.add(form);
      sending.delete(form);
      form.requestSubmit(button);
      return;
    }
    release(form);
    if (found === "offline") window.jardam.strip(window.jardam.words().offline, "late");
  }

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (form.getAttribute("method") === "dialog") return;
    if (sending.has(form)) return stop(event);
    if (form.dataset.draftUrl && !cleared.has(form) && window.jardam.settleDraft) {
      stop(event);
      sendWhenReady(form, button);
      return;
    }
    if (navigator.onLine === false) {
      stop(event);
      window.jardam.strip(window.jardam.words().offline, "late");
      return;
    }
    hold(form, button);
    /* An answer that is a file leaves the page where it is. */
    setTimeout(() => release(form), 10000);
  }, true);

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target instanceof Element && event.target.closest("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
  window.addEventListener("online", () => window.jardam.strip(""));
})();
