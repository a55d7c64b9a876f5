"""Incidents: the list of events with how far apart their claims are, one event, and its claims in the order they came in."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.query.clauses import CLAUSES, Condition, figure_condition
from dashboard.query.discrepancies import labelled_verdicts
from dashboard.query.events import claims_of_events, pairs_of_events
from dashboard.query.labels import labelled, names, party_label, term
from dashboard.query.marks import Mark, marks
from dashboard.query.picking import identities
from dashboard.query.rules import verdicts
from dashboard.query.series import in_rows, whom
from dashboard.query.severity import CONTRADICTIONS, SEVERITY_RANK, SHARPEST
from dashboard.query.snapshots import Row, Snapshot, answered
from dashboard.state import Filters
from ingest.model.vocabulary import METRICS, Clock

ARRIVAL: Final = {Clock.PUBLISHED: "published_at", Clock.READ: "first_seen_at"}
"""What "came in" means by each clock of `Filters`: a claim's publication, or when it was first read here."""

# Of a metric that independent voices state a number for, how many times the lowest end is the highest; 1 where they agree.
_SPREAD: Final = """list_max(list_transform(string_split(nullif(spans, ''), ';'), lambda span:
    CAST(split_part(span, '..', 2) AS DOUBLE) / greatest(CAST(split_part(split_part(span, '=', 2), '..', 1) AS DOUBLE), 1)))"""

# Every event with the contradictions among its own claims.
_EVENTS: Final = """
WITH disputes AS (
    SELECT incident_id, count(*) AS contradictions, max({rank}) AS disagreement FROM {pairs} WHERE {contradictions} GROUP BY ALL
)
SELECT i.*, coalesce(contradictions, 0) AS contradictions, coalesce(disagreement, 0) AS disagreement,
    CASE WHEN voices > 1 THEN coalesce({spread}, 1) ELSE 1 END AS spread
FROM published_incidents i LEFT JOIN disputes USING (incident_id)
"""
_APART: Final = "disagreement {0}, spread {0}, voices > 1 {0}, voices {0}, claims {0}"
_SORTS: Final = {"apart": _APART, "voices": "voices {0}", "claims": "claims {0}", "day": "first_day {0}", "place": "place_name {0}"}
DEFAULT_SORT: Final = "-apart"


