/* Clocks that run by the minute. The same rules as core/templatetags/clocks.py; the words come from the page. */
(() => {
  "use strict";

  const words = document.getElementById("clock-words").dataset;
  const plural = new Intl.PluralRules(document.documentElement.lang || "ky");
  const ahead = new WeakMap();
  const MINUTE = 60, HOUR = 3600, DAY = 86400;

  function count(unit, n) {
    const forms = words[unit].split("|");
    const rule = plural.select(n);
    const form = rule === "one" ? forms[0] : rule === "few" ? forms[1] : forms[2];
    return form.replace("{n}", n);
  }

  function left(text) {
    return words.left.replace("{time}", text);
  }

  function say(seconds) {
    if (seconds < 0) {
      const late = -seconds;
      if (late < HOUR) return count("lateMinute", Math.max(1, Math.floor(late / MINUTE)));
      return late < DAY ? count("lateHour", Math.floor(late / HOUR)) : count("lateDay", Math.floor(late / DAY));
    }
    if (seconds < MINUTE) return words.momentsLeft;
    if (seconds < HOUR) return left(count("minute", Math.floor(seconds / MINUTE)));
    if (seconds >= DAY) return left(count("day", Math.floor(seconds / DAY)));
    const minutes = Math.floor((seconds % HOUR) / MINUTE);
    const parts = [count("hour", Math.floor(seconds / HOUR))];
    if (minutes) parts.push(count("minute", minutes));
    return left(parts.join(" "));
  }

  /* The server's time, however wrong this machine's clock is: how far ahead it was when the clock first appeared. */
  function now(clock) {
    if (!ahead.has(clock)) ahead.set(clock, Date.parse(clock.dataset.now) - Date.now());
    return Date.now() + ahead.get(clock);
  }

  function tick(clock) {
    const at = now(clock), due = Date.parse(clock.dataset.due);
    const amber = "soon" in clock.dataset ? due - clock.dataset.soon * 60000 : Date.parse(clock.dataset.amber);
    const started = Date.parse(clock.dataset.started);
    const state = at > due ? "late" : at >= amber ? "soon" : "in-time";
    const text = say((due - at) / 1000);
    const place = clock.querySelector(".clock-left");
    if (place.textContent !== text) place.textContent = text;
    if (clock.dataset.state !== state) clock.dataset.state = state;
    const bar = clock.querySelector(".gone");
    if (bar && due > started) {
      bar.setAttribute("width", String(Math.round(Math.min(1, Math.max(0, (at - started) / (due - started))) * 100)));
    }
  }

  function tickAll() {
    document.querySelectorAll("[data-clock]").forEach(tick);
  }

  tickAll();
  setInterval(tickAll, 5000);
  document.addEventListener("visibilitychange", tickAll);
  document.addEventListener("htmx:load", tickAll);
})();
