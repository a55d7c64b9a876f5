"""Outlines of places as rings of positions: longitude and latitude in WGS 84 degrees."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

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
    return [middle_of(ring), *(spot for spot, within in zip(grid, inside(ring, np.array(grid)), strict=True) if within)]


def inside(ring: Ring, spots: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which positions (longitude and latitude in columns) lie inside the ring, by counting the borders east of each."""
    corners = np.array([position[:2] for position in ring])
    (x0, y0), (x1, y1) = corners[:-1].T, corners[1:].T
    slanted = y0 != y1  # a level border is crossed by no line to the east
    x0, y0, x1, y1 = x0[slanted], y0[slanted], x1[slanted], y1[slanted]
    lon, lat = spots[:, :1], spots[:, 1:2]
    crossed = ((y0 > lat) != (y1 > lat)) & (lon < x0 + (lat - y0) * (x1 - x0) / (y1 - y0))
    within: NDArray[np.bool_] = crossed.sum(axis=1) % 2 == 1
    return within


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
