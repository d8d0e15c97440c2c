/* The reception's desk looks every quarter of a minute whether its queue is still the one shown; only then is it asked anew.

   #queue has data-mark and data-mark-url; "queue-changed" makes htmx fetch it. Nothing is taken from under somebody's hands. */
(() => {
  "use strict";

  const EVERY = 15000;

  function isBusy(queue) {
    return document.hidden || queue.contains(document.activeElement) || document.querySelector("dialog:modal");
  }

  async function look() {
    const queue = document.getElementById("queue");
    if (!queue || isBusy(queue)) return;
    try {
      const answer = await fetch(queue.dataset.markUrl, { headers: { "X-Automatic": "1" } });
      if (!answer.ok) return;
      const said = await answer.json();
      if (said.mark !== queue.dataset.mark) queue.dispatchEvent(new CustomEvent("queue-changed"));
    } catch {
      /* No network for a moment: the next look finds out. */
    }
  }

  setInterval(look, EVERY);
})();
