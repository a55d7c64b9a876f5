"""Running totals that fall: a mark on the step, and by how much beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dashboard.charts.captions import WORD, places
from dashboard.charts.labels import Label
from dashboard.charts.lines import Line
from dashboard.charts.look import Claim, plain, tooltip
from dashboard.charts.panels import Days
from dashboard.charts.planes import Plane, Trace

_MARK: Final = 9
_BESIDE: Final = ("middle left", "middle right", "top left", "bottom left", "top right", "bottom right")


@dataclass(frozen=True, slots=True)
class Fall:
    """A total that came down from `high` to `low`, between two claims of one line."""

    before: Claim
    after: Claim
    high: float
    low: float

    def middle(self, plane: Plane) -> float:
        """The value half-way down, as it is drawn."""
        return plane.scale.moved(self.low, (plane.scale.pixel(self.high) - plane.scale.pixel(self.low)) / 2)


def falls(made: Iterable[Line]) -> list[Fall]:
    """Every fall of the lines; one to an open end is none."""
    return [
        Fall(before, after, high, low)
        for line in made
        for (before, high), (after, low) in pairwise(line.course)
        if low < high and after["open_high"] is False
    ]


def fall_traces(fallen: Sequence[Fall], plane: Plane, days: Days) -> list[Trace]:
    """A mark on each step; pointed at, it says from what to what."""
    if not fallen:
        return []
    look = plane.look
    colours = [look.kind_text(fall.after["source_kind"]) for fall in fallen]
    marker = {"symbol": "triangle-down-open", "size": _MARK, "color": colours, "line": {"width": 1.5, "color": colours}}
    return [
        plane.trace(
            [days.noon(fall.after["day"]) for fall in fallen],
            [fall.middle(plane) for fall in fallen],
            mode="markers",
            marker=marker,
            hoverinfo="text",
            hovertext=[f"<b>{plain(_said(fall, plane))}</b><br>{tooltip(fall.after, look)}" for fall in fallen],
            customdata=[[fall.after["figure_id"], fall.before["figure_id"]] for fall in fallen],
            cliponaxis=False,
        )
    ]


def _said(fall: Fall, plane: Plane) -> str:
    number = plane.look.number
    return plane.look.say("Revised down from {high} to {low}", high=number(fall.high), low=number(fall.low))


def fall_label(fall: Fall, plane: Plane, days: Days) -> Label:
    """By how much a total falls, beside the mark on its step."""
    look, value = plane.look, fall.middle(plane)
    text, colour = f"−{look.number(fall.high - fall.low)}", look.kind_text(fall.after["source_kind"])
    share, up = days.share(fall.after["day"]), plane.scale.pixel(value)
    return Label(text, colour, days.noon(fall.after["day"]), value, share, up, WORD, places(_BESIDE, _MARK, WORD), small=True)
