"""Boundaries of divisions as a small GeoJSON for schematic maps.

Vertices are snapped to a grid rather than thinned out ring by ring, so that two divisions keep one common border. Outer
rings run clockwise and holes the other way, as filled map outlines in plotly want them (RFC 7946 asks for the opposite).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

GRIDS: Mapping[int, float] = {1: 0.01, 2: 0.005, 3: 0.005}
"""Degrees to snap to by level: about a kilometre for a country on a screen, half of one for what is drawn close up."""

_RING = 4  # positions of the smallest closed ring

Position = tuple[float, float]
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """One division's outline: polygons, each an outer ring and its holes, as longitude and latitude (WGS 84 degrees).

    `level` is 1 for the coarsest divisions; `parent_id` is the place it lies in.
    """

    place_id: str
    name_en: str
    name_ar: str
    polygons: tuple[tuple[Ring, ...], ...]
    level: int = 1
    parent_id: str = ""


def polygons(geometry: dict[str, Any] | None) -> tuple[tuple[Ring, ...], ...]:
    """The polygons of a GeoJSON geometry; none for points, lines or nothing."""
    kind = (geometry or {}).get("type")
    coordinates = (geometry or {}).get("coordinates") or ()
    if kind == "Polygon":
        return (tuple(coordinates),)
    if kind == "MultiPolygon":
        return tuple(tuple(polygon) for polygon in coordinates)
    return ()


def snapped(outline: Outline, grid: float = GRIDS[1]) -> Outline:
    """The outline on a grid of so many degrees, without what is smaller than its cells."""
    return replace(outline, polygons=tuple(shape for polygon in outline.polygons if (shape := _snapped_polygon(polygon, grid))))


def feature_collection(outlines: Iterable[Outline], note: str = "") -> str:
    """The outlines as GeoJSON text, in order of identity, with `place_id`, `name_en`, `name_ar` and, where it is known, `parent_id`."""
    features = [_feature(outline) for outline in sorted(outlines, key=lambda one: one.place_id)]
    collection = {"type": "FeatureCollection", **({"note": note} if note else {}), "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def centroid(parts: Sequence[Sequence[Ring]]) -> Position | None:
    """Longitude and latitude of the area centroid of the largest outer ring; unknown for a shape without area."""
    rings = [polygon[0] for polygon in parts if polygon]
    if not rings:
        return None
    ring = max(rings, key=lambda one: abs(_doubled_area(one)))
    doubled = _doubled_area(ring)
    if not doubled:
        return None
    lon = lat = 0.0
    for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        lon += (x0 + x1) * cross
        lat += (y0 + y1) * cross
    return lon / (3 * doubled), lat / (3 * doubled)


def _feature(outline: Outline) -> dict[str, Any]:
    lies = {"parent_id": outline.parent_id} if outline.parent_id else {}
    return {
        "type": "Feature",
        "properties": {"place_id": outline.place_id, "name_en": outline.name_en, "name_ar": outline.name_ar, **lies},
        "geometry": {"type": "MultiPolygon", "coordinates": outline.polygons},
    }


def _snapped_polygon(polygon: Sequence[Ring], grid: float) -> tuple[Ring, ...]:
    """The polygon on the grid; nothing when its outer ring is smaller than the grid."""
    rings = [_snapped(ring, grid, clockwise=index == 0) for index, ring in enumerate(polygon)]
    return tuple(ring for ring in rings if ring) if rings and rings[0] else ()


def _snapped(ring: Ring, grid: float, *, clockwise: bool) -> list[Position]:
    snapped: list[Position] = []
    for x, y, *_ in ring:
        position = (round(round(x / grid) * grid, 6), round(round(y / grid) * grid, 6))
        if not snapped or snapped[-1] != position:
            snapped.append(position)
    if len(snapped) < _RING or not _doubled_area(snapped):
        return []
    return snapped if (_doubled_area(snapped) < 0) is clockwise else snapped[::-1]


def _doubled_area(ring: Ring) -> float:
    """Twice the signed area; negative for a clockwise ring."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
