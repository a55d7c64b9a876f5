/* Finds an option by any of its spellings: in either script, with or without diacritics, article or hyphen, and by
   its consonants where Latin letters only approximate Arabic vowels (Idlib, Idleb; Deraa, Dar'a). Arabic has no p (Aleppo, Haleb). */
(function () {
  "use strict";

  const SAME = { أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ة: "ه", ى: "ي", ؤ: "و", ئ: "ي" };
  const ARTICLE = /(^|\s)(?:a[lnrstdz]|a[sdt]h|el|es)-|(^|\s)ال(?=\S{2})/g;

  function folded(text) {
    const bare = text.toLowerCase().normalize("NFC").replace(/[أإآٱةىؤئ]/g, (letter) => SAME[letter]);
    return bare.normalize("NFD").replace(/[\p{M}ـʿʾ'’‘`]/gu, "").replace(ARTICLE, "$1$2").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  const consonants = (word) => word.replace(/q/g, "k").replace(/p/g, "b").replace(/kh|gh/g, (two) => two[0]).replace(/[aeiouywh]/g, "").replace(/(.)\1+/g, "$1");

  function alike(word, typed) {
    if (word.startsWith(typed)) return true;
    if (!/^[a-z]+$/.test(typed) || !/^[a-z]+$/.test(word)) return false;
    const some = consonants(typed), whole = consonants(word);
    return some.length > 1 && (some.length > 2 ? whole.startsWith(some) : whole === some);
  }

  function found(option, typed, spellings) {
    const text = folded(option.label + " | " + (spellings[option.value] || ""));
    if (text.includes(typed)) return true;
    const words = text.split(" ");
    return typed.split(" ").every((part) => words.some((word) => alike(word, part)));
  }

  /* How near an option is to what was typed, smallest first: that is its name or a spelling of it, its name begins so, a word of its name
     does, it is found otherwise. What a name says in brackets tells it from others of its kind. */
  function distance(option, typed, spellings) {
    const name = folded(option.label.replace(/\s*\([^)]*\)$/, ""));
    const whole = [name, ...(spellings[option.value] || "").split(" | ").map(folded)].includes(typed);
    return whole ? 0 : name.startsWith(typed) ? 1 : (" " + name).includes(" " + typed) ? 2 : 3;
  }

  function anySpelling({ options, search, limit }, { spellings }) {
    const typed = folded(search);
    if (!typed) return options;
    const far = new Map(); // option -> how far; a group is as near as its nearest, one without a heading stands above all headings
    const near = (all) => all.filter((one) => far.has(one)).sort((one, other) => far.get(one) - far.get(other));
    function among(items) {
      for (const item of items) if (found(item, typed, spellings)) far.set(item, distance(item, typed, spellings));
      return near(items);
    }
    const groups = options.map(function (option) {
      if (!("items" in option)) return among([option])[0];
      const group = { ...option, items: among(option.items) };
      if (group.items.length) far.set(group, group.group ? far.get(group.items[0]) : -1);
      return group;
    });
    let left = limit || Infinity;
    return near(groups.filter(Boolean)).filter(function (one) {
      if (left <= 0) return false;
      if ("items" in one) one.items = one.items.slice(0, left);
      left -= one.items ? one.items.length : 1;
      return true;
    });
  }

  window.dashMantineFunctions = Object.assign(window.dashMantineFunctions || {}, { anySpelling: anySpelling });
})();
