"""What charts share: the page they are drawn on, and axes with ticks a reader can say aloud."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from dashboard.charts.drawing import Drawing
from dashboard.charts.lettering import text_width
from dashboard.charts.look import Claim, Look, given, plain, wrapped
from dashboard.charts.planes import DOT, Scale, Trace, overhangs, reach, top_value
from dashboard.charts.theme import FONT

CONFIG: Final = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False, "showTips": False}
"""For the browser: charts hold still under a finger; what to zoom to is chosen with the filters."""

_STEPS: Final = (1, 2, 3, 7, 14, 28)
_HEADROOM: Final = 0.04


def page(look: Look, *, height: int, margin: dict[str, int]) -> dict[str, Any]:
    """Layout every chart starts from: the theme's paper, the reader's fonts, nothing that moves or floats."""
    theme = look.theme
    return {
        "template": {},
        "height": height,
        "margin": {**margin, "pad": 0},
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": theme.muted},
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 24,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": theme.paper,
            "bordercolor": theme.line,
            "align": "right" if look.language == "ar" else "left",
            "font": {"family": FONT, "size": 13, "color": theme.text},
        },
        "annotations": [],
        "shapes": [],
    }


def figure(traces: Sequence[Trace], layout: dict[str, Any], left_out: int = 0) -> Drawing:
    """The figure, without plotly's default template; `left_out` texts found no room in it."""
    return Drawing(left_out, data=list(traces), layout=layout)


def empty_figure(look: Look, text: str) -> Drawing:
    """A chart of nothing says why, and what to do."""
    layout = page(look, height=160, margin={"l": 16, "r": 16, "t": 16, "b": 16})
    layout.update(xaxis={"visible": False, "fixedrange": True}, yaxis={"visible": False, "fixedrange": True})
    layout["annotations"] = [
        {
            "text": "<br>".join(plain(look.directed(line)) for line in wrapped(text, 34 if look.compact else 64)),
            "showarrow": False,
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "font": {"size": 15},
        }
    ]
    return figure([], layout)


def value_scale(claims: Sequence[Claim], pixels: float, *, log: bool) -> Scale:
    """A scale from zero (from a power of ten where logarithmic) on which every claim, its open end and its word fit."""
    top = max(max(map(top_value, claims), default=0.0), 1.0)
    if log:
        smallest = min((float(c[n]) for c in claims for n in ("low", "best") if given(c[n]) and c[n] > 0), default=1.0)
        foot = float(10 ** math.floor(math.log10(max(smallest, 1.0))))
        scale = Scale(foot, max(top, foot * 10.0), pixels, log=True)
    else:
        scale = Scale(0.0, top, pixels)
    # an end that is open reaches a fixed number of pixels, so what fits is found by trying
    tops = overhangs(claims)
    while reach(tops, scale) > pixels - DOT:
        scale = replace(scale, high=scale.moved(scale.high, pixels * _HEADROOM))
    return scale


def value_axis(scale: Scale, look: Look, *, ticks: int) -> dict[str, Any]:
    """An axis of values with about that many ticks, in the reader's digits, over faint lines and a stronger baseline."""
    shown = _powers(scale) if scale.log else _round_steps(scale.high, ticks)
    ends = [math.log10(scale.low), math.log10(scale.high)] if scale.log else [scale.low, scale.high]
    return {
        "type": "log" if scale.log else "linear",
        "range": ends,
        "tickvals": shown,
        "ticktext": [look.number(tick) for tick in shown],
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": look.theme.grid,
        "zeroline": not scale.log,
        "zerolinecolor": look.theme.line,
        "zerolinewidth": 1,
        "tickfont": {"size": 11, "color": look.theme.muted},
        "tickangle": 0,
        "showline": False,
        "ticks": "",
    }


def _round_steps(high: float, ticks: int) -> list[float]:
    power = 10 ** math.floor(math.log10(max(high / max(ticks, 1), 1e-9)))
    steps = [power * m for m in (1, 2, 2.5, 5, 10) if power * m >= 1 and float(power * m).is_integer()] or [1]
    step = float(min(steps, key=lambda one: abs(high / one - ticks)))
    return [step * number for number in range(int(high // step) + 1)]


def _apart(texts: Sequence[str], stands: Sequence[float], first: Sequence[bool]) -> list[str]:
    """The texts of ticks, those left empty that would run into another; `first` says which are kept before others."""
    kept: dict[int, tuple[float, float]] = {}
    for number in sorted(range(len(texts)), key=lambda n: not first[n]):
        half = text_width(texts[number], 11) / 2 + 3
        ends = stands[number] - half, stands[number] + half
        if all(ends[1] <= low or ends[0] >= high for low, high in kept.values()):
            kept[number] = ends
    return [text if number in kept else "" for number, text in enumerate(texts)]


def _powers(scale: Scale) -> list[float]:
    first, last = round(math.log10(scale.low)), math.floor(math.log10(scale.high))
    return [10.0**power for power in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Days:
    """The time axis: from day to day, both shown whole. Marks of a day stand at its noon."""

    first: date
    last: date

    @classmethod
    def around(cls, days: Iterable[date | None]) -> "Days":
        """The axis that holds all the days that are known, with half a day of air on both sides."""
        known = [day for day in days if day is not None]
        return cls(min(known), max(known))

    @property
    def count(self) -> int:
        """How many days it shows."""
        return (self.last - self.first).days + 1

    def noon(self, day: Any, hours: float = 0.0) -> str:
        """Where a mark of that day stands, moved sideways by some hours."""
        return (datetime.combine(day, time(12)) + timedelta(hours=hours)).isoformat(timespec="minutes")

    def share(self, day: Any, hours: float = 0.0) -> float:
        """The same as a share, 0 to 1, of the axis."""
        return float(((day - self.first).days + 0.8 + hours / 24) / (self.count + 0.6))

    def axis(self, look: Look, pixels: float) -> dict[str, Any]:
        """The plotly axis, `pixels` long where it is shortest: the month named where it begins, days between; zones never."""
        wanted = 4 if look.compact else 9
        step = next((s for s in _STEPS if self.count / s <= wanted), max(28, round(self.count / wanted)))
        shown = [self.first + timedelta(days=offset) for offset in range(0, self.count, step)]
        begins = [number == 0 or day.month != shown[number - 1].month for number, day in enumerate(shown)]
        stands = [self.share(day) * pixels for day in shown]
        second = next((number for number, names_month in enumerate(begins) if number and names_month), 0)
        if stands[second] - stands[0] < text_width(look.day(shown[0]), 11) / 2 + text_width(look.day(shown[second]), 11) / 2 + 6:
            begins[0] = not second  # two names of months so near would run together: the one that begins is named
        texts = []
        for number, (day, names_month) in enumerate(zip(shown, begins, strict=True)):
            year = names_month and (self.first.year != self.last.year) and (number == 0 or day.year != shown[number - 1].year)
            texts.append(look.day(day, year=year) if names_month or (step > 3 and not look.compact) else look.number(day.day))
        texts = _apart(texts, stands, begins)
        return {
            "type": "date",
            "range": [self.noon(self.first, -19.2), self.noon(self.last, 19.2)],
            "tickvals": [self.noon(day) for day in shown],
            "ticktext": [plain(text) for text in texts],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": 11, "color": look.theme.muted},
            "tickangle": 0,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": look.theme.line,
        }
