"""Outlines of places as rings of positions: longitude and latitude in WGS 84 degrees."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

Ring = Sequence[Sequence[float]]
Geometry = Mapping[str, Any]
_HANDLE_DEGREES: Final = 0.35


def identity(feature: Mapping[str, Any]) -> str:
    """The place a feature outlines: `place_id` of its properties, or its `id`."""
    return str((feature.get("properties") or {}).get("place_id") or feature.get("id") or "")


def rings_of(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """The rings of all polygons of a geometry, holes too."""
    polygons = geometry.get("coordinates", ())
    for polygon in polygons if geometry.get("type") == "MultiPolygon" else [polygons]:
        yield from polygon


def spread(ring: Ring) -> list[tuple[float, float]]:
    """Positions inside the ring, some dozens of pixels apart, its middle first."""
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    across, up = math.ceil((east - west) / _HANDLE_DEGREES), math.ceil((north - south) / _HANDLE_DEGREES)
    grid = [(west + (east - west) * (i + 0.5) / across, south + (north - south) * (j + 0.5) / up) for i in range(across) for j in range(up)]
    return [middle_of(ring), *(spot for spot in grid if inside(ring, *spot))]


def inside(ring: Ring, lon: float, lat: float) -> bool:
    """Whether the position lies inside the ring, by counting the borders east of it."""
    crossed = 0
    for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
        if (y0 > lat) != (y1 > lat) and lon < x0 + (lat - y0) * (x1 - x0) / (y1 - y0):
            crossed += 1
    return crossed % 2 == 1


def doubled_area(ring: Ring) -> float:
    """Twice the area of a ring, in square degrees."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0, *_), (x1, y1, *_) in pairwise(ring)))


def middle_of(ring: Ring) -> tuple[float, float]:
    """The centroid of a ring; the middle of its corners where it has no area."""
    crosses = [(x0 + x1, y0 + y1, x0 * y1 - x1 * y0) for (x0, y0, *_), (x1, y1, *_) in pairwise(ring)]
    doubled = sum(cross for *_, cross in crosses)
    if not doubled:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return sum(x * c for x, _, c in crosses) / (3 * doubled), sum(y * c for _, y, c in crosses) / (3 * doubled)
