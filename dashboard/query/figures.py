"""The table of figures, a page at a time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from dashboard.query.clauses import Condition, figure_condition
from dashboard.query.labels import GROUP, labelled, names, party_label, with_group_text
from dashboard.query.picking import identities, picked
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters

_STATED: Final = "coalesce(value_best, value_low, value_high)"
_SORTS: Final = {
    "day": "day",
    "published": "published_at",
    "metric": "metric",
    "group": "group_key",
    "kind": "kind",
    "place": "place_name",
    "source": "claimed_source",
    "publisher": "publisher",
    "value": _STATED,
    "low": "value_low",
    "high": "value_high",
    "review": "review",
}
_SHOWN: Final = "* EXCLUDE (figure_ids, publishers, stands, share, shape)"
_NEWEST: Final = ", ".join(
    (
        *("figure_id", "day", "metric", *GROUP, "value_text", "value_best", "place_id", "place_name", "place_text"),
        *("claimed_source", "claimed_source_kind", "publisher"),
    )
)
"""What a row on paper says: each column costs as much as the others."""
DEFAULT_SORT: Final = "-published"


def order_sql(sort: str) -> str:
    """ORDER BY for a sort of `Filters`; newest publication first where the table has no such column. Empty values come last."""
    known = sort if sort.removeprefix("-") in _SORTS else DEFAULT_SORT
    return f"{_SORTS[known.removeprefix('-')]} {'DESC' if known.startswith('-') else 'ASC'} NULLS LAST, figure_id"


@answered
def figures_page(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One page of rows: every published column, with labels, the words of the value, and how many documents carry the claim."""
    frame, lang = _labelled_rows(db, _chosen(db, filters), _SHOWN, filters.lang), filters.lang
    return frame.assign(
        responsible=labelled(frame["perpetrator"], lambda stored: party_label(stored, lang, db.sides)),
    )


@answered
def newest(db: Snapshot, filters: Filters, most: int) -> pd.DataFrame:
    """So many figures that were published last, with no more columns than a row on paper has."""
    return _labelled_rows(db, _chosen(db, replace(filters, sort=DEFAULT_SORT, page=1, size=most)), _NEWEST, filters.lang)


def _chosen(db: Snapshot, filters: Filters) -> list[str]:
    """The identities of the rows on a page, in their order."""
    condition = figure_condition(filters, db)
    chosen = (
        f"SELECT figure_id FROM figures WHERE {condition.sql} ORDER BY {order_sql(filters.sort)}"  # noqa: S608 - no value is pasted
        f" LIMIT {filters.size} OFFSET {(filters.page - 1) * filters.size}"
    )
    return identities(db, Condition(chosen, condition.values), "figure_id")


def _labelled_rows(db: Snapshot, wanted: Sequence[str], columns: str, lang: str) -> pd.DataFrame:
    """Those rows in that order, with labels."""
    rows = picked(wanted, "cited", key="figure_id", columns=columns)
    frame, named = db.frame(rows.sql, rows.values), names(db, lang)
    frame = frame.assign(
        source_label=labelled(frame["claimed_source"], named.short),
        publisher_label=labelled(frame["publisher"], named.short),
        place_label=labelled(frame["place_id"], named.place, frame["place_name"], frame["place_text"]),
        value_label=frame["value_text"].where(frame["value_text"] != "", frame["value_best"].astype("string").fillna("")),
    )
    return with_group_text(frame, lang, db.sides)
