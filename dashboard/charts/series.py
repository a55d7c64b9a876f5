"""Claims over time: one panel per sort of count, one line per voice, steps for totals, marks for everything else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from dashboard.charts.drawing import Drawing
from dashboard.charts.glyphs import DASHES, draw
from dashboard.charts.labels import Label, Point, Room, annotation, settled, text_width
from dashboard.charts.lines import GAP, Line
from dashboard.charts.look import Claim, Look, given, isolated, plain, tooltip, wrapped
from dashboard.charts.panels import Days, empty_figure, figure, page, value_axis, value_scale
from dashboard.charts.planes import Placed, Plane, Trace, bar, mark_value, top_value
from dashboard.charts.sorts import EMPTY, UNIT_LABELS, Panel, sorted_panels
from ingest.model.vocabulary import GroupStatus

_TITLE_HEIGHT: Final = 50
_TITLE_LETTERS: Final = 34
_AXIS_HEIGHT: Final = 34
_BAND_HOURS: Final = 18.0
_MANY_LABELS: Final = 14
_MOST_VOICES: Final = 8
_RUN_IN: Final = timedelta(days=31)


def series_chart(frame: pd.DataFrame, look: Look, *, scale: str = "linear") -> Drawing:
    """Draw the marks of one metric over time.

    `frame` has the columns of `MARK_COLUMNS`. Totals and single events never share an axis, nor do units, nor parties'
    claims about their enemies with anyone's. `scale` is "linear" or "log" for the values.
    """
    known = frame[frame["day"].notna()]
    if known.empty:
        return empty_figure(look, look.say(EMPTY))
    panels = list(sorted_panels(known))
    lasting = known["family"] == "period"
    days = Days.around(known["day"] if lasting.all() else known.loc[~lasting, "day"])
    spell = _spell(known[lasting], days) if lasting.any() else days
    labels = _label_room(panels, look)
    margin = {"l": _tick_room(panels, look), "r": labels, "t": 4, "b": _AXIS_HEIGHT}
    height = (
        margin["t"]
        + margin["b"]
        + sum(p.pixels + _title_room(p, look, first=p is panels[0]) for p in panels)
        + _AXIS_HEIGHT * (len(panels) - 1)
    )
    layout = page(look, height=height, margin=margin)
    traces: list[Trace] = []
    inner, top = height - margin["t"] - margin["b"], 0.0
    for number, panel in enumerate(panels, start=1):
        top += _title_room(panel, look, first=number == 1)
        domain = (1 - (top + panel.pixels) / inner, 1 - top / inner)
        traces += _draw_panel(panel, look, layout, _Frame(number, domain, spell if panel.key == "period" else days, scale == "log"))
        top += panel.pixels + _AXIS_HEIGHT
    return figure(traces, layout)


def _spell(lasting: pd.DataFrame, days: Days) -> Days:
    """The days of counts of a period; one that began long before everything else runs in from the left."""
    every = Days.around(pd.concat([lasting["day"], lasting["last_day"]]))
    return Days(max(every.first, min(days.first, every.last) - _RUN_IN), every.last)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a panel stands in the chart."""

    number: int
    domain: tuple[float, float]
    days: Days
    log: bool

    @property
    def suffix(self) -> str:
        return "" if self.number == 1 else str(self.number)


