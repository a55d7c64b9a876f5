"""The span of one count: the latest word of each independent voice, one under the other, from the highest down."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.glyphs import Placed, Plane, bar, draw, mark_value, top_value
from dashboard.charts.labels import text_width
from dashboard.charts.look import Claim, Look, isolated, plain, value_words
from dashboard.charts.marks import records
from dashboard.charts.panels import empty_figure, figure, page, value_axis, value_scale
from dashboard.charts.ranges import band, counted
from dashboard.charts.series import EMPTY

MOST_VOICES: Final = 14
_LANE: Final = 22


def span_chart(frame: pd.DataFrame, look: Look, *, scale: str = "linear") -> go.Figure:
    """Draw the voices of one metric, kind, group and unit. `frame` has `MARK_COLUMNS`, one claim per voice."""
    if frame.empty:
        return empty_figure(look, look.say(EMPTY))
    claims = span_claims(frame)
    lanes = [_LANE * (number + 0.5) for number in range(len(claims))]
    depth = _LANE * len(claims)
    texts = [_said(claim, look) for claim in claims]
    room = int(min(max(text_width(words, 12) for words, _ in texts) + 26, 150 if look.compact else 260))
    margin = {"l": 12, "r": room, "t": 4, "b": 24}
    layout = page(look, height=depth + margin["t"] + margin["b"], margin=margin)
    values = value_scale(claims, look.width - room / 2, log=scale == "log")
    plane = Plane(values, look, upright=False)
    layout["xaxis"] = {**value_axis(values, look, ticks=2 if look.compact else 3), "anchor": "y"}
    layout["yaxis"] = {"range": [depth, 0], "visible": False, "fixedrange": True, "anchor": "x"}
    layout["shapes"] = band(claims, lanes, plane)
    layout["annotations"] = [_label(claim, y, html, plane) for claim, y, (_, html) in zip(claims, lanes, texts, strict=True)]
    return figure(draw([Placed(claim, y) for claim, y in zip(claims, lanes, strict=True)], plane), layout)


def span_claims(frame: pd.DataFrame) -> Sequence[Claim]:
    """The claims from the highest stated number down, at most `MOST_VOICES`."""
    claims = records(frame)
    return sorted(claims, key=lambda claim: (-top_value(claim), claim["claimed_source"]))[:MOST_VOICES]


def _said(claim: Claim, look: Look) -> tuple[str, str]:
    """Who, how many, as of when: as plain text to measure, and as it is drawn."""
    name = isolated(str(claim["source_short"] or claim["source_label"]))
    words, day = value_words(claim, look), look.day(claim["as_of"])
    colour, muted = look.kind_text(claim["source_kind"]), look.theme.muted
    html = f"<span style='color:{colour}'>{plain(name)}</span> {plain(words)}{counted(claim, look)}"
    return f"{name} {words} {day}", f"{html} <span style='color:{muted};font-size:11px'>{plain(isolated(day))}</span>"


def _label(claim: Claim, y: float, html: str, plane: Plane) -> dict[str, Any]:
    value = mark_value(claim, plane.scale)
    _, high = bar(claim, plane.scale)
    return {
        "x": plane.scale.axis_value(value),
        "y": y,
        "xref": "x",
        "yref": "y",
        "xshift": 11 + max(high - plane.scale.pixel(value), 0.0),
        "text": html,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "font": {"size": 12, "color": plane.look.theme.text},
    }
