/* The chart library is fetched after the first text is on the page, and a chart is put in place only once it is here:
   a weak link then shows words and tables early, and no chart gives up waiting. */
(function () {
  "use strict";

  const SOURCE = "crosscount-charts"; // <meta> that names the script

  function fetched() {
    if (window.Plotly) return Promise.resolve("ready");
    const source = document.querySelector(`meta[name="${SOURCE}"]`).content;
    return new Promise(function (resolve) {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => resolve("ready");
      script.onerror = () => resolve("failed");
      document.head.appendChild(script);
    });
  }

  const component = (type, namespace, props) => ({ type: type, namespace: namespace, props: props });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    charts: {
      fetched: fetched,
      draw: function (graph, state, failure) {
        if (state === "ready") return component("Graph", "dash_core_components", graph);
        if (state === "failed") return component("P", "dash_html_components", { children: failure, className: "notice", role: "alert" });
        return window.dash_clientside.no_update;
      },
    },
  });
})();
