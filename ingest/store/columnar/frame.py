"""Columns of what rows say as a frame with the types of the published table; words that many rows say are held once."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

import numpy as np
import pandas as pd

from ingest.model.records import Figure
from ingest.model.schema import FIGURES
from ingest.store.columnar.told import Ints, Told, nothing

DEFAULTS = {one.name: None if one.default is MISSING else one.default for one in fields(Figure)}


def framed(columns: Mapping[str, Told], at: Ints) -> pd.DataFrame:
    """A Figure's fields, and those of FIGURES among the columns, for some of the rows."""
    found: dict[str, pd.Series[Any]] = {}
    for column in FIGURES:
        if column.name in columns or column.name in DEFAULTS:
            told = columns[column.name].take(at) if column.name in columns else nothing(len(at))
            found[column.name] = _series(told, column.type, DEFAULTS.get(column.name))
    return pd.DataFrame(found)


def _series(column: Told, kind: str, default: Any) -> "pd.Series[Any]":
    values = [*column.values, default]
    codes = np.where(column.codes < 0, len(values) - 1, column.codes)
    match kind:
        case "integer" | "number":
            return pd.Series(np.array([np.nan if value is None else float(value) for value in values])[codes])
        case "boolean":
            return pd.Series(np.array([bool(value) for value in values])[codes])
        case "date":
            return pd.Series(np.array(values, dtype="datetime64[D]").astype("datetime64[s]")[codes])
        case "datetime":
            moments = [None if value is None else value.replace(tzinfo=None) for value in values]
            return pd.Series(np.array(moments, dtype="datetime64[us]")[codes]).dt.tz_localize("UTC")
    said = Told(codes, values).each(_joined)
    used, distinct = pd.factorize(said.codes)
    texts = np.array([*said.values, ""], dtype=object)[:-1]
    if len(distinct) > len(codes) // 2:
        return pd.Series(texts[said.codes], dtype=object)
    return pd.Series(pd.Categorical.from_codes(used, categories=pd.Index(texts[distinct], dtype=object)))


def _joined(value: Any) -> str:
    return ";".join(value) if isinstance(value, tuple) else _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
