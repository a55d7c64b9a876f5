"""Texts beside marks: each stands where it covers least, near its mark, and over no other text; one without room is left out.

A chart is laid out once and drawn in any width between the least and the most of its `Room`: marks move apart with it, texts keep
their size. Two texts are kept apart in every one of those widths. That needs only the two ends: how far one stands to the right
of another is a straight line over the width.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dashboard.charts.lettering import SIZE, cut_to, text_width
from dashboard.charts.look import Look, isolated, plain
from dashboard.charts.theme import clear

_AWAY: Final = 13.0
"""Pixels upwards from which on a hair line leads from the mark to its text."""
_CUT_OFF: Final = 20.0  # what a pixel of a cut text weighs: half a name is worse than a name over a mark
_SMUDGED: Final = 30.0  # square pixels of marks that a small text may cover: the edge of a bar, but no dot
_BURIED: Final = 120.0  # the same of a name: no dot as a whole, nor a bundle of lines
_BELOW: Final = 4.0  # pixels below the foot of a panel, where the days of its axis stand
_COVERED: Final = 1 / 8  # what a square pixel of a mark weighs
_BEFORE: Final = 12.0  # pixels that a name away from its mark keeps off the dots of others
_HALF: Final = 0.62  # of the size of a text, half its height

_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text may stand: pixels right and up of its mark, where it begins (`side` 1), ends (-1) or has its middle (0).

    `name` is what plotly calls the place of a text that belongs to a mark, `mark` the size in pixels of the mark it keeps off.
    """

    right: float
    up: float
    side: int = 1
    name: str = ""
    mark: float = 0.0


BESIDE: Final = tuple(
    Place(right, up, 1 if right > 0 else -1)
    for right, up in (
        *((11, 0), (9, 12), (9, -12), (-11, 0), (9, 24), (9, -24), (-9, 12), (-9, -12)),
        *((14, 38), (14, -38), (-14, 26), (-14, -26), (16, 54), (16, -54), (18, 70), (-14, 40), (-14, -40), (-16, 56), (-16, -56)),
    )
)
"""Places of names, the best first."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something texts should not cover: a mark, a bar or a line, in shares of the panel's width, with `half` pixels to both sides of it.

    `low` and `high` are pixels from the foot of the panel; `weight` says how much it matters, 1 for a dot.
    """

    first: float
    last: float
    low: float
    high: float
    half: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text for the mark at (`at`, `value`) on the axes, which is at a `share` of the panel's width and `up` pixels from its foot.

    A `small` one covers no mark, and is never cut; `place` is where it has come to stand. `rim` is by how many pixels the ground it
    stands on is taller than its letters, above and below.
    """

    text: str
    colour: str
    at: Any
    value: float
    share: float
    up: float
    size: int = SIZE
    places: tuple[Place, ...] = BESIDE
    small: bool = False
    rim: float = 0.0
    place: Place = BESIDE[0]

    def box(self, width: float) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of the text in a panel of that width, in pixels."""
        takes, middle = text_width(self.text, self.size), self.up + self.place.up
        left = self.share * width + self.place.right - takes * (1 - self.place.side) / 2
        return left, left + takes, middle - self.half, middle + self.half

    @property
    def half(self) -> float:
        """Half its height in pixels, with the ground it stands on."""
        return self.size * _HALF + self.rim


@dataclass(frozen=True, slots=True)
class Room:
    """The panel texts have to stay in: the least and the most pixels it may be wide, and from its `foot` to its `height`.

    `right` and `left` are pixels beside it that they may use.
    """

    least: float
    most: float
    height: float
    right: float = 0.0
    left: float = 0.0
    foot: float = 0.0


@dataclass(slots=True)
class _Taken:
    """The boxes texts stand in already, by the share of their mark and in pixels from it."""

    room: Room
    rows: _Numbers
    count: int = 0

    def clear_of(self, share: float, boxes: _Numbers) -> NDArray[np.bool_]:
        """Which of the boxes (left, right, bottom, top in columns) of a mark lie over none of them, however wide the panel is."""
        shares, left, right, bottom, top = self.rows[: self.count].T
        apart = shares - share
        near, far = apart * self.room.least, apart * self.room.most
        level = (boxes[:, 2:3] < top) & (boxes[:, 3:4] > bottom)
        after = np.minimum(near, far) + left >= boxes[:, 1:2]
        before = np.maximum(near, far) + right <= boxes[:, 0:1]
        clear: NDArray[np.bool_] = ~(level & ~after & ~before).any(axis=1)
        return clear

    def add(self, share: float, box: Iterable[float]) -> None:
        """Take a box."""
        self.rows[self.count] = (share, *box)
        self.count += 1


def settled(labels: Sequence[Label], obstacles: Sequence[Obstacle], room: Room, *, fixed: Sequence[Label] = ()) -> tuple[list[Label], int]:
    """The texts, each in the cheapest place where it lies over none before it, the first choosing first; and how many found none.

    `fixed` are texts that stand in their place already.
    """
    taken = _Taken(room, np.empty((len(labels) + len(fixed), 5)))
    for label in fixed:
        taken.add(label.share, label.box(0))
    solid = np.array([(o.first, o.last, o.low, o.high, o.half, o.weight) for o in obstacles]).reshape(-1, 6).T
    kept: list[Label] = []
    for places, alike in groupby(labels, key=lambda one: one.places):
        batch = list(alike)
        boxes = _boxes(batch, places)
        costs = _costs(batch, boxes, solid, room)
        for label, box, cost in zip(batch, boxes, costs, strict=True):
            if taken.count:
                cost[~taken.clear_of(label.share, box)] = math.inf
            best = int(cost.argmin())
            chosen = _fitting(replace(label, place=places[best]), room) if cost[best] < math.inf else None
            if chosen:
                taken.add(label.share, box[best])
                kept.append(chosen)
    return kept, len(labels) - len(kept)


