"""What is claimed where: divisions of a level for areas, towns for points; and where a place lies."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from dashboard.query.clauses import Condition, verdict_condition
from dashboard.query.labels import names
from dashboard.query.marks import selection, tallied
from dashboard.query.rules import contradictions
from dashboard.query.severity import SEVERITY_RANK
from dashboard.query.snapshots import Row, Snapshot, answered
from dashboard.state import Filters

POINT_PRECISIONS: Final = ("point", "site", "neighbourhood", "city_or_town")
"""Fine enough to be a point on the map; everything coarser tints an area."""

DIVISIONS: Final = 3
"""Levels of divisions: governorates, districts and sub-districts, as they are called in one country; below them are towns."""

# Areas and points are counted of the same rows: put in groups once, they are few.
_CLAIMS: Final = """
SELECT place_id, place_precision, coverage_area, adm1_id, independence_group, located, sum(claims) AS claims,
    min(named) AS name, min(lat) AS lat, min(lon) AS lon
FROM {tallied} WHERE {where} GROUP BY ALL
"""
_DISPUTES: Final = """
SELECT place_id, adm1_id, count(*) AS contradictions, max(ratio) AS worst_ratio, max({rank}) AS disagreement
FROM {table} AS told WHERE {where} GROUP BY ALL
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
def by_place(db: Snapshot, filters: Filters, metric: str | None = None, level: int = 1) -> tuple[Row, ...]:
    """Claims, voices and disagreement per division of a level, 1 to `DIVISIONS`.

    A claim that covers a few first-level divisions counts in each of them, one for a whole country in none; on a lower level a claim
    counts where it is placed as finely. `disagreement` is the severity of the sharpest contradiction known there: 0 none known, 1 minor
    to 4 extreme; `worst_ratio` may be None. The last row, with an empty place_id, holds the claims that lie in no one division.
    """
    claims, disputes = _claimed(db, filters, metric), _disputed(db, filters, metric)
    if level == 1:
        told = [(place, claim) for claim in claims for place in _first_level(claim)]
        disputed = [(dispute["adm1_id"], dispute) for dispute in disputes]
    else:
        inside = _divisions(db, level)
        told, disputed = ([(inside.get(row["place_id"], ""), row) for row in rows] for rows in (claims, disputes))
    areas = _counted(told, disputed)
    areas.sort(key=lambda area: (area["place_id"] == "", -area["claims"], area["place_id"]))
    named = names(db, filters.lang)
    return tuple({**area, "name": named.place(area["place_id"])} for area in areas)


@answered
def points(db: Snapshot, filters: Filters, metric: str | None = None) -> tuple[Row, ...]:
    """The same for towns and finer places (see `POINT_PRECISIONS`), with their coordinates in WGS 84 degrees."""
    fine = [claim for claim in _claimed(db, filters, metric) if claim["located"] and claim["place_precision"] in POINT_PRECISIONS]
    towns = {claim["place_id"]: claim for claim in reversed(fine)}
    found = _counted([(claim["place_id"], claim) for claim in fine], [(row["place_id"], row) for row in _disputed(db, filters, metric)])
    found.sort(key=lambda point: (-point["claims"], point["place_id"]))
    named = names(db, filters.lang)
    rows = []
    for point in found:
        town = towns[point["place_id"]]
        about = {name: town[name] for name in ("adm1_id", "lat", "lon")}
        rows.append({**point, **about, "precision": town["place_precision"], "name": named.place(point["place_id"], town["name"])})
    return tuple(rows)


def _first_level(claim: Row) -> list[str]:
    """The first-level divisions a claim is about; one empty name where it is about none, or about all."""
    wide = claim["place_precision"] in _WIDE
    return [""] if wide else str(claim["coverage_area"] or claim["adm1_id"]).split(";")


def _counted(told: Iterable[tuple[str, Row]], disputed: Iterable[tuple[str, Row]]) -> list[dict[str, Any]]:
    """Claims, voices and contradictions of each place that claims are told of."""
    claims, voices = Counter[str](), defaultdict[str, set[str]](set)
    for place, claim in told:
        claims[place] += claim["claims"]
        voices[place].add(claim["independence_group"])
    disputes = defaultdict[str, list[Row]](list)
    for place, dispute in disputed:
        disputes[place].append(dispute)
    return [
        {
            "place_id": place,
            "claims": number,
            "voices": len(voices[place]),
            "contradictions": sum(one["contradictions"] for one in disputes[place]),
            "worst_ratio": max((one["worst_ratio"] for one in disputes[place] if one["worst_ratio"] is not None), default=None),
            "disagreement": max((one["disagreement"] for one in disputes[place]), default=0),
        }
        for place, number in claims.items()
    ]


@answered
def _claimed(db: Snapshot, filters: Filters, metric: str | None) -> tuple[Row, ...]:
    """Claims by place and voice."""
    of_metric = filters.changed(metrics=(metric,)) if metric else filters
    condition = selection(of_metric, db)
    return _rows(db, _CLAIMS.format(tallied=tallied(of_metric), where=condition.sql), condition)


@answered
def _disputed(db: Snapshot, filters: Filters, metric: str | None) -> tuple[Row, ...]:
    """Contradictions by place, and how sharp the sharpest of each is."""
    of_metric = filters.changed(metrics=(metric,)) if metric else filters
    condition = verdict_condition(of_metric, db)
    return _rows(db, _DISPUTES.format(table=contradictions(db, of_metric), where=condition.sql, rank=SEVERITY_RANK), condition)


def _rows(db: Snapshot, sql: str, condition: Condition) -> tuple[Row, ...]:
    return tuple(db.records(sql, condition.values))


@answered
def _divisions(db: Snapshot, level: int) -> dict[str, str]:
    """The division of a level that each place lies in, of those that lie in one."""
    sql = "SELECT w.place_id, min(inside) FROM within w JOIN places p ON p.place_id = inside WHERE p.adm_level = $level GROUP BY 1"
    return dict(db.rows(sql, {"level": level}))
