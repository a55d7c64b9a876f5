"""Claims over time: one panel per sort of count, one line per voice, steps for totals, marks for everything else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

from dashboard.charts.captions import caption_traces, captions, level, obstacles
from dashboard.charts.drawing import Drawing
from dashboard.charts.falls import fall_label, fall_traces, falls
from dashboard.charts.glyphs import DASHES, draw
from dashboard.charts.labels import Label, Obstacle, Room, annotation, by_the_right, settled
from dashboard.charts.lettering import text_width
from dashboard.charts.lines import GAP, Line
from dashboard.charts.look import Claim, Look, given, isolated, plain, wrapped
from dashboard.charts.panels import Days, empty_figure, figure, page, value_axis, value_scale
from dashboard.charts.planes import Placed, Plane, Trace, dot_value, mark_value, top_value
from dashboard.charts.sorts import EMPTY, UNIT_LABELS, Panel, sorted_panels
from ingest.model.vocabulary import GroupStatus

_TITLE_HEIGHT: Final = 50
_TITLE_LETTERS: Final = 34
_AXIS_HEIGHT: Final = 34
_BAND_HOURS: Final = 18.0
_MANY_LABELS: Final = 14
_MOST_VOICES: Final = 8
_RUN_IN: Final = timedelta(days=31)


def series_chart(claims: Sequence[Claim], look: Look, *, scale: str = "linear") -> Drawing:
    """Draw the marks of one metric over time.

    `claims`, oldest first, have the columns of `MARK_COLUMNS`. Totals and single events never share an axis, nor do units, nor parties'
    claims about their enemies with anyone's. `scale` is "linear" or "log" for the values.
    """
    known = [claim for claim in claims if given(claim["day"])]
    if not known:
        return empty_figure(look, look.say(EMPTY))
    panels = list(sorted_panels(known))
    lasting = [claim for claim in known if claim["family"] == "period"]
    others = [claim["day"] for claim in known if claim["family"] != "period"]
    days = Days.around(others or [claim["day"] for claim in lasting])
    spell = _spell(lasting, days) if lasting else days
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
    inner, top, left_out, across = height - margin["t"] - margin["b"], 0.0, 0, margin["l"] + margin["r"]
    for number, panel in enumerate(panels, start=1):
        top += _title_room(panel, look, first=number == 1)
        domain = (1 - (top + panel.pixels) / inner, 1 - top / inner)
        own = spell if panel.key == "period" else days
        at = _Frame(number, domain, own, scale == "log", Room(look.least - across, look.most - across, panel.pixels, right=labels))
        drawn, unsaid = _draw_panel(panel, look, layout, at)
        traces += drawn
        left_out += unsaid
        top += panel.pixels + _AXIS_HEIGHT
    return figure(traces, layout, left_out)


def _spell(lasting: Sequence[Claim], days: Days) -> Days:
    """The days of counts of a period; one that began long before everything else runs in from the left."""
    every = Days.around(claim[end] for claim in lasting for end in ("day", "last_day"))
    return Days(max(every.first, min(days.first, every.last) - _RUN_IN), every.last)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a panel stands in the chart, and the room it has."""

    number: int
    domain: tuple[float, float]
    days: Days
    log: bool
    room: Room

    @property
    def suffix(self) -> str:
        return "" if self.number == 1 else str(self.number)