@answered
def incidents_page(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One page of events: the published columns, labels in `place` and `responsible`, and how far apart the claims are.

    `contradictions` counts those among the claims of the event, `disagreement` is the severity of the sharpest (0 none known, 1 minor
    to 4 extreme), `spread` how many times the lowest end claimed the highest is, of the metric where that is most; 1 for one voice.
    An event belongs to the page when one of its claims passes the filters.
    """
    condition = _condition(db, filters)
    sql = (
        f"SELECT * FROM {_events(db, filters)} WHERE {condition.sql} ORDER BY {order_sql(filters.sort)}"  # noqa: S608 - no value is pasted
        f" LIMIT {filters.size} OFFSET {(filters.page - 1) * filters.size}"
    )
    return _named(db, db.frame(sql, condition.values), filters.lang)


@answered
def incidents_count(db: Snapshot, filters: Filters) -> tuple[int, int, int]:
    """Of the events the filters select: how many, how many of them several independent voices tell of, how many with contradictions."""
    condition = _condition(db, filters)
    counts = "count(*), count(*) FILTER (voices > 1), count(*) FILTER (contradictions > 0)"
    found = db.rows(f"SELECT {counts} FROM {_events(db, filters)} WHERE {condition.sql}", condition.values)[0]  # noqa: S608
    return int(found[0]), int(found[1]), int(found[2])


@answered
def incident(db: Snapshot, filters: Filters, incident_id: str) -> pd.DataFrame:
    """One event as a row of `incidents_page`, or none where the snapshot has no such event. Only the rules of `filters` matter."""
    sql = f"SELECT * FROM {_events(db, filters)} WHERE incident_id = $incident"  # noqa: S608 - a name of ours
    return _named(db, db.frame(sql, {"incident": incident_id}), filters.lang)


@answered
def incident_claims(db: Snapshot, filters: Filters, incident_id: str, zone: ZoneInfo) -> tuple[Mark, ...]:
    """Every claim about the event, the first to come in first, with the row of a comparison it stands in, and its arrival.

    `row` and `row_place` tell metric and people, `row_voices` how many voices there are in the row, `part` is true of a part of another
    claim. `arrived` is when it came in by the clock of `filters`, naive, in the `zone`.
    """
    sql = f"SELECT spot FROM {claims_of_events(db)} WHERE incident_id = $incident AND spot IS NOT NULL"  # noqa: S608 - a name of ours
    spots = [spot for (spot,) in db.rows(sql, {"incident": incident_id})]
    found = marks(db, spots, filters.lang, "publisher", "first_seen_at", "share OR NOT whole AS part")
    clock = ARRIVAL[Clock(filters.clock)]
    placed = in_rows(_of_its_people(mark, filters.lang) for mark in found)
    arrived = [{**mark, "arrived": _local(mark[clock] or mark["published_at"], zone)} for mark in placed]
    return tuple(sorted(arrived, key=lambda mark: (mark["arrived"], mark["figure_id"])))


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


@answered
def among(db: Snapshot, filters: Filters, incident_id: str) -> tuple[Row, ...]:
    """The verdicts among the claims of one event, the sharpest first. Of relays and editions one pair stands for its claims."""
    chosen = f"SELECT discrepancy_id FROM {pairs_of_events(db, filters)} WHERE incident_id = $incident AND stands ORDER BY {SHARPEST}"  # noqa: S608
    return labelled_verdicts(db, identities(db, Condition(chosen, {"incident": incident_id}), "discrepancy_id"), filters)


def order_sql(sort: str) -> str:
    """ORDER BY for a sort of `Filters`; furthest apart first where the list has no such column."""
    known = sort if sort.removeprefix("-") in _SORTS else DEFAULT_SORT
    order = _SORTS[known.removeprefix("-")].format("DESC" if known.startswith("-") else "ASC")
    return f"{order} NULLS LAST, {_APART.format('DESC')}, incident_id"


def _events(db: Snapshot, filters: Filters) -> str:
    """The table of all events under the rules of the view; made once for all that ask under the same rules."""
    table = verdicts(db, filters)
    select = _EVENTS.format(rank=SEVERITY_RANK, pairs=pairs_of_events(db, filters), contradictions=CONTRADICTIONS, spread=_SPREAD)
    return f'"{db.derived(f"events of {table.strip(chr(34))}", select)}"'


def _condition(db: Snapshot, filters: Filters) -> Condition:
    if not any(clause.figures and clause.chosen(filters) for clause in CLAUSES):
        return Condition("true", {})
    claims = figure_condition(filters, db)
    chosen = f"SELECT incident_id FROM {claims_of_events(db)} WHERE {claims.sql}"  # noqa: S608 - no value is pasted
    return Condition(f"incident_id IN ({chosen})", claims.values)


def _named(db: Snapshot, frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    def responsible(stored: str) -> str:
        return ";".join(party_label(one, lang, db.sides) for one in stored.split(";") if one)

    place = labelled(frame["place_id"], names(db, lang).place, frame["place_name"])
    return frame.assign(place=place, responsible=labelled(frame["perpetrators"], responsible))


def _of_its_people(mark: Mark, lang: str) -> Mark:
    """A row per metric and people, as rows of a comparison; parties' claims about their enemy apart."""
    row = "|".join((mark["metric"], whom(mark), *(["enemy"] if mark["enemy"] else [])))
    return {**mark, "row": row, "row_place": term(METRICS, mark["metric"], lang), "row_day": None}
