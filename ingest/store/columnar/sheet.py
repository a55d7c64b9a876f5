"""Delimited text as arrays of places: where every row and every cell begins and ends, found for all of them at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ingest.store.columnar.told import Bools, Ints, Told
from ingest.store.delimited import Cell, cell

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
_MORE = 50  # cells beyond the headings from which a row is looked at alone
_Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a text, those without any cell that says something among them. Places are characters of the text.

    `first` is each row's first cell among all cells, `count` its number of cells; `cell_start` and `cell_end` lie around a cell
    with its quotation marks.
    """

    text: str
    line: Ints
    start: Ints
    end: Ints
    first: Ints
    count: Ints
    cell_start: Ints
    cell_end: Ints

    def column(self, position: int) -> "CellColumn":
        """The cells of all rows at one position."""
        has = np.flatnonzero(self.count > position)
        at = self.first[has] + position
        start, end = self.cell_start[at], self.cell_end[at]
        full = end > start
        has, start, end = has[full], start[full], end[full]
        text = self.text
        raw = np.array([*(text[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)), ""], dtype=object)[:-1]
        numbered, distinct = pd.factorize(raw)
        codes, begins = np.full(len(self.count), -1, dtype=np.int64), np.zeros(len(self.count), dtype=np.int64)
        codes[has], begins[has] = numbered, start
        return CellColumn(Told(codes, [(str(one), cell(str(one))) for one in distinct]), begins)


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column: each row's cell as it is written with what it says, and where it begins."""

    written: Told
    begins: Ints

    def says(self) -> Told:
        """What the cells say, where they say something."""
        said = self.written.each(lambda one: one[1].value)
        return said.only(said.holds(bool))

    def exactly(self) -> Told:
        """What the cells say, as it is written in the text."""
        return self.written.each(_exactly).only(self.written.holds(lambda one: one[1].value))

    def starts(self) -> Ints:
        """Where in the text begins what the cells say."""
        lead = np.array([*(one[1].start for one in self.written.values), 0], dtype=np.int64)
        begins: Ints = self.begins + lead[self.written.codes]
        return begins

    def take(self, rows: Ints) -> "CellColumn":
        """The cells of some of the rows."""
        return CellColumn(self.written.take(rows), self.begins[rows])


def _exactly(one: tuple[str, Cell]) -> str:
    raw, told = one
    return raw[told.start : told.end]


def sheet(text: str, delimiter: str) -> Sheet | None:
    """The places of rows and cells; None where a quotation mark stands anywhere but around a cell or doubled inside one."""
    data = np.frombuffer(text.encode(), dtype=np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    broken = (data == _NEWLINE) | (data == _RETURN)
    second = np.flatnonzero(broken[1:] & (data[1:] == _NEWLINE) & (data[:-1] == _RETURN)) + 1
    broken[second] = False  # the second half of a line break
    breaks = np.flatnonzero(broken)
    parting = broken | (data == ord(delimiter))
    if len(quotes):
        if len(quotes) % 2:
            return None
        parting &= ~_inside(data)
    ends = np.flatnonzero(parting)
    last = broken[ends]
    if len(data) and (not len(ends) or not last[-1] or ends[-1] < len(data) - 1 - (len(second) > 0 and second[-1] == len(data) - 1)):
        ends, last = np.append(ends, len(data)), np.append(last, True)
    after = ends + 1
    after[np.isin(after, second)] += 1
    starts = np.concatenate([np.zeros(min(len(ends), 1), dtype=np.int64), after[:-1]])
    if len(quotes) and not _well_quoted(data, quotes, (starts, ends)):
        return None
    rows_end = np.flatnonzero(last)
    first = np.concatenate([np.zeros(min(len(rows_end), 1), dtype=np.int64), rows_end[:-1] + 1])
    line = 1 + np.searchsorted(breaks, starts[first])
    begin, end = _characters(data, starts), _characters(data, ends)
    return Sheet(text, line, begin[first], end[rows_end], first, rows_end - first + 1, begin, end)


def _inside(data: _Bytes) -> Bools:
    """Which bytes stand between quotation marks."""
    inside: Bools = np.bitwise_xor.accumulate((data == _QUOTE).view(np.uint8)).view(np.bool_)
    return inside


def _well_quoted(data: _Bytes, quotes: Ints, cells: tuple[Ints, Ints]) -> bool:
    """Whether every quotation mark opens a cell, closes it, or is one of two in it."""
    starts, ends = cells
    of = np.searchsorted(ends, quotes)
    changes = np.flatnonzero(of[1:] != of[:-1])
    opening, closing = np.concatenate([[0], changes + 1]), np.concatenate([changes, [len(quotes) - 1]])
    around = (quotes[opening] == starts[of[opening]]).all() and (quotes[closing] == ends[of[closing]] - 1).all()
    inner = np.arange(1, len(quotes) - 1, 2)
    inner = inner[of[inner] == of[inner + 1]]
    return bool(around and (quotes[inner + 1] == quotes[inner] + 1).all() and (ends[of] - starts[of] > 1).all())


def _characters(data: _Bytes, places: Ints) -> Ints:
    """Places in the bytes as places in the text."""
    following = np.flatnonzero((data & 0xC0) == 0x80)
    found: Ints = places - np.searchsorted(following, places) if len(following) else places
    return found


def too_wide(found: Sheet, columns: int) -> bool:
    """Whether a row has so many more cells than there are headings that going through all columns would not be worth it."""
    return int(found.count.max(initial=0)) > columns + _MORE
