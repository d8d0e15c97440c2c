/* The screen of the waiting room asks for its numbers by itself, without anybody's cookies; when the network is lost it says so and tries on. */
(() => {
  "use strict";

  const EVERY = 5000;
  const place = document.getElementById("numbers"), offline = document.getElementById("display-offline");
  let shown = place.textContent;

  async function refresh() {
    try {
      const answer = await fetch(place.dataset.url, { credentials: "omit", cache: "no-store", headers: { "X-Automatic": "1" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.body.textContent !== shown) {
        shown = page.body.textContent;
        place.replaceChildren(...page.body.children);
      }
      offline.hidden = true;
    } catch {
      offline.hidden = false;
    }
  }

  setInterval(refresh, EVERY);
})();
