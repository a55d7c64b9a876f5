"""The verdicts on pairs of figures: the list, its size, its counts, and the sharpest few."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from dashboard.query.clauses import Condition, verdict_condition
from dashboard.query.labels import group_text, names, people_of, term, told
from dashboard.query.picking import among, identities
from dashboard.query.rules import contradictions, verdicts
from dashboard.query.severity import SEVERITY_RANK, SHARPEST, VERDICT
from dashboard.query.snapshots import Row, Snapshot, answered
from dashboard.state import Filters
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
def discrepancies_page(db: Snapshot, filters: Filters) -> tuple[Row, ...]:
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
def discrepancy_counts(db: Snapshot, filters: Filters) -> Mapping[str, int]:
    """Number of verdicts per code, whatever codes and severities are chosen; in the order of the vocabulary."""
    found = Counter[str]()
    for code, _, n in _counted(db, filters):
        found[code] += n
    return {str(code): found[code] for code in DiscrepancyCode if code in found}


@answered
def disagreements(db: Snapshot, filters: Filters, limit: int = SHOWN) -> tuple[Row, ...]:
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
def sharpest(db: Snapshot, filters: Filters) -> Row | None:
    """The sharpest contradiction, if there is one: mostly it stands on the first page of the list, which is shown anyhow."""
    first = discrepancies_page(db, filters.changed(sort="", page=1, size=A_PAGE))
    against = next((verdict for verdict in first if verdict["code"].startswith("contradiction")), None)
    return next(iter(disagreements(db, filters, 1)), None) if against is None and len(first) == A_PAGE else against


@answered
def discrepancy(db: Snapshot, filters: Filters, discrepancy_id: str) -> Row | None:
    """The verdict on one pair under the rules of the view; None where the pair is not compared."""
    only = Condition("discrepancy_id = $pair", {"pair": discrepancy_id})
    found = Condition(f"SELECT discrepancy_id FROM {verdicts(db, filters)} WHERE {only.sql}", only.values)  # noqa: S608 - a name of ours
    return next(iter(labelled_verdicts(db, identities(db, found, "discrepancy_id"), filters)), None)


def labelled_verdicts(db: Snapshot, wanted: Sequence[str], filters: Filters) -> tuple[Row, ...]:
    """Those verdicts of the view, in that order, with labels and the people each side counts (`people_a`, `people_b`).

    People are empty where their figure is not in the snapshot.
    """
    held = among("discrepancy_id", wanted)
    found = db.records(f"SELECT {VERDICT} FROM {verdicts(db, filters)} WHERE {held.sql}", held.values)  # noqa: S608 - names of ours
    named, lang = names(db, filters.lang), filters.lang
    for row in found:
        row["sentence"], row["sentence_lang"] = told(row, lang)
        row["place"] = named.place(row["place_id"], row["place_name"])
        row["code_label"] = term(DISCREPANCY_CODES, row["code"], lang)
        for side in ("a", "b"):
            row[f"source_{side}"] = named.short(row[f"claimed_source_{side}"])
            people = row[f"group_{side}"]
            row[f"people_{side}"] = group_text(people_of(people), lang, db.sides) if people else ""
    place = {identity: number for number, identity in enumerate(wanted)}
    return tuple(sorted(found, key=lambda row: place[row["discrepancy_id"]]))
