/* What a part means, for whoever points at it, reaches it by keyboard, or touches it. Escape takes it away; it stays under the pointer. */
(function () {
  "use strict";

  const WAIT = 300, STAY = 150; // ms before it appears under a pointer, and before it goes
  let bubble = null, owner = null, timer = 0, touched = false;

  function made() {
    if (bubble) return bubble;
    bubble = document.createElement("div");
    bubble.id = "tip";
    bubble.className = "tip";
    bubble.setAttribute("role", "tooltip");
    bubble.addEventListener("pointerenter", () => clearTimeout(timer));
    bubble.addEventListener("pointerleave", hide);
    return bubble;
  }

  /* Above the part, or below where there is no room; within the window. A dialog that is open holds it, for it lies over the rest. */
  function place(part) {
    const box = part.getBoundingClientRect(), own = bubble.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + box.width / 2 - own.width / 2), document.documentElement.clientWidth - own.width - 8);
    const above = box.top - own.height - 6;
    bubble.style.left = left + "px";
    bubble.style.top = (above < 8 ? box.bottom + 6 : above) + "px";
  }

  function show(part) {
    clearTimeout(timer);
    if (part === owner) return;
    hide();
    const text = part.dataset.tip;
    if (!text || text === part.textContent) return;
    owner = part;
    made().textContent = text;
    (part.closest("dialog[open]") || document.body).append(bubble);
    if (part.getAttribute("aria-label") !== text) part.setAttribute("aria-describedby", "tip");
    place(part);
  }

  function hide() {
    clearTimeout(timer);
    if (!owner) return;
    if (owner.getAttribute("aria-describedby") === "tip") owner.removeAttribute("aria-describedby");
    owner = null;
    bubble.remove();
  }

  const tipped = (event) => event.target.closest && event.target.closest("[data-tip]");
  const later = (act, ms) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };

  document.addEventListener("pointerover", function (event) {
    const part = event.pointerType === "mouse" && tipped(event);
    if (part && part !== owner) later(() => show(part), WAIT);
    else if (part) clearTimeout(timer);
  });
  document.addEventListener("pointerout", function (event) {
    if (event.pointerType === "mouse" && tipped(event)) later(hide, STAY);
  });
  document.addEventListener("focusin", function (event) {
    const part = tipped(event);
    if (part && (touched || event.target.matches(":focus-visible"))) show(part);
    else if (!part) hide();
  });
  document.addEventListener("focusout", (event) => owner && owner.contains(event.target) && hide());
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"), true);
  document.addEventListener("click", function (event) {
    const part = tipped(event);
    if (!part) hide();
    else if (touched) show(part);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), true);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("crosscount:arrived", () => owner && !owner.isConnected && hide());

  /* The grid of days has a cell for each source and day: the arrows go from cell to cell, so that Tab does not have to. */
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  document.addEventListener("keydown", function (event) {
    const step = STEPS[event.key], region = event.target.closest && event.target.closest(".scroll"), grid = region && region.querySelector(".days");
    if (!step || !grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...grid.tBodies[0].rows], cell = event.target.closest("td, th");
    const sideways = document.documentElement.dir === "rtl" ? -step[1] : step[1];
    const row = cell ? rows.indexOf(cell.parentNode) + step[0] : 0, column = cell ? cell.cellIndex + sideways : 0;
    const next = rows[row] && rows[row].cells[column];
    if (!next) return;
    event.preventDefault();
    const part = next.querySelector("a") || next;
    if (part === next) next.tabIndex = -1;
    part.focus();
  });
})();
