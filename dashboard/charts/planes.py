"""Where a claim stands: the axis of its value, and the pixels its number, its bar and its open end take there."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dashboard.charts.look import Claim, Look, given
from ingest.model.vocabulary import Qualifier

Trace = dict[str, Any]

DOT: Final = 11
FADE_PIXELS: Final = 44
"""How far an open end reaches: a sign that it is open, not a length that means something."""
_WORD: Final = 18
_OPEN_UP: Final = (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
_OPEN_DOWN: Final = (Qualifier.UP_TO, Qualifier.FEWER_THAN)
OPEN: Final = (*_OPEN_UP, *_OPEN_DOWN)
"""Hedges that leave one end open."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values: from `low` to `high` over `pixels`, linear or logarithmic (base 10)."""

    low: float
    high: float
    pixels: float
    log: bool = False

    @property
    def base(self) -> float:
        """Where the baseline is: zero, or the foot of a logarithmic axis."""
        return self.low

    def pixel(self, value: float) -> float:
        """Pixels from the foot of the axis to the value."""
        low, high = self._at(self.low), self._at(self.high)
        return (self._at(value) - low) / (high - low) * self.pixels

    def moved(self, value: float, pixels: float) -> float:
        """The value that many pixels further up."""
        low, high = self._at(self.low), self._at(self.high)
        moved = self._at(value) + pixels * (high - low) / self.pixels
        return float(10**moved) if self.log else moved

    def values(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values at so many pixels from the foot of the axis."""
        low, high = self._at(self.low), self._at(self.high)
        at = low + pixels * (high - low) / self.pixels
        return 10**at if self.log else at

    def axis_value(self, value: float) -> float:
        """The value as plotly's annotations want it: the exponent on a logarithmic axis."""
        return math.log10(value) if self.log else value

    def _at(self, value: float) -> float:
        return math.log10(max(value, self.low)) if self.log else value


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim and where it stands on the axis that is not its value's: a time, or the position of a row in pixels from the top.

    `share` is that of the panel's width at which a time lies, 0 to 1.
    """

    claim: Claim
    at: Any
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Plane:
    """Where claims are drawn: which axes, which way values run, and their scale."""

    scale: Scale
    look: Look
    x: str = "x"
    y: str = "y"
    upright: bool = True

    def trace(self, at: Sequence[Any], values: Sequence[float | None], **rest: Any) -> Trace:
        """A scatter trace of positions and values, whichever way they lie."""
        x, y = (at, values) if self.upright else (values, at)
        return {"type": "scatter", "x": list(x), "y": list(y), "xaxis": self.x, "yaxis": self.y, "showlegend": False, **rest}

    def spot(self, placed: Placed, value: float) -> tuple[float, float]:
        """Where a value of the claim is in the panel: the share of its width, and pixels up (of rows: from the top, negative)."""
        pixel = self.scale.pixel(value)
        return (placed.share, pixel) if self.upright else (pixel / self.scale.pixels, -float(placed.at))


def dot_value(claim: Claim) -> float | None:
    """The stated number a dot stands at; None where the words state none."""
    if given(claim["best"]):
        return float(claim["best"])
    return float(claim["high"]) if claim["qualifier"] in _OPEN_DOWN and given(claim["high"]) else None


def mark_value(claim: Claim, scale: Scale) -> float:
    """Where the claim is pointed at: its dot, the middle of its bar, or the baseline."""
    dot = dot_value(claim)
    if dot is not None:
        return max(dot, scale.base)
    if given(claim["low"]) and given(claim["high"]):
        low, high = scale.pixel(max(float(claim["low"]), scale.base)), scale.pixel(float(claim["high"]))
        return scale.moved(scale.base, (low + high) / 2)
    return max(float(claim["low"]), scale.base) if given(claim["low"]) else scale.base


def top_value(claim: Claim) -> float:
    """The largest number the claim puts on the axis; 0 where it gives none."""
    top = 0.0
    for value in (claim["low"], claim["best"], claim["high"]):
        if given(value) and value > top:
            top = float(value)
    return top


def overhangs(claims: Iterable[Claim]) -> dict[int, float]:
    """By how many pixels claims reach beyond their largest number, in open ends and words: the largest number among those that do."""
    tops: dict[int, float] = {}
    for claim in claims:
        beyond = (FADE_PIXELS if open_way(claim) > 0 else 0) + _WORD * (claim["qualifier"] == Qualifier.VAGUE)
        tops[beyond] = max(tops.get(beyond, 0.0), top_value(claim))
    return tops


def reach(tops: Mapping[int, float], scale: Scale) -> float:
    """Pixels above the foot of the axis that claims with such `overhangs` need."""
    return max((scale.pixel(max(top, scale.base)) + beyond for beyond, top in tops.items()), default=0.0)


def bar(claim: Claim, scale: Scale) -> tuple[float, float]:
    """Pixels from which to which the claim's bar reaches, its open end included; equal where it has none."""
    at = scale.pixel(mark_value(claim, scale))
    if claim["qualifier"] in (Qualifier.VAGUE, Qualifier.RANGE, Qualifier.ABOUT, Qualifier.NEARLY) and given(claim["low"]):
        low = scale.pixel(max(float(claim["low"]), scale.base))
        return low, scale.pixel(float(claim["high"])) if given(claim["high"]) else low + FADE_PIXELS
    way = open_way(claim)
    return min(at, at + way * FADE_PIXELS), max(at, at + way * FADE_PIXELS)


def open_way(claim: Claim) -> int:
    """1 where the claim is open upwards, -1 downwards, 0 where it is closed or has no number."""
    if claim["qualifier"] in _OPEN_UP or claim["open_high"]:
        return 1
    return -1 if claim["qualifier"] in _OPEN_DOWN else 0


def bar_top(claim: Claim, scale: Scale) -> float:
    """The value a vague word's bar ends at: its upper limit, or where its open end has faded."""
    return float(claim["high"]) if given(claim["high"]) else scale.moved(max(float(claim["low"]), scale.base), FADE_PIXELS)
