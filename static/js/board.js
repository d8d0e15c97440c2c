/* The board refreshes itself: whoever stands on a call stays on it. Its sound: two short tones when a call comes to which nobody was sent, and each minute while it stays so.
   Only where the person has turned it on; browsers let a page sound after the first touch. */
(() => {
  "use strict";

  const AGAIN = 60000;
  let context = null, known = 0, last = 0;

  function tone(at, pitch) {
    const sound = context.createOscillator(), loudness = context.createGain();
    sound.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(0.3, at + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
    sound.connect(loudness).connect(context.destination);
    sound.start(at);
    sound.stop(at + 0.4);
  }

  function ring() {
    if (!context) context = new AudioContext();
    if (context.state === "suspended") context.resume().catch(() => {});
    tone(context.currentTime, 660);
    tone(context.currentTime + 0.45, 880);
    last = Date.now();
  }

  function look() {
    const board = document.querySelector("[data-board]");
    if (!board) return;
    const alarms = Number(board.dataset.alarms);
    if ("sound" in board.dataset && alarms && (alarms > known || Date.now() - last > AGAIN)) ring();
    known = alarms;
  }

  /* The link that has the focus keeps it, wherever its row has moved. */
  let held = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const here = document.activeElement;
    held = event.target instanceof Element && event.target.contains(here) ? here.getAttribute("href") : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const again = held && document.querySelector(`[data-board] a[href="${CSS.escape(held)}"]`);
    if (again) again.focus({ preventScroll: true });
    held = null;
  });

  look();
  setInterval(look, 5000);
  document.addEventListener("htmx:load", look);
})();
