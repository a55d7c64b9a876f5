"""Claims by place, on outlines of our own data: areas for coarse places, points only for towns and finer ones.

Colour is disagreement, on its own pale-to-strong scale; the size of a point is its number of claims. Nothing is fetched.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dashboard.charts.closeup import Close, around, close_up, scale_bar, town_labels
from dashboard.charts.drawing import Drawing
from dashboard.charts.lettering import text_width
from dashboard.charts.look import Look, given, isolated, plain
from dashboard.charts.outlines import Geometry, Ring, doubled_area, identity, inside, middle_of, rings_of, spread
from dashboard.charts.panels import empty_figure, figure, page
from dashboard.charts.planes import Trace
from dashboard.charts.theme import Theme

Row = Mapping[str, Any]
"""A place with what is claimed there, or an outline with its properties."""

NO_OUTLINES: Final = "This crisis has no outlines to draw. The table beside shows the same claims by place."
LEVELS: Final = ("no contradiction known", "minor", "moderate", "large", "extreme")
"""What each step of the disagreement scale means; bands of the ratio of the stated numbers."""

_SMALLEST: Final = 8.0
_LARGEST: Final = 22.0
_LEGEND_LINE: Final = 18
_NARROWEST: Final = 452  # pixels of a map beside another panel
_DISC: Final = 8.0  # half as wide as most discs
_SIDES: Final = np.array([(-0.8, 0.0), (0.8, 0.0), (0.0, 0.8), (0.0, -0.8)])


def place_map(areas: Sequence[Row], points: Sequence[Row], geojson: Geometry, look: Look, *, close: Close | None = None) -> Drawing:
    """Draw the outlines with what is claimed in them.

    `areas` has place_id, name, claims, voices, contradictions, worst_ratio, disagreement (0 to 4); `points` also lat and lon
    in degrees. Features carry their identity as `place_id` in their properties, or as `id`. An area's trace has
    `meta = ["place", place_id]`, a point's mark `customdata = ["place", place_id]`. `close` draws a division close up.
    """
    outlines = [(identity(feature), list(rings_of(feature.get("geometry") or {}))) for feature in geojson.get("features", ())]
    outlines = [(place, rings) for place, rings in outlines if rings]
    if not outlines:
        return empty_figure(look, look.say(NO_OUTLINES))
    rows = {row["place_id"]: row for row in areas}
    names = {identity(feature): _name(feature, look) for feature in geojson["features"]}
    extent = close_up(close, dict(outlines), points) if close else around(ring for _, rings in outlines for ring in rings)
    height = 340 if look.compact else 460 if close is None else 520
    lines = _legend_lines(look)
    legend_room = _LEGEND_LINE * len(lines) + 10
    layout = page(look, height=height, margin={"l": 4, "r": 4, "t": 4, "b": legend_room})
    layout.update(extent.axes())
    scale = extent.scale(look.least - 8, height - legend_room)
    whole = not close or (len(close.parts) > 1 and not close.towns)
    parts = close.parts if close and close.parts else tuple(names)
    tinted = [one for one in outlines if not close or one[0] in parts or one[0] != close.division]
    named = [one for one in tinted if one[0] in parts]
    labels, left_out = _labels(named, names, _Sheet(rows, points, scale), look) if whole else town_labels(points, extent, scale, look)
    bars, kilometres = scale_bar(extent, look)
    layout["annotations"] = [*labels, *_legend(lines, look), kilometres]
    traces = [_area(place, rings, rows.get(place), name=names[place], look=look) for place, rings in tinted]
    told = _told(names, rows, close, look)
    frame = [_frame(rings, look) for place, rings in outlines if close and close.parts and place == close.division]
    return figure([*traces, *frame, *_handles(tinted, told, look), *_points(points, look), *bars], layout, left_out)


def _told(names: Mapping[str, str], rows: Mapping[str, Row], close: Close | None, look: Look) -> dict[str, str]:
    """What each division says: its claims, close up that there are none, and of one beside it that it is outside."""
    told = {place: place_words({"name": names[place], **row}, look) for place, row in rows.items() if place in names}
    if not close:
        return told
    bare = {place: place_words({"name": names[place]}, look) for place in close.parts if place in names}
    return {place: _elsewhere(name, look) for place, name in names.items()} | bare | told


def _name(feature: Row, look: Look) -> str:
    properties = feature.get("properties") or {}
    return str(properties.get(f"name_{look.language}") or properties.get("name_en") or identity(feature))


def _line(rings: Sequence[Ring]) -> Trace:
    """The rings as one line, broken between them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [*(position[0] for position in ring), None]
        ys += [*(position[1] for position in ring), None]
    return {"type": "scatter", "x": xs[:-1], "y": ys[:-1]}


