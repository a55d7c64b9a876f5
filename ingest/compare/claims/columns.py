"""Columns of the figures table as plain arrays of one type, however the frame came: from records, Parquet or CSV."""

from functools import cached_property

import numpy as np
import pandas as pd

from ingest.compare.claims.relation import Bools, Floats, Ints, Texts

# A day that is not known; far from every real day, so that a difference to it is never small.
UNKNOWN_DAY = -(2**31)
_TRUE = frozenset({"true", "1", "1.0", "t", "yes"})
_DAY_SECONDS = 86_400
# A column of numbers wider than this is numbered anew; the product of all widths stays below the largest number.
_NARROW, _LARGEST = 2**20, 2**62


class Columns:
    """The columns of a frame, each read and numbered once."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._texts: dict[str, Texts] = {}
        self._codes: dict[str, tuple[Ints, Texts]] = {}

    def __len__(self) -> int:
        return len(self.frame)

    def texts(self, name: str) -> Texts:
        """A text column, empty where missing; a list is joined by `;`."""
        if name not in self._texts:
            self._texts[name] = texts(self.frame, name)
        return self._texts[name]

    def codes(self, name: str) -> Ints:
        """A text column as numbers of its distinct values, 0 being the empty text."""
        return self._coded(name)[0]

    def known(self, name: str, vocabulary: dict[str, int]) -> Ints:
        """A text column as positions in a closed vocabulary, -1 where it does not hold the word."""
        found, distinct = self._coded(name)
        return np.array([vocabulary.get(str(value), -1) for value in distinct], dtype=np.int64)[found]

    def distinct(self, name: str) -> Texts:
        """The distinct values of a text column, in the order of their numbers."""
        return self._coded(name)[1]

    def numbers(self, name: str) -> Floats:
        """A number column, NaN where missing."""
        return numbers(self.frame, name)

    def flags(self, name: str) -> Bools:
        """A yes/no column, no where missing."""
        if name not in self.frame:
            return np.zeros(len(self), dtype=bool)
        if self.frame[name].dtype == bool:
            return self.frame[name].to_numpy(dtype=bool)
        found, distinct = self._coded(name)
        return np.array([str(value).lower() in _TRUE for value in distinct], dtype=bool)[found]

    def days(self, name: str) -> Ints:
        """A date column as days since 1970, `UNKNOWN_DAY` where missing."""
        seconds = self.moments(name)
        return np.where(seconds == UNKNOWN_DAY, UNKNOWN_DAY, seconds // _DAY_SECONDS)

    def moments(self, name: str) -> Ints:
        """A date or datetime column as seconds since 1970 (UTC), `UNKNOWN_DAY` where missing."""
        if name not in self.frame:
            return np.full(len(self), UNKNOWN_DAY, dtype=np.int64)
        column = self.frame[name]
        parsed = pd.to_datetime(column, errors="coerce", utc=True, format=None if column.dtype.kind == "M" else "ISO8601")
        stamps = parsed.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        return np.where(np.isnat(stamps), UNKNOWN_DAY, stamps.astype(np.int64))

    @cached_property
    def published(self) -> Ints:
        """The day of publication."""
        return self.days("published_at")

    def _coded(self, name: str) -> tuple[Ints, Texts]:
        if name not in self._codes:
            self._codes[name] = _categories(self.frame, name) or codes(self.texts(name))
        return self._codes[name]


def texts(frame: pd.DataFrame, name: str) -> Texts:
    """A text column, empty where missing; a list is joined by `;`."""
    if name not in frame:
        return np.full(len(frame), "", dtype=object)
    values = frame[name].to_numpy(dtype=object)
    if pd.api.types.infer_dtype(values, skipna=False) == "string":
        return values
    return np.array([*("" if _empty(value) else _text(value) for value in values), ""], dtype=object)[:-1]


def _empty(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value))


def _text(value: object) -> str:
    return ";".join(str(one) for one in value) if isinstance(value, list | tuple | np.ndarray) else str(value)


def numbers(frame: pd.DataFrame, name: str) -> Floats:
    """A number column, NaN where missing."""
    if name not in frame:
        return np.full(len(frame), np.nan)
    return pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def codes(values: Texts) -> tuple[Ints, Texts]:
    """Texts as numbers of their distinct values, 0 being the empty text; and the distinct values."""
    found, distinct = pd.factorize(np.concatenate([np.array([""], dtype=object), values]))
    return found[1:].astype(np.int64), np.asarray(distinct, dtype=object)


def _categories(frame: pd.DataFrame, name: str) -> tuple[Ints, Texts] | None:
    """The same for a column that holds each of its words once, without going through its rows; None for any other."""
    if name not in frame or not isinstance(frame[name].dtype, pd.CategoricalDtype):
        return None
    column = frame[name].cat
    words = column.categories.to_numpy(dtype=object)
    if pd.api.types.infer_dtype(words, skipna=False) not in {"string", "empty"}:
        return None
    of_word, distinct = codes(words)
    return np.append(of_word, 0)[column.codes.to_numpy(dtype=np.int64)], distinct


def distinct_rows(*columns: Ints) -> tuple[Ints, Ints]:
    """Rows of several number columns as one number per distinct row, and the position of the first row of each number."""
    combined, room = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        numbered, width = _narrow(column)
        if room * width >= _LARGEST:
            again, distinct = pd.factorize(combined)
            combined, room = again.astype(np.int64), max(len(distinct), 1)
        combined, room = combined * width + numbered, room * width
    numbered, _ = pd.factorize(combined)
    count = int(numbered.max()) + 1 if len(numbered) else 0
    positions = np.zeros(count, dtype=np.int64)
    positions[numbered[::-1]] = np.arange(len(numbered))[::-1]
    return numbered.astype(np.int64), positions


def _narrow(column: Ints) -> tuple[Ints, int]:
    """A column as small numbers from zero, and how many there can be."""
    if not len(column):
        return column, 1
    low, high = int(column.min()), int(column.max())
    if high - low < _NARROW:
        return column - low, high - low + 1
    numbered, values = pd.factorize(column)
    return numbered.astype(np.int64), len(values)


def membership(values: Ints, allowed: list[int]) -> Bools:
    """Where the numbers are among the allowed."""
    return np.isin(values, np.array(allowed, dtype=np.int64))
