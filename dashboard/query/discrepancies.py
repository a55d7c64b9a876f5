"""The verdicts on pairs of figures: the list, its size, its counts, and the sharpest few."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from dashboard.query.clauses import Condition, verdict_condition
from dashboard.query.labels import group_text, labelled, names, people_of, term, told
from dashboard.query.picking import identities, picked
from dashboard.query.rules import contradictions, verdicts
from dashboard.query.severity import SEVERITY_RANK, SHARPEST, VERDICT
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters
from ingest.model.schema import SENTENCES
from ingest.model.vocabulary import DISCREPANCY_CODES, DiscrepancyCode

SHOWN: Final = 5
"""Disagreements a page tells, the sharpest."""
A_PAGE: Final = 25
"""Verdicts on a page of the list beside the comparison."""
_NEAR: Final = 40
"""Contradictions to each one that is wanted among which those of other voices, days and metrics are looked for first."""
_APART: Final = ("least(claimed_source_a, claimed_source_b)", "greatest(claimed_source_a, claimed_source_b)", "day", "metric")
"""What a pair of voices, a day and a metric have in common."""
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
    return f"{column} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST, discrepancy_id" if column else SHARPEST


@answered
def discrepancies_page(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One page of verdicts: the published columns, with labels of code, place and both voices, and the sentence in the language."""
    condition = verdict_condition(filters, db)
    chosen = (
        f"SELECT * FROM {verdicts(db, filters)} WHERE {condition.sql} ORDER BY {order_sql(filters.sort)}"  # noqa: S608 - no value is pasted
        f" LIMIT {filters.size} OFFSET {(filters.page - 1) * filters.size}"
    )
    return labelled_verdicts(db, identities(db, Condition(chosen, condition.values), "discrepancy_id"), filters)


def discrepancies_count(db: Snapshot, filters: Filters) -> int:
    """How many verdicts the filters select."""
    wanted = ((code, severity, n) for code, severity, n in _counted(db, filters) if not filters.codes or code in filters.codes)
    return sum(n for _, severity, n in wanted if not filters.severities or severity in filters.severities)


def _counted(db: Snapshot, filters: Filters) -> tuple[tuple[str, str, int], ...]:
    """Number of verdicts per code and severity, whatever codes and severities are chosen: lists, switches and menus count the same."""
    condition = verdict_condition(filters.changed(codes=(), severities=()), db)
    sql = f"SELECT code, severity, count(*) AS n FROM {verdicts(db, filters)} WHERE {condition.sql} GROUP BY ALL"  # noqa: S608
    key = ("verdicts counted", sql, repr(sorted(condition.values.items())))
    return db.remembered(key, lambda: tuple(db.rows(sql, condition.values)))


@answered
def discrepancy_counts(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """Number of verdicts (`n`) per code and severity, whatever codes and severities are chosen; in the order of the vocabulary."""
    counted = [(code, severity, n) for code, severity, n in _counted(db, filters)]
    frame = pd.DataFrame(counted, columns=["code", "severity", "n"], dtype="object").astype({"n": "Int64"})
    order = {str(code): place for place, code in enumerate(DiscrepancyCode)}
    frame = frame.assign(code_label=labelled(frame["code"], lambda code: term(DISCREPANCY_CODES, code, filters.lang)))
    return frame.sort_values(["code", "severity"], key=lambda s: s.map(order) if s.name == "code" else s).reset_index(drop=True)


@answered
def disagreements(db: Snapshot, filters: Filters, limit: int = SHOWN) -> pd.DataFrame:
    """The sharpest contradictions, at most one per pair of voices, day and metric."""
    condition = verdict_condition(filters, db)
    told = f"FROM {contradictions(db, filters)} WHERE {condition.sql}"
    near = f"SELECT discrepancy_id, {', '.join(_APART)} {told} ORDER BY {SHARPEST} LIMIT {_NEAR * limit}"
    nearest = db.rows(near, condition.values)
    apart: dict[object, str] = {}
    for identity, *of in nearest:
        apart.setdefault(tuple(of), identity)
    found = list(apart.values())[:limit]
    if len(found) < limit and len(nearest) == _NEAR * limit:  # the sharpest few are mostly enough, and soon found
        every = f"SELECT discrepancy_id {told} QUALIFY row_number() OVER (PARTITION BY {', '.join(_APART)} ORDER BY {SHARPEST}) = 1"
        found = identities(db, Condition(f"{every} ORDER BY {SHARPEST} LIMIT {int(limit)}", condition.values), "discrepancy_id")
    return labelled_verdicts(db, found, filters)


@answered
def sharpest(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """The sharpest contradiction as one row, or none: mostly it stands on the first page of the list, which is shown anyhow."""
    first = discrepancies_page(db, filters.changed(sort="", page=1, size=A_PAGE))
    against = first[first["code"].str.startswith("contradiction")].head(1).reset_index(drop=True)
    return disagreements(db, filters, 1) if against.empty and len(first) == A_PAGE else against


@answered
def discrepancy(db: Snapshot, filters: Filters, discrepancy_id: str) -> pd.DataFrame:
    """The verdict on one pair under the rules of the view, as one row, or none where the pair is not compared."""
    only = Condition("discrepancy_id = $pair", {"pair": discrepancy_id})
    found = Condition(f"SELECT discrepancy_id FROM {verdicts(db, filters)} WHERE {only.sql}", only.values)  # noqa: S608 - a name of ours
    return labelled_verdicts(db, identities(db, found, "discrepancy_id"), filters)


def _people(column: pd.Series, filters: Filters, db: Snapshot) -> pd.Series:
    """Whom the figures of one side count, in words, by their keys; empty for a figure that is not in the snapshot."""
    words = {key: group_text(people_of(key), filters.lang, db.sides) if key else "" for key in set(column)}
    return labelled(column, words.__getitem__)


def labelled_verdicts(db: Snapshot, wanted: Sequence[str], filters: Filters) -> pd.DataFrame:
    """Those verdicts of the view, in that order, with labels and the people each side counts (`people_a`, `people_b`).

    People are empty where their figure is not in the snapshot.
    """
    rows = picked(wanted, verdicts(db, filters), key="discrepancy_id", columns=VERDICT)
    frame = db.frame(rows.sql, rows.values)
    named = names(db, filters.lang)
    sentences = [told(row, filters.lang) for row in frame[list(SENTENCES)].to_dict("records")]
    return frame.assign(
        sentence=[said for said, _ in sentences],
        sentence_lang=[lang for _, lang in sentences],
        source_a=labelled(frame["claimed_source_a"], named.short),
        source_b=labelled(frame["claimed_source_b"], named.short),
        people_a=_people(frame["group_a"], filters, db),
        people_b=_people(frame["group_b"], filters, db),
        place=labelled(frame["place_id"], named.place, frame["place_name"]),
        code_label=labelled(frame["code"], lambda code: term(DISCREPANCY_CODES, code, filters.lang)),
    )
