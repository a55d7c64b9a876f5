"""The span of one count: the latest word of each independent voice, one under the other, from the highest down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard.charts.captions import counted
from dashboard.charts.drawing import Drawing
from dashboard.charts.glyphs import draw
from dashboard.charts.lettering import cut_to, text_width
from dashboard.charts.look import Claim, Look, isolated, plain, value_words
from dashboard.charts.panels import empty_figure, figure, page, value_axis, value_scale
from dashboard.charts.planes import Placed, Plane, bar, mark_value, top_value
from dashboard.charts.ranges import band
from dashboard.charts.sorts import EMPTY

MOST_VOICES: Final = 14
_LANE: Final = 22
_WIDE, _NARROW = 510, 328  # pixels a strip has at least beside its title on a wide screen, and on a phone
_RIM: Final = 3  # pixels from a label to the end of the chart
_GAP: Final = 11  # pixels between a mark and its label


def span_chart(claims: Sequence[Claim], look: Look, *, scale: str = "linear") -> Drawing:
    """Draw the voices of one metric, kind, group and unit: the `span_claims` of them."""
    if not claims:
        return empty_figure(look, look.say(EMPTY))
    lanes = [_LANE * (number + 0.5) for number in range(len(claims))]
    depth = _LANE * len(claims)
    room = int(min(max(_said(claim, look).width for claim in claims) + 26, 150 if look.compact else 260))
    margin = {"l": 12, "r": room, "t": 4, "b": 24}
    layout = page(look, height=depth + margin["t"] + margin["b"], margin=margin)
    values = value_scale(claims, (_NARROW if look.compact else _WIDE) - room - margin["l"], log=scale == "log")
    plane = Plane(values, look, upright=False)
    layout["xaxis"] = {**value_axis(values, look, ticks=2 if look.compact else 3), "anchor": "y"}
    layout["yaxis"] = {"range": [depth, 0], "visible": False, "fixedrange": True, "anchor": "x"}
    layout["shapes"] = band(claims, lanes, plane)
    layout["annotations"] = [_label(claim, y, plane, room) for claim, y in zip(claims, lanes, strict=True)]
    return figure(draw([Placed(claim, y) for claim, y in zip(claims, lanes, strict=True)], plane), layout)


def span_claims(claims: Iterable[Claim]) -> Sequence[Claim]:
    """The claims, one per voice, from the highest stated number down, at most `MOST_VOICES`."""
    return sorted(claims, key=lambda claim: (-top_value(claim), claim["claimed_source"]))[:MOST_VOICES]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a label says: who, how many, as of when; `day` is empty where there is no room for it."""

    name: str
    value: str
    day: str

    @property
    def width(self) -> float:
        """About how many pixels it takes."""
        return text_width(" ".join(filter(None, (self.name, self.value, self.day))), 12)

    def cut_to(self, pixels: float) -> "_Words":
        """The same in that many pixels: without the day, then with as much of the name as fits."""
        if self.width <= pixels:
            return self
        if self.day:
            return replace(self, day="").cut_to(pixels)
        return replace(self, name=cut_to(self.name, pixels - text_width(f"{self.value} ", 12), 12))

    def html(self, claim: Claim, look: Look) -> str:
        """The label as it is drawn."""
        name = f"<span style='color:{look.kind_text(claim['source_kind'])}'>{plain(isolated(self.name))}</span>"
        day = f" <span style='color:{look.theme.muted};font-size:11px'>{plain(isolated(self.day))}</span>" if self.day else ""
        return look.directed(f"{name} {plain(self.value)}{day}")


def _said(claim: Claim, look: Look) -> _Words:
    name = str(claim["source_short"] or claim["source_label"])
    return _Words(name, value_words(claim, look) + counted(claim, look), look.day(claim["as_of"]))


def _label(claim: Claim, y: float, plane: Plane, room: float) -> dict[str, Any]:
    """The label behind its mark; before it where only there it fits; cut on the wider side where it fits on neither."""
    value = mark_value(claim, plane.scale)
    low, high = bar(claim, plane.scale)
    at = plane.scale.pixel(value)
    after, before = max(high - at, 0.0) + _GAP, max(at - low, 0.0) + _GAP
    behind, ahead = plane.scale.pixels - at - after + room - _RIM, at - before - _RIM
    words = _said(claim, plane.look)
    right = words.width <= behind or (words.width > ahead and behind >= ahead)
    words = words.cut_to(behind if right else ahead)
    over = max(0.0, words.width - behind)  # over the open end rather than off the screen
    return {
        "x": plane.scale.axis_value(plane.scale.moved(plane.scale.base, max(high, at) if right else min(low, at))),
        "y": y,
        "xref": "x",
        "yref": "y",
        "xshift": _GAP - over if right else -_GAP,
        "text": words.html(claim, plane.look),
        "showarrow": False,
        "xanchor": "left" if right else "right",
        "yanchor": "middle",
        "font": {"size": 12, "color": plane.look.theme.text},
    }