def _draw_panel(panel: Panel, look: Look, layout: dict[str, Any], at: _Frame) -> list[Trace]:
    values = value_scale(panel.claims, panel.pixels, log=at.log)
    plane = Plane(values, look, x=f"x{at.suffix}", y=f"y{at.suffix}")
    domain = [max(at.domain[0], 0.0), min(at.domain[1], 1.0)]
    layout[f"yaxis{at.suffix}"] = {**value_axis(values, look, ticks=max(2, panel.pixels // 50)), "domain": domain, "anchor": plane.x}
    across = look.least - layout["margin"]["l"] - layout["margin"]["r"]
    layout[f"xaxis{at.suffix}"] = {**at.days.axis(look, across), "anchor": plane.y}
    layout["annotations"].append(_title(panel, look, domain[1], layout["margin"]["l"]))
    made = panel.lines
    traces = _courses(made, plane, at.days, panel.key) if panel.stepped else []
    offsets = {} if panel.stepped else _offsets(panel.claims)
    placed = [_placed(claim, offsets.get(claim["figure_id"], 0.0), at.days, across) for claim in panel.claims]
    traces += [] if panel.stepped else _periods(panel.claims, plane, at.days)
    traces += draw(placed, plane)
    traces += _falls(made, plane, at.days) if panel.key == "total" else []
    layout["annotations"] += _labels(panel, made, plane, _Sideways(at.days, offsets, layout["margin"]))
    return traces


def _placed(claim: Claim, hours: float, days: Days, across: float) -> Placed:
    """The claim at its day and so many hours beside it, on an axis of `across` pixels."""
    return Placed(claim, days.noon(_stands(claim), hours), days.share(_stands(claim), hours) * across)


def _title(panel: Panel, look: Look, top: float, room: int) -> dict[str, Any]:
    said, notes = _title_lines(panel, look)
    heading = "<br>".join(f"<b>{plain(line)}</b>" for line in said)
    note = "<br>".join(map(plain, notes))
    mirrored = look.language == "ar"
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 1 if mirrored else 0,
        "y": top,
        "xshift": 2 - room if look.compact and not mirrored else 0,
        "yshift": 10,
        "xanchor": "right" if mirrored else "left",
        "yanchor": "bottom",
        "showarrow": False,
        "align": "right" if mirrored else "left",
        "text": look.directed(heading + ("<br>" if look.compact else " · ") + note) if note else heading,
        "font": {"size": 13, "color": look.theme.text},
    }


def _title_lines(panel: Panel, look: Look) -> tuple[list[str], list[str]]:
    """The heading, and whom and what the panel counts, each in as many lines as the screen needs."""
    stated = panel.claims[0]["group_key"].strip("|") != GroupStatus.UNSTATED
    notes = [panel.people if stated else "", look.translate(UNIT_LABELS.get(panel.unit, panel.unit))]
    heading = look.translate(panel.title)
    note = " · ".join(isolated(note) for note in notes if note)
    lines, under = (wrapped(heading, _TITLE_LETTERS), wrapped(note, _TITLE_LETTERS)) if look.compact else ([heading], [note])
    return [look.directed(line) for line in lines], [look.directed(line) for line in under if line]


def _title_room(panel: Panel, look: Look, *, first: bool) -> int:
    """Pixels above a panel: its title, and air to the panel before it."""
    return (30 if first else _TITLE_HEIGHT) + (17 * (sum(map(len, _title_lines(panel, look))) - 1) if look.compact else 0)


def _courses(made: Sequence[Line], plane: Plane, days: Days, key: str) -> list[Trace]:
    """Steps for totals, plain lines for levels, through the stated numbers only; broken where a voice was silent long.

    Lines that look the same are one trace: a browser draws one of hundreds of pieces much faster than hundreds.
    """
    alike: dict[tuple[str, str], tuple[list[Any], list[float | None]]] = {}
    for line in made:
        stated = [(claim["day"], max(value, plane.scale.base)) for claim, value in line.course]
        if len(stated) < 2:
            continue
        at, values = alike.setdefault((plane.look.kind_colour(line.kind), DASHES[int(line.claims[0]["shape"]) % len(DASHES)]), ([], []))
        for number, (day, value) in enumerate(stated):
            if day - stated[number - 1][0] > GAP if number else at:
                at.append(None)
                values.append(None)
            at.append(days.noon(day))
            values.append(value)
    shape = "hv" if key == "total" else "linear"
    return [
        plane.trace(
            at, values, mode="lines", line={"color": colour, "width": 2, "shape": shape, "dash": dash}, connectgaps=False, hoverinfo="skip"
        )
        for (colour, dash), (at, values) in alike.items()
    ]


def _falls(made: Sequence[Line], plane: Plane, days: Days) -> list[Trace]:
    """A running total that falls is marked on its step, with how far."""
    falls = [(a, b, high, low) for line in made for (a, high), (b, low) in pairwise(line.course) if low < high and b["open_high"] is False]
    if not falls:
        return []
    look = plane.look
    colours = [look.kind_text(b["source_kind"]) for _, b, _, _ in falls]
    middle = [plane.scale.moved(low, (plane.scale.pixel(high) - plane.scale.pixel(low)) / 2) for _, _, high, low in falls]
    said = [look.say("Revised down from {high} to {low}", high=look.number(high), low=look.number(low)) for _, _, high, low in falls]
    return [
        plane.trace(
            [days.noon(b["day"]) for _, b, _, _ in falls],
            middle,
            mode="markers+text",
            marker={"symbol": "triangle-down-open", "size": 9, "color": colours, "line": {"width": 1.5, "color": colours}},
            text=[f"−{look.number(high - low)}" for _, _, high, low in falls],
            textposition="middle left",
            textfont={"size": 11, "color": colours},
            hoverinfo="text",
            hovertext=[f"<b>{plain(text)}</b><br>{tooltip(b, look)}" for text, (_, b, _, _) in zip(said, falls, strict=True)],
            customdata=[[b["figure_id"], a["figure_id"]] for a, b, _, _ in falls],
            cliponaxis=False,
        )
    ]


def _offsets(claims: Sequence[Claim]) -> dict[str, float]:
    """Hours by which the marks of one day stand beside one another; every voice in its own column."""
    by_day: dict[Any, list[Claim]] = {}
    for claim in claims:
        by_day.setdefault(_stands(claim), []).append(claim)
    moved = {}
    for together in by_day.values():
        ordered = sorted(together, key=lambda c: (c["source_kind"], c["claimed_source"], top_value(c)))
        step = min(5.0, _BAND_HOURS / len(ordered))
        for number, claim in enumerate(ordered):
            moved[claim["figure_id"]] = (number - (len(ordered) - 1) / 2) * step
    return moved


def _stands(claim: Claim) -> Any:
    """The day a mark stands at: of a period its last day, of everything else the day it is about."""
    return claim["last_day"] if claim["family"] == "period" else claim["day"]


def _periods(claims: Sequence[Claim], plane: Plane, days: Days) -> list[Trace]:
    """A claim about several days is a thin rule over them; those of one colour are one trace."""
    alike: dict[str, tuple[list[Any], list[float | None]]] = {}
    for claim in claims:
        if not given(claim["last_day"]) or claim["last_day"] <= claim["day"]:
            continue
        at, values = alike.setdefault(plane.look.kind_colour(claim["source_kind"]), ([], []))
        gap = [None] if at else []
        at += [*gap, days.noon(max(claim["day"], days.first), -12), days.noon(claim["last_day"], 12)]
        values += [*gap, *[mark_value(claim, plane.scale)] * 2]
    return [
        plane.trace(at, values, mode="lines", line={"color": colour, "width": 1.5, "dash": "dot"}, hoverinfo="skip")
        for colour, (at, values) in alike.items()
    ]


@dataclass(frozen=True, slots=True)
class _Sideways:
    """Where marks stand in time: the axis, hours by which single marks were moved, and the margins of the chart in pixels."""

    days: Days
    offsets: dict[str, float]
    margin: Mapping[str, int]

    def hours(self, claim: Claim) -> float:
        """Hours by which the claim's mark was moved."""
        return self.offsets.get(claim["figure_id"], 0.0)

    def pixels(self, claim: Claim, plane: Plane) -> tuple[float, float]:
        """About where the mark is in its panel, in pixels from the left and from the baseline."""
        x = self.days.share(_stands(claim), self.hours(claim)) * plane.look.width
        return x, plane.scale.pixel(mark_value(claim, plane.scale))


def _labels(panel: Panel, made: Sequence[Line], plane: Plane, at: _Sideways) -> list[dict[str, Any]]:
    """Names at the ends of lines; among single marks, at the highest of each voice."""
    look, margin = plane.look, at.margin
    room = Room(look.width, panel.pixels, margin["r"], look.least - margin["l"] - margin["r"])
    named = _once(made, panel, look) if panel.stepped and len(made) <= _MANY_LABELS else _loudest(made)
    labels = []
    for line in named:
        claim = line.claims[-1] if panel.stepped else max(line.claims, key=top_value)
        x, y = at.pixels(claim, plane)
        mark = mark_value(claim, plane.scale)
        moment = at.days.noon(_stands(claim), at.hours(claim))
        labels.append(Label(_name(line, panel, look), look.kind_text(line.kind), moment, mark, x, y))
    points = [point for claim in panel.claims for point in _covered(claim, plane, at)]
    points += [point for line in made if panel.stepped for point in _steps(line, plane, at)]
    return [annotation(label, look, (plane.x, plane.y), plane.scale.axis_value(label.value)) for label in settled(labels, points, room)]


def _covered(claim: Claim, plane: Plane, at: _Sideways) -> Iterator[Point]:
    """The pixels a mark takes: its dot, and its bar every few pixels."""
    x, y = at.pixels(claim, plane)
    yield Point(x, y)
    low, high = bar(claim, plane.scale)
    yield from (Point(x, float(pixel), 0.5) for pixel in range(int(low), int(high), 12))


def _steps(line: Line, plane: Plane, at: _Sideways) -> Iterator[Point]:
    """The pixels the level parts of a stepped line take."""
    for (claim, _), (following, _) in pairwise(line.course):
        (x, y), (end, _) = at.pixels(claim, plane), at.pixels(following, plane)
        yield from (Point(float(pixel), y, 0.4) for pixel in range(int(x) + 12, int(end), 12))


def _once(made: Sequence[Line], panel: Panel, look: Look) -> list[Line]:
    """Of lines with the same name the longest, which comes first."""
    named: dict[str, Line] = {}
    for line in made:
        named.setdefault(_name(line, panel, look), line)
    return list(named.values())


def _loudest(made: Sequence[Line]) -> list[Line]:
    """One line per voice, the one that reaches highest; of many voices those that reach highest."""
    best: dict[str, Line] = {}
    for line in sorted(made, key=lambda one: max(map(top_value, one.claims))):
        best[line.source] = line
    return list(best.values())[-_MOST_VOICES:]


def _name(line: Line, panel: Panel, look: Look) -> str:
    """What a line is called: its voice, and in a panel of running totals also whatever sets it apart."""
    return look.cut(line.label(look, groups=1 if panel.people or not panel.stepped else 2, placed=panel.stepped), 20)


def _label_room(panels: Sequence[Panel], look: Look) -> int:
    longest = max((text_width(_name(line, panel, look)) for panel in panels for line in panel.lines), default=0.0)
    return int(min(max(longest + 18, 40), 96 if look.compact else 190))


def _tick_room(panels: Sequence[Panel], look: Look) -> int:
    return int(max(text_width(look.number(max(map(top_value, panel.claims))), 11) for panel in panels) + 14)
