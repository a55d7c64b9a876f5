"""The grammar of a claim, drawn: one set of rules for values on an upright axis and for values that lie along a row.

| what | how |
|---|---|
| a stated number | dot; paler with a thin stroke until a person has checked it |
| at least, more than | dot with a bar that fades out upwards; up to, fewer than: downwards |
| about, nearly | dot with a short even bar over what the word allows |
| from low to high | bar with ends, no dot |
| a vague word | hollow bar over its interval, the word beside it |
| no number | small cross on the baseline |
| relays of one claim | one mark with a count |
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from dashboard.charts.look import Claim, given, tooltip
from dashboard.charts.planes import DOT, FADE_PIXELS, Placed, Plane, Trace, bar_top, dot_value, mark_value, open_way
from dashboard.charts.theme import clear, mixed
from ingest.model.vocabulary import Qualifier

SHAPES: Final = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon", "star", "cross", "bowtie", "hourglass")
"""A source's shape inside its kind, by the rank the claim carries in `shape`."""
DASHES: Final = ("solid", "dash", "dot", "dashdot")

BAR: Final = 6
_FADES: Final = ((0, 14, 0.075), (60, 6, 0.175))
"""From how many claims on, in how many layers open ends fade, and how dense each is: among many nobody sees the seams."""
_UNCHECKED: Final = 0.38


def draw(claims: Sequence[Placed], plane: Plane) -> list[Trace]:
    """All marks of the claims, decoration first so that dots lie on top and can be pointed at. Texts beside them are `captions`."""
    traces: list[Trace] = []
    fade = max(fade for fade in _FADES if fade[0] <= len(claims))[1:]
    for kind in dict.fromkeys(placed.claim["source_kind"] for placed in claims):
        own = [placed for placed in claims if placed.claim["source_kind"] == kind]
        vague = [placed for placed in own if placed.claim["qualifier"] == Qualifier.VAGUE]
        stated = [placed for placed in own if placed.claim["qualifier"] != Qualifier.VAGUE]
        traces += _even_bars(stated, plane, kind) + _fading_bars(stated, plane, kind, BAR, fade)
        traces += _fading_bars(vague, plane, kind, BAR + 4, fade) + _hollow_bars(vague, plane, kind)
    return [*traces, *_targets(claims, plane)]


def _segments(claims: Iterable[tuple[Placed, float, float]]) -> tuple[list[Any], list[float | None]]:
    """Pieces of one trace: positions and values with gaps between them."""
    at: list[Any] = []
    values: list[float | None] = []
    for placed, first, last in claims:
        at += [placed.at, placed.at, None]
        values += [first, last, None]
    return at, values


def _even_bars(claims: Sequence[Placed], plane: Plane, kind: str) -> list[Trace]:
    """Closed intervals: about and nearly around their dot, ranges with ends."""
    colour, base = plane.look.kind_colour(kind), plane.scale.base
    spans = [
        (placed, max(float(placed.claim["low"]), base), float(placed.claim["high"]))
        for placed in claims
        if placed.claim["qualifier"] in (Qualifier.ABOUT, Qualifier.NEARLY, Qualifier.RANGE)
        and given(placed.claim["low"])
        and given(placed.claim["high"])
    ]
    if not spans:
        return []
    at, values = _segments(spans)
    bars = plane.trace(at, values, mode="lines", hoverinfo="skip", line={"color": clear(colour, 0.45), "width": BAR})
    ended = [(placed, low, high) for placed, low, high in spans if placed.claim["qualifier"] == Qualifier.RANGE]
    return [bars, *_ends(ended, plane, colour)]


def _ends(spans: Sequence[tuple[Placed, float, float]], plane: Plane, colour: str) -> list[Trace]:
    if not spans:
        return []
    at = [placed.at for placed, _, _ in spans for _ in range(2)]
    values = [end for _, low, high in spans for end in (low, high)]
    symbol = "line-ew-open" if plane.upright else "line-ns-open"
    marker = {"symbol": symbol, "size": DOT + 1, "color": colour, "line": {"width": 2, "color": colour}}
    return [plane.trace(at, values, mode="markers", hoverinfo="skip", marker=marker)]


