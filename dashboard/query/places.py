"""What is claimed where: divisions of a level for areas, towns for points; and where a place lies."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.query.clauses import verdict_condition
from dashboard.query.labels import labelled, names
from dashboard.query.marks import selection
from dashboard.query.rules import verdicts as verdict_table
from dashboard.query.severity import CONTRADICTIONS, SEVERITY_RANK
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters

POINT_PRECISIONS: Final = ("point", "site", "neighbourhood", "city_or_town")
"""Fine enough to be a point on the map; everything coarser tints an area."""

DIVISIONS: Final = 3
"""Levels of divisions: governorates, districts and sub-districts, as they are called in one country; below them are towns."""

_DISPUTES: Final = """disputes AS (
    SELECT {key} AS place_id, count(*) AS contradictions, max(ratio) AS worst_ratio,
        max({rank}) AS disagreement
    FROM {table} AS told
    WHERE {verdicts} AND {contradictions} GROUP BY ALL
)"""

_FIRST_LEVEL: Final = """unnest(string_split(
            CASE WHEN place_precision IN ('country', 'cross_border') THEN '' ELSE coalesce(nullif(coverage_area, ''), adm1_id) END, ';'
        ))"""
_IN_LEVEL: Final = "coalesce((SELECT any_value(inside) FROM up WHERE up.place_id = told.place_id), '')"

_AREAS: Final = """
WITH up AS (SELECT w.place_id, w.inside FROM within w JOIN places p ON p.place_id = w.inside WHERE p.adm_level = {level}),
told AS (
    SELECT place_id, place_precision, coverage_area, adm1_id, independence_group, count(*) AS claims
    FROM marks WHERE {where} GROUP BY ALL
),
placed AS (SELECT {area} AS place_id, independence_group, claims FROM told),
counted AS (SELECT place_id, sum(claims) AS claims, count(DISTINCT independence_group) AS voices FROM placed GROUP BY place_id),
{disputes}
SELECT c.place_id, c.claims, c.voices, coalesce(d.contradictions, 0) AS contradictions, d.worst_ratio,
    coalesce(d.disagreement, 0) AS disagreement
FROM counted AS c LEFT JOIN disputes d ON d.place_id = c.place_id
ORDER BY c.place_id = '', c.claims DESC, c.place_id
"""

_POINTS: Final = """
WITH chosen AS (
    SELECT * FROM marks WHERE {where} AND lat IS NOT NULL AND lon IS NOT NULL AND list_contains($fine::VARCHAR[], place_precision)
),
counted AS (
    SELECT place_id, any_value(coalesce(nullif(place_name, ''), place_text)) AS place_name, any_value(place_precision) AS precision,
        any_value(adm1_id) AS adm1_id, any_value(lat) AS lat, any_value(lon) AS lon, count(*) AS claims,
        count(DISTINCT independence_group) AS voices
    FROM chosen GROUP BY place_id
),
{disputes}
SELECT c.place_id, c.place_name AS name, c.precision, c.adm1_id, c.lat, c.lon, c.claims, c.voices,
    coalesce(d.contradictions, 0) AS contradictions, d.worst_ratio, coalesce(d.disagreement, 0) AS disagreement
FROM counted AS c LEFT JOIN disputes d ON d.place_id = c.place_id
ORDER BY c.claims DESC, c.place_id
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the way from the first-level division down to the place a reader chose; `level` is 1 to 4."""

    place: str
    level: int
    name: str


@answered
def path_to(db: Snapshot, filters: Filters) -> tuple[Step, ...]:
    """The way down to the place the reader chose first, that place last; empty for none, the country, and informal regions."""
    if not filters.places:
        return ()
    sql = """SELECT p.place_id, p.adm_level FROM within w JOIN places p ON p.place_id = w.inside
        WHERE w.place_id = $place AND p.adm_level >= 1 ORDER BY p.adm_level, p.place_id = $place"""
    named = names(db, filters.lang)
    return tuple(Step(place, int(level), named.place(place)) for place, level in db.rows(sql, {"place": filters.places[0]}))


@answered
def by_place(db: Snapshot, filters: Filters, metric: str | None = None, level: int = 1) -> pd.DataFrame:
    """Claims, voices and disagreement per division of a level, 1 to `DIVISIONS`.

    A claim that covers a few first-level divisions counts in each of them, one for a whole country in none; on a lower level a claim
    counts where it is placed as finely. `disagreement` is the severity of the sharpest contradiction known there: 0 none known, 1 minor
    to 4 extreme. The last row, with an empty place_id, holds the claims that lie in no one division.
    """
    area, key = (_FIRST_LEVEL, "adm1_id") if level == 1 else (_IN_LEVEL, _IN_LEVEL)
    return _counted(db, filters, metric, template=_AREAS.replace("{area}", area).replace("{level}", str(int(level))), key=key)


@answered
def points(db: Snapshot, filters: Filters, metric: str | None = None) -> pd.DataFrame:
    """The same for towns and finer places (see `POINT_PRECISIONS`), with their coordinates in WGS 84 degrees."""
    return _counted(db, filters, metric, template=_POINTS, key="place_id")


def _counted(db: Snapshot, filters: Filters, metric: str | None, *, template: str, key: str) -> pd.DataFrame:
    of_metric = filters.changed(metrics=(metric,)) if metric else filters
    condition, verdicts = selection(of_metric, db), verdict_condition(of_metric, db)
    said = {"table": verdict_table(db, of_metric), "verdicts": verdicts.sql, "contradictions": CONTRADICTIONS}
    disputes = _DISPUTES.format(key=key, rank=SEVERITY_RANK, **said)
    sql = template.format(where=condition.sql, disputes=disputes)
    fine = {"fine": list(POINT_PRECISIONS)} if "$fine" in sql else {}
    frame = db.frame(sql, {**verdicts.values, **condition.values, **fine})
    given = [frame["name"]] if "name" in frame else []
    return frame.assign(name=labelled(frame["place_id"], names(db, filters.lang).place, *given))
