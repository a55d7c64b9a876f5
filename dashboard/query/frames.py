"""Frames of a few rows: each column is made at once of the type it has, for to convert it afterwards takes longer."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

Column = tuple[str, Sequence[Any], str]
"""Name, values and type of a column."""


def framed(columns: Iterable[Column], rows: int) -> pd.DataFrame:
    """A frame of so many rows."""
    index = pd.RangeIndex(rows)  # one for all columns: those of many would be compared with one another
    return pd.DataFrame({name: pd.Series(list(values), index, kind) for name, values, kind in columns}, index)