def _fading_bars(claims: Sequence[Placed], plane: Plane, kind: str, width: int, fade: tuple[int, float]) -> list[Trace]:
    """Open ends. Layers of growing length lie on one another, so that the bar fades without seams."""
    colour, scale = plane.look.kind_colour(kind), plane.scale
    ways = [(p, max(start, scale.base), way) for p in claims if (way := open_way(p.claim)) and (start := _open_start(p.claim)) is not None]
    traces = []
    layers, dense = fade
    at, values = _segments((p, start, start) for p, start, _ in ways)
    starts, sides = np.array([scale.pixel(start) for _, start, _ in ways]), np.array([way for _, _, way in ways])
    for layer in range(1, layers + 1) if ways else ():
        ends = scale.values(np.maximum(starts + sides * FADE_PIXELS * layer / layers, 0.0))
        values = [*values]
        values[1::3] = ends.tolist()
        traces.append(plane.trace(at, values, mode="lines", hoverinfo="skip", line={"color": clear(colour, dense), "width": width}))
    return traces


def _open_start(claim: Claim) -> float | None:
    """Where the open end begins: at the number, or at the low edge of a vague word without an upper limit."""
    dot = dot_value(claim)
    return dot if dot is not None else float(claim["low"]) if given(claim["low"]) else None


def _hollow_bars(claims: Sequence[Placed], plane: Plane, kind: str) -> list[Trace]:
    """Vague words: an outline over the interval. Drawn as a bar with a bar of paper inside it."""
    colour, base = plane.look.kind_colour(kind), plane.scale.base
    vague = [placed for placed in claims if given(placed.claim["low"])]
    spans = [(p, max(float(p.claim["low"]), base), bar_top(p.claim, plane.scale)) for p in vague]
    closed = [span for span in spans if given(span[0].claim["high"])]
    traces = []
    if closed:
        at, values = _segments(closed)
        traces.append(plane.trace(at, values, mode="lines", hoverinfo="skip", line={"color": colour, "width": BAR + 4}))
    if spans:
        at, values = _segments((p, plane.scale.moved(low, 1.5), plane.scale.moved(high, -1.5)) for p, low, high in spans)
        traces.append(plane.trace(at, values, mode="lines", hoverinfo="skip", line={"color": plane.look.theme.paper, "width": BAR + 1}))
    return traces


def _targets(claims: Sequence[Placed], plane: Plane) -> list[Trace]:
    """What can be pointed at: the dots, crosses for claims without a number, and unseen targets in the middle of bars."""
    if not claims:
        return []
    look, paper = plane.look, plane.look.theme.paper
    rows = [placed.claim for placed in claims]
    colours = [look.kind_colour(row["source_kind"]) for row in rows]
    numbered = [given(row["best"]) or given(row["low"]) or given(row["high"]) for row in rows]
    seen = [dot_value(row) is not None or not has for row, has in zip(rows, numbered, strict=True)]
    symbols = [shape(row) if has else "x-thin" for row, has in zip(rows, numbered, strict=True)]
    fills = [c if row["checked"] else mixed(c, paper, _UNCHECKED) for row, c in zip(rows, colours, strict=True)]
    marker = {
        "symbol": symbols,
        "size": [DOT if has else DOT - 3 for has in numbered],
        "color": fills,
        "opacity": [1 if visible else 0 for visible in seen],
        "line": {"color": colours, "width": 1.6},
    }
    trace = plane.trace(
        [placed.at for placed in claims],
        [mark_value(row, plane.scale) for row in rows],
        mode="markers",
        marker=marker,
        cliponaxis=False,
        hoverinfo="text",
        hovertext=[tooltip(row, look) for row in rows],
        customdata=[str(row["figure_ids"]).split(";") for row in rows],
    )
    return [trace, *_strokes(claims, plane)]


def _strokes(claims: Sequence[Placed], plane: Plane) -> list[Trace]:
    """A thin stroke through the dots no person has checked yet."""
    open_to_check = [placed for placed in claims if not placed.claim["checked"] and dot_value(placed.claim) is not None]
    if not open_to_check:
        return []
    colours = [plane.look.kind_colour(placed.claim["source_kind"]) for placed in open_to_check]
    marker = {"symbol": "line-ne-open", "size": DOT - 5, "color": colours, "line": {"width": 1, "color": colours}}
    values = [mark_value(placed.claim, plane.scale) for placed in open_to_check]
    return [plane.trace([p.at for p in open_to_check], values, mode="markers", hoverinfo="skip", cliponaxis=False, marker=marker)]


def shape(claim: Claim) -> str:
    """Marker shape of the claim's source."""
    return SHAPES[int(claim["shape"]) % len(SHAPES)]
