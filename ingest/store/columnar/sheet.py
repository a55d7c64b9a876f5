"""Delimited text as arrays of places: where every row and every cell begins and ends, found for all of them at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ingest.store.columnar.told import Bools, Ints, Told
from ingest.text.delimited import cell

_QUOTE, _NEWLINE, _RETURN = 34, 10, 13
_MARKS = "\"'"
_MORE = 50  # cells beyond the headings from which a row is looked at alone
_Bytes = npt.NDArray[np.uint8]
_WORD, _WORDS = 8, 5  # bytes of a machine word, and how many words a cell may have to be numbered by them
_KEPT = np.array([(1 << (8 * kept)) - 1 for kept in range(_WORD + 1)], dtype=np.uint64)  # of a word's bytes, so many from its first


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a text, those without any cell that says something among them. Places are characters of the text.

    `first` is each row's first cell among all cells, `count` its number of cells; `cell_start` and `cell_end` lie around a cell
    with its quotation marks, `bytes` are the same two in the bytes of the text, `data`.
    """

    text: str
    data: _Bytes
    line: Ints
    start: Ints
    end: Ints
    first: Ints
    count: Ints
    cell_start: Ints
    cell_end: Ints
    bytes: tuple[Ints, Ints]

    def column(self, position: int) -> "CellColumn":
        """The cells of all rows at one position."""
        has = np.flatnonzero(self.count > position)
        at = self.first[has] + position
        start, end = self.cell_start[at], self.cell_end[at]
        full = end > start
        has, start, end = has[full], start[full], end[full]
        place = at[full]
        numbered, example = self._alike(self.bytes[0][place], self.bytes[1][place])
        written = [self.text[one:other] for one, other in zip(start[example].tolist(), end[example].tolist(), strict=True)]
        codes, begins = np.full(len(self.count), -1, dtype=np.int64), np.zeros(len(self.count), dtype=np.int64)
        codes[has], begins[has] = numbered, start
        return CellColumn.of(codes, written, begins)

    def _alike(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Stretches of bytes by what stands in them: a number for each, and a stretch for each number."""
        length = end - start
        width = int(length.max(initial=0))
        if width > _WORD * _WORDS:
            data = self.data.data
            numbered, _ = pd.factorize(
                np.array([*[bytes(data[one:other]) for one, other in zip(start.tolist(), end.tolist(), strict=True)], b""], dtype=object)[
                    :-1
                ]
            )
            return _examples(numbered)
        # eight bytes at a time are one number, wherever they begin
        words: npt.NDArray[np.uint64] = np.ndarray((len(self.data) - _WORD + 1,), dtype="<u8", buffer=self.data, strides=(1,))
        key = length
        for begin in range(0, width, _WORD):
            word = words[np.minimum(start + begin, len(words) - 1)] & _KEPT[np.clip(length - begin, 0, _WORD)]
            part, _ = pd.factorize(word)
            key, _ = pd.factorize(key * (int(part.max(initial=0)) + 1) + part)
        return _examples(key)


def _examples(numbered: Ints) -> tuple[Ints, Ints]:
    """The numbers, and the first position of each."""
    first = np.zeros(int(numbered.max(initial=-1)) + 1, dtype=np.int64)
    first[numbered[::-1]] = np.arange(len(numbered))[::-1]
    return numbered.astype(np.int64), first


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column: what the cells say, the same as it is written in the text, and where in the text it begins."""

    says: Told
    exactly: Told
    starts: Ints

    @classmethod
    def of(cls, codes: Ints, written: list[str], begins: Ints) -> "CellColumn":
        """Cells as they are written, with what may stand around what they say."""
        marked = {at: cell(raw) for at, raw in enumerate(written) if raw[0] in _MARKS or raw[0].isspace() or raw[-1].isspace()}
        if not marked:
            column = Told(codes, written)
            return cls(column, column, begins)
        says, exactly, lead = written.copy(), written.copy(), np.zeros(len(written) + 1, dtype=np.int64)
        for at, one in marked.items():
            says[at], exactly[at], lead[at] = one.value, written[at][one.start : one.end], one.start
        said = Told(codes, says).each(str)
        said = said.only(said.holds(bool))
        return cls(said, Told(codes, exactly).each(str).only(said.said), begins + lead[codes])

    def take(self, rows: Ints) -> "CellColumn":
        """The cells of some of the rows."""
        return CellColumn(self.says.take(rows), self.exactly.take(rows), self.starts[rows])


def sheet(text: str, delimiter: str) -> Sheet | None:
    """The places of rows and cells; None where a quotation mark stands anywhere but around a cell or doubled inside one."""
    padded = np.frombuffer(text.encode() + bytes(_WORD * _WORDS), dtype=np.uint8)
    data = padded[: len(padded) - _WORD * _WORDS]
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
    if len(second):
        after[np.isin(after, second)] += 1
    starts = np.concatenate([np.zeros(min(len(ends), 1), dtype=np.int64), after[:-1]])
    if len(quotes) and not _well_quoted(data, quotes, (starts, ends)):
        return None
    rows_end = np.flatnonzero(last)
    first = np.concatenate([np.zeros(min(len(rows_end), 1), dtype=np.int64), rows_end[:-1] + 1])
    line = 1 + np.searchsorted(breaks, starts[first])
    begin, end = (starts, ends) if text.isascii() else _characters(data, starts, ends)
    return Sheet(text, padded, line, begin[first], end[rows_end], first, rows_end - first + 1, begin, end, (starts, ends))


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


def _characters(data: _Bytes, *places: Ints) -> tuple[Ints, ...]:
    """Places in the bytes as places in the text."""
    following = np.flatnonzero((data & 0xC0) == 0x80)
    return tuple(one - np.searchsorted(following, one) for one in places)


def too_wide(found: Sheet, columns: int) -> bool:
    """Whether a row has so many more cells than there are headings that going through all columns would not be worth it."""
    return int(found.count.max(initial=0)) > columns + _MORE
