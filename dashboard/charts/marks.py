"""The columns of a mark, which is a claim with everything its drawing, its line and its tooltip need; and frames as plain rows."""

from typing import Any, Final

import numpy as np
import pandas as pd

MARK_COLUMNS: Final = (
    *("figure_id", "figure_ids", "citations", "metric", "kind", "family", "unit"),
    *("group_key", "group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality", "group_text"),
    *("claimed_source", "source_label", "source_short", "source_kind", "shape", "independence_group", "enemy", "perpetrator"),
    *("day", "last_day", "as_of", "window_start", "published_at"),
    *("value_text", "value_status", "qualifier", "low", "best", "high", "open_high", "checked"),
    *("place_id", "place_label", "place_precision", "adm1_id", "adm1_label", "coverage_area"),
    *("publishers", "quote"),
)
"""`figure_ids` are the figure and its relays joined by `;`; `family` is total, event, level or projection; `enemy` marks a
party's claim about its enemy; `shape` ranks the source inside its kind; `low`, `best`, `high` are whole numbers or
None, days are dates or None."""


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame whose columns are named by texts, as mappings of plain values; a fifth of the time `to_dict` takes."""
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*(_plain(frame[name]) for name in names), strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    """Times as those of the standard library, which are made, compared and subtracted in a tenth of the time; what is missing stays NaT."""
    if not isinstance(column.dtype, np.dtype) or column.dtype.kind != "M":
        return column.tolist()
    return [pd.NaT if moment is None else moment for moment in column.to_numpy().astype("datetime64[us]").tolist()]
