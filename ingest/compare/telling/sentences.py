"""A plain sentence for every verdict, in each language, that a spokesperson could read aloud: both voices, both numbers, and why.

The words are tables (`wording/`); here the phrases of two claims are put into the slots of the sentence their verdict has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.names import Names
from ingest.compare.claims.relation import Floats, Ints, Texts
from ingest.compare.claims.rulings import PUBLISHED
from ingest.compare.telling.phrases import Phrases, Said
from ingest.compare.telling.words import LANGUAGES, Wording, joined, wording
from ingest.compare.verdicts.parts import listed_parts

# Slots filled from claims beside the two; da and db are the parts that each of them lists.
_OF_OTHERS = frozenset({"parts", "sum", "rest", "before", "da", "db"})


@dataclass(frozen=True, slots=True)
class Told:
    """Verdicts as they are told: the claim told first, the other, the ruling, and what only some verdicts need, by position.

    `parts` holds the parts of a verdict on a sum, `summed` their sum, `before` the earlier total a running check refers to.
    """

    first: Ints
    second: Ints
    ruling: Ints
    parts: Mapping[int, Ints] = field(default_factory=dict)
    summed: Mapping[int, float] = field(default_factory=dict)
    before: Mapping[int, int] = field(default_factory=dict)


def sentences(claims: Claims, told: Told, words: Wording, names: Names) -> Texts:
    """The sentence of every verdict in one language."""
    written: Texts = np.full(len(told.first), "", dtype=object)
    if not len(written):
        return written
    extra = [*told.before.values(), *(int(row) for rows in told.parts.values() for row in rows)]
    met = np.zeros(len(claims.figure_id), dtype=bool)
    for some in (told.first, told.second, np.array(extra, dtype=np.int64)):
        met[some] = True
    rows = np.flatnonzero(met)
    place_of = np.cumsum(met) - 1
    phrases = Phrases(claims, rows, words, names)
    for ruling in np.unique(told.ruling):
        at = np.flatnonzero(told.ruling == ruling)
        code, variant = PUBLISHED[int(ruling)]
        slots = _Slots(claims, told, words, phrases, place_of, at)
        written[at] = joined(words.pieces(str(words.tables[str(code)][variant])), slots.fill, len(at))
    return _begun(written, words)


def told_alone(claims: Claims, words: Wording, names: Names) -> Texts:
    """Each claim as a sentence of its own, without a full stop, in one language."""
    return _begun(Phrases(claims, np.arange(len(claims.figure_id)), words, names).claim, words)


def _begun(written: Texts, words: Wording) -> Texts:
    """The sentences with a capital where a voice without a name begins them."""
    begins = tuple(words.tables["begins_in_lower_case"])
    low = np.array([sentence.startswith(begins) for sentence in written], dtype=bool)
    written[low] = [sentence[0].upper() + sentence[1:] for sentence in written[low]]
    return written


@dataclass(frozen=True, slots=True)
class _Slots:
    """What stands in the slots of one verdict's sentence; `at` are the verdicts it is for."""

    claims: Claims
    told: Told
    wording: Wording
    phrases: Phrases
    place_of: Ints
    at: Ints

    def fill(self, slot: str) -> Texts:
        """The text of one slot for every verdict of this ruling: a letter and the side, or a word."""
        special: Mapping[str, Callable[[], Texts]] = {
            "A": lambda: self._of("A", self.told.first),
            "B": lambda: self._of("A", self.told.second),
            "parts": self._parts_of_sum,
            "sum": lambda: self._numbers(self._sums()),
            "rest": lambda: self._numbers(np.abs(self.claims.stated()[self.told.first[self.at]] - self._sums())),
            "before": lambda: self.phrases.short.at(self.place_of[[self.told.before[int(one)] for one in self.at]]),
            "factor": self._factor,
        }
        if slot in special:
            return special[slot]()
        return self._of(slot[0], self.told.first if slot[1] == "a" else self.told.second)

    def _of(self, letter: str, side: Ints) -> Texts:
        phrases, rows = self.phrases, side[self.at]
        whole: Mapping[str, Callable[[], Texts]] = {"A": lambda: phrases.claim, "n": lambda: phrases.counted, "m": lambda: phrases.rest}
        if letter in whole:
            return whole[letter]()[self.place_of[rows]]
        if letter == "d":
            return self._parts(rows)
        numbered: Mapping[str, Callable[[], Said]] = {
            "v": lambda: phrases.voice,
            "i": lambda: phrases.possessive,
            "p": lambda: phrases.publisher,
            "x": lambda: phrases.short,
            "e": lambda: phrases.bare,
            "w": lambda: phrases.when,
            "y": lambda: phrases.again,
            "f": lambda: phrases.first_day,
            "l": lambda: phrases.where,
            "g": lambda: phrases.who,
            "q": lambda: phrases.exact_place,
            "h": lambda: phrases.held,
            "c": lambda: phrases.window,
        }
        said = numbered[letter]() if letter in numbered else phrases.label(letter)
        return said.at(self.place_of[rows])

    def _parts(self, rows: Ints) -> Texts:
        """The parts a claim lists, as "12 children and 7 women"; the claim's own people where it lists none."""
        parts = listed_parts(self.claims, np.unique(rows))
        own = np.unique(np.concatenate([rows, *parts.values()]))
        known = Phrases(self.claims, own, self.wording, self.phrases.names)
        words = joined([("", "value"), ("", "aside")], lambda slot: getattr(known, slot).all(), len(own))
        listed = [[str(words[at]) for at in np.searchsorted(own, parts.get(int(row), row)).reshape(-1)] for row in rows]
        return np.array([*(self.wording.listed(one) for one in listed), ""], dtype=object)[:-1]

    def _parts_of_sum(self) -> Texts:
        said = [" + ".join(str(word) for word in self.phrases.short.at(self.place_of[self.told.parts[int(one)]])) for one in self.at]
        return np.array([*said, ""], dtype=object)[:-1]

    def _numbers(self, values: Floats) -> Texts:
        return np.array([*(self.wording.whole(int(value)) for value in values), ""], dtype=object)[:-1]

    def _sums(self) -> Floats:
        return np.array([self.told.summed[int(one)] for one in self.at], dtype=np.float64)

    def _factor(self) -> Texts:
        """People per household as the two numbers of one source imply, to one decimal."""
        stated = self.claims.stated()
        one, other = stated[self.told.first[self.at]], stated[self.told.second[self.at]]
        implied = np.maximum(one, other) / np.maximum(np.minimum(one, other), 1)
        return np.array([*(self.wording.to_one_decimal(value) for value in implied), ""], dtype=object)[:-1]


def told_with_others() -> list[int]:
    """The rulings whose sentence, in any language, also tells of claims beside the two: parts, sums, an earlier total."""
    found = set()
    for number, (code, variant) in enumerate(PUBLISHED):
        for tables in (wording(language) for language in LANGUAGES):
            slots = {slot for _, slot in tables.pieces(str(tables.tables[str(code)][variant]))}
            if slots & _OF_OTHERS:
                found.add(number)
    return sorted(found)
