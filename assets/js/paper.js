/* Paper is light and narrower than most screens: for printing, charts take the colours of the light theme and the width of the paper,
   and go back afterwards. The page itself does so by its styles. */
(function () {
  "use strict";

  const WIDTH = 688; // CSS pixels of A4 between the margins of the print style
  const PAINTED = ["fill", "stroke", "stop-color", "color"];
  const DARK = ":root[data-theme=dark]";
  const NEAR = 3; // how far a colour may lie from a mixture, of 255: they are rounded

  const graphs = () => [...document.querySelectorAll(".js-plotly-plot")];
  const parts = (text) => (text.startsWith("#") ? text.match(/[0-9a-f]{2}/gi).map((two) => parseInt(two, 16)) : text.match(/[\d.]+/g).map(Number));

  /* The colours of both themes, in the same order, from the document's own styles; paper is the first, those of words are the next. */
  function themes() {
    const css = [...document.querySelectorAll("head style")].map((style) => style.textContent).find((text) => text.includes(DARK + "{"));
    const colours = (block) => Object.fromEntries([...block.matchAll(/--([\w-]+):(#[0-9a-f]{6})/gi)].map((found) => [found[1], parts(found[2])]));
    const light = colours(css.match(/:root\{[^}]*\}/)[0]);
    const dark = colours(css.slice(css.indexOf(DARK)).match(/\{[^}]*\}/)[0]);
    const ofWords = (name) => name.startsWith("kind-text");
    const names = Object.keys(dark).filter((name) => name !== "paper");
    const sorted = (words) => ["paper", ...names.filter(ofWords), ...names.filter((name) => !ofWords(name))].filter((name) => words || !ofWords(name));
    const both = (chosen) => ({ light: chosen.map((name) => light[name]), dark: chosen.map((name) => dark[name]) });
    return { words: both(sorted(true)), marks: both(sorted(false)) };
  }

  /* What a chart is drawn with is a colour of its theme, or a share of one over its paper: the same share of the other theme's. */
  function lighter(themes, text) {
    const [red, green, blue, alpha] = parts(text);
    const given = [red, green, blue];
    const paper = themes.dark[0];
    const mix = (share, over, under) => over.map((part, at) => share * part + (1 - share) * under[at]);
    for (let at = 0; at < themes.dark.length; at++) {
      const reach = themes.dark[at].map((part, axis) => part - paper[axis]);
      const length = reach.reduce((sum, part) => sum + part * part, 0);
      const share = length ? given.reduce((sum, part, axis) => sum + (part - paper[axis]) * reach[axis], 0) / length : 0;
      const off = Math.max(...mix(share, themes.dark[at], paper).map((part, axis) => Math.abs(part - given[axis])));
      if (off > NEAR || share < 0 || share > 1.02) continue;
      const found = mix(share, themes.light[at], themes.light[0]).map(Math.round).join(",");
      return alpha === undefined ? `rgb(${found})` : `rgba(${found},${alpha})`;
    }
    return text;
  }

  const before = new Map(); // the style of each element that was painted anew,
  const after = new Map(); // and what it was painted with: the library may draw it a second time

  function paint(graph) {
    const colours = themes();
    graph.querySelectorAll("[style]").forEach(function (element) {
      const painted = PAINTED.map((name) => [name, element.style.getPropertyValue(name)]).filter((one) => /^(rgb|#)/.test(one[1]));
      if (!painted.length || after.get(element) === element.getAttribute("style")) return;
      if (!before.has(element)) before.set(element, element.getAttribute("style"));
      const used = element.closest("text") ? colours.words : colours.marks;
      painted.forEach(([name, colour]) => element.style.setProperty(name, lighter(used, colour)));
      after.set(element, element.getAttribute("style"));
    });
  }

  let printing = false;
  const redrawn = new Map(); // what paints each chart again whenever the library draws it, as it does a map in another width

  function begin() {
    if (printing) return;
    printing = true;
    const dark = document.documentElement.dataset.theme === "dark";
    for (const graph of graphs()) {
      if (graph.offsetWidth > WIDTH) {
        graph.dataset.printed = "yes";
        window.Plotly.relayout(graph, { width: WIDTH, autosize: false });
      }
      if (!dark) continue;
      redrawn.set(graph, () => printing && paint(graph));
      graph.on("plotly_afterplot", redrawn.get(graph));
      paint(graph);
    }
  }

  function end() {
    printing = false;
    redrawn.forEach((repaint, graph) => graph.removeListener("plotly_afterplot", repaint));
    redrawn.clear();
    before.forEach((style, element) => element.setAttribute("style", style));
    before.clear();
    after.clear();
    for (const graph of graphs().filter((one) => one.dataset.printed)) {
      delete graph.dataset.printed;
      window.Plotly.relayout(graph, { width: null, autosize: true });
    }
  }

  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  window.matchMedia("print").addEventListener("change", (media) => (media.matches ? begin() : end()));
})();