def _draw_panel(panel: Panel, look: Look, layout: dict[str, Any], at: _Frame) -> tuple[list[Trace], int]:
    """The traces of a panel, and how many texts found no room in it."""
    values = value_scale(panel.claims, panel.pixels, log=at.log)
    plane = Plane(values, look, x=f"x{at.suffix}", y=f"y{at.suffix}")
    domain = [max(at.domain[0], 0.0), min(at.domain[1], 1.0)]
    layout[f"yaxis{at.suffix}"] = {**value_axis(values, look, ticks=max(2, panel.pixels // 50)), "domain": domain, "anchor": plane.x}
    layout[f"xaxis{at.suffix}"] = {**at.days.axis(look, at.room.least), "anchor": plane.y}
    layout["annotations"].append(_title(panel, look, domain[1], layout["margin"]))
    made = panel.lines
    traces = _courses(made, plane, at.days, panel.key) if panel.stepped else []
    offsets = {} if panel.stepped else _offsets(panel.claims)
    placed = [_placed(claim, offsets.get(claim["figure_id"], 0.0), at.days) for claim in panel.claims]
    traces += [] if panel.stepped else _periods(panel.claims, plane, at.days)
    traces += draw(placed, plane)
    traces += fall_traces(falls(made), plane, at.days) if panel.key == "total" else []
    texts, names, left_out = _texts(panel, placed, plane, at)
    layout["annotations"] += names
    return [*traces, *texts], left_out


def _placed(claim: Claim, hours: float, days: Days) -> Placed:
    """The claim at its day and so many hours beside it."""
    return Placed(claim, days.noon(_stands(claim), hours), days.share(_stands(claim), hours))


def _title(panel: Panel, look: Look, top: float, margin: Mapping[str, int]) -> dict[str, Any]:
    said, notes = _title_lines(panel, look)
    heading = "<br>".join(f"<b>{plain(line)}</b>" for line in said)
    note = "<br>".join(map(plain, notes))
    mirrored = look.language == "ar"
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 1 if mirrored else 0,
        "y": top,
        "xshift": margin["r"] if mirrored else 2 - margin["l"] if look.compact else 0,
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


def _texts(panel: Panel, placed: Sequence[Placed], plane: Plane, at: _Frame) -> tuple[list[Trace], list[dict[str, Any]], int]:
    """Everything written beside the marks, each where it lies over nothing: small texts, names, and how many found no room."""
    fallen = sorted(falls(panel.lines), key=lambda fall: fall.high - fall.low, reverse=True) if panel.key == "total" else []
    small = captions(placed, plane)
    names = by_the_right(_names(panel, placed, plane)) + by_the_right(_names_of_bars(panel, placed, plane))
    wanted = [*small.zeros, *names, *(fall_label(fall, plane, at.days) for fall in fallen), *small.words, *small.counts]
    in_the_way = [*obstacles(placed, plane), *(step for line in panel.lines if panel.stepped for step in _steps(line, plane, at.days))]
    kept, left_out = settled(wanted, in_the_way, at.room)
    notes = [annotation(one, plane.look, (plane.x, plane.y), plane.scale.axis_value(one.value)) for one in kept if not one.small]
    return caption_traces([one for one in kept if one.small], plane), notes, left_out


def _names(panel: Panel, placed: Sequence[Placed], plane: Plane) -> list[Label]:
    """Names at the ends of lines; among single marks, at the highest of each voice."""
    named = [(line, line.claims[-1] if panel.stepped else max(line.claims, key=top_value)) for line in _named(panel, plane.look)]
    return _beside(named, panel, placed, plane)


def _names_of_bars(panel: Panel, placed: Sequence[Placed], plane: Plane) -> list[Label]:
    """Names at the last of bars without a dot within a line: no shape says there whose they are, and no step leads to them."""
    if not panel.stepped or len(panel.lines) > _MANY_LABELS:
        return []
    bars = [
        (line, claim)
        for line in panel.lines
        for claim, following in pairwise(line.claims)
        if _shapeless(claim) and not _shapeless(following)
    ]
    return _beside(bars, panel, placed, plane)


def _shapeless(claim: Claim) -> bool:
    return dot_value(claim) is None and given(claim["low"])


def _beside(named: Sequence[tuple[Line, Claim]], panel: Panel, placed: Sequence[Placed], plane: Plane) -> list[Label]:
    """What each line is called, at a claim of it."""
    stands, labels = {one.claim["figure_id"]: one for one in placed}, []
    for line, claim in named:
        own = stands[claim["figure_id"]]
        value = mark_value(claim, plane.scale)
        share, up = plane.spot(own, value)
        labels.append(Label(_name(line, panel, plane.look), plane.look.kind_text(line.kind), own.at, value, share, up))
    return labels


def _named(panel: Panel, look: Look) -> list[Line]:
    """The lines that are named."""
    made = panel.lines
    return _once(made, panel, look) if panel.stepped and len(made) <= _MANY_LABELS else _loudest(made)


def _steps(line: Line, plane: Plane, days: Days) -> Iterator[Obstacle]:
    """The level parts of a stepped line."""
    for (claim, value), (following, _) in pairwise(line.course):
        yield level(days.share(claim["day"]), days.share(following["day"]), plane.scale.pixel(max(value, plane.scale.base)))


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
