"""The span of claims per metric, and the latest word of each independent voice inside it."""

from typing import Final

import pandas as pd

from dashboard.query.labels import GROUP, people_of, with_group_text
from dashboard.query.marks import marks, selection
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters
from ingest.model.vocabulary import METRICS

SPAN: Final = ("metric", "kind", "group_key", "unit")
"""Claims share a span when these are the same; the span says nothing about windows and places, which the claims carry."""

# A voice's claims of a span are counted together, and its last word is the one of the highest precedence: a million rows are put in groups
# in a moment, and put in order in a second.
_LAST_WORDS: Final = """
SELECT metric, kind, group_key, unit, independence_group, arg_max(spot, precedence) AS spot, count(*) FILTER (NOT enemy) AS claims,
    sum(citations) FILTER (NOT enemy) AS citations, count(*) FILTER (enemy) AS party_claims, max(as_of) AS newest_as_of,
    max(published_at) AS newest_published
FROM marks WHERE {where} GROUP BY ALL
"""

_FAMILY_ORDER: Final = {"total": 0, "level": 0, "event": 1, "period": 1, "projection": 2, "": 3}


@answered
def spans(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One row per metric, kind, group and unit: how far the latest claims of the independent voices reach.

    `low` and `high` are missing for events and periods, where a range over different ones would mean nothing.
    `headline` marks the row to show first for its metric. Party claims about enemies are counted, never inside the span.
    """
    frame = _counted(_last_words(db, filters)).merge(_reached(voices(db, filters)), how="left", on=list(SPAN))
    frame = frame.fillna({"family": "", "open_high": False, "voices": 0, "figure_ids": ""})
    frame = frame.astype({"open_high": "bool", "voices": "Int64"})
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
    spots = _last_words(db, filters)["spot"].dropna()
    return marks(db, spots.tolist(), filters.lang)


@answered
def _last_words(db: Snapshot, filters: Filters) -> pd.DataFrame:
    """One row per span and independence group: what is counted of it, and the spot of its last word; none where it states no value."""
    condition = selection(filters, db)
    return db.frame(_LAST_WORDS.format(where=condition.sql), condition.values)


def _counted(words: pd.DataFrame) -> pd.DataFrame:
    """A row per span: claims, citations, and the newest of its days and publications."""
    said = {"claims": "sum", "citations": "sum", "party_claims": "sum", "newest_as_of": "max", "newest_published": "max"}
    return words.groupby(list(SPAN), as_index=False, sort=False).agg(said)


def _reached(latest: pd.DataFrame) -> pd.DataFrame:
    """A row per span that any voice states a value of: how far its latest claims reach, and how many voices they are of."""
    reach = latest.assign(
        top=latest["high"].fillna(latest["best"]).fillna(latest["low"]),
        bottom=latest["low"].fillna(latest["best"]),
        stated=latest["best"].fillna(latest["low"]),
    ).sort_values("figure_id")
    spans = reach.groupby(list(SPAN), sort=False)
    reach["open_high"] &= reach["stated"] == spans["top"].transform("max")
    found = spans.agg(
        family=("family", "first"),
        low=("bottom", "min"),
        high=("top", "max"),
        open_high=("open_high", "any"),
        voices=("independence_group", "nunique"),
        figure_ids=("figure_id", ";".join),
    ).reset_index()
    apart = found["family"].isin(["event", "period"])
    return found.assign(low=found["low"].mask(apart), high=found["high"].mask(apart))


def headline_metric(db: Snapshot, filters: Filters) -> str:
    """The metric a page opens with: the reader's first, else the one most independent voices speak of. Empty when there is none."""
    if filters.metrics:
        return filters.metrics[0]
    found = spans(db, filters)
    if found.empty:
        return ""
    return str(found.sort_values(["voices", "claims"], ascending=False, kind="stable")["metric"].iloc[0])
