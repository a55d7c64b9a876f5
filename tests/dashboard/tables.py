"""Rows as a table, to ask a test's question of."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd


def tabled(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows with whole numbers as Int64, days and times as datetime64; empty, without columns, where there are none."""
    made = pd.DataFrame(list(rows))
    for name in made:
        kinds = {type(value) for value in made[name] if value is not None and value == value}  # noqa: PLR0124 - NaN is not itself
        if kinds and all(issubclass(kind, date) for kind in kinds):
            made[name] = made[name].astype("datetime64[us]")
        elif kinds == {int}:
            made[name] = made[name].astype("Int64")
    return made
