/* The address is the state. Controls and links make an address, the address makes the page; Back and a fresh visit
   go the same way. Nothing on the page reads the address but this file. */
(function () {
  "use strict";

  const BAR = ["crisis", "from", "to", "metric", "group", "place", "source", "known", "clock", "lang", "embed"];
  const WHOLE = ["known", "clock"]; // what masthead and controls say depends on these
  const { prefix, readable, read } = window.crosscount;
  let shown = null; // the view on the screen, as last sent to the server
  let depth = 0; // evidence opened on top of one another since the drawer was last closed

  const set = (id, data) => window.dash_clientside.set_props(id, { data: data });

  function write(view) {
    const params = new URLSearchParams(view.query);
    if (view.figure) params.set("figure", view.figure);
    const query = readable(params);
    return prefix + view.path + (query ? "?" + query : "");
  }

  function differs(a, b, keys) {
    const one = new URLSearchParams(a.query), other = new URLSearchParams(b.query);
    const names = keys || new Set([...one.keys(), ...other.keys()]);
    return [...names].some((name) => (one.get(name) || "") !== (other.get(name) || ""));
  }

  function address() {
    return location.pathname + readable(new URLSearchParams(location.search)).replace(/^(?=.)/, "?");
  }

  /* Show what the address says, with as little redrawing as it takes. */
  function follow() {
    const next = read(location);
    const moved = shown && shown.path !== next.path;
    const behind = document.documentElement.dataset.lost?.includes("page"); // what the address says was asked for and never came
    if (!shown || behind || differs(shown, next, BAR)) set("address", next);
    else if (moved || differs(shown, next)) set("view", next);
    if (!shown || shown.figure !== next.figure) bring(next.figure);
    shown = next;
    if (moved) window.scrollTo(0, 0);
  }

  /* The evidence of one claim never stands under another: the drawer is empty until its own has come. */
  function bring(figure) {
    if (figure && document.getElementById("main")) window.dash_clientside.set_props("evidence-body", { children: null });
    set("evidence", figure);
  }

  /* Each view of this document knows how many came before it, so that Undo never leads out of the app. */
  const steps = () => (history.state && history.state.steps) || 0;
  const undoable = () => document.documentElement.toggleAttribute("data-undoable", steps() > 0);

  function push(href) {
    history.pushState({ steps: steps() + 1 }, "", href);
    undoable();
  }

  /* An address that names no language is English, as one that names it; addresses the server writes leave it out. */
  const language = (query) => new URLSearchParams(query).get("lang") || "en";

  function go(href) {
    const url = new URL(href, location.href);
    const next = read(url);
    if (language(next.query) !== language(read(location).query)) {
      location.assign(url); // language and direction belong to the whole document
      return;
    }
    if (write(next) !== address()) push(write(next) + url.hash);
    follow();
  }

  function open(figure) {
    if (!figure || !shown || shown.figure === figure) return;
    depth += 1;
    go(write({ ...shown, figure: figure }));
  }

  function close() {
    if (!shown || !shown.figure) return;
    const opened = depth;
    depth = 0;
    if (opened > 0) history.go(-opened);
    else {
      history.replaceState(history.state, "", write({ ...shown, figure: "" }));
      follow();
    }
  }

  /* The changed rules with one of them set, or left as published where its control is empty. */
  function rules(name, value, params) {
    const others = (params.get("rules") || "").split(",").filter((rule) => rule && !rule.startsWith(name + ":"));
    const text = String(value || "").trim().toLowerCase().replace(/[\s,:]+/g, "").replace(/[–—]/g, "-");
    return [...others, ...(text ? [name + ":" + text] : [])].join(",");
  }

  /* A value of a control as the text of the address. */
  function texts(name, value, params) {
    if (name.startsWith("rules.")) return { rules: rules(name.slice("rules.".length), value, params) };
    if (name === "dates") return { from: (value || [])[0] || "", to: (value || [])[1] || "" };
    return { [name]: Array.isArray(value) ? value.join(",") : value || "" };
  }

  /* What the kit's own controls say in the reader's language: a day counted from 1970. */
  window.dashMantineFunctions = Object.assign({}, window.dashMantineFunctions, {
    day: function (day) {
      const language = { ar: "ar-SY-u-nu-arab", en: "en-GB" }[document.documentElement.lang] || document.documentElement.lang;
      return new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day * 864e5));
    },
    dayOfMonth: (date) => arabic(Number(date.slice(8, 10))),
  });
  const arabic = new Intl.NumberFormat("ar-SY-u-nu-arab", { useGrouping: false }).format;

  /* Months and days of the week in calendars; the kit looks for them under these names. */
  function calendar(tag) {
    const named = (style, days) => days.map((day) => new Intl.DateTimeFormat(tag, { ...style, timeZone: "UTC" }).format(day));
    const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 15)));
    const week = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 8, 1 + day))); // 1 September 2024 is a Sunday
    return {
      name: tag.slice(0, 2),
      months: named({ month: "long" }, months),
      monthsShort: named({ month: "short" }, months),
      weekdays: named({ weekday: "long" }, week),
      weekdaysShort: named({ weekday: "short" }, week),
      weekdaysMin: tag.startsWith("ar") ? named({ weekday: "narrow" }, week) : named({ weekday: "short" }, week).map((day) => day.slice(0, 2)),
      formats: {},
      ordinal: (day) => day,
    };
  }
  /* The kit's dates know no digits but Latin ones, and give a month that is a function the format they write. The formats of Arabic calendars
     are a month alone, with a space where a whole day or a year is meant: dashboard/shell/controls.py chooses among these. */
  function inDigits(locale) {
    const names = locale.months;
    const written = {
      "MMMM": (day) => names[day.month()] + " " + arabic(day.year()),
      "MMMM ": (day) => [day.date(), day.month() + 1, day.year()].map(arabic).join("/"),
      " MMMM": (day) => arabic(day.year()),
    };
    return { ...locale, months: (day, format) => (written[format] ? written[format](day) : names[day.month()]) };
  }
  window.dayjs_locale_ar = inDigits(calendar("ar-SY"));
  window.dayjs_locale_fr = calendar("fr");

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    address: {
      start: function () {
        shown = read(location);
        undoable();
        if (shown.figure) setTimeout(() => set("evidence", shown.figure), 0);
        return shown;
      },
      collect: function (_values, view) {
        const none = window.dash_clientside.no_update;
        if (!shown || !view) return none;
        const params = new URLSearchParams(shown.query);
        for (const control of window.dash_clientside.callback_context.inputs_list[0]) {
          const given = texts(control.id.name, control.value, params);
          if (given.from && !given.to) continue; // half a range: the reader is still choosing
          for (const [key, text] of Object.entries(given)) text ? params.set(key, text) : params.delete(key);
        }
        const next = { ...read(location), query: readable(params) };
        if (!differs(shown, next)) return none;
        params.delete("page");
        if (!params.get("known")) params.delete("clock");
        next.query = readable(params);
        const was = shown;
        shown = next;
        push(write(next));
        if (differs(was, next, WHOLE)) {
          set("address", next);
          return none;
        }
        return next;
      },
      /* A page that was asked for before the reader chose something else in the old one is drawn once more, as the address says now. */
      overtaken: function (_frame, view) {
        if (shown && view && (shown.path !== view.path || differs(shown, view))) set("address", shown);
      },
      colours: function (view) {
        const isDark = Boolean(view && view.dark);
        document.documentElement.dataset.theme = isDark ? "dark" : "light";
        return isDark ? "dark" : "light";
      },
      pick: function (clicks) {
        for (const click of clicks) {
          const point = click && click.points && click.points[0];
          const mark = point && point.customdata;
          if (!mark || !mark.length) continue;
          if (mark[0] === "place") choose(mark[1]);
          else open(mark[0]);
        }
        return clicks.map(() => null);
      },
      /* The slider of days sets the calendar in the bar, which goes the way of every control; both ends together mean all days. */
      days: function (value, first, last) {
        if (!value) return;
        const all = value[0] === first && value[1] === last;
        const chosen = all ? [null, null] : value.map((day) => new Date(day * 864e5).toISOString().slice(0, 10));
        window.dash_clientside.set_props({ type: "filter", name: "dates" }, { value: chosen });
      },
      closed: function (opened) {
        if (!opened) close();
      },
      opened: function (figure) {
        return Boolean(figure);
      },
    },
  });

  function choose(place) {
    if (!place) return;
    const params = new URLSearchParams(shown.query);
    params.get("place") === place ? params.delete("place") : params.set("place", place);
    params.delete("page");
    go(write({ ...shown, query: readable(params) }));
  }

  function theme() {
    const params = new URLSearchParams(shown.query);
    params.set("theme", shown.dark ? "light" : "dark");
    history.replaceState(history.state, "", write({ ...shown, query: readable(params) }));
    follow();
  }

  window.addEventListener("popstate", function () {
    depth = Math.max(0, depth - 1);
    undoable();
    follow();
  });

  document.addEventListener("crosscount:redraw-page", () => shown && set("address", { ...shown, drawn: Boolean(window.Plotly) }));
  document.addEventListener("crosscount:redraw-evidence", () => shown && bring(shown.figure));

  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-view], a[data-figure], [data-theme-toggle], [data-undo]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.figure) open(link.dataset.figure);
    else if (link.dataset.undo !== undefined) steps() > 0 && history.back();
    else if (link.dataset.view !== undefined) go(link.getAttribute("href"));
    else theme();
  });
})();
