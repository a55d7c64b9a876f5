"""A frame of results as a published table: its columns in their order, with exactly one type each."""

import pandas as pd

from ingest.model.schema import Column

_DTYPES = {"integer": "Int64", "number": "float64", "datetime": "datetime64[us, UTC]", "string": "str", "list": "str"}


def published(found: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The published columns of the frame. What is missing is empty text, NaN, or none of a count. Raises `KeyError` without a column."""
    empty = {column.name: "" if _DTYPES[column.type] == "str" else 0 for column in columns if column.type not in {"number", "datetime"}}
    kept = found[[column.name for column in columns]].fillna(empty)
    return kept.astype({column.name: _DTYPES[column.type] for column in columns}).reset_index(drop=True)
