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

# Areas and points are counted of the same rows: put in groups once, they are few.
_CLAIMS: Final = """
SELECT place_id, place_precision, coverage_area, adm1_id, independence_group, lat IS NOT NULL AND lon IS NOT NULL AS located,
    count(*) AS claims, min(coalesce(nullif(place_name, ''), place_text)) AS name, min(lat) AS lat, min(lon) AS lon
FROM marks WHERE {where} GROUP BY ALL
"""
_DISPUTES: Final = """
SELECT place_id, adm1_id, count(*) AS contradictions, max(ratio) AS worst_ratio, max({rank}) AS disagreement
FROM {table} AS told WHERE {verdicts} AND {contradictions} GROUP BY ALL
"""
_WIDE: Final = ("country", "cross_border")
"""Too wide to lie in divisions."""


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
    told, disputed = _claimed(db, filters, metric), _disputed(db, filters, metric)
    if level == 1:
        divisions = told["coverage_area"].where(told["coverage_area"] != "", told["adm1_id"]).mask(told["place_precision"].isin(_WIDE), "")
        told = told.assign(place_id=divisions.str.split(";")).explode("place_id")
        disputed = disputed.assign(place_id=disputed["adm1_id"])
    else:
        inside = _divisions(db, level)
        told, disputed = (rows.assign(place_id=rows["place_id"].map(inside).fillna("")) for rows in (told, disputed))
    areas = _counted(told, disputed)
    areas = areas.sort_values(["claims", "place_id"], ascending=[False, True], kind="stable")
    areas = areas.sort_values("place_id", key=lambda place: place == "", kind="stable", ignore_index=True)
    return areas.assign(name=labelled(areas["place_id"], names(db, filters.lang).place))


@answered
def points(db: Snapshot, filters: Filters, metric: str | None = None) -> pd.DataFrame:
    """The same for towns and finer places (see `POINT_PRECISIONS`), with their coordinates in WGS 84 degrees."""
    told = _claimed(db, filters, metric)
    told = told[told["located"] & told["place_precision"].isin(POINT_PRECISIONS)]
    about = {"precision": "place_precision", "adm1_id": "adm1_id", "lat": "lat", "lon": "lon"}
    first = {"name": ("name", "min"), **{name: (column, "first") for name, column in about.items()}}
    found = _counted(told, _disputed(db, filters, metric), **first)
    found = found.sort_values(["claims", "place_id"], ascending=[False, True], kind="stable", ignore_index=True)
    return found.assign(name=labelled(found["place_id"], names(db, filters.lang).place, found["name"]))


def _counted(told: pd.DataFrame, disputed: pd.DataFrame, **about: tuple[str, str]) -> pd.DataFrame:
    """A row per place: its claims, voices and contradictions; `about` are more columns, each with the column it is of and how."""
    counted = told.groupby("place_id", as_index=False).agg(**about, claims=("claims", "sum"), voices=("independence_group", "nunique"))
    sharpest = {"contradictions": "sum", "worst_ratio": "max", "disagreement": "max"}
    found = counted.merge(disputed.groupby("place_id", as_index=False).agg(sharpest), how="left", on="place_id")
    return found.fillna({"contradictions": 0, "disagreement": 0}).astype({"voices": "Int64"})


@answered
def _claimed(db: Snapshot, filters: Filters, metric: str | None) -> pd.DataFrame:
    """Claims by place and voice."""
    condition = selection(filters.changed(metrics=(metric,)) if metric else filters, db)
    return db.frame(_CLAIMS.format(where=condition.sql), condition.values)


@answered
def _disputed(db: Snapshot, filters: Filters, metric: str | None) -> pd.DataFrame:
    """Contradictions by place, and how sharp the sharpest of each is."""
    of_metric = filters.changed(metrics=(metric,)) if metric else filters
    condition = verdict_condition(of_metric, db)
    said = {"table": verdict_table(db, of_metric), "verdicts": condition.sql, "contradictions": CONTRADICTIONS, "rank": SEVERITY_RANK}
    return db.frame(_DISPUTES.format(**said), condition.values)


@answered
def _divisions(db: Snapshot, level: int) -> dict[str, str]:
    """The division of a level that each place lies in, of those that lie in one."""
    sql = (
        "SELECT w.place_id, any_value(w.inside) FROM within w JOIN places p ON p.place_id = w.inside WHERE p.adm_level = $level GROUP BY 1"
    )
    return dict(db.rows(sql, {"level": level}))
