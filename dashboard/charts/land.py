"""Which outlines a map draws: the divisions of one level in the place chosen, and the coarser ones beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts.closeup import Close
from dashboard.charts.outlines import Geometry, identity

FINEST: Final = 3
"""The level of the finest divisions that have outlines."""

Feature = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Land:
    """Features to draw, the level of those that are told of, and what they are drawn close up of; None for all the land."""

    geojson: Geometry
    level: int = 1
    close: Close | None = None


def land(levels: Mapping[int, Geometry], way: Mapping[int, str]) -> Land:
    """What is drawn of the outlines by level for a way down: the places chosen by their levels, a town's being below `FINEST`.

    Below the first level that is the divisions of the finest level with outlines in the place chosen. Where there are none, all
    first-level divisions, close up of the one chosen.
    """
    whole = levels.get(1, {})
    if not way:
        return Land(whole)
    for level in range(min(max(way) + 1, FINEST), 1, -1):
        parts = [feature for feature in _features(levels, level) if _lies_in(feature) == way.get(level - 1)]
        if parts:
            return Land(_collection([*_beside(levels, way, level), *parts]), level, _close(way, level, tuple(map(identity, parts))))
    return Land(whole, 1, Close(way[min(way)], towns=len(way) > 1))


def _beside(levels: Mapping[int, Geometry], way: Mapping[int, str], level: int) -> list[Feature]:
    """The divisions of coarser levels around those of `level` that are drawn, and last the one they lie in, for its outline."""
    found = []
    for coarser in range(1, level):
        siblings = [one for one in _features(levels, coarser) if coarser == 1 or _lies_in(one) == way.get(coarser - 1)]
        found += [one for one in siblings if identity(one) != way.get(coarser) or coarser == level - 1]
    return sorted(found, key=lambda one: identity(one) == way.get(level - 1))


def _close(way: Mapping[int, str], level: int, parts: tuple[str, ...]) -> Close:
    """One step above the divisions drawn these, at their level the one chosen, and below it the towns."""
    if level in way and max(way) == level:
        return Close(way[level], parts=(way[level],))
    return Close(way[level - 1], towns=max(way) > FINEST, parts=parts)


def _features(levels: Mapping[int, Geometry], level: int) -> list[Feature]:
    return list(levels.get(level, {}).get("features", ()))


def _lies_in(feature: Feature) -> str:
    return str((feature.get("properties") or {}).get("parent_id", ""))


def _collection(features: list[Feature]) -> Geometry:
    return {"type": "FeatureCollection", "features": features}
