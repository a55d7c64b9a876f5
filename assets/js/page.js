/* Small manners of the page: its title, what is said to screen readers, the filter panel on narrow screens, copying. */
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  let path = null;

  /* What had the focus has it again when the page was drawn anew, unless the reader went elsewhere. */
  const named = (part) => part.tagName + (part.getAttribute("aria-label") || part.textContent);
  const LINE = "#line"; // whoever takes a chip away goes on from the line, where the next chip and Undo stand
  let held = null, menu = "", control = "";
  document.addEventListener("focusin", function (event) {
    menu = event.target.closest("#main details.menu")?.className ?? "";
    control = event.target.closest("#filters, #filters-open") ? event.target.id : "";
    held = event.target.closest("#main a, #main [role=slider]") ? named(event.target) : !control && event.target.closest("#line") ? LINE : null;
  });
  document.addEventListener("pointerdown", () => (held = null), true);
  const stood = () => (held === LINE ? document.querySelector("#line :is(a, button):not(#filters-open)") : control && byId(control));

  function refocus() {
    const part = held && [...document.querySelectorAll("#main a, #main [role=slider]")].find((one) => named(one) === held);
    const open = held && menu && document.querySelector('#main details[class="' + menu + '"]'); // what it stood in was open
    if (open) open.open = true;
    const next = part || (open ? open.querySelector("a") : stood());
    if (next) next.focus({ preventScroll: true });
  }

  /* The part of the page the address names after #, opened where it is folded away. */
  function aim() {
    const aimed = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!aimed) return;
    const folded = aimed.closest("details");
    if (folded) folded.open = true;
    aimed.scrollIntoView();
  }
  window.addEventListener("hashchange", aim);

  /* The name of the page is in sight among those of all pages, which scroll on a phone; in the first words too. */
  const name = (nav) => nav?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  name(document.querySelector("#first .nav"));

  function arrived() {
    const first = byId("first");
    if (first) first.remove();
    const heading = document.querySelector("#main h1");
    if (!heading) return;
    document.title = heading.textContent + " · Crosscount";
    const said = document.querySelector("#main [data-said]");
    if (said && path !== null) byId("said").textContent = said.textContent;
    if (path !== null && path !== location.pathname) heading.focus({ preventScroll: true });
    else if (document.activeElement === document.body) refocus();
    if (path !== location.pathname) {
      name(byId("nav"));
      aim(); // last, for the name is at the top of the page
    }
    path = location.pathname;
    document.dispatchEvent(new Event("crosscount:arrived"));
  }

  /* A page that filters do not narrow goes without them. It is told before anything is painted, and on the root: a selector with
     :has() would look for such a page at every move of a chart, which costs a quarter of the time a page of charts takes. */
  new MutationObserver(function () {
    const page = byId("main")?.firstElementChild;
    if (page) document.documentElement.toggleAttribute("data-whole", page.classList.contains("page-whole"));
  }).observe(document, { childList: true, subtree: true });

  /* The kit's hidden file input arrives after the page and has no name of its own: it gets the words around it. */
  new MutationObserver(function () {
    const input = document.querySelector(".report-file input:not([aria-label])");
    if (input) input.setAttribute("aria-label", input.closest(".report-file").textContent);
  }).observe(document, { childList: true, subtree: true });

  /* The head of the kit's drawer is a header element, which would be a second banner of the page. */
  new MutationObserver(function () {
    const head = document.querySelector(".mantine-Drawer-header:not([role])");
    if (head) head.setAttribute("role", "none");
  }).observe(document, { childList: true, subtree: true });

  /* The drawer keeps the focus as long as it is open. The kit's own guard takes parts that a style hides for the last ones, and lets go. */
  document.addEventListener("keydown", function (event) {
    const drawer = event.key === "Tab" && event.target.closest(".mantine-Drawer-content");
    if (!drawer) return;
    const stops = [...drawer.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((part) => part.checkVisibility());
    const [last, first] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (event.target !== last) return;
    event.preventDefault();
    first.focus();
  });

  /* The kit's slider of days tells its values as bare numbers: they are said as days. */
  new MutationObserver(function () {
    for (const thumb of document.querySelectorAll(".days-slider [role=slider]")) {
      const day = window.dashMantineFunctions.day(Number(thumb.getAttribute("aria-valuenow")));
      if (thumb.getAttribute("aria-valuetext") !== day) thumb.setAttribute("aria-valuetext", day);
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-valuenow"] });

  function panel(open) {
    const bar = byId("filters"), button = byId("filters-open");
    bar.classList.toggle("is-open", open);
    button.setAttribute("aria-expanded", String(open));
    for (const part of document.querySelectorAll("#main, #line, .masthead, .colophon")) part.inert = open;
    (open ? bar.querySelector("button, input") : button).focus();
  }

  async function copy(button) {
    const text = byId(button.dataset.copy).textContent + (button.dataset.withAddress === undefined ? "" : " " + location.href);
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection().selectAllChildren(byId(button.dataset.copy)); // no clipboard on plain http: leave it selected
    }
    byId("said").textContent = button.dataset.copied;
    button.classList.add("is-done");
    setTimeout(() => button.classList.remove("is-done"), 2000);
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-panel], [data-copy], [data-print], [data-focus]");
    if (!button) return;
    if (button.dataset.copy) copy(button);
    else if (button.dataset.focus) byId(button.dataset.focus).focus();
    else if (button.dataset.panel) panel(button.dataset.panel === "open");
    else window.print();
  });

  /* A file that takes long to write: its menu says so from the press on. */
  document.addEventListener("click", function (event) {
    const menu = event.target.closest(".download-menu"), link = event.target.closest(".files a");
    if (menu && link) menu.querySelector(".writing").textContent = link.dataset.writing || "";
  });

  /* A file that is too large for the page to send: what takes files drops it without a word. */
  function weigh(event) {
    const form = event.target.closest?.(".report-file")?.closest("[data-most]"), file = (event.dataTransfer || event.target).files?.[0];
    if (!form || !file || file.size <= Number(form.dataset.most)) return;
    const part = (type, children, props) => ({ type: type, namespace: "dash_html_components", props: { children: children, ...props } });
    const said = [part("Strong", form.dataset.unread), " ", part("Span", form.dataset.large.replace("{name}", file.name) + ".")];
    window.dash_clientside.set_props("report-read", { children: part("Div", said, { className: "notice" }) });
  }
  document.addEventListener("change", weigh, true);
  document.addEventListener("drop", weigh, true);

  document.addEventListener("keydown", function (event) {
    const bar = byId("filters");
    if (event.key === "Escape" && bar && bar.classList.contains("is-open") && !event.defaultPrevented) panel(false);
  });

  /* The publication this browser saw before the one on the screen; it is told as long as the document is open. */
  const before = {}, SEEN = "crosscount-seen-";
  try {
    const [crisis, published] = document.querySelector('meta[name="crosscount-published"]').content.split(" ");
    if (new Date(localStorage.getItem(SEEN + crisis) ?? published) < new Date(published)) document.documentElement.dataset.returning = "";
  } catch {
    /* a browser that keeps nothing has no last visit */
  }
  function visited(shown) {
    const key = SEEN + shown.crisis;
    try {
      if (!(key in before)) before[key] = localStorage.getItem(key);
      localStorage.setItem(key, shown.published);
    } catch {
      return null; // the reader's browser keeps nothing
    }
    return before[key];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      arrived: () => void setTimeout(arrived, 0),
      dialogs: (drawn, standing) => (standing ? window.dash_clientside.no_update : drawn), // one may be open: the first ones stay
      visited: visited,
      /* The button that asked is gone with what stood there: whoever pressed it by keyboard goes on from the answer, or from the form. */
      answered: () =>
        void setTimeout(() => {
          if (document.activeElement !== document.body) return;
          const back = document.querySelector("#report-way-back:has([role=status]) button");
          (back || document.querySelector("#report-read a") || byId("report-go"))?.focus();
        }, 0),
    },
  });
})();
