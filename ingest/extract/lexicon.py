"""The words of one language and one crisis, ready for look-up.

A word is analysed once per distinct spelling and remembered; a phrase is found from its first word, the longest first.
Nothing is read at import.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ingest.extract.entries import BIT, Entry, entries, merge, read_table
from ingest.extract.tokens import NUMBER, WORD
from ingest.text.normalise import fold

# Bounded so that a million reports do not grow it; a year of one monitor has about 40,000 distinct spellings.
_REMEMBERED = 200_000


@dataclass(slots=True)
class Word:
    """One distinct spelling: its matching form, the phrases that start with it, and what it means alone.

    `longer` holds the phrases of several words that start here by their second word, the longest first. `prefix` is
    what was stripped of glued particles to reach `norm`; `whole` is the matching form with them.
    """

    kind: int
    text: str
    norm: str
    capital: bool
    longer: Mapping[str, tuple[Entry, ...]] | None
    own: Entry | None
    flags: int
    trigger: bool
    prefix: str = ""
    whole: str = ""


@dataclass(slots=True)
class Lexicon:
    """The phrases of one language by first word. `clitics` are particles glued to a word (Arabic), longest first."""

    language: str
    phrases: Mapping[str, Entry | None]
    longer: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    known: frozenset[str]
    suffixes: Mapping[str, int]
    clitics: tuple[str, ...]
    _words: dict[str, Word] = field(default_factory=dict)
    _by_shape: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)

    @classmethod
    def load(cls, language: str, extra: Iterable[Entry] = ()) -> "Lexicon":
        """Read the tables of a language and add `extra`, such as the organisations and sides of a crisis."""
        table: dict[tuple[str, ...], Entry] = {}
        for entry in (*entries(language), *extra):
            if entry.phrase:
                table[entry.phrase] = merge(table[entry.phrase], entry) if entry.phrase in table else entry
        for words, entry in table.items():
            # `Turkish drone` is a word for a side, and still a drone
            last = table.get(words[-1:])
            if (
                len(words) > 1
                and entry.group is not None
                and last is not None
                and last.flags & BIT["thing"]
                and not last.flags & BIT["armed"]
                and last.group is None
            ):
                table[words] = replace(entry, group=None, side=entry.group.side, flags=entry.flags | BIT["thing"])
        longer: dict[str, dict[str, tuple[Entry, ...]]] = {}
        for words, entry in sorted(table.items(), key=lambda pair: -len(pair[0])):
            if len(words) > 1:
                some = longer.setdefault(words[0], {})
                some[words[1]] = (*some.get(words[1], ()), entry)
        numbers = read_table(language, "numbers")
        return cls(
            language,
            {words[0]: table.get(words[:1]) for words in table},
            longer,
            frozenset(word for phrase in table for word in phrase),
            numbers.get("suffixes", {}),
            tuple(numbers.get("clitics", ())),
        )

    def word(self, text: str, kind: int) -> Word:
        """The `Word` of a spelling."""
        known = self._words.get(text)
        if known is None:
            if len(self._words) > _REMEMBERED:
                self._words.clear()
            known = self._words[text] = self._learn(text, kind)
        return known

    def _learn(self, text: str, kind: int) -> Word:
        norm, prefix = fold(text), ""
        whole = norm
        if kind == WORD and norm not in self.phrases:
            if norm not in self.known:
                norm = self._unmask(text, norm)
            if norm not in self.phrases:
                norm, prefix = self._strip(norm)
        own = self.phrases.get(norm) or self._compound(norm)
        longer = self.longer.get(norm)
        flags = (own.flags if own else 0) | (BIT["digits"] if kind == NUMBER else 0)
        trigger = bool(own and own.metric) or any(e.metric for some in (longer or {}).values() for e in some)
        return Word(kind, text, norm, text[:1].isupper(), longer, own, flags, trigger, prefix, whole)

    def _unmask(self, text: str, norm: str) -> str:
        """`fata*lities`, `ki*led`, `de-ath`, spaced-out Arabic letters: when and only when the result is a word we know."""
        joined = norm.replace("-", "").replace(" ", "").replace("\u00a0", "")
        if joined in self.known:
            return joined
        return self._unstar(text.lower()) or norm if "*" in text else norm

    def _unstar(self, masked: str) -> str:
        """`k*lled`, `k**led`, `kil***d`: each star is a letter; the one word we know that it can be, or none."""
        if "*" in (masked[0], masked[-1]):
            return ""
        pattern = re.compile(re.escape(masked).replace(r"\*", "[a-z]"))
        able = [word for word in self._shapes().get((masked[0], masked[-1], len(masked)), ()) if pattern.fullmatch(word)]
        return able[0] if len(able) == 1 else ""

    def _shapes(self) -> dict[tuple[str, str, int], list[str]]:
        """The words we know by first letter, last letter and length, so that a masked word is held against few."""
        if not self._by_shape:
            for word in self.known:
                if word:
                    self._by_shape.setdefault((word[0], word[-1], len(word)), []).append(word)
        return self._by_shape

    def _strip(self, norm: str) -> tuple[str, str]:
        """Glued particles (Arabic wa-, bi-, al- ...), when and only when what remains is a word we know."""
        for clitic in self.clitics:
            if norm.startswith(clitic) and norm[len(clitic) :] in self.phrases:
                return norm[len(clitic) :], clitic
        return norm, ""

    def _compound(self, norm: str) -> Entry | None:
        """`twenty-five`, `one-hundred-and-five`: number words joined by hyphens; one scale at most, which multiplies what is before it."""
        parts = [self.phrases.get(part) for part in norm.split("-")] if "-" in norm else []
        value = 0
        for part in parts:
            if part is None:
                return None
            if part.unit is not None:
                value += part.unit
            elif part.scale:
                value = max(value, 1) * part.scale
            elif not part.flags & BIT["join"]:
                return None
        return Entry((norm,), unit=value) if value and sum(bool(part and part.scale) for part in parts) <= 1 else None
