"""The claims about one event in the order they came in: a panel per metric, time to the right, what is claimed upwards.

A pale band shows how far the stated numbers reached by then; it grows as claims come in, and is no estimate.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from dashboard.charts.captions import caption_traces, captions, obstacles
from dashboard.charts.drawing import Drawing
from dashboard.charts.glyphs import draw
from dashboard.charts.labels import Label, Room, annotation, by_the_right, settled
from dashboard.charts.lettering import text_width
from dashboard.charts.look import Claim, Look, isolated, plain, value_words
from dashboard.charts.panels import empty_figure, figure, page, value_axis, value_scale
from dashboard.charts.planes import DOT, Placed, Plane, Trace, dot_value, mark_value
from dashboard.charts.sorts import EMPTY
from ingest.model.vocabulary import METRICS

ENEMY: Final = "{metric}, a party about its enemy"
_PANEL: Final = 190
_LOW: Final = 130
_FEW: Final = 2
_TITLE: Final = 34
_AXIS: Final = 46
_STEPS: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 672))
_AIR: Final = 0.06
_SHORTEST: Final = timedelta(hours=6)
_MOST_NAMES: Final = 18
_AROUND: Final = 60  # pixels beside the plot on a phone


@dataclass(frozen=True, slots=True)
class Moments:
    """The time axis, from the first claim to the last with air on both sides, in the time of the crisis."""

    first: datetime
    last: datetime

    @classmethod
    def around(cls, moments: Sequence[datetime]) -> "Moments":
        """The axis that holds all the moments, at least some hours long."""
        first, last = min(moments), max(moments)
        air = max((last - first) * _AIR, (_SHORTEST - (last - first)) / 2, timedelta(minutes=30))
        return cls(first - air, last + air)

    def share(self, moment: datetime) -> float:
        """Where a moment lies, 0 to 1."""
        return (moment - self.first) / (self.last - self.first)

    def ticks(self, most: int) -> list[datetime]:
        """At most about that many full hours or days."""
        step = next((one for one in _STEPS if (self.last - self.first) / one <= most), _STEPS[-1])
        start = self.first.replace(hour=0, minute=0, second=0, microsecond=0)
        skipped = -(-(self.first - start) // step)
        return [start + step * n for n in range(skipped, skipped + int((self.last - start) / step) + 1) if start + step * n <= self.last]

    def axis(self, look: Look) -> dict[str, Any]:
        """The plotly axis: hours below, the day where it begins."""
        shown = self.ticks(3 if look.compact else 7)
        texts = []
        for number, moment in enumerate(shown):
            day = look.day(moment) if number == 0 or moment.date() != shown[number - 1].date() else ""
            hour = look.clock(moment)
            texts.append(plain(day) if moment.hour == 0 and day else f"{hour}<br>{plain(day)}" if day else hour)
        return {
            "type": "date",
            "range": [self.first.isoformat(), self.last.isoformat()],
            "tickvals": [moment.isoformat() for moment in shown],
            "ticktext": texts,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 11, "color": look.theme.muted},
            "tickangle": 0,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": look.theme.line,
        }


def arrival_chart(claims: Sequence[Claim], look: Look) -> Drawing:
    """Draw the claims of one event: `MARK_COLUMNS` with `arrived` (naive, the time of the crisis), the first to come in first."""
    if not claims:
        return empty_figure(look, look.say(EMPTY))
    moments = Moments.around([claim["arrived"] for claim in claims])
    panels = list(_panels(claims, look))
    heights = [_TITLE + (_PANEL if len(own) > _FEW else _LOW) + _AXIS for _, own in panels]
    names = [_name(claim, look) for claim in claims]
    right = 16 if look.compact else int(min(max(map(text_width, names)) + 20, 190))
    margin = {"l": 44, "r": right, "t": 4, "b": 4}
    layout = page(look, height=sum(heights) + 8, margin=margin)
    traces: list[Trace] = []
    top, inner, left_out = 0.0, float(sum(heights)), 0
    for number, ((title, own), height) in enumerate(zip(panels, heights, strict=True), start=1):
        suffix = "" if number == 1 else str(number)
        pixels = height - _TITLE - _AXIS
        plane = Plane(value_scale(own, pixels, log=False), look, x=f"x{suffix}", y=f"y{suffix}")
        ends = [1 - (top + _TITLE + pixels) / inner, 1 - (top + _TITLE) / inner]
        layout[f"yaxis{suffix}"] = {**value_axis(plane.scale, look, ticks=3), "domain": ends, "anchor": plane.x}
        layout[f"xaxis{suffix}"] = {**moments.axis(look), "anchor": plane.y}
        layout["annotations"].append(_heading(title, ends[1], margin, look))
        stands = _stands(own, plane, moments)
        placed = [Placed(c, stands[c["figure_id"]].isoformat(), moments.share(stands[c["figure_id"]])) for c in own]
        texts, notes, unsaid = _texts(placed, plane, margin)
        traces += [*_reach(own, plane, moments), *draw(placed, plane), *texts]
        layout["annotations"] += notes
        left_out += unsaid
        top += height
    return figure(traces, layout, left_out)


def arrival_summary(claims: Sequence[Claim], look: Look) -> str:
    """One sentence per claim in the order they came in."""
    if not claims:
        return look.say(EMPTY)
    said = [
        look.say(
            "{moment}: {source}, {metric} {value}.",
            moment=f"{look.day(claim['arrived'])} {look.clock(claim['arrived'])}",
            source=str(claim["source_short"] or claim["source_label"]),
            metric=look.metric(claim["metric"]),
            value=value_words(claim, look),
        )
        for claim in claims
    ]
    return " ".join(said)


def _panels(claims: Sequence[Claim], look: Look) -> Iterator[tuple[str, list[Claim]]]:
    """A title and the claims of each metric and unit; parties' claims about their enemy apart."""
    order = {str(metric): place for place, metric in enumerate(METRICS)}
    together: dict[tuple[bool, int, str], list[Claim]] = {}
    for claim in claims:
        together.setdefault((claim["enemy"], order[claim["metric"]], claim["unit"]), []).append(claim)
    for (enemy, _, _), own in sorted(together.items()):
        metric = look.metric(own[0]["metric"])
        yield (look.say(ENEMY, metric=metric) if enemy else metric), own


