"""What changed in a view from one publication to another: counts, and the figures and pairs behind them.

Nothing is remembered for it: a figure tells when it was first seen and when it was replaced. A row that a person rejected is in no
later snapshot, and so in no news either.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import pandas as pd

from dashboard.query.clauses import Condition, figure_condition, verdict_condition
from dashboard.query.discrepancies import labelled_verdicts
from dashboard.query.labels import labelled, names, with_group_text
from dashboard.query.picking import identities
from dashboard.query.rules import verdicts
from dashboard.query.severity import SHARPEST
from dashboard.query.snapshots import Row, Snapshot, answered
from dashboard.state import Filters
from ingest.model.letters import Counted, Stretch
from ingest.model.vocabulary import DiscrepancyCode

# A figure that is dropped by an edition with another in its place is told by that one. A withdrawal ends a figure too, and outranks it.
_CHANGE: Final = """
    CASE WHEN withdrawn_at > $since AND withdrawn_at <= $until THEN 'withdrawn'
         WHEN first_seen_at > $since AND first_seen_at <= $until THEN CASE WHEN supersedes = '' THEN 'new' ELSE 'changed' END
         WHEN superseded_at > $since AND superseded_at <= $until AND figure_id NOT IN (
             SELECT supersedes FROM figures WHERE first_seen_at > $since AND first_seen_at <= $until AND supersedes <> ''
         ) THEN 'removed' ELSE '' END
"""
_LISTED: Final = f"""
    WITH changed AS (SELECT *, {_CHANGE} AS change FROM figures WHERE {{condition}}), claims AS (
        SELECT *, count(*) OVER claim AS citations FROM changed WHERE change <> ''
        WINDOW claim AS (PARTITION BY change, coalesce(nullif(claim_id, ''), figure_id))
        QUALIFY row_number() OVER (claim ORDER BY published_at, figure_id) = 1
    ), listed AS (
        SELECT * FROM claims QUALIFY row_number() OVER (
            PARTITION BY change IN ('removed', 'withdrawn') ORDER BY published_at DESC NULLS LAST, value_best DESC NULLS LAST, figure_id
        ) <= $most
    )
    SELECT listed.*, was.value_text AS value_before
    FROM listed LEFT JOIN figures was ON was.figure_id = listed.supersedes AND listed.supersedes <> ''
    ORDER BY listed.published_at DESC NULLS LAST, listed.value_best DESC NULLS LAST, listed.figure_id
