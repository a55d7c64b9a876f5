"""The words of the sentences, per language, read from the tables in `wording/`; and how numbers, nouns and days are put.

Languages differ only in their tables and in how a noun follows a number, which is decided by how many forms a noun has.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import repeat
from string import Formatter
from typing import Any

import numpy as np

from ingest.compare.claims.columns import UNKNOWN_DAY
from ingest.compare.claims.relation import Texts
from ingest.model.vocabulary import Qualifier

LANGUAGES = ("en", "ar", "fr")
_EPOCH = date(1970, 1, 1)
_SINGULAR_AND_PLURAL = 2
_FEW, _MANY = range(3, 11), range(11, 100)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as claimed: its hedge, its ends, the number stated (None for none) and, for vague words, the source's own word."""

    qualifier: str
    low: int | None
    high: int | None
    best: int | None
    open_high: bool
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The tables of one language."""

    language: str
    tables: Mapping[str, Any]

    def of(self, table: str, word: str) -> str:
        """One word of a table; empty where the table does not hold it."""
        found = self.tables.get(table, {}).get(word, "")
        return str(found)

    def pieces(self, template: str) -> list[tuple[str, str]]:
        """A template as (text before, slot) pieces; what follows the last slot has none."""
        return [(literal, slot or "") for literal, slot, _, _ in Formatter().parse(template)]

    def whole(self, number: int) -> str:
        """A whole number as the language writes it."""
        return f"{number:,}".replace(",", str(self.tables["thousands"]))

    def to_one_decimal(self, number: float) -> str:
        """A number to one decimal as the language writes it."""
        return f"{number:.1f}".replace(".", str(self.tables["decimal"]))

    def what(self, metric: str, noun: str, *, plural: bool) -> str:
        """What happened to those counted, with the endings that agree with their noun where the language has them."""
        feminine = noun in self.tables["feminine"]
        return self.of("what", metric).format(e="e" if feminine else "", s="s" if plural else "")

    def listed(self, words: list[str]) -> str:
        """Words as a list: "a, b and c"."""
        comma, join = str(self.tables["comma"]), str(self.tables["join"])
        return words[-1] if len(words) == 1 else comma.join(words[:-1]) + join + words[-1]

    def day(self, day: int, with_year: bool = True) -> str:
        """A day since 1970 in words."""
        if day == UNKNOWN_DAY:
            return ""
        when = _EPOCH + timedelta(days=int(day))
        dates = self.tables["date"]
        form = dates["full"] if with_year else dates["same_year"]
        named = dates["first_of_month"] if when.day == 1 else when.day
        return str(form.format(day=named, month=dates["months"][when.month - 1], year=when.year))

    def span(self, start: int, end: int) -> dict[str, str]:
        """Two days for a phrase; the year is said once where both share it."""
        if UNKNOWN_DAY in (start, end):
            return {"from": self.day(start), "day": self.day(end)}
        years = ((_EPOCH + timedelta(days=int(day))).year for day in (start, end))
        return {"from": self.day(start, with_year=len(set(years)) > 1), "day": self.day(end)}

    def value(self, number: Number, noun: str, *, short: bool = False) -> str:
        """The number with its hedge, and its noun unless `short`."""
        key, leading = _told_by(number)
        form = str(self.tables["short" if short else "value"][key])
        low, high = number.low or 0, number.high if number.high is not None else (number.low or 0)
        after = high if key == "range" else leading if "{n}" in form else None
        said = {"n": self.whole(leading), "low": self.whole(low), "high": self.whole(high)}
        return form.format(**said, text=number.text.strip(), noun=self.noun(noun, after))

    def noun(self, noun: str, number: int | None) -> str:
        """The noun as it stands after a number; without one, as it stands after "of"."""
        forms = self.tables["noun"].get(noun) or self.tables["noun"]["people"]
        if len(forms) == _SINGULAR_AND_PLURAL:
            return str(forms[0] if number in self.tables["singular"] else forms[1])
        few, many, hundreds, definite = (str(form) for form in forms)
        if number is None:
            return definite
        tail = number % 100
        if tail in _FEW:
            return few
        if tail in _MANY:
            return many
        # one and two have no counted form of their own with a digit; "1 of the ..." is said instead
        return hundreds if number >= 100 else self.tables["join_of"].format(noun=definite)


_HEDGES = frozenset({"exact", "at_least", "more_than", "up_to", "fewer_than", "nearly", "about"})
_ONE_SIDED = frozenset({"up_to", "fewer_than"})


def _told_by(number: Number) -> tuple[str, int]:
    """The row of the value table a number is told by, and the number it leads with."""
    ends = [end for end in (number.best, number.high, number.low) if end is not None]
    stated = ends[0] if ends else 0
    if number.best == number.low == number.high == 0:
        return "zero", 0
    if number.qualifier == Qualifier.VAGUE:
        return "vague_open" if number.open_high or number.high is None else "vague", stated
    if number.qualifier == Qualifier.RANGE and number.best is not None:
        return "number_range", stated
    two_ends = number.best is None and None not in (number.low, number.high) and number.low != number.high
    if number.qualifier == Qualifier.RANGE or (two_ends and number.qualifier not in _ONE_SIDED):
        return "range", stated
    # "fewer than N" is stored with N - 1 as its high end
    beyond = 1 if number.qualifier == Qualifier.FEWER_THAN and number.best is None else 0
    return (number.qualifier if number.qualifier in _HEDGES else "exact"), stated + beyond


def joined(pieces: list[tuple[str, str]], fill: Callable[[str], Texts], count: int) -> Texts:
    """A template filled `count` times: `fill` gives all texts of a slot at once."""
    columns: list[Iterable[str]] = []
    for literal, slot in pieces:
        columns += [repeat(literal, count)] if literal else []
        columns += [fill(slot).tolist()] if slot else []
    out: Texts = np.empty(count, dtype=object)
    out[:] = list(map("".join, zip(*columns, strict=True))) if columns else ""
    return out


@cache
def wording(language: str) -> Wording:
    """The tables of a language, read once."""
    text = files("ingest.compare.telling").joinpath("wording", f"{language}.toml").read_text(encoding="utf-8")
    return Wording(language, tomllib.loads(text))