def _frame(rings: Sequence[Ring], look: Look) -> Trace:
    """The outline of the place chosen, over its parts."""
    drawn = {"mode": "lines", "line": {"color": look.theme.muted, "width": 2}}
    return {**_line(rings), **drawn, "hoverinfo": "skip", "showlegend": False}


def _area(place: str, rings: Sequence[Ring], row: Row | None, *, name: str, look: Look) -> Trace:
    return {
        **_line(rings),
        "mode": "lines",
        "fill": "toself",
        "fillcolor": look.theme.disagreement[int(row["disagreement"])] if row else look.theme.land,
        "line": {"color": look.theme.paper if row else look.theme.grid, "width": 1.2},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": place_words({"name": name, **(row or {})}, look),
        "meta": ["place", place],
        "name": name,
        "showlegend": False,
    }


def place_words(row: Row, look: Look) -> str:
    """What is claimed at a place: how many claims, by how many voices, and how far apart."""
    name = f"<b>{plain(isolated(str(row['name'])))}</b>"
    if not row.get("claims"):
        return f"{name}<br>{plain(look.say('no claim in this selection'))}"
    said = [
        look.say("Claims: {claims}; independent sources: {voices}", claims=look.number(row["claims"]), voices=look.number(row["voices"]))
    ]
    if row["contradictions"]:
        level = look.translate(LEVELS[int(row["disagreement"])])
        said.append(look.say("Contradictions: {n}; the sharpest: {level}", n=look.number(row["contradictions"]), level=level))
        if given(row["worst_ratio"]):
            said.append(look.say("the larger number is {ratio} times the smaller", ratio=look.decimal(float(row["worst_ratio"]))))
    else:
        said.append(look.translate(LEVELS[0]))
    return "<br>".join([name, *map(plain, said)])


def _elsewhere(name: str, look: Look) -> str:
    """What a division beside the one drawn close up says."""
    return f"<b>{plain(isolated(name))}</b><br>{plain(look.say('outside the place chosen'))}"


def _handles(outlines: Sequence[tuple[str, Sequence[Ring]]], told: Mapping[str, str], look: Look) -> list[Trace]:
    """Unseen marks all over the areas that say something: what a click on an area opens, for a filled outline says only that it was hit."""
    placed = [(place, lon, lat) for place, rings in outlines if place in told for lon, lat in spread(max(rings, key=doubled_area))]
    if not placed:
        return []
    return [
        {
            "type": "scatter",
            "x": [lon for _, lon, _ in placed],
            "y": [lat for _, _, lat in placed],
            "mode": "markers",
            "marker": {"size": 26, "color": look.theme.land, "opacity": 0},
            "hoverinfo": "text",
            "hovertext": [told[place] for place, _, _ in placed],
            "customdata": [["place", place] for place, _, _ in placed],
            "showlegend": False,
        }
    ]


