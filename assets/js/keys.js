/* Keys for those who keep the app open. They act outside fields only, and can be switched off in their own list. */
(function () {
  "use strict";

  const OFF = "crosscount-keys-off";
  let off = false;
  try {
    off = localStorage.getItem(OFF) === "1";
  } catch {
    /* a browser that keeps nothing starts with the keys on */
  }
  const press = (selector) => document.querySelector(selector)?.click();

  function help() {
    const dialog = document.getElementById("keys");
    if (!dialog || dialog.open) return;
    dialog.querySelector("[data-keys-switch]").setAttribute("aria-pressed", String(!off));
    dialog.showModal();
  }

  function search() {
    const opener = document.getElementById("filters-open");
    if (opener && opener.offsetParent) opener.click();
    document.querySelector("#filters input:not([type=hidden])")?.focus();
  }

  const KEYS = { "/": search, c: () => press(".tool[data-copy-address]"), s: () => press("[data-views]"), t: () => press("[data-theme-toggle]"), u: () => press("[data-undo]") };

  /* The key as Latin keyboards name it: an Arabic one has other letters in its places, a French one signs where digits are. */
  function named(event) {
    if (event.key === "؟") return "?";
    if (/^[0-9?]$/.test(event.key) || KEYS[event.key]) return event.key;
    const [, letter, digit] = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code) || [];
    if (letter && event.key > "\u007f") return letter.toLowerCase();
    return digit && !event.shiftKey ? digit : event.code === "Slash" && event.key > "\u007f" ? "/" : event.key;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (off || event.target.closest("input, textarea, select, [contenteditable], [role=textbox], [role=slider]")) return;
    const key = named(event);
    const act = key === "?" ? help : /^[0-9]$/.test(key) ? () => press(`#nav li:nth-child(${Number(key) || 10}) a`) : KEYS[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-keys], [data-keys-switch], [data-keys-close]");
    if (!button) return;
    if (button.dataset.keys !== undefined) help();
    else if (button.dataset.keysClose !== undefined) document.getElementById("keys").close();
    else {
      off = !off;
      button.setAttribute("aria-pressed", String(!off));
      try {
        localStorage.setItem(OFF, off ? "1" : "0");
      } catch {
        /* it holds until the document is closed */
      }
    }
  });
})();
