"""The verdicts on pairs of figures: the list, its size, its counts, and the sharpest few."""

from typing import Final

import pandas as pd

from dashboard.query.clauses import Condition, verdict_condition
from dashboard.query.labels import GROUP, labelled, names, term, with_group_text
from dashboard.query.places import CONTRADICTIONS, SEVERITY_RANK
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters
from ingest.model.vocabulary import DISCREPANCY_CODES, DiscrepancyCode

_SHARPEST: Final = f"{SEVERITY_RANK} DESC, {CONTRADICTIONS} DESC, ratio DESC NULLS LAST, gap DESC NULLS LAST, discrepancy_id"
_SORTS: Final = {
    "day": "day",
    "metric": "metric",
    "kind": "kind",
    "group": "group_status",
    "place": "place_name",
    "source": "claimed_source_a",
    "publisher": "publisher_a",
    "code": "code",
    "severity": SEVERITY_RANK,
    "ratio": "ratio",
    "gap": "gap",
}


def order_sql(sort: str) -> str:
    """ORDER BY for a sort of `Filters`; sharpest first where the list has no such column."""
    column = _SORTS.get(sort.removeprefix("-"))
    return f"{column} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST, discrepancy_id" if column else _SHARPEST


@answered
def discrepancies_page(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One page of verdicts: the published columns, with labels of code, place and both voices, and the sentence in the language."""
    condition = verdict_condition(filters, db)
    chosen = (
        f"SELECT * FROM published_discrepancies WHERE {condition.sql} ORDER BY {order_sql(filters.sort)}"  # noqa: S608 - no value is pasted
        f" LIMIT {filters.size} OFFSET {(filters.page - 1) * filters.size}"
    )
    return _labelled(db, chosen, condition, filters)


@answered
def discrepancies_count(db: Snapshot, filters: Filters) -> int:
    """How many verdicts the filters select."""
    condition = verdict_condition(filters, db)
    return int(db.rows(f"SELECT count(*) FROM published_discrepancies WHERE {condition.sql}", condition.values)[0][0])  # noqa: S608


@answered
def discrepancy_counts(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """Number of verdicts (`n`) per code and severity, whatever codes and severities are chosen; in the order of the vocabulary."""
    condition = verdict_condition(filters.changed(codes=(), severities=()), db)
    sql = f"SELECT code, severity, count(*) AS n FROM published_discrepancies WHERE {condition.sql} GROUP BY ALL"  # noqa: S608
    frame = db.frame(sql, condition.values)
    order = {str(code): place for place, code in enumerate(DiscrepancyCode)}
    frame = frame.assign(code_label=labelled(frame["code"], lambda code: term(DISCREPANCY_CODES, code, filters.lang)))
    return frame.sort_values(["code", "severity"], key=lambda s: s.map(order) if s.name == "code" else s).reset_index(drop=True)


@answered
def disagreements(db: Snapshot, filters: Filters, limit: int = 5) -> pd.DataFrame:
    """The sharpest contradictions, at most one per pair of voices, day and metric; `group_text` says whom the first side counts."""
    condition = verdict_condition(filters, db)
    chosen = (
        f"SELECT * FROM published_discrepancies WHERE {condition.sql} AND {CONTRADICTIONS}"  # noqa: S608 - no value is pasted
        f" QUALIFY row_number() OVER (PARTITION BY least(claimed_source_a, claimed_source_b),"
        f" greatest(claimed_source_a, claimed_source_b), day, metric ORDER BY {_SHARPEST}) = 1"
        f" ORDER BY {_SHARPEST} LIMIT {int(limit)}"
    )
    frame = _labelled(db, chosen, condition, filters).drop(columns="group_status")
    columns = ", ".join(GROUP)
    asked = f"SELECT figure_id AS figure_a, {columns} FROM published_figures WHERE list_contains($figures, figure_id)"  # noqa: S608 - our names
    groups = db.frame(asked, {"figures": frame["figure_a"].tolist()})
    return with_group_text(frame.merge(groups, on="figure_a", how="left").fillna(dict.fromkeys(GROUP, "")), filters.lang, db.sides)


def _labelled(db: Snapshot, chosen: str, condition: Condition, filters: Filters) -> pd.DataFrame:
    frame = db.frame(chosen, condition.values)
    named, arabic = names(db, filters.lang), filters.lang == "ar"
    return frame.assign(
        sentence=labelled(frame["sentence_en"], lambda en, ar: (ar if arabic else "") or en, frame["sentence_ar"]),
        source_a=labelled(frame["claimed_source_a"], named.short),
        source_b=labelled(frame["claimed_source_b"], named.short),
        place=labelled(frame["place_id"], named.place, frame["place_name"]),
        code_label=labelled(frame["code"], lambda code: term(DISCREPANCY_CODES, code, filters.lang)),
    )
