/* The chart library is fetched when everything the words and tables need has arrived, and a chart is put in place only
   once the library is here: a weak link then shows the page early, and no chart gives up waiting. */
(function () {
  "use strict";

  const arrival = new Promise(function (resolve) {
    window.addEventListener("load", function () {
      const script = document.createElement("script");
      script.src = document.querySelector('meta[name="crosscount-charts"]').content;
      script.onload = () => resolve("ready");
      script.onerror = () => resolve("failed");
      document.head.appendChild(script);
    });
  });

  /* One chart after the other, so that the first is seen before the last is drawn. A page that nobody looks at paints nothing, and goes on. */
  const painted = () => new Promise((done) => [requestAnimationFrame(() => setTimeout(done)), setTimeout(done, 200)]);
  let turn = Promise.resolve();

  function inTurn(drawing) {
    const mine = turn.then(() => drawing);
    turn = turn.then(painted);
    return mine;
  }

  const component = (type, namespace, props) => ({ type: type, namespace: namespace, props: props });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    charts: {
      fetched: () => arrival,
      draw: function (graph, state, failure) {
        if (state === "ready") return inTurn(component("Graph", "dash_core_components", graph));
        if (state === "failed") return component("P", "dash_html_components", { children: failure, className: "notice", role: "alert" });
        return window.dash_clientside.no_update;
      },
    },
  });
})();
