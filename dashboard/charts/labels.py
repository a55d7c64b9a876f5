"""Names beside marks: each goes where it covers least, near its mark, with a hair line where it had to move away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts.look import MARKS, Look, plain
from dashboard.charts.theme import clear

SIZE: Final = 12
_LETTER: Final = 6.5
_HALF: Final = 8.0
_AWAY: Final = 13.0

# where a label may stand from its mark, in pixels right and up; a negative step right ends at the mark
_PLACES: Final = (
    *((11, 0), (9, 12), (9, -12), (-11, 0), (9, 24), (9, -24), (-9, 12), (-9, -12)),
    *((14, 38), (14, -38), (-14, 26), (-14, -26), (16, 54), (16, -54), (18, 70)),
)


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

    def box(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of the text, in pixels."""
        width = text_width(self.text)
        left = self.x + self.right if self.right >= 0 else self.x + self.right - width
        return left, left + width, self.y + self.up - _HALF, self.y + self.up + _HALF


@dataclass(frozen=True, slots=True)
class Room:
    """The panel labels have to stay in, in pixels; `margin` is what they may use to the right of it."""

    width: float
    height: float
    margin: float


def text_width(text: str, size: float = SIZE) -> float:
    """About how many pixels a text takes."""
    return sum(letter not in MARKS for letter in text) * _LETTER * size / SIZE


def settled(labels: Sequence[Label], points: Sequence[Point], room: Room) -> list[Label]:
    """The labels, each moved to the place where it covers least; those further right choose first."""
    done: list[Label] = []
    for label in sorted(labels, key=lambda one: (-one.x, -one.y)):
        tried = [_moved(label, right, up) for right, up in _PLACES]
        done.append(min(tried, key=lambda one: _cost(one, points, done, room)))
    return done


def _moved(label: Label, right: float, up: float) -> Label:
    return Label(label.text, label.colour, label.at, label.value, label.x, label.y, right, up)


def _cost(label: Label, points: Sequence[Point], done: Sequence[Label], room: Room) -> float:
    left, right, bottom, top = label.box()
    covered = sum(p.weight for p in points if left - 4 <= p.x <= right + 4 and bottom - 3 <= p.y <= top + 3)
    boxes = [other.box() for other in done]
    shared = sum(min(right, r) > max(left, le) - 4 and min(top, t) > max(bottom, b) for le, r, b, t in boxes)
    outside = max(0.0, -left) + max(0.0, right - room.width - room.margin) + max(0.0, -bottom - 2) * 2 + max(0.0, top - room.height - 14)
    return covered * 10 + shared * 200 + outside * 5 + abs(label.up) * 0.35 + (6 if label.right < 0 else 0)


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