def _points(points: Sequence[Row], look: Look) -> list[Trace]:
    if not points:
        return []
    rows = sorted(points, key=lambda row: (row["disagreement"], -row["claims"]))  # the sharpest lie on top
    most = max(float(row["claims"]) for row in rows)
    theme: Theme = look.theme
    return [
        {
            "type": "scatter",
            "x": [float(row["lon"]) for row in rows],
            "y": [float(row["lat"]) for row in rows],
            "mode": "markers",
            "marker": {
                "symbol": "circle",
                "size": [_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(float(row["claims"]) / most) for row in rows],
                "color": [theme.disagreement[int(row["disagreement"])] for row in rows],
                "line": {"color": theme.text, "width": 1.4},
                "opacity": 1,
            },
            "hoverinfo": "text",
            "hovertext": [place_words(row, look) for row in rows],
            "customdata": [["place", row["place_id"]] for row in rows],
            "showlegend": False,
        }
    ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the labels lie on: the rows by place, the points they should not cover, and pixels per degree of longitude."""

    rows: Mapping[str, Row]
    points: Sequence[Row]
    scale: float

    def points_with(self, half: float) -> NDArray[np.float64]:
        """The points as boxes: where the middle of each is, and half its size, in degrees."""
        return np.array([(float(point["lon"]), float(point["lat"]), half, half) for point in self.points]).reshape(-1, 4)


_Labels = tuple[list[dict[str, Any]], int]
_Half = tuple[float, float]


def _labels(outlines: Sequence[tuple[str, Sequence[Ring]]], names: Mapping[str, str], sheet: _Sheet, look: Look) -> _Labels:
    """Names of the divisions with claims, with how many; of the others those wide enough for their name. Narrow screens: numbers.

    Where a name would lie over another it is left out, and counted.
    """
    labels, boxes, left_out = [], list[tuple[float, float, float, float]](), 0
    for place, rings in sorted(outlines, key=lambda one: one[0] not in sheet.rows):
        ring, row = max(rings, key=doubled_area), sheet.rows.get(place)
        count = look.number(row["claims"]) if row else ""
        name = "" if look.compact else names[place]
        half = max(text_width(name, 11), text_width(count, 11)) / 2 / sheet.scale
        if row is None and (not name or max(p[0] for p in ring) - min(p[0] for p in ring) < 2 * half):
            continue
        spot = _clear_spot(ring, (half, (15 if name and row else 8) / sheet.scale), boxes, sheet)
        if spot is None:
            left_out += 1
            continue
        boxes.append((*spot, half, (15 if name and row else 8) / sheet.scale))
        colour = look.theme.disagreement_text[int(row["disagreement"])] if row else look.theme.muted
        text = "<br>".join(part for part in (plain(isolated(name)), f"<b>{count}</b>" if count else "") if part)
        font = {"size": 11, "color": colour}
        labels.append({"x": spot[0], "y": spot[1], "text": text, "showarrow": False, "font": font, "captureevents": False})
    return labels, left_out


def _clear_spot(ring: Ring, half: _Half, boxes: Sequence[tuple[float, ...]], sheet: _Sheet) -> tuple[float, float] | None:
    """The spot nearest the middle of the area that is inside it and covers no point; None where each lies over another label."""
    middle = middle_of(ring)
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    grid = [(west + (east - west) * i / 8, south + (north - south) * j / 8) for i in range(1, 8) for j in range(1, 8)]
    spots = np.array([middle, *grid])
    sides = spots[:, None] + _SIDES * half
    outside = (~inside(ring, sides.reshape(-1, 2))).reshape(-1, len(_SIDES)).sum(axis=1)
    covered = _hits(spots, half, sheet.points_with(_DISC / sheet.scale))
    costs = covered * 10 + outside * 3 + np.hypot(*(spots - middle).T)
    costs[_hits(spots, half, np.array(boxes).reshape(-1, 4)) > 0] = math.inf
    best = int(costs.argmin())
    return None if costs[best] == math.inf else (float(spots[best, 0]), float(spots[best, 1]))


def _hits(spots: NDArray[np.float64], half: _Half, others: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many of the other boxes (middle and half the size in columns) a box at each spot lies over."""
    apart = np.abs(spots[:, None] - others[:, :2])
    hits: NDArray[np.int64] = (apart < others[:, 2:] + half).all(axis=2).sum(axis=1)
    return hits


_Entry = tuple[str, str, str]


def _legend_lines(look: Look) -> list[list[_Entry]]:
    """The scale of disagreement in as few lines as fit where the map is narrowest, of about one length: sign, colour and word each."""
    steps: list[_Entry] = [("□", look.theme.line, look.say("no claim"))]
    steps += [("■", colour, look.translate(word)) for colour, word in zip(look.theme.disagreement, LEVELS, strict=True)]
    width = min(look.least, _NARROWEST) - 8
    fewest = len(_broken(steps, width))
    return next(lines for narrow in range(0, width + 8, 8) if len(lines := _broken(steps, min(narrow, width))) <= fewest)


def _broken(steps: Sequence[_Entry], width: float) -> list[list[_Entry]]:
    """The entries in lines of at most that many pixels."""
    lines: list[list[_Entry]] = [[]]
    for step in steps:
        if lines[-1] and sum(map(_entry_width, lines[-1])) + _entry_width(step) > width:
            lines.append([])
        lines[-1].append(step)
    return lines


def _entry_width(step: _Entry) -> float:
    return text_width(step[2], 11) + 32


def _legend(lines: Sequence[Sequence[_Entry]], look: Look) -> list[dict[str, Any]]:
    """The scale of disagreement, in words, under the map; from the right where one reads from there."""
    notes, mirrored = [], look.language == "ar"
    for number, line in enumerate(lines):
        left = 0.0
        for sign, colour, word in line:
            box = look.directed(f"<span style='color:{colour};font-size:16px'>{sign}</span> {plain(isolated(word))}")
            at = {"x": int(mirrored), "xref": "paper", "y": 0, "yref": "paper", "xshift": -left if mirrored else left}
            side = {"xanchor": "right" if mirrored else "left", "yanchor": "middle", "yshift": -14 - _LEGEND_LINE * number}
            notes.append({**at, **side, "text": box, "showarrow": False, "font": {"size": 11, "color": look.theme.muted}})
            left += _entry_width((sign, colour, word))
    return notes
