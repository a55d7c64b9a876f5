/* What the page asks the program for, and what becomes of it. That something is on its way is shown; what did not come is said, with a
   way to ask again, and is asked for by itself as soon as the program answers anything. */
(function () {
  "use strict";

  const PATIENCE = 400; // ms: what comes sooner would only flicker
  const FAILED = "X-Crosscount-Trouble"; // the program's own word that a part could not be drawn; it has said why
  const DRAWN = { page: /^(frame|\.\.main)\./, evidence: /^evidence-body\./ }; // the parts that can be asked for again, by their output
  const OUTPUT = /^\{"output":"([^"]*)"/; // how a question to the program begins
  const root = document.documentElement, ask = window.fetch;
  const latest = {}; // how often each part was asked for: only the last answer counts
  const underway = new Map(); // part -> whether it takes long
  const lost = new Map(); // part -> whether asking again may help by itself
  const told = (name) => document.querySelector('meta[name="crosscount-' + name + '"]').content;
  const component = (type, props) => ({ type: type, namespace: "dash_html_components", props: props });

  /* The part of the page a request draws; another request goes by what it fills, or by its address. */
  function partOf(address, options) {
    const output = OUTPUT.exec(String((options && options.body) || "").slice(0, 400));
    if (!output) return String(address.url || address).split("?")[0];
    return Object.keys(DRAWN).find((part) => DRAWN[part].test(output[1])) || output[1];
  }

  function mark() {
    const named = (is) => Object.keys(DRAWN).filter(is).join(" ");
    root.dataset.waiting = named((part) => underway.get(part));
    root.dataset.lost = named((part) => lost.has(part));
    const shown = document.getElementById("waiting"), first = document.getElementById("first"); // the first words say it themselves
    const text = underway.get("page") && !first ? told("waiting") : "";
    if (shown && shown.textContent !== text) shown.textContent = text;
  }

  function say() {
    const shown = document.querySelector("#main [data-age]");
    const sentences = [told("unreachable"), shown && lost.has("page") ? told("before") : "", shown ? shown.dataset.age : ""];
    const text = component("Span", { children: sentences.filter(Boolean).join(" ") });
    const button = component("Button", { children: told("again"), type: "button", className: "button", "data-again": "" });
    window.dash_clientside.set_props("trouble", { children: [text, button] });
  }

  /* Whatever came, the program answers: what only needed that is over, and what is still missing is asked for. */
  function answered(part) {
    const had = lost.size;
    for (const [name, helps] of [...lost]) if (name === part || (!(name in DRAWN) && (helps || part === "page"))) lost.delete(name);
    if (had && !lost.size) window.dash_clientside.set_props("trouble", { children: null });
    again((name) => lost.get(name) && !underway.has(name));
  }

  function again(which) {
    for (const part of Object.keys(DRAWN)) if (lost.has(part) && which(part)) document.dispatchEvent(new Event("crosscount:redraw-" + part));
  }

  function unanswered(part, helps) {
    lost.set(part, helps);
    if (helps) say();
  }

  window.fetch = async function (...request) {
    const part = partOf(...request), turn = (latest[part] = (latest[part] || 0) + 1);
    const last = () => latest[part] === turn;
    underway.set(part, underway.get(part) || false);
    const patience = setTimeout(() => last() && (underway.set(part, true), mark()), PATIENCE);
    let kept = false, helps = true;
    try {
      const answer = (await window.crosscount.take(...request)) || (await ask.apply(this, request));
      helps = !answer.headers.has(FAILED);
      kept = helps && answer.status < 500;
      return answer;
    } finally {
      clearTimeout(patience);
      if (last()) {
        underway.delete(part);
        kept ? answered(part) : unanswered(part, helps);
        mark();
      }
    }
  };

  document.addEventListener("click", (event) => event.target.closest("[data-again]") && again(() => true));
})();
