/* Views the reader keeps, and the last one. Both stay in this browser; a link or a file takes them to others. */
(function () {
  "use strict";

  const KEPT = "crosscount-views", LAST = "crosscount-last";
  const OWN = ["lang", "theme"]; // how a reader reads is no part of what a view shows
  const LONGEST = 120, MOST = 200;
  const prefix = document.querySelector('meta[name="crosscount-prefix"]').content; // what is kept leads into the app wherever it stands
  const inside = (path) => path.slice(path.startsWith(prefix + "/") ? prefix.length : 0);
  const byId = (id) => document.getElementById(id);
  const texts = (part) => JSON.parse(byId(part).dataset.texts);
  const plain = (params) => params.toString().replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%40/g, "@").replace(/%2F/g, "/");
  const joined = (path, params) => path + (params.size ? "?" + plain(params) : "");

  function read(key, none) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? none;
    } catch {
      return none;
    }
  }

  function write(key, value) {
    try {
      value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // the reader's browser keeps nothing
    }
  }

  function here() {
    const params = new URLSearchParams(location.search);
    for (const name of [...OWN, "figure", "page"]) params.delete(name);
    return joined(inside(location.pathname), params);
  }

  /* The address of a view for this reader: in the language and colours that are on the screen. */
  function own(address) {
    const url = new URL(address, location.origin), now = new URLSearchParams(location.search);
    for (const name of OWN) now.get(name) ? url.searchParams.set(name, now.get(name)) : url.searchParams.delete(name);
    return joined(prefix + url.pathname, url.searchParams);
  }

  const page = () => (document.querySelector("#nav [aria-current]") || document.querySelector("#main h1")).textContent;
  const chosen = () => [...document.querySelectorAll("#line .chip bdi")].map((one) => one.textContent);
  const said = () => [page(), ...chosen()].join(byId("last").dataset.separator);

  function make(name, given, ...children) {
    const part = document.createElement(name);
    Object.assign(part, given);
    part.append(...children);
    return part;
  }
  const press = (text, act, className) => make("button", { type: "button", className: className || "plain", textContent: text, onclick: act });

  /* The last view: remembered as the reader goes, offered where the app is opened at its bare address. */
  let first = true;
  function bare() {
    const params = new URLSearchParams(location.search);
    return inside(location.pathname) === "/" && [...params.keys()].every((name) => [...OWN, "crisis"].includes(name));
  }

  function remember() {
    const offer = byId("last");
    if (!offer || document.documentElement.dataset.embed !== undefined) return;
    offer.replaceChildren();
    if (first && bare()) propose(offer, read(LAST, null));
    else if (!bare()) write(LAST, { address: here(), said: said(), lang: document.documentElement.lang });
    first = false;
  }

  function propose(offer, last) {
    if (!last || !isView(last)) return;
    const words = texts("last"), path = prefix + new URL(last.address, location.origin).pathname;
    const named = [...document.querySelectorAll("#nav a")].find((link) => new URL(link.href).pathname === path);
    const what = last.lang === document.documentElement.lang || !named ? last.said : named.textContent;
    const link = make("a", { href: own(last.address) }, make("span", { textContent: words.go_on + " " }), make("bdi", { textContent: what }));
    link.dataset.view = "";
    const away = press("✕", function () {
      write(LAST, null);
      offer.replaceChildren();
    });
    away.setAttribute("aria-label", words.forget);
    offer.append(link, away);
  }

  /* What a file or an older program left is a view only if it leads into this app. */
  function isView(one) {
    return Boolean(one) && typeof one.said === "string" && typeof one.address === "string" && /^\/(?![/\\])/.test(one.address);
  }
  const named = (one) => isView(one) && typeof one.name === "string" && one.name.trim() !== "";
  const kept = () => read(KEPT, []).filter(named);
  const tidy = (one) => ({ name: one.name.trim().slice(0, LONGEST), said: one.said.slice(0, 400), address: one.address });

  function keep(views) {
    if (!write(KEPT, views.slice(0, MOST))) tell(texts("views").refused);
    list();
  }

  function tell(text, ...more) {
    byId("views-said").replaceChildren(text, ...more);
  }

  function open() {
    const dialog = byId("views");
    if (!dialog || dialog.open) return;
    const words = texts("views");
    const field = make("input", { type: "text", id: "views-name", maxLength: LONGEST, required: true, value: said().slice(0, LONGEST) });
    const form = make(
      "form",
      { className: "views-save", onsubmit: save },
      make("label", { htmlFor: "views-name", textContent: words.name }),
      field,
      make("button", { type: "submit", className: "button", textContent: words.save }),
    );
    const file = make("input", { type: "file", accept: ".json,application/json", className: "unseen", tabIndex: -1, onchange: bring });
    file.setAttribute("aria-hidden", "true");
    const foot = make(
      "div",
      { className: "views-foot" },
      press(words.export, take),
      press(words.import, () => file.click()),
      file,
      press(words.done, () => dialog.close(), "button"),
    );
    const told = make("p", { id: "views-said", className: "note" });
    told.setAttribute("role", "status");
    byId("views-body").replaceChildren(form, make("ul", { id: "views-list" }), told, foot);
    list();
    dialog.showModal();
    field.select();
  }

  function save(event) {
    event.preventDefault();
    const view = tidy({ name: byId("views-name").value, said: said(), address: here() });
    if (!view.name) return;
    keep([view, ...kept().filter((one) => one.name !== view.name)]);
    if (kept().length) tell(texts("views").saved);
  }

  function list() {
    const views = kept(), words = texts("views");
    const rows = views.map((view, place) => row(view, place, words));
    byId("views-list").replaceChildren(...(rows.length ? rows : [make("li", { className: "note", textContent: words.empty })]));
  }

  function row(view, place, words) {
    const link = make("a", { href: own(view.address), onclick: () => byId("views").close() }, make("bdi", { textContent: view.name }));
    link.dataset.view = "";
    const copy = press(words.copy);
    copy.dataset.copyAddress = own(view.address);
    copy.dataset.copied = words.copied;
    const more = JSON.parse(byId("views").dataset.links).map((one) => make("a", { href: further(one.address, view), textContent: one.text }));
    const acts = make(
      "span",
      { className: "views-acts" },
      press(words.rename, (event) => rename(event.target.closest("li"), view, words)),
      copy,
      ...more,
      press(words.delete, () => remove(place, words)),
    );
    for (const act of acts.children) act.setAttribute("aria-label", act.textContent + ": " + view.name);
    return make("li", {}, make("span", {}, link), make("bdi", { className: "note", textContent: view.said }), acts);
  }

  function further(address, view) {
    const url = new URL(own(view.address), location.origin);
    url.searchParams.set("path", inside(url.pathname));
    return joined(prefix + address, url.searchParams);
  }

  function rename(item, view, words) {
    const field = make("input", { type: "text", maxLength: LONGEST, required: true, value: view.name });
    field.setAttribute("aria-label", words.name);
    const form = make("form", { className: "views-save" }, field, make("button", { type: "submit", className: "button", textContent: words.keep }));
    form.onsubmit = function (event) {
      event.preventDefault();
      const name = field.value.trim();
      if (name) keep(kept().map((one) => (one.name === view.name ? { ...one, name: name } : one)));
    };
    field.onkeydown = function (event) {
      if (event.key !== "Escape") return;
      event.preventDefault(); // the dialog stays
      list();
    };
    item.replaceChildren(form);
    field.select();
  }

  function remove(place, words) {
    const before = kept(), gone = before[place];
    keep(before.filter((_, other) => other !== place));
    const undo = press(words.undo, function () {
      keep(before);
      tell("");
      byId("views-list").querySelectorAll("li")[place].querySelector("a").focus();
    });
    tell(words.deleted.replace("{name}", gone.name) + " ", undo);
    undo.focus();
  }

  function take() {
    const blob = new Blob([JSON.stringify({ crosscount_views: 1, views: kept() }, null, 2) + "\n"], { type: "application/json" });
    const link = make("a", { href: URL.createObjectURL(blob), download: "crosscount-views.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function bring(event) {
    const words = texts("views"), chosenFile = event.target.files[0];
    event.target.value = "";
    let views = [];
    try {
      views = JSON.parse(await chosenFile.text()).views.filter(named).map(tidy);
    } catch {
      views = [];
    }
    if (!views.length) return tell(words.unreadable);
    const names = new Set(views.map((one) => one.name));
    keep([...views, ...kept().filter((one) => !names.has(one.name))]);
    tell(words.imported.replace("{n}", views.length.toLocaleString(document.documentElement.lang)));
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-views]")) open();
  });
  document.addEventListener("crosscount:arrived", remember);
})();
