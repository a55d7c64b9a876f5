"""First-level boundaries as a small GeoJSON for schematic maps.

Vertices are snapped to a grid rather than thinned out ring by ring, so that two divisions keep one common border. Outer
rings run clockwise and holes the other way, as filled map outlines in plotly want them (RFC 7946 asks for the opposite).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

GRID_DEGREES = 0.01  # about a kilometre: finer than a pixel of a country on a screen
_RING = 4  # positions of the smallest closed ring

Position = tuple[float, float]
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """One division's outline: polygons, each an outer ring and its holes, as longitude and latitude (WGS 84 degrees)."""

    place_id: str
    name_en: str
    name_ar: str
    polygons: tuple[tuple[Ring, ...], ...]


def polygons(geometry: dict[str, Any] | None) -> tuple[tuple[Ring, ...], ...]:
    """The polygons of a GeoJSON geometry; none for points, lines or nothing."""
    kind = (geometry or {}).get("type")
    coordinates = (geometry or {}).get("coordinates") or ()
    if kind == "Polygon":
        return (tuple(coordinates),)
    if kind == "MultiPolygon":
        return tuple(tuple(polygon) for polygon in coordinates)
    return ()


def feature_collection(outlines: Iterable[Outline], note: str = "", grid: float = GRID_DEGREES) -> str:
    """The outlines as GeoJSON text, in order of identity, with `place_id`, `name_en` and `name_ar`."""
    features = [_feature(outline, grid) for outline in sorted(outlines, key=lambda one: one.place_id)]
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


def _feature(outline: Outline, grid: float) -> dict[str, Any]:
    shapes = [shape for polygon in outline.polygons if (shape := _snapped_polygon(polygon, grid))]
    return {
        "type": "Feature",
        "properties": {"place_id": outline.place_id, "name_en": outline.name_en, "name_ar": outline.name_ar},
        "geometry": {"type": "MultiPolygon", "coordinates": shapes},
    }


def _snapped_polygon(polygon: Sequence[Ring], grid: float) -> list[list[Position]]:
    """The polygon on the grid; nothing when its outer ring is smaller than the grid."""
    rings = [_snapped(ring, grid, clockwise=index == 0) for index, ring in enumerate(polygon)]
    return [ring for ring in rings if ring] if rings and rings[0] else []


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
