"""Names beside marks: each goes where it covers least, near its mark, with a hair line where it had to move away."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final

from dashboard.charts.look import MARKS, Look, isolated, plain
from dashboard.charts.theme import clear

SIZE: Final = 12
_LETTERS: Final = ((" .,:;·'’|!()ijlI٬٫،؛ا", 4.0), ("mwMW%…—", 10.5), ("×−–-/", 7.0))
"""Letters that are narrower or wider than others, and how many pixels each takes."""
_CAPITAL, _DIGIT, _OTHER = 8.2, 7.4, 7.0  # pixels of everything else, in the widest of the usual system fonts
_HALF: Final = 8.0
_AWAY: Final = 13.0
_SHORTEST: Final = 4  # letters of a name that are always kept
_CUT_OFF: Final = 20.0  # what a pixel of a cut text weighs: half a name is worse than a name over a mark

# where a label may stand from its mark, in pixels right and up; a negative step right ends at the mark
_PLACES: Final = (
    *((11, 0), (9, 12), (9, -12), (-11, 0), (9, 24), (9, -24), (-9, 12), (-9, -12)),
    *((14, 38), (14, -38), (-14, 26), (-14, -26), (16, 54), (16, -54), (18, 70), (-14, 40), (-14, -40), (-16, 56), (-16, -56)),
)
_NEAR: Final = 100.0
"""Pixels upwards, and beside its own width, beyond which a label covers nothing in whichever of its places."""

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """Something a label should not cover, in pixels of its panel; `weight` says how much it matters."""

    x: float
    y: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name for the mark at (`at`, `value`) on the axes, which is (`x`, `y`) in pixels of its panel."""

    text: str
    colour: str
    at: Any
    value: float
    x: float
    y: float
    right: float = 0.0
    up: float = 0.0

    def box(self) -> _Box:
        """Left, right, bottom and top of the text, in pixels."""
        width = text_width(self.text)
        left = self.x + self.right if self.right >= 0 else self.x + self.right - width
        return left, left + width, self.y + self.up - _HALF, self.y + self.up + _HALF


@dataclass(frozen=True, slots=True)
class Room:
    """The panel labels have to stay in, in pixels; `margin` is what they may use to the right of it.

    `least` is how wide the panel may turn out to be on the narrowest screen it is drawn for: marks move with it, texts do not shrink.
    """

    width: float
    height: float
    margin: float
    least: float = 0.0

    def beyond(self, label: "Label") -> float:
        """How many pixels of the label would be cut off at the sides, on the narrowest screen."""
        left, right, _, _ = label.box()
        at = label.x * min(self.least or self.width, self.width) / self.width
        over = at + (right - label.x) - min(self.least or self.width, self.width) - self.margin
        return max(0.0, over, right - self.width - self.margin) + max(0.0, label.x - left - at, -left)


def text_width(text: str, size: float = SIZE) -> float:
    """About how many pixels a text takes."""
    return _pixels(text) * size / SIZE


@lru_cache(maxsize=10_000)  # names and numbers, of which each is asked for in every place it might stand
def _pixels(text: str) -> float:
    return sum(map(_width, text))


@cache
def _width(letter: str) -> float:
    if letter in MARKS:
        return 0.0
    odd = next((pixels for letters, pixels in _LETTERS if letter in letters), 0.0)
    return odd or (_DIGIT if letter.isdigit() else _CAPITAL if letter.isupper() else _OTHER)


def settled(labels: Sequence[Label], points: Sequence[Point], room: Room) -> list[Label]:
    """The labels, each moved to the place where it covers least; those further right choose first."""
    done: list[Label] = []
    boxes: list[_Box] = []
    for label in sorted(labels, key=lambda one: (-one.x, -one.y)):
        aside = text_width(label.text) + _NEAR
        near = [point for point in points if abs(point.y - label.y) < _NEAR and abs(point.x - label.x) < aside]
        done.append(_fitting(_best(label, near, boxes, room), room))
        boxes.append(done[-1].box())
    return done


def _best(label: Label, points: Sequence[Point], boxes: Sequence[_Box], room: Room) -> Label:
    """The label in the place that costs least, the first of several; where a place costs more anyhow, what it covers is not counted."""
    best, least = label, math.inf
    for right, up in _PLACES:
        tried = _moved(label, right, up)
        box = tried.box()
        cost = _cost(tried, box, boxes, room)
        if cost < least:
            cost += _covered(box, points) * 10
        if cost < least:
            best, least = tried, cost
    return best


def _fitting(label: Label, room: Room) -> Label:
    """The label, shortened by as many letters as would be cut off."""
    text = label.text
    while room.beyond(label) > 0 and len(text) > _SHORTEST:
        text = text[:-1].rstrip(" ,،…")
        label = replace(label, text=isolated(f"{text}…"))
    return label


def _moved(label: Label, right: float, up: float) -> Label:
    return Label(label.text, label.colour, label.at, label.value, label.x, label.y, right, up)


def _covered(box: _Box, points: Sequence[Point]) -> float:
    left, right, bottom, top = box
    return sum([p.weight for p in points if left - 4 <= p.x <= right + 4 and bottom - 3 <= p.y <= top + 3])


def _cost(label: Label, box: _Box, boxes: Sequence[_Box], room: Room) -> float:
    """What a place costs beside what it covers of the marks; never less than nothing."""
    left, right, bottom, top = box
    shared = sum(min(right, r) > max(left, le) - 4 and min(top, t) > max(bottom, b) for le, r, b, t in boxes)
    outside = max(0.0, -bottom - 2) * 2 + max(0.0, top - room.height - 14)
    return shared * 200 + outside * 5 + room.beyond(label) * _CUT_OFF + abs(label.up) * 0.35 + (6 if label.right < 0 else 0)


def annotation(label: Label, look: Look, axes: tuple[str, str], value: float) -> dict[str, Any]:
    """The label as an annotation; `value` is its mark's on the plotly axis."""
    away = abs(label.up) > _AWAY
    return {
        "x": label.at,
        "y": value,
        "xref": axes[0],
        "yref": axes[1],
        "text": plain(label.text),
        "showarrow": away,
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": look.theme.line,
        "standoff": 7,
        "ax": label.right,
        "ay": -label.up,
        "xanchor": "left" if label.right >= 0 else "right",
        "yanchor": "middle",
        "xshift": 0 if away else label.right,
        "yshift": 0 if away else label.up,
        "font": {"size": SIZE, "color": label.colour},
        "bgcolor": clear(look.theme.paper, 0.55),
        "borderpad": 0,
    }
