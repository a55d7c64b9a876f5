"""What part of the land a map shows: all of it, or one division close up, with a bar of kilometres and the names of its towns."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard.charts.labels import BESIDE, Label, Obstacle, Room, annotation, settled
from dashboard.charts.look import Look, isolated
from dashboard.charts.outlines import Ring
from dashboard.charts.planes import Trace
from dashboard.charts.theme import clear

Town = Mapping[str, Any]

_KILOMETRES_PER_DEGREE: Final = 111.32
_BARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LONGEST_BAR: Final = 0.2
_SMALLEST: Final = 0.25
_AIR: Final = 0.02
_TOWN_AIR: Final = 0.35
_MOST_TOWNS: Final = 14
_DISC: Final = 13.0  # half as wide as the largest discs are, with some air: a number that touched one would read as a part of it
_RIM: Final = 3.0  # pixels by which the ground of a name is taller than its letters: the lines of Arabic letters are the tallest
_AROUND: Final = tuple(replace(place, right=place.right + 3 * place.side) for place in BESIDE)


@dataclass(frozen=True, slots=True)
class Close:
    """What a map is drawn close up of: a division with an outline; with `towns` the surroundings of the towns in it.

    `parts` are the finer divisions that are drawn and told of in its place.
    """

    division: str
    towns: bool = False
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of the land that is shown, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def stretch(self) -> float:
        """How many times longer a degree of latitude is than one of longitude, in the middle of the extent."""
        return 1 / math.cos(math.radians((self.south + self.north) / 2))

    def scale(self, width: float, height: float) -> float:
        """Pixels per degree of longitude on a sheet of that size."""
        return min(height / (self.north - self.south) / self.stretch, width / (self.east - self.west))

    def axes(self) -> dict[str, Any]:
        """The plotly axes: nothing is distorted, nothing can be moved by accident."""
        bare = {"visible": False, "fixedrange": True}
        return {
            "xaxis": {**bare, "range": [self.west, self.east], "constrain": "domain"},
            "yaxis": {**bare, "range": [self.south, self.north], "scaleanchor": "x", "scaleratio": self.stretch},
        }


def around(rings: Iterable[Ring], air: float = _AIR) -> Extent:
    """The extent that holds all the rings, with a share of its height as air."""
    positions = [position for ring in rings for position in ring]
    west, east = min(p[0] for p in positions), max(p[0] for p in positions)
    south, north = min(p[1] for p in positions), max(p[1] for p in positions)
    pad = max(air * (north - south), (_SMALLEST - (north - south)) / 2)
    return Extent(west - pad, south - pad, east + pad, north + pad)


def close_up(close: Close, outlines: Mapping[str, Sequence[Ring]], towns: Sequence[Town]) -> Extent:
    """The extent of a division, of its parts, or of the towns in it; of all the land where the division has no outline."""
    if close.towns and towns:
        return around([[(float(town["lon"]), float(town["lat"])) for town in towns]], _TOWN_AIR)
    parts = [ring for part in close.parts for ring in outlines.get(part, ())]
    return around(parts or outlines.get(close.division) or [ring for rings in outlines.values() for ring in rings], 2 * _AIR)


def town_labels(towns: Sequence[Town], extent: Extent, scale: float, look: Look) -> tuple[list[dict[str, Any]], int]:
    """Names beside the towns with most claims, with how many there are; and how many of those names found no room."""
    wide, up = (extent.east - extent.west) * scale, scale * extent.stretch
    labels, points = [], []
    for number, town in enumerate(towns):
        share, y = (float(town["lon"]) - extent.west) * scale / wide, (float(town["lat"]) - extent.south) * up
        points.append(Obstacle(share, share, y - _DISC, y + _DISC, _DISC, weight=3))
        if number < _MOST_TOWNS:
            text = look.directed(f"{isolated(look.cut(str(town['name']), 18))} {look.number(town['claims'])}")
            labels.append(Label(text, look.theme.text, float(town["lon"]), float(town["lat"]), share, y, places=_AROUND, rim=_RIM))
    kept, left_out = settled(labels, points, Room(wide, wide, (extent.north - extent.south) * up))
    ground = {"bgcolor": clear(look.theme.paper, 0.85)}
    return [annotation(label, look, ("x", "y"), label.value) | ground for label in kept], left_out


def scale_bar(extent: Extent, look: Look) -> tuple[list[Trace], dict[str, Any]]:
    """A bar of round kilometres in the lower left corner, on a ground that keeps it readable on any tint; and its length in words."""
    wide = (extent.east - extent.west) * _KILOMETRES_PER_DEGREE / extent.stretch
    kilometres = max((bar for bar in _BARS if bar <= wide * _LONGEST_BAR), default=_BARS[0])
    length = kilometres / _KILOMETRES_PER_DEGREE * extent.stretch
    x, y = extent.west + 0.03 * (extent.east - extent.west), extent.south + 0.03 * (extent.north - extent.south)
    ends: Trace = {"type": "scatter", "x": [x, x + length], "y": [y, y], "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    bars = [{**ends, "line": {"color": colour, "width": width}} for colour, width in ((look.theme.paper, 6), (look.theme.text, 2))]
    said = look.say("{n} km", n=look.number(kilometres))
    where = {"x": x, "y": y, "xanchor": "left", "yanchor": "bottom", "yshift": 3, "showarrow": False, "borderpad": 1}
    return bars, {"text": said, **where, "font": {"size": 11, "color": look.theme.text}, "bgcolor": clear(look.theme.paper, 0.7)}
