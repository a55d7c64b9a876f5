/* Text and elements that no callback speaks to, as one part of the page. Dash asks each part at every step whether it concerns it; a
   page has a hundred parts then, and not a thousand. dashboard/components/elements.py puts them together. */
window.crosscount_markup = (function () {
  "use strict";

  /* A text or nothing as it is; [tag, attributes, ...inside] as an element. */
  function drawn(part) {
    if (!Array.isArray(part)) return part;
    const [tag, attributes, ...inside] = part;
    return window.React.createElement(tag, attributes, ...inside.map(drawn));
  }

  return { Markup: ({ markup }) => window.React.createElement(window.React.Fragment, null, ...markup.map(drawn)) };
})();
