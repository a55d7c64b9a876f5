"""The words of other people's cells: runs of words looked up in the tables of `words.toml`, the longest first."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

_WORD = re.compile(r"[^\W_]+")
_T = TypeVar("_T")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a cell in lower case; `killed_children` has two."""
    return tuple(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[_T]):
    """What runs of words mean; `longest` is the length of the longest run."""

    of: Mapping[tuple[str, ...], _T]
    longest: int

    def read(self, words: tuple[str, ...]) -> tuple[list[_T], tuple[str, ...]]:
        """The meanings found from left to right, and the words that belong to none."""
        found: list[_T] = []
        rest: list[str] = []
        at = 0
        while at < len(words):
            length = next((n for n in range(min(self.longest, len(words) - at), 0, -1) if words[at : at + n] in self.of), 0)
            if length:
                found.append(self.of[words[at : at + length]])
            else:
                rest.append(words[at])
            at += length or 1
        return found, tuple(rest)

    def first(self, text: str) -> _T | None:
        """The first meaning in a text."""
        return next(iter(self.read(words_of(text))[0]), None)


def _lexicon(entries: Mapping[str, _T]) -> Lexicon[_T]:
    of = {words_of(form): meaning for form, meaning in entries.items()}
    return Lexicon(of, max(map(len, of), default=0))


@dataclass(frozen=True, slots=True)
class Counted:
    """What a word for a quantity means: a metric, and the metric it means instead where a span of days is given."""

    metric: str
    flow: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Every table of `words.toml` as a lexicon."""

    metric: Lexicon[Counted]
    group: Lexicon[Mapping[str, str]]
    lists: Mapping[str, Lexicon[str]] = field(default_factory=dict)
    nothing: frozenset[str] = frozenset()

    def empty(self, cell: str) -> bool:
        """Whether a cell says that there is nothing to say."""
        return not cell or cell.casefold() in self.nothing


@cache
def lexicon() -> Words:
    """The shipped words, read once."""
    tables = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    either = tables.pop("level_or_flow")
    metrics = {form: Counted(metric) for metric, forms in tables.pop("metric").items() for form in forms}
    metrics |= {form: Counted(metric, entry["flow"]) for metric, entry in either.items() for form in entry["forms"]}
    groups = {
        form: {name: value for name, value in entry.items() if name != "forms"}
        for entry in tables.pop("group").values()
        for form in entry["forms"]
    }
    nothing = frozenset(tables["nothing"].pop("cells"))
    return Words(_lexicon(metrics), _lexicon(groups), {name: _listed(table) for name, table in tables.items()}, nothing)


def _listed(table: Mapping[str, Any]) -> Lexicon[str]:
    return _lexicon({form: meaning for meaning, forms in table.items() for form in forms})