def by_the_right(labels: Iterable[Label]) -> list[Label]:
    """Names in the order in which they choose: those further right first, of those above one another the upper."""
    return sorted(labels, key=lambda one: (-one.share, -one.up))


@lru_cache(maxsize=64)
def _offsets(places: tuple[Place, ...]) -> tuple[_Numbers, _Numbers, _Numbers, _Numbers]:
    """Pixels right and up, the side, and what the place itself costs."""
    right, up, side = (np.array([getattr(place, name) for place in places], dtype=float) for name in ("right", "up", "side"))
    order = np.arange(len(places)) * 0.01
    return right, up, side, np.abs(up) * 0.35 + (side < 0) * 6 + order


def _boxes(labels: Sequence[Label], places: tuple[Place, ...]) -> _Numbers:
    """The box of each text in each of its places: left and right in pixels from its mark, bottom and top from the panel's foot."""
    right, up, side, _ = _offsets(places)
    widths = np.array([[text_width(label.text, label.size)] for label in labels])
    halves = np.array([[label.half] for label in labels])
    left = right - widths * (1 - side) / 2
    middle = np.array([[label.up] for label in labels]) + up
    return np.stack([left, left + widths, middle - halves, middle + halves], axis=-1)


def _costs(labels: Sequence[Label], boxes: _Numbers, solid: _Numbers, room: Room) -> _Numbers:
    """What each place of each text costs: what it covers of the marks, and what would be cut off; infinite where that must not be."""
    _, _, _, own = _offsets(labels[0].places)
    at = np.array([[label.share] for label in labels]) * room.least
    left, right = at + boxes[..., 0], at + boxes[..., 1]
    beyond = np.maximum(right - room.least - room.right, 0) + np.maximum(-left - room.left, 0)
    outside = np.maximum(room.foot - boxes[..., 2] - 2, 0) * 2 + np.maximum(boxes[..., 3] - room.height - 14, 0)
    small = np.array([[label.small] for label in labels])
    near_left, near_right = left - _air(labels[0].places, 1) * ~small, right + _air(labels[0].places, -1) * ~small
    covered = np.stack([_covered(near_left[:, n], near_right[:, n], boxes[:, n], solid, room) for n in range(len(own))], axis=1)
    costs: _Numbers = own + outside * 5 + beyond * _CUT_OFF + covered * _COVERED
    never = (covered > _BURIED) | (boxes[..., 2] < room.foot - _BELOW)
    costs[never | (small & ((covered > _SMUDGED) | (beyond > 0) | (outside > 0)))] = math.inf
    return costs


@lru_cache(maxsize=64)
def _air(places: tuple[Place, ...], side: int) -> _Numbers:
    """Pixels before a name that stands away from its mark and begins (1) or ends (-1) there: a dot in them would be taken for its own."""
    return np.array([_BEFORE * (abs(place.up) > _AWAY and place.side == side) for place in places])


def _covered(left: _Numbers, right: _Numbers, boxes: _Numbers, solid: _Numbers, room: Room) -> _Numbers:
    """Weighted square pixels of the marks that boxes cover on the narrowest screen, where marks stand closest."""
    first, last, low, high, half, weight = solid
    wide = np.minimum(right[:, None], last * room.least + half) - np.maximum(left[:, None], first * room.least - half)
    tall = np.minimum(boxes[:, 3:4], high) - np.maximum(boxes[:, 2:3], low)
    area: _Numbers = (np.maximum(wide, 0) * np.maximum(tall, 0)) @ weight
    return area


def _fitting(label: Label, room: Room) -> Label | None:
    """The label, shortened by as many letters as would be cut off; None where too little of it would be left."""
    beyond = _beyond(label, room)
    if label.small or beyond <= 0:
        return label
    text = cut_to(label.text, text_width(label.text, label.size) - beyond, label.size)
    cut = replace(label, text=isolated(text))
    return cut if _beyond(cut, room) <= 0 else None


def _beyond(label: Label, room: Room) -> float:
    """How many pixels of the text would be cut off at the sides, on the narrowest screen."""
    left, right, _, _ = label.box(room.least)
    return max(0.0, right - room.least - room.right) + max(0.0, -left - room.left)


def annotation(label: Label, look: Look, axes: tuple[str, str], value: float) -> dict[str, Any]:
    """The label as an annotation; `value` is its mark's on the plotly axis."""
    right, up = label.place.right, label.place.up
    away = abs(up) > _AWAY
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
        "ax": right,
        "ay": -up,
        "xanchor": "left" if label.place.side > 0 else "right",
        "yanchor": "middle",
        "xshift": 0 if away else right,
        "yshift": 0 if away else up,
        "font": {"size": label.size, "color": label.colour},
        "bgcolor": clear(look.theme.paper, 0.75),
        "borderpad": 0,
    }
