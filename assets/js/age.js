/* An open page asks now and then whether its data are still the newest. It tells its reader, and never redraws by itself. */
(function () {
  "use strict";

  const EVERY = 60000; // ms; an answer is some 200 bytes
  const prefix = document.querySelector('meta[name="crosscount-prefix"]').content;
  const page = () => document.querySelector("#main [data-snapshot]");

  function tell(text, newer) {
    const notice = document.getElementById("age"), said = document.getElementById("age-said");
    if (!notice || said.textContent === text) return;
    notice.classList.toggle("is-on", Boolean(text));
    notice.classList.toggle("is-newer", newer);
    said.textContent = text;
  }

  async function ask() {
    const shown = page();
    if (!shown || document.hidden) return;
    const now = new URLSearchParams(location.search), asked = new URLSearchParams({ snapshot: shown.dataset.snapshot });
    for (const name of ["crisis", "lang"]) if (now.get(name)) asked.set(name, now.get(name));
    try {
      const answer = await fetch(prefix + "/age.json?" + asked);
      if (!answer.ok) return;
      const said = await answer.json();
      if (page() !== shown) return; // it was about another page
      const known = now.get("known") || document.querySelector("#main .old"); // a past day is old by choice, a banner has said it
      tell(said.newer || (known ? "" : said.old), Boolean(said.newer));
    } catch {
      /* that the program does not answer is said wherever something is asked of it */
    }
  }

  /* What was drawn after a publication, beside a masthead from before it: the whole is drawn from one snapshot again. */
  function arrived() {
    const head = document.querySelector(".freshness"), main = page();
    tell("", false);
    if (head && main && head.dataset.snapshot && head.dataset.snapshot !== main.dataset.snapshot) redraw();
  }
  const redraw = () => document.dispatchEvent(new Event("crosscount:redraw-page"));

  setInterval(ask, EVERY);
  window.addEventListener("online", ask);
  window.addEventListener("offline", ask);
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("crosscount:arrived", arrived);
  document.addEventListener("click", (event) => event.target.closest("[data-age-show]") && redraw());
})();
