"""The span of claims per metric, and the latest word of each independent voice inside it."""

from typing import Final

import pandas as pd

from dashboard.query.labels import GROUP, people_of, with_group_text
from dashboard.query.marks import marks, selection
from dashboard.query.picking import among
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters
from ingest.model.vocabulary import METRICS

SPAN: Final = ("metric", "kind", "group_key", "unit")
"""Claims share a span when these are the same; the span says nothing about windows and places, which the claims carry."""

_STATED: Final = "NOT enemy AND coalesce(value_best, value_low, value_high) IS NOT NULL"

# Each step reads the few columns it needs. Only the claims as of each voice's last day are put in order: a window over all of them costs
# ten times as much.
_SPANS: Final = """
WITH newest AS (
    SELECT metric, kind, group_key, unit, independence_group, max(as_of) AS newest FROM marks WHERE {where} AND {stated} GROUP BY ALL
),
latest AS (
    SELECT metric, kind, group_key, unit, independence_group, family, figure_id, value_low, value_best, value_high, interval_open_high
    FROM marks JOIN newest USING (metric, kind, group_key, unit, independence_group)
    WHERE as_of IS NOT DISTINCT FROM newest AND {where} AND {stated}
    QUALIFY row_number() OVER (
        PARTITION BY metric, kind, group_key, unit, independence_group
        ORDER BY perpetrator <> '', coalesce(adm_level, 0), published_at DESC,
            coalesce(value_best, value_low) DESC, figure_id
    ) = 1
),
spans AS (
    SELECT metric, kind, group_key, unit, any_value(family) AS family,
        min(coalesce(value_low, value_best)) AS low, max(coalesce(value_high, value_best, value_low)) AS high,
        bool_or(interval_open_high AND coalesce(value_best, value_low) = top) AS open_high,
        count(DISTINCT independence_group) AS voices, list(figure_id) AS figure_ids
    FROM (SELECT *, max(coalesce(value_high, value_best, value_low)) OVER (PARTITION BY metric, kind, group_key, unit) AS top FROM latest)
    GROUP BY ALL
),
counts AS (
    SELECT metric, kind, group_key, unit,
        count(*) FILTER (NOT enemy) AS claims, sum(citations) FILTER (NOT enemy) AS citations,
        count(*) FILTER (enemy) AS party_claims, max(as_of) AS newest_as_of, max(published_at) AS newest_published
    FROM marks WHERE {where} GROUP BY ALL
)
SELECT c.metric, c.kind, coalesce(s.family, '') AS family, c.unit, c.group_key,
    CASE WHEN s.family NOT IN ('event', 'period') THEN s.low END AS low,
    CASE WHEN s.family NOT IN ('event', 'period') THEN s.high END AS high,
    coalesce(s.open_high, false) AS open_high, coalesce(s.voices, 0) AS voices, c.claims, coalesce(c.citations, 0) AS citations,
    c.party_claims, c.newest_as_of, c.newest_published, coalesce(array_to_string(list_sort(s.figure_ids), ';'), '') AS figure_ids
FROM counts c LEFT JOIN spans s USING (metric, kind, group_key, unit)
"""

_FAMILY_ORDER: Final = {"total": 0, "level": 0, "event": 1, "period": 1, "projection": 2, "": 3}


@answered
def spans(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One row per metric, kind, group and unit: how far the latest claims of the independent voices reach.

    `low` and `high` are missing for events and periods, where a range over different ones would mean nothing.
    `headline` marks the row to show first for its metric. Party claims about enemies are counted, never inside the span.
    """
    condition = selection(filters, db)
    frame = db.frame(_SPANS.format(where=condition.sql, stated=_STATED), condition.values)
    people = [people_of(key) for key in frame["group_key"]]
    frame = frame.assign(**{axis: pd.Series([one[axis] for one in people], index=frame.index, dtype="object") for axis in GROUP})
    order = {str(metric): place for place, metric in enumerate(METRICS)}
    ranked = frame.assign(_family=frame["family"].map(_FAMILY_ORDER), _metric=frame["metric"].map(order).fillna(len(order)))
    ranked = ranked.sort_values(
        ["_metric", "_family", "voices", "claims", "group_key", "kind", "unit"],
        ascending=[True, True, False, False, True, True, True],
        kind="stable",
    )
    ranked["headline"] = ~ranked["metric"].duplicated()
    ranked = ranked.sort_values("headline", ascending=False, kind="stable").drop(columns=["_family", "_metric"])
    return with_group_text(ranked.reset_index(drop=True), filters.lang, db.sides)


@answered
def voices(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """Marks: for each span row, the latest claim of each independence group."""
    latest = among("figure_id", [figure for told in spans(db, filters)["figure_ids"] if told for figure in told.split(";")])
    return marks(db, f"SELECT * FROM cited WHERE {latest.sql}", latest, filters.lang)  # noqa: S608 - no value is pasted


def headline_metric(db: Snapshot, filters: Filters) -> str:
    """The metric a page opens with: the reader's first, else the one most independent voices speak of. Empty when there is none."""
    if filters.metrics:
        return filters.metrics[0]
    found = spans(db, filters)
    if found.empty:
        return ""
    return str(found.sort_values(["voices", "claims"], ascending=False, kind="stable")["metric"].iloc[0])
