/* A chart as a picture that can travel alone: its title above it, and below it the line that says whose numbers these are and of
   when. The SVG is composed here, in the browser, from what the chart library draws; the PNG is that SVG on a canvas. */
(function () {
  "use strict";

  const EDGE = 24, TITLE = 18, NOTE = 12, LEADING = 1.5;
  const byId = (id) => document.getElementById(id);
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

  /* The words in lines no wider than so many pixels. */
  function lines(text, font, width) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const found = [];
    for (const word of text.split(/\s+/)) {
      const longer = found.length ? found[found.length - 1] + " " + word : word;
      if (found.length && pen.measureText(longer).width <= width) found[found.length - 1] = longer;
      else found.push(word);
    }
    return found;
  }

  function paragraph(text, look, size, weight, colour, width, top) {
    const rtl = document.documentElement.dir === "rtl";
    const rows = lines(text, weight + " " + size + "px " + look.fontFamily, width - 2 * EDGE);
    const x = rtl ? width - EDGE : EDGE;
    const body = rows.map(function (row, n) {
      return '<text x="' + x + '" y="' + (top + size + n * size * LEADING) + '" font-size="' + size + '" font-weight="' + weight +
        '" fill="' + colour + '" direction="' + (rtl ? "rtl" : "ltr") + '" text-anchor="start">' + escaped(row) + "</text>";
    });
    return { svg: body.join(""), height: rows.length * size * LEADING };
  }

  const figureOf = (name) => document.querySelector('figure[data-chart="' + CSS.escape(name) + '"]');

  function titleOf(figure) {
    if (figure.dataset.title) return figure.dataset.title;
    return (figure.closest(".panel, .alone").querySelector("h3, h2") || document.querySelector("h1")).textContent;
  }

  async function composed(figure) {
    const graph = figure.querySelector(".js-plotly-plot");
    const width = graph.clientWidth, height = graph.clientHeight;
    const drawn = decodeURIComponent((await window.Plotly.toImage(graph, { format: "svg", width: width, height: height })).split(",").slice(1).join(","));
    const look = getComputedStyle(document.body);
    const variable = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const whole = width + 2 * EDGE;
    const title = paragraph(titleOf(figure), look, TITLE, 650, variable("--text"), whole, EDGE);
    const top = EDGE + title.height + 8;
    const source = paragraph(byId("source-line").textContent, look, NOTE, 400, variable("--muted"), whole, top + height + 12);
    const total = Math.ceil(top + height + 12 + source.height + EDGE);
    const inner = drawn.replace(/^<svg /, '<svg x="' + EDGE + '" y="' + top + '" ');
    return {
      width: whole,
      height: total,
      svg: '<svg xmlns="http://www.w3.org/2000/svg" width="' + whole + '" height="' + total + '" viewBox="0 0 ' + whole + " " + total +
        '" font-family="' + escaped(look.fontFamily) + '"><desc>' + escaped(location.href) + '</desc><rect width="100%" height="100%" fill="' +
        variable("--paper") + '"/>' + title.svg + inner + source.svg + "</svg>",
    };
  }

  async function rastered(picture) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.svg);
    await image.decode();
    const canvas = document.createElement("canvas"), scale = 2;
    canvas.width = picture.width * scale;
    canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  async function save(button) {
    const figure = figureOf(button.dataset.chart), form = button.dataset.picture;
    if (!window.Plotly || !figure.querySelector(".js-plotly-plot")) return;
    const picture = await composed(figure);
    const blob = form === "png" ? await rastered(picture) : new Blob([picture.svg], { type: "image/svg+xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = byId("source-line").dataset.file.replace("{chart}", button.dataset.chart) + "." + form;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /* The address of one chart of this view alone. */
  function alone(chart) {
    const url = new URL(location.href);
    url.searchParams.delete("figure");
    url.searchParams.set("embed", "1");
    url.searchParams.set("chart", chart);
    return url.href;
  }

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea"); // no clipboard on plain http
      field.value = text;
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const name = button.querySelector(".tool-name") ?? button, label = name.textContent;
    byId("said").textContent = button.dataset.copied;
    if (button.classList.contains("is-done")) return;
    button.style.minWidth = button.offsetWidth + "px";
    button.classList.add("is-done");
    name.textContent = button.dataset.copied;
    setTimeout(function () {
      button.classList.remove("is-done");
      name.textContent = label;
    }, 2000);
  }

  function close(menu, back) {
    menu.open = false;
    if (back) menu.querySelector("summary").focus();
  }

  document.addEventListener("click", function (event) {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) close(menu, false);
    const button = event.target.closest("[data-picture], [data-embed], [data-alone], [data-copy-address]");
    if (!button) return;
    const given = button.dataset;
    if (given.picture) save(button);
    else if (given.alone) window.open(alone(given.alone), "_blank", "noopener");
    else if (given.embed) {
      const high = figureOf(given.embed).offsetHeight + 240;
      copy('<iframe src="' + alone(given.embed).replace(/&/g, "&amp;") + '" width="100%" height="' + high + '" style="border:0"></iframe>', button);
    } else copy(given.copyAddress ? new URL(given.copyAddress, location.href).href : location.href, button);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    pictures: {
      /* Rows that are on the page already, as a file; the mark at the start tells spreadsheets that it is UTF-8. */
      rows: function (clicks, text) {
        if (!clicks) return window.dash_clientside.no_update;
        return { content: "\ufeff" + text, filename: "report-figures.csv", type: "text/csv;charset=utf-8" };
      },
    },
  });

  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest && event.target.closest("details.menu[open]");
    if (menu) close(menu, true);
  });
})();