def _heading(title: str, top: float, margin: Mapping[str, int], look: Look) -> dict[str, Any]:
    mirrored = look.language == "ar"
    return {
        **{"xref": "paper", "yref": "paper", "x": 1 if mirrored else 0, "y": top, "yshift": 12, "yanchor": "bottom"},
        **{"xanchor": "right" if mirrored else "left", "xshift": margin["r"] if mirrored else 4 - margin["l"], "showarrow": False},
        "text": f"<b>{plain(look.directed(title))}</b>",
        "font": {"size": 13, "color": look.theme.text},
    }


def _stands(claims: Sequence[Claim], plane: Plane, moments: Moments) -> dict[str, datetime]:
    """When each mark is drawn: when it came in, moved to the right where an earlier mark would hide it."""
    pixel = (moments.last - moments.first) / (plane.look.least - _AROUND)
    taken: list[tuple[datetime, float]] = []
    stands = {}
    for claim in claims:
        at, up = claim["arrived"], plane.scale.pixel(mark_value(claim, plane.scale))
        while any(abs(at - other) < DOT * pixel and abs(up - level) < DOT for other, level in taken):
            at += DOT * pixel
        taken.append((at, up))
        stands[claim["figure_id"]] = at
    return stands


def _reach(claims: Sequence[Claim], plane: Plane, moments: Moments) -> list[Trace]:
    """From the lowest to the highest number stated so far, in steps, as soon as two voices state one."""
    stated = [(c["arrived"], value, c["independence_group"]) for c in claims if (value := dot_value(c)) is not None]
    steps: list[tuple[datetime, float, float]] = []
    for number, (moment, _, _) in enumerate(stated, start=1):
        values = [value for _, value, _ in stated[:number]]
        if len({voice for _, _, voice in stated[:number]}) > 1:
            steps.append((moment, min(values), max(values)))
    if not steps:
        return []
    until = [*(moment for moment, _, _ in steps[1:]), moments.last]
    upper = [(at, high) for (start, _, high), end in zip(steps, until, strict=True) for at in (start, end)]
    lower = [(at, low) for (start, low, _), end in zip(steps, until, strict=True) for at in (start, end)]
    ring = [*upper, *reversed(lower)]
    fill = {"fill": "toself", "fillcolor": plane.look.theme.grid, "opacity": 0.7, "line": {"width": 0}}
    return [plane.trace([at.isoformat() for at, _ in ring], [value for _, value in ring], mode="lines", hoverinfo="skip", **fill)]


def _texts(placed: Sequence[Placed], plane: Plane, margin: Mapping[str, int]) -> tuple[list[Trace], list[dict[str, Any]], int]:
    """The voice beside its mark (of many marks beside the first of each voice), the small texts, and how many found no room."""
    look = plane.look
    first = {one.claim["claimed_source"]: one for one in reversed(placed)}
    labels = []
    for one in placed if len(placed) <= _MOST_NAMES else first.values():
        value = mark_value(one.claim, plane.scale)
        labels.append(Label(_name(one.claim, look), look.kind_text(one.claim["source_kind"]), one.at, value, *plane.spot(one, value)))
    small, beside = captions(placed, plane), margin["l"] + margin["r"]
    room = Room(look.least - beside, look.most - beside, plane.scale.pixels, right=margin["r"])
    wanted = [*small.zeros, *by_the_right(labels), *small.words, *small.counts]
    kept, left_out = settled(wanted, list(obstacles(placed, plane)), room)
    notes = [annotation(one, look, (plane.x, plane.y), plane.scale.axis_value(one.value)) for one in kept if not one.small]
    return caption_traces([one for one in kept if one.small], plane), notes, left_out


def _name(claim: Claim, look: Look) -> str:
    return isolated(look.cut(str(claim["source_short"] or claim["source_label"]), 16))
