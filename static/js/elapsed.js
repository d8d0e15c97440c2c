/* How long a meeting has lasted, by the minute and on the server's time. */
(() => {
  "use strict";

  const clocks = [...document.querySelectorAll("[data-elapsed]")];
  const ahead = clocks.map((clock) => Date.parse(clock.dataset.now) - Date.now());
  const two = (n) => String(n).padStart(2, "0");

  function tick() {
    clocks.forEach((clock, place) => {
      const seconds = Math.max(0, Math.floor((Date.now() + ahead[place] - Date.parse(clock.dataset.began)) / 1000));
      const text = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
      clock.querySelector("[data-elapsed-time]").textContent = text;
    });
  }

  tick();
  setInterval(tick, 1000);
})();
