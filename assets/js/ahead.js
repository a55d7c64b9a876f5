/* What the address asks for, and the first questions about it. They go out before the scripts that will ask them have run: on a slow
   line a question that waits for another costs a second. This script stands at the head of the document; `asking.js` gives out what came. */
(function () {
  "use strict";

  const NARROW = "(max-width: 639.98px)";
  const prefix = document.querySelector('meta[name="crosscount-prefix"]').content; // the path a proxy shows the app under
  const asked = new Map(); // question -> its answer, until somebody asks

  const readable = (params) => params.toString().replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%40/g, "@").replace(/%2F/g, "/");

  function dark(params) {
    const theme = params.get("theme") || "auto";
    return theme === "auto" ? window.matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  }

  /* The state of the page at an address, on this screen. */
  function read(url) {
    const params = new URLSearchParams(url.search);
    const figure = params.get("figure") || "";
    params.delete("figure");
    return {
      path: url.pathname.slice(url.pathname.startsWith(prefix + "/") ? prefix.length : 0),
      query: readable(params),
      figure: figure,
      dark: dark(params),
      narrow: window.matchMedia(NARROW).matches,
      drawn: Boolean(window.Plotly),
    };
  }

  /* A question as Dash puts it. It adds to the address who asks, which changes no answer. */
  const named = (address, options) => String(address).split("?")[0] + " " + ((options && options.body) || "");

  function ask(route, question) {
    const options = { headers: { Accept: "application/json", "Content-Type": "application/json" } };
    if (question) Object.assign(options, { method: "POST", body: JSON.stringify(question) });
    const address = prefix + route;
    asked.set(named(address, options), fetch(address, options).catch(() => null)); // what was lost is asked by whoever needs it
  }

  /* The answer to a question that was asked ahead, once; whatever else is asked of the page has overtaken what was asked of it. */
  function take(address, options) {
    const name = named(address, options), answer = asked.get(name);
    for (const one of asked.keys()) if (one === name || (options && options.method === "POST" && one.includes("{"))) asked.delete(one);
    return answer;
  }

  window.crosscount = { prefix: prefix, readable: readable, read: read, take: take };

  ask("/_dash-update-component", {
    output: "frame.children",
    outputs: { id: "frame", property: "children" },
    inputs: [{ id: "address", property: "data", value: read(location) }],
    changedPropIds: ["address.data"],
    parsedChangedPropsIds: ["address.data"],
  });
  ask("/_dash-layout");
  ask("/_dash-dependencies");
})();
