/* What is typed goes to the server every few seconds, so that a timeout, a crash or a power cut loses nothing.

   A form says data-draft-url and data-draft-key; a field or fieldset with data-no-draft is never sent (private notes).
   POST url: key, payload (JSON: name → list of values) → {"saved_at": "14:32"}; the form hears of it by "draft:kept".
   GET url (or data-draft-home, where it is another) + "token/" → {"csrf": "…", "person": "…"}, or 401 where nobody is signed in. */
(() => {
  "use strict";

  const PAUSE = 3000, SLOWEST = 60000;
  const NEVER = new Set(["password", "file", "submit", "button", "image", "reset"]);
  const person = document.documentElement.dataset.person || "";
  const desks = new Map();

  class Desk {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.draftUrl;
      this.home = form.dataset.draftHome || this.url;
      this.status = form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
      this.changed = false;
      this.unkept = false;
      this.isLeaving = false;
      this.wait = PAUSE;
      this.timer = 0;
      this.sending = null;
      this.kept = this.payload();
    }

    payload() {
      const typed = {};
      for (const field of this.form.elements) {
        if (!field.name || field.disabled || NEVER.has(field.type) || field.name === "csrfmiddlewaretoken") continue;
        if (field.closest("[data-no-draft]")) continue;
        if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
        const values = field.type === "select-multiple" ? [...field.selectedOptions].map((o) => o.value) : [field.value];
        if (values.length) typed[field.name] = (typed[field.name] || []).concat(values);
      }
      return JSON.stringify(typed);
    }

    touched(field) {
      this.isLeaving = false;
      if (field.closest("[data-no-draft]")) {
        if (field.name) this.unkept = true;
        return;
      }
      if (this.payload() === this.kept) return;
      this.changed = true;
      this.later(this.wait);
    }

    later(pause) {
      if (!this.timer) this.timer = setTimeout(() => { this.timer = 0; this.send(); }, pause);
    }

    say(state, text) {
      if (!this.status) return;
      this.status.dataset.state = state;
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    body(payload) {
      return new URLSearchParams({ key: this.form.dataset.draftKey, payload, csrfmiddlewaretoken: this.token() });
    }

    token() {
      const field = this.form.querySelector("[name=csrfmiddlewaretoken]");
      return field ? field.value : "";
    }

    send() {
      if (!this.sending && this.changed) this.sending = this.post().finally(() => { this.sending = null; });
      return this.sending;
    }

    async post() {
      const payload = this.payload();
      this.changed = false;
      try {
        const answer = await fetch(this.url, { method: "POST", body: this.body(payload), redirect: "manual", credentials: "same-origin" });
        if (answer.ok) return this.wasKept(payload, await answer.json());
        this.changed = true;
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return await this.renew();
      } catch {
        this.changed = true;
      }
      this.failed();
    }

    /* The page may take in more than the hour of the answer; what it changes by that is not typing. */
    wasKept(payload, answer) {
      const isStill = this.payload() === payload;
      this.form.dispatchEvent(new CustomEvent("draft:kept", { detail: answer }));
      this.kept = isStill ? this.payload() : payload;
      this.wait = PAUSE;
      backAgain();
      this.say("kept", `${window.jardam.words().kept} · ${answer.saved_at}`);
      if (this.payload() !== this.kept) {
        this.changed = true;
        this.later(PAUSE);
      }
    }

    failed() {
      this.say("failed", window.jardam.words().unkept);
      this.wait = Math.min(this.wait * 2, SLOWEST);
      this.later(this.wait);
    }

    /* The session ended or its token changed: learn which, and go on as soon as the same person is back. */
    async renew() {
      const found = await newToken(this.home);
      if (found === "ready") return this.later(200);
      this.say("failed", window.jardam.words().unkept);
      if (found === "other") {
        this.changed = false;
        return;
      }
      this.later(found === "signed-out" ? 2 * PAUSE : this.wait);
    }

    /* The page goes away or is hidden: one last try that outlives it. */
    flush() {
      if (!this.changed || this.isLeaving) return;
      const payload = this.payload();
      const sent = navigator.sendBeacon(this.url, this.body(payload));
      if (!sent) fetch(this.url, { method: "POST", body: this.body(payload), keepalive: true }).catch(() => {});
    }

    /* Before the form itself is sent: nothing on its way any more, somebody signed in, the server within reach. */
    async settle() {
      clearTimeout(this.timer);
      this.timer = 0;
      if (this.sending) await this.sending;
      clearTimeout(this.timer);
      this.timer = 0;
      const found = await newToken(this.home);
      this.isLeaving = found === "ready";
      if (found !== "ready") this.later(PAUSE);
      return found;
    }
  }

  let isOut = false;

  function backAgain() {
    if (!isOut) return;
    isOut = false;
    window.jardam.strip(window.jardam.words().signedIn, "done");
    setTimeout(() => { if (!isOut) window.jardam.strip(""); }, 6000);
  }

  /* "ready", "signed-out", "other" (somebody else is signed in now) or "offline"; says so at the foot of the page. */
  async function newToken(url) {
    const words = window.jardam.words();
    let answer;
    try {
      answer = await fetch(`${url}token/`, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(15000) });
      if (answer.status >= 500) return "offline";
      if (!answer.ok) throw new TypeError("signed out");
    } catch (wrong) {
      if (!answer) return "offline";
      isOut = true;
      const next = encodeURIComponent(`${url}signed-in/`);
      window.jardam.strip(words.signedOut, "soon", { href: `/accounts/login/?next=${next}`, text: words.signIn });
      return "signed-out";
    }
    const { csrf, person: now } = await answer.json();
    if (now !== person) {
      window.jardam.strip(words.otherPerson, "late");
      return "other";
    }
    backAgain();
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = csrf; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": csrf }));
    return "ready";
  }

  function prepare() {
    document.querySelectorAll("form[data-draft-url]").forEach((form) => {
      if (!desks.has(form)) desks.set(form, new Desk(form));
    });
    for (const form of desks.keys()) if (!form.isConnected) desks.delete(form);
  }

  function touched(event) {
    const desk = event.target instanceof Element && event.target.form && desks.get(event.target.form);
    if (desk) desk.touched(event.target);
  }

  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  document.addEventListener("htmx:load", prepare);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") desks.forEach((desk) => desk.flush());
  });
  window.addEventListener("pagehide", () => desks.forEach((desk) => desk.flush()));
  window.addEventListener("pageshow", () => desks.forEach((desk) => { desk.isLeaving = false; }));
  window.addEventListener("online", () => desks.forEach((desk) => desk.send()));
  window.addEventListener("beforeunload", (event) => {
    const hasLoss = [...desks.values()].some((desk) => (desk.changed || desk.unkept) && !desk.isLeaving);
    if (hasLoss) event.preventDefault();
  });
  prepare();

  window.jardam.settleDraft = (form) => (desks.has(form) ? desks.get(form).settle() : Promise.resolve("ready"));
})();
