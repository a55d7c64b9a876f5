"""Whether confidence means something: how often readings of about the same confidence were right."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings with a confidence from `low` up to `high`: how many, their mean confidence, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float
    right: int

    @property
    def share(self) -> float:
        """The share of them that was right, which a calibrated confidence comes near to."""
        return self.right / self.count


def calibration(judged: Iterable[tuple[float, bool]], edges: tuple[float, ...] = EDGES) -> tuple[Bin, ...]:
    """The bins that hold something, from (confidence, was it right); the last one holds its upper edge too."""
    listed = sorted(judged)
    bins = []
    for low, high in pairwise(edges):
        inside = [one for one in listed if low <= one[0] < high or one[0] == high == edges[-1]]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), mean, sum(right for _, right in inside)))
    return tuple(bins)


def expected_error(bins: Iterable[Bin]) -> float:
    """How far confidence and share right lie apart on average, each reading counted once; 0 where there is none."""
    listed = list(bins)
    total = sum(one.count for one in listed)
    return sum(abs(one.share - one.confidence) * one.count for one in listed) / total if total else 0.0
