/* A private note is kept by its own address as it is typed: never among the drafts, never in the browser.

   POST the form: private_note, note_version → {"saved_at": "14:32", "version": 3}; 409 {"error": "…"} where another
   window has changed the note: then nothing more is sent, so that nothing is overwritten. */
(() => {
  "use strict";

  const PAUSE = 2000, SLOWEST = 60000;

  function keep(form) {
    const box = form.querySelector("textarea"), version = form.querySelector("[name=note_version]");
    const status = form.querySelector("[data-note-status]");
    const person = document.documentElement.dataset.person || "";
    let kept = box.value, timer = 0, wait = PAUSE, sending = null, isShut = false;

    function say(state, text) {
      status.dataset.state = state;
      if (status.textContent !== text) status.textContent = text;
    }

    function later(pause) {
      if (!timer && !isShut) timer = setTimeout(() => { timer = 0; send(); }, pause);
    }

    function failed() {
      say("failed", status.dataset.unkept);
      wait = Math.min(wait * 2, SLOWEST);
      later(wait);
    }

    function shut(words) {
      isShut = true;
      say("failed", words);
    }

    function body(text) {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      return new URLSearchParams({ private_note: text, note_version: version.value, csrfmiddlewaretoken: token });
    }

    /* Signed out, or a token of another sitting: learn which. Goes on only with the same person. */
    async function renew() {
      const answer = await fetch(form.dataset.tokenUrl, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (!answer.ok) {
        const next = encodeURIComponent(form.dataset.signedInUrl);
        window.jardam.strip(window.jardam.words().signedOut, "soon", { href: `/accounts/login/?next=${next}`, text: window.jardam.words().signIn });
        return false;
      }
      const found = await answer.json();
      if (found.person !== person) {
        shut(window.jardam.words().otherPerson);
        return false;
      }
      window.jardam.strip("");
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = found.csrf; });
      return true;
    }

    async function post() {
      const text = box.value;
      try {
        const answer = await fetch(form.action, {
          method: "POST", body: body(text), keepalive: text.length < 10000, redirect: "manual", credentials: "same-origin", headers: { Accept: "application/json" },
        });
        if (answer.ok) {
          const said = await answer.json();
          kept = text;
          wait = PAUSE;
          version.value = said.version;
          say("kept", `${status.dataset.kept} · ${said.saved_at}`);
          if (box.value !== kept) later(PAUSE);
          return;
        }
        if (answer.status === 409 || answer.status === 400) return shut((await answer.json()).error);
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
          if (await renew()) return later(200);
        }
      } catch {
        /* no connection: said below */
      }
      if (!isShut) failed();
    }

    function send() {
      if (sending || isShut || box.value === kept) return sending;
      sending = post().finally(() => { sending = null; });
      return sending;
    }

    function flush() {
      if (!isShut && !sending && box.value !== kept) navigator.sendBeacon(form.action, body(box.value));
    }

    box.addEventListener("input", () => later(wait));
    /* With scripts the button keeps the note where one is; without them it sends the form. */
    const button = form.querySelector("button:not([type])");
    button.type = "button";
    button.addEventListener("click", () => {
      wait = PAUSE;
      if (box.value === kept) say("kept", status.textContent || status.dataset.kept);
      else send();
    });
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
    window.addEventListener("online", () => { wait = PAUSE; send(); });
    window.addEventListener("beforeunload", (event) => { if (box.value !== kept) event.preventDefault(); });
  }

  document.querySelectorAll("form[data-note]").forEach(keep);
})();
