"""The words of one language and one crisis, ready for look-up.

A word is analysed once per distinct spelling and remembered; a phrase is found from its first word, the longest first.
Nothing is read at import.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.entries import PLAIN, Entry, entries, merge, read_table
from ingest.extract.words.glued import seam
from ingest.extract.words.marks import ENDS, LEADS, NUMBERED, PARTS
from ingest.extract.words.tokens import BETWEEN, BREAK, NUMBER, STOPS, WORD, kind_of
from ingest.text.normalise import fold

# Bounded so that a million reports do not grow it: full, it is emptied, and the usual words are soon back. A year of one monitor has
# about 40,000 distinct spellings.
_REMEMBERED: Final = 50_000
_REMEMBERED_LENGTH: Final = 64  # characters; a hostile text must not fill the memory
# That begin a name, or a part of one, in lower case.
ARTICLES: Final = ("al-", "el-", "as-", "ar-", "ad-", "an-", "ash-", "at-", "az-", "ez-", "es-", "er-", "esh-", "ed-")


@dataclass(slots=True)
class Word:
    """One distinct spelling: its matching form, the phrases that start with it, and what it means alone.

    `longer` holds the phrases of several words that start here by their second word, the longest first. `prefix` is
    what was stripped of glued particles to reach `norm`; `whole` is the matching form with them.
    `named` says that it is written like a name. `entry` and `item_flags` are those of an item of this word alone, `joined` the
    flag of a glued `and`; `opens_number` says that a number can start here. `mark` is what it says of its sentence.
    """

    kind: int
    text: str
    norm: str
    capital: bool
    longer: Mapping[str, tuple[Entry, ...]] | None
    own: Entry | None
    flags: int
    trigger: bool
    prefix: str
    whole: str
    length: int
    mark: int
    named: bool
    entry: Entry
    item_flags: int
    joined: int
    opens_number: bool


def _merged(known: Mapping[tuple[str, ...], Entry], further: Iterable[Entry]) -> dict[tuple[str, ...], Entry]:
    """The entries by phrase, with further ones added to what is known of theirs."""
    table = dict(known)
    for entry in further:
        if entry.phrase:
            table[entry.phrase] = merge(table[entry.phrase], entry) if entry.phrase in table else entry
    return table


@functools.cache
def _shipped(language: str) -> Mapping[tuple[str, ...], Entry]:
    """The tables of a language by phrase, read once: crises differ in little."""
    return _merged({}, entries(language))


@dataclass(slots=True)
class Lexicon:
    """The phrases of one language by first word. `clitics` are particles glued to a word (Arabic), longest first.

    `seams` are the spellings met so far that are two words run together, and where the second begins.
    """

    language: str
    phrases: Mapping[str, Entry | None]
    longer: Mapping[str, Mapping[str, tuple[Entry, ...]]]
    known: frozenset[str]
    suffixes: Mapping[str, int]
    clitics: tuple[str, ...]
    words: "Words" = field(init=False)
    seams: dict[str, int] = field(default_factory=dict)
    _by_shape: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = Words(self)

    @classmethod
    def load(cls, language: str, extra: Iterable[Entry] = ()) -> "Lexicon":
        """Read the tables of a language and add `extra`, such as the organisations and sides of a crisis."""
        table = _merged(_shipped(language), extra)
        for words, entry in table.items():
            # `Turkish drone` is a word for a side, and still a drone
            last = table.get(words[-1:])
            if (
                len(words) > 1
                and entry.group is not None
                and last is not None
                and last.flags & bit.THING
                and not last.flags & bit.ARMED
                and last.group is None
            ):
                table[words] = replace(entry, group=None, side=entry.group.side, flags=entry.flags | bit.THING)
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

    def learn(self, text: str) -> Word:
        """The `Word` of a spelling met for the first time."""
        kind = kind_of(text)
        norm, prefix = fold(text), ""
        whole = norm
        if kind == WORD and norm not in self.phrases:
            if norm not in self.known:
                norm = self._unmask(text, norm)
            if norm not in self.phrases:
                norm, prefix = self._strip(norm)
        own, longer = self.phrases.get(norm) or self._compound(norm), self.longer.get(norm)
        if own is None and longer is not None and not prefix:
            bare, prefix = self._strip(norm)  # القتلى alone, where only a longer phrase starts with it
            own = self.phrases[bare] if prefix else None
        if own is None and kind in (WORD, NUMBER) and not prefix and norm not in self.known:
            self._look_for_seam(text, norm)
        flags = (own.flags if own else 0) | (bit.DIGITS if kind == NUMBER else 0)
        trigger = bool(own and own.metric) or any(e.metric for some in (longer or {}).values() for e in some)
        joined = bit.AND if "و" in prefix else 0  # Arabic wa- is glued to its word
        counts = own is not None and (own.unit is not None or (bool(own.scale) and own.vague is None))
        leads = any(entry.mark for some in (longer or {}).values() for entry in some)
        mark = NUMBERED if kind == NUMBER else own.mark if own is not None else 0
        return Word(
            kind,
            text,
            norm,
            text[:1].isupper(),
            longer,
            own,
            flags,
            trigger,
            prefix,
            whole,
            len(text),
            mark | ENDS * (kind == BREAK or text in STOPS) | PARTS * (text in BETWEEN) | LEADS * leads,
            kind == WORD and (not text[:1].isascii() or text[:1].isupper() or text.startswith(ARTICLES)),
            own or PLAIN,
            (flags if own is None else entry_flags(own, text)) | joined,
            joined,
            kind == NUMBER or counts,
        )

    def _look_for_seam(self, text: str, norm: str) -> None:
        """Remembers where two words were run together, under the spelling alone and with the blank that mostly follows it."""
        if len(text) <= _REMEMBERED_LENGTH and len(self.seams) < _REMEMBERED and (cut := seam(norm, self.phrases, self.known)):
            self.seams[text] = self.seams[text + " "] = cut

    def _unmask(self, text: str, norm: str) -> str:
        """`fata*lities`, `ki*led`, `de-ath`, spaced-out Arabic letters: when and only when the result is a word we know."""
        joined = norm.translate(_HELD_APART)
        if joined in self.known or (joined != norm and self._strip(joined)[1]):
            return joined
        return self._unstar(text.lower()) or norm if "*" in text else norm

    def _unstar(self, masked: str) -> str:
        """`k*lled`, `k**led`, `kil***d`: each star is a letter; the one word we know that it can be, or none."""
        if "*" in (masked[0], masked[-1]):
            return ""
        like = self._shapes().get((masked[0], masked[-1], len(masked)), ())
        pattern = re.escape(masked).replace(r"\*", "[a-z]") if like else ""
        able = [word for word in like if re.fullmatch(pattern, word)]
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
            if not norm.startswith(clitic):
                continue
            if norm[len(clitic) :] in self.phrases:
                return norm[len(clitic) :], clitic
            if clitic.endswith("لل") and (full := f"ال{norm[len(clitic) :]}") in self.phrases:
                return full, clitic  # li- swallows the alef of al-: للدفاع is ل and الدفاع
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
            elif not part.flags & bit.JOIN:
                return None
        return Entry((norm,), unit=value) if value and sum(bool(part and part.scale) for part in parts) <= 1 else None


def begins_phrase(words: list[Word], here: int) -> bool:
    """Whether a phrase begins with word `here`, which is not the last, and the one behind it: most words begin some, few go on with it."""
    longer = words[here].longer
    if longer is None:
        return False
    following = words[here + 1]
    return following.norm in longer or following.whole in longer


def longest(words: list[Word], here: int, last: int) -> Entry | None:
    """The longest phrase of several words of [here, last) that starts at word `here`."""
    longer = words[here].longer
    if longer is None or here + 1 >= last:
        return None
    following = words[here + 1]
    whole = _first_whole(words, here, last, longer.get(following.whole, ())) if following.prefix else None
    return whole or _first_whole(words, here, last, longer.get(following.norm, ()))


def _first_whole(words: list[Word], here: int, last: int, phrases: tuple[Entry, ...]) -> Entry | None:
    """The first of the phrases, which agree with the two words at `here`, whose further words are there too."""
    for entry in phrases:
        phrase = entry.phrase
        width = len(phrase)
        if here + width > last:
            continue
        at = 2
        while at < width and phrase[at] in (words[here + at].norm, words[here + at].whole):
            at += 1
        if at == width:
            return entry
    return None


def entry_flags(entry: Entry, text: str) -> int:
    """The flags of an entry met as `text`: WHO the organisation is not who the pronoun."""
    return 0 if entry.acronym and text.isupper() else entry.flags


# What is put between the letters of one word so that a platform does not know it.
_HELD_APART: Final = dict.fromkeys(map(ord, "- .\u00a0"))


class Words(dict[str, Word]):
    """Every token met so far and its word. A token comes with the blanks behind it, which say nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, token: str) -> Word:
        text = "\n" if token[0] == "\n" else token.rstrip()
        word = self[text] if text != token else self._lexicon.learn(text)
        if len(token) <= _REMEMBERED_LENGTH:
            if len(self) > _REMEMBERED:
                self.clear()
            self[token] = word
        return word
