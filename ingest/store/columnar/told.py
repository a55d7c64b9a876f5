"""What every row of a table says of one thing, as numbers into a list of what is said; and rules asked once per combination."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_LARGEST = 2**62
Rule = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of every row: `codes` are positions in `values`, -1 where a row does not say it. Values may be listed twice."""

    codes: Ints
    values: Sequence[Any]

    @property
    def said(self) -> Bools:
        """The rows that say it."""
        found: Bools = self.codes >= 0
        return found

    def only(self, rows: Bools) -> "Told":
        """The same for these rows; others do not say it."""
        return Told(np.where(rows, self.codes, -1), self.values)

    def over(self, other: "Told") -> "Told":
        """What these rows say, and what the other says where they say nothing."""
        codes = np.where(self.codes >= 0, self.codes + len(other.values), other.codes)
        return Told(codes, [*other.values, *self.values])

    def each(self, change: Callable[[Any], Any]) -> "Told":
        """What comes of each value; values that come out the same are one."""
        seen: dict[Hashable, int] = {}
        to = np.array([*[seen.setdefault(change(value), len(seen)) for value in self.values], -1], dtype=np.int64)
        return Told(to[self.codes], list(seen))

    def holds(self, test: Callable[[Any], object]) -> Bools:
        """The rows whose value passes the test."""
        found: Bools = np.array([*[bool(test(value)) for value in self.values], False], dtype=bool)[self.codes]
        return found

    def take(self, rows: Ints | Bools) -> "Told":
        """What some of the rows say."""
        return Told(self.codes[rows], self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """Something found by a rule that is only ever the same as itself."""

    of: Any


def constant(value: Any, rows: int) -> Told:
    """What every row says alike."""
    return Told(np.zeros(rows, dtype=np.int64), [value])


def nothing(rows: int) -> Told:
    """What no row says."""
    return Told(np.full(rows, -1, dtype=np.int64), [])


def combined(columns: Iterable[Told]) -> tuple[Ints, Ints]:
    """For each row the number of its combination of values, and the first row of each number."""
    key, room = np.zeros(0, dtype=np.int64), 1
    for column in columns:
        width = len(column.values) + 1
        if room * width >= _LARGEST:
            key, room = _numbered(key)
        key, room = (key * width if len(key) else 0) + column.codes + 1, room * width
    group, count = _numbered(key)
    first = np.zeros(count, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    return group, first


def _numbered(key: Ints) -> tuple[Ints, int]:
    codes, distinct = pd.factorize(key)
    return codes.astype(np.int64), len(distinct)


def resolved(told: Mapping[str, Told], names: Collection[str], rule: Rule, rows: Bools) -> tuple[dict[str, Told], Bools]:
    """What a rule makes of these columns for some rows, and the rows among them for which it raises `ValueError`.

    The rule is asked once for each distinct combination, with the columns that say something in it.
    """
    at = np.flatnonzero(rows)
    columns = {name: told[name].take(at) for name in names if name in told}
    group, first = combined(columns.values()) if columns else (np.zeros(len(at), dtype=np.int64), np.zeros(min(len(at), 1), dtype=np.int64))
    answers: list[Mapping[str, Any] | None] = []
    for row in first:
        given = {name: one.values[one.codes[row]] for name, one in columns.items() if one.codes[row] >= 0}
        try:
            answers.append(rule(given))
        except ValueError:
            answers.append(None)
    failed = np.zeros(len(rows), dtype=bool)
    failed[at] = np.array([answer is None for answer in answers], dtype=bool)[group]
    return _spread(answers, group, at, len(rows)), failed


def _spread(answers: Sequence[Mapping[str, Any] | None], group: Ints, at: Ints, rows: int) -> dict[str, Told]:
    found: dict[str, Told] = {}
    for name in dict.fromkeys(name for answer in answers if answer is not None for name in answer):
        seen: dict[Hashable, int] = {}
        to = [seen.setdefault(answer[name], len(seen)) if answer is not None and name in answer else -1 for answer in answers]
        codes = np.full(rows, -1, dtype=np.int64)
        codes[at] = np.array(to, dtype=np.int64)[group]
        found[name] = Told(codes, list(seen))
    return found


def layered(*layers: Mapping[str, Told]) -> dict[str, Told]:
    """Several layers of columns: what a later one says stands over what an earlier one says."""
    found: dict[str, Told] = {}
    for layer in layers:
        for name, column in layer.items():
            found[name] = column.over(found[name]) if name in found else column
    return found
