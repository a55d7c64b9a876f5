"""Frames of a few rows: each column is made at once of the type it has, for to convert it afterwards takes longer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

Column = tuple[str, Sequence[Any], str]
"""Name, values and type of a column."""


def framed(columns: Iterable[Column], rows: int) -> pd.DataFrame:
    """A frame of so many rows."""
    index = pd.RangeIndex(rows)  # one for all columns: those of many would be compared with one another
    return pd.DataFrame({name: pd.Series(list(values), index, kind) for name, values, kind in columns}, index)


def of_rows(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> pd.DataFrame:
    """A frame of the columns that `kinds` names, in that order, with their types."""
    return framed(((name, [row[name] for row in rows], kind) for name, kind in kinds.items()), len(rows))
