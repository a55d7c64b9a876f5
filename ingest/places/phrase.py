"""A place as words say it: the name, and the words around it that say how finely it is meant.

`the western countryside of Aleppo`, `city of Idlib`, `محافظة حماة`, `ريف حلب الغربي`, `ريفي إدلب وحلب`. The words are data,
in `words.toml`. Reading is a matter of enumerating what could be the name, longest first; whether it is one is for the
gazetteer to say.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.places.folding import plain

COUNTRYSIDE = "countryside"
_ARTICLE = "ال"
_ITS = "ها"
_LISTED = re.compile(r"\s*[,،;/]\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists, as `plain` writes them."""

    units: Mapping[str, str]
    directions: frozenset[str]
    fillers: frozenset[str]
    centre: frozenset[str]
    both: frozenset[str]
    within: frozenset[str]
    elements: tuple[str, ...]

    def unit(self, word: str) -> str:
        """The precision a unit word states, `countryside`, or nothing for any other word. Arabic may carry its article."""
        return next((self.units[form] for form in _forms(word) if form in self.units), "")

    def direction(self, word: str) -> bool:
        """Whether a word names a compass direction."""
        return any(form in self.directions for form in _forms(word))

    def strippable(self, word: str) -> bool:
        """Whether a word may stand around a name without being part of it: a unit, a direction, a preposition."""
        return any(form in self.units or form in self.directions or form in self.fillers for form in _forms(word))

    def without_centre(self, name: str) -> str:
        """A division's name less the word for its seat, as reports write it; the name itself when it has none."""
        first, _, rest = name.partition(" ")
        return rest if rest and plain(first) in self.centre else name


def _forms(word: str) -> tuple[str, ...]:
    """A word as written, less its Arabic article, less the Arabic pronoun of "its"."""
    key = plain(word)
    return tuple(dict.fromkeys((key, key.removeprefix(_ARTICLE), key.removesuffix(_ITS))))


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists of `words.toml`."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

    def forms(name: str) -> frozenset[str]:
        return frozenset(plain(form) for language in table[name].values() for form in language)

    return Words(
        units={plain(form): row["precision"] for row in table["unit"] for language in ("en", "ar") for form in row[language]},
        directions=forms("direction"),
        fillers=forms("filler"),
        centre=forms("centre"),
        both=forms("both"),
        within=forms("within"),
        elements=tuple(form for language in table["element"].values() for form in language),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read words as a place: what may be the name, the units stated around it, whether only a direction of it."""

    name: str
    units: tuple[str, ...]
    directed: bool


def readings(text: str) -> Iterator[Reading]:
    """Every way to take surrounding words off a name, the longest name first; a name is never empty.

    `the western countryside of Aleppo` gives itself first, and `Aleppo` with the unit `countryside` last.
    """
    lexicon = words()
    tokens = text.split()
    free = [lexicon.strippable(token) for token in tokens]
    first = free.index(False) if False in free else len(tokens) - 1
    last = len(tokens) - free[::-1].index(False) if False in free else len(tokens)
    spans = [(start, end) for start in range(first + 1) for end in range(last, len(tokens) + 1) if start < end]
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        outside = [*tokens[:start], *tokens[end:]]
        units = tuple(filter(None, map(lexicon.unit, outside)))
        yield Reading(" ".join(tokens[start:end]), units, any(map(lexicon.direction, outside)))


def with_name(text: str, name: str) -> str:
    """Words that name no place of their own, such as `its countryside` or `ريفها`, put beside the name they refer to."""
    lexicon = words()
    stated = [token for token in text.split() if lexicon.unit(token)]
    if not stated:
        return ""
    bare = " ".join(token.removesuffix(_ITS) for token in stated)
    return f"{name} {bare}" if bare.isascii() else f"{bare} {name}"


def split_within(text: str) -> Iterator[tuple[str, str]]:
    """Ways to read a text as a place and the larger one it lies in: `Talbiseh in Homs`, `Ariha, Idlib`, `سراقب بريف إدلب`."""
    lexicon = words()
    tokens = text.split()
    for index in range(len(tokens) - 1, 0, -1):
        token = plain(tokens[index])
        if token in lexicon.within and index + 1 < len(tokens):
            yield " ".join(tokens[:index]), " ".join(tokens[index + 1 :])
        elif token.startswith("ب") and lexicon.unit(token[1:]):
            yield " ".join(tokens[:index]), " ".join([tokens[index][1:], *tokens[index + 1 :]])
    parts = _LISTED.split(text)
    if len(parts) > 1 and all(parts):
        yield ", ".join(parts[:-1]), parts[-1]


def split_both(text: str) -> tuple[str, ...]:
    """The places of a list: `Idlib and Aleppo countryside`, `ريفي إدلب وحلب`; one entry when it is no list.

    A unit before the first place of a list holds for the others, and one after the last likewise.
    """
    lexicon = words()
    parts: list[list[str]] = [[]]
    for chunk in _LISTED.split(text):
        parts.append([])
        for token in chunk.split():
            if plain(token) in lexicon.both:
                parts.append([])
            elif token.startswith("و") and parts[-1] and len(token) > len("و") + 1:
                parts.append([token[1:]])
            else:
                parts[-1].append(token)
    return tuple(" ".join(part) for part in parts if part)
