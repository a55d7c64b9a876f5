/* The marks of a chart by keyboard: the arrows go from mark to mark and say what pointing at it says, Enter opens its sentence. */
(function () {
  "use strict";

  const whole = (text) => text.replace(/[“«][^”»]*[”»]/g, (quote) => quote.replace(/<br\s*\/?>/g, " ")); // a quote is wrapped, other lines end
  const plain = (text) => whole(text).replace(/<br\s*\/?>/g, ". ").replace(/<[^>]+>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  const at = (text, point) => (Array.isArray(text) ? text[point] : text);

  /* Every mark that says something, from left to right and from top to bottom as it is drawn. An area of a map has many marks under the
     pointer and is one stop, at the first of them, its middle. */
  function marks(graph) {
    const found = [], places = new Set();
    graph._fullData.forEach(function (trace, curve) {
      const given = graph.data[curve];
      if (trace.visible !== true || !given.hovertext || !/markers|text/.test(trace.mode || "")) return;
      const across = graph._fullLayout[axis(trace.xaxis || "x")], along = graph._fullLayout[axis(trace.yaxis || "y")];
      if (!across || !along) return;
      for (let point = 0; point < (trace.x || []).length; point += 1) {
        const left = across._offset + across.d2p(trace.x[point]), top = along._offset + along.d2p(trace.y[point]);
        if (!at(given.hovertext, point) || !Number.isFinite(left) || !Number.isFinite(top)) continue;
        const place = isPlace(at(given.customdata, point)) && at(given.customdata, point)[1];
        if (place && places.has(place)) continue;
        if (place) places.add(place);
        const id = { curveNumber: curve, pointNumber: point };
        found.push({ id: id, plane: (trace.xaxis || "x") + (trace.yaxis || "y"), left: left, top: top, text: at(given.hovertext, point), data: at(given.customdata, point) });
      }
    });
    return found.sort((a, b) => a.left - b.left || a.top - b.top);
  }
  const isPlace = (data) => Array.isArray(data) && data[0] === "place";
  const axis = (name) => name.replace(/^([xy])/, "$1axis");

  function go(canvas, graph, step) {
    const all = marks(graph);
    if (!all.length) return;
    const last = canvas.dataset.mark === undefined ? (step > 0 ? -1 : all.length) : Number(canvas.dataset.mark);
    const next = Math.abs(step) === 1 ? (last + step + all.length) % all.length : step > 0 ? all.length - 1 : 0;
    canvas.dataset.mark = next;
    window.Plotly.Fx.hover(graph, [all[next].id], [all[next].plane]);
    document.getElementById("said").textContent = plain(all[next].text);
  }

  function leave(canvas) {
    const graph = canvas.querySelector(".js-plotly-plot");
    if (canvas.dataset.mark === undefined || !graph || !graph._fullLayout) return;
    delete canvas.dataset.mark;
    window.Plotly.Fx.unhover(graph);
  }

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  document.addEventListener("keydown", function (event) {
    const canvas = event.target.classList && event.target.classList.contains("canvas") && event.target;
    const graph = canvas && canvas.querySelector(".js-plotly-plot");
    if (!graph || event.ctrlKey || event.metaKey || event.altKey) return;
    if (STEPS[event.key]) go(canvas, graph, STEPS[event.key]);
    else if (event.key === "Enter" && canvas.dataset.mark !== undefined) {
      const mark = marks(graph)[canvas.dataset.mark];
      leave(canvas); // what is said late would be drawn on a chart that has gone
      graph.emit("plotly_click", { points: [{ ...mark.id, customdata: mark.data }] });
    } else if (event.key === "Escape") return leave(canvas);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => event.target.classList && event.target.classList.contains("canvas") && leave(event.target));
})();
