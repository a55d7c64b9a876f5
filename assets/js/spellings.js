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

  function anySpelling({ options, search, limit }, { spellings }) {
    const typed = folded(search);
    let left = limit || Infinity;
    const among = (items) => items.filter((item) => left > 0 && (!typed || found(item, typed, spellings)) && left--);
    return options
      .map((option) => ("items" in option ? { ...option, items: among(option.items) } : among([option])[0]))
      .filter((option) => option && (!option.items || option.items.length));
  }

  window.dashMantineFunctions = Object.assign(window.dashMantineFunctions || {}, { anySpelling: anySpelling });
})();