"""  # noqa: S608 - literals of this module
_NEW: Final = "SELECT figure_id FROM figures WHERE first_seen_at > $since AND first_seen_at <= $until"
_LATER: Final = "SELECT figure_id FROM figures WHERE first_seen_at > $until"
_NEW_PAIR: Final = f"((figure_a IN ({_NEW}) OR figure_b IN ({_NEW})) AND figure_a NOT IN ({_LATER}) AND figure_b NOT IN ({_LATER}))"


@dataclass(frozen=True, slots=True)
class Watching:
    """A view, the event or pair its page is about included, and the publications whose changes are asked for."""

    filters: Filters
    stretch: Stretch


@answered
def news(db: Snapshot, asked: Watching) -> Counted:
    """How much changed in a view."""
    condition = _figures(db, asked)
    sql = f"SELECT change, count(*) FROM (SELECT {_CHANGE} AS change FROM figures WHERE {condition.sql}) GROUP BY 1"  # noqa: S608
    counts = dict(db.rows(sql, condition.values))
    pairs = _pairs(db, asked)
    sql = f"SELECT count(*) FROM {verdicts(db, asked.filters)} WHERE {pairs.sql}"  # noqa: S608 - no value is pasted
    counts["contradictions"] = db.rows(sql, pairs.values)[0][0]
    return Counted(**{name: int(counts.get(name, 0)) for name in ("new", "changed", "removed", "withdrawn", "contradictions")})


@answered
def news_figures(db: Snapshot, asked: Watching, most: int) -> pd.DataFrame:
    """The figures that changed, the newest first: at most so many that came, and so many that went.

    A claim is one row with its `citations`; `change` is new, changed, removed or withdrawn, `value_before` what one replaces.
    """
    condition = _figures(db, asked)
    frame, named = db.frame(_LISTED.format(condition=condition.sql), {**condition.values, "most": most}), names(db, asked.filters.lang)
    frame = frame.assign(
        source_label=labelled(frame["claimed_source"], named.organisation),
        publisher_label=labelled(frame["publisher"], named.organisation),
        place_label=labelled(frame["place_id"], named.place, frame["place_name"], frame["place_text"]),
    )
    return with_group_text(frame, asked.filters.lang, db.sides)


@answered
def news_pairs(db: Snapshot, asked: Watching, most: int) -> tuple[Row, ...]:
    """The contradictions that are new, the sharpest first, each with its sentence and both voices."""
    pairs = _pairs(db, asked)
    chosen = f"SELECT * FROM {verdicts(db, asked.filters)} WHERE {pairs.sql} ORDER BY {SHARPEST} LIMIT {int(most)}"  # noqa: S608
    return labelled_verdicts(db, identities(db, Condition(chosen, pairs.values), "discrepancy_id"), asked.filters)


@answered
def news_voices(db: Snapshot, asked: Watching) -> tuple[tuple[str, int], ...]:
    """Who says the figures that are new or replace others, by name, with how many; whoever says most first."""
    condition = _figures(db, asked)
    sql = (
        f"SELECT claimed_source, count(*) FROM (SELECT claimed_source, {_CHANGE} AS change FROM figures WHERE {condition.sql})"  # noqa: S608
        " WHERE change IN ('new', 'changed') GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    named = names(db, asked.filters.lang)
    return tuple((named.organisation(source) if source else "", int(n)) for source, n in db.rows(sql, condition.values))


@answered
def vanished_documents(db: Snapshot, stretch: Stretch, lang: str) -> tuple[tuple[str, int], ...]:
    """How many read documents of each publisher were found gone from their addresses, by name."""
    sql = "SELECT publisher, count(*) FROM published_documents WHERE vanished_at > $since AND vanished_at <= $until GROUP BY 1 ORDER BY 1"
    named = names(db, lang)
    return tuple((named.organisation(publisher), int(n)) for publisher, n in db.rows(sql, _moments(stretch)))


def _figures(db: Snapshot, asked: Watching) -> Condition:
    """The figures of a view, those that stand no longer too; of a page about one event or pair, only its own."""
    filters = asked.filters
    condition = figure_condition(replace(filters, history=True), db)
    parts, values = [condition.sql], dict(condition.values)
    if filters.incident:
        parts.append("figure_id IN (SELECT figure_id FROM published_incident_claims WHERE incident_id = $incident)")
        values["incident"] = filters.incident
    if filters.pair:
        pair = "SELECT unnest([figure_a, figure_b]) FROM published_discrepancies WHERE discrepancy_id = $pair"
        parts.append(f"figure_id IN ({pair})")
        values["pair"] = filters.pair
    return Condition(" AND ".join(parts), {**values, **_moments(asked.stretch)})


def _pairs(db: Snapshot, asked: Watching) -> Condition:
    """Pairs of a view of which one figure is new: of the kinds the view chooses, or strong contradictions."""
    filters = asked.filters
    condition = verdict_condition(filters, db)
    parts, values = [condition.sql, _NEW_PAIR], dict(condition.values)
    if not filters.codes:
        parts.append("code = $strong")
        values["strong"] = DiscrepancyCode.CONTRADICTION_STRONG.value
    if filters.incident:
        ours = "SELECT figure_id FROM published_incident_claims WHERE incident_id = $incident"
        parts.append(f"figure_a IN ({ours}) AND figure_b IN ({ours})")
        values["incident"] = filters.incident
    if filters.pair:
        parts.append("discrepancy_id = $pair")
        values["pair"] = filters.pair
    return Condition(" AND ".join(parts), {**values, **_moments(asked.stretch)})


def _moments(stretch: Stretch) -> dict[str, Any]:
    return {"since": _utc(stretch.since), "until": _utc(stretch.until)}


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
