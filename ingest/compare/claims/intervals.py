"""The numbers of two claims against each other: do their words leave room for both, and how far apart are the stated numbers.

Definitions, section 12: D8 (strong and soft), D13 and the severity bands. Values are people, households or counts as claimed.
"""

from dataclasses import dataclass

import numpy as np

from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Floats, Ints, Texts
from ingest.compare.rules import Rules


@dataclass(frozen=True, slots=True)
class Numbers:
    """Per pair: the two numbers that are compared, and what the intervals around them allow.

    `first` and `second` are the stated numbers, or the nearest edges of an interval without one. `overlap`: some value fits both
    wordings. `soft`: only an open end lets it fit, and the stated numbers are far apart. `equal`: the same number or interval.
    `first_over`, `second_over`: the one lies wholly above the other. `both_stated`: neither is a vague word or a range.
    """

    first: Floats
    second: Floats
    overlap: Bools
    soft: Bools
    equal: Bools
    first_over: Bools
    second_over: Bools
    both_stated: Bools

    @property
    def gap(self) -> Floats:
        """Absolute difference of the compared numbers."""
        return np.abs(self.first - self.second)

    @property
    def same_number(self) -> Bools:
        """The same stated number, whatever hedge stands before it, or the same interval."""
        same: Bools = self.equal | (self.both_stated & (self.first == self.second))
        return same

    @property
    def ratio(self) -> Floats:
        """Larger over smaller; 1 where both are zero, NaN where only one is."""
        larger, smaller = np.maximum(self.first, self.second), np.minimum(self.first, self.second)
        ratio = np.divide(larger, smaller, out=np.full(len(larger), np.nan), where=smaller > 0)
        return np.where((larger == 0) & (smaller == 0), 1.0, ratio)


def compare_numbers(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Numbers:
    """The numbers of every pair. Households stand as people, by their declared estimate, where the other side counts people."""
    converted = claims.unit[a] != claims.unit[b]
    first, second = _Interval.of(claims, a, converted), _Interval.of(claims, b, converted)
    both_stated = ~np.isnan(first.best) & ~np.isnan(second.best)
    # "more than 11" leaves no room for 11, and yet is the same number
    overlap = ((first.low <= second.high) & (second.low <= first.high)) | (both_stated & (first.best == second.best))
    number_a, number_b = first.beside(second), second.beside(first)
    gap, smaller = np.abs(number_a - number_b), np.minimum(number_a, number_b)
    wide = (gap >= rules.soft_gap) & (gap >= rules.soft_share * smaller)
    held_apart = (first.low > second.closed) | (second.low > first.closed)
    alike = (first.low == second.low) & (first.high == second.high) & ~_differ(first.best, second.best)
    over = ~overlap & (first.low > second.high), ~overlap & (second.low > first.high)
    return Numbers(number_a, number_b, overlap, overlap & held_apart & wide, alike, *over, both_stated)


def _differ(best_a: Floats, best_b: Floats) -> Bools:
    differ: Bools = (best_a != best_b) & ~(np.isnan(best_a) & np.isnan(best_b))
    return differ


@dataclass(frozen=True, slots=True)
class _Interval:
    """What claims allow: low end, high end (infinite where open), an open end closed at what was stated, the number stated."""

    low: Floats
    high: Floats
    closed: Floats
    best: Floats

    @classmethod
    def of(cls, claims: Claims, rows: Ints, converted: Bools) -> "_Interval":
        by_people = converted & ~np.isnan(claims.persons_low[rows])
        low = np.where(by_people, claims.persons_low[rows], claims.floor()[rows])
        high = np.where(by_people, claims.persons_high[rows], claims.ceiling()[rows])
        best = np.where(by_people, np.nan, claims.best[rows])
        said = np.fmax(np.where(np.isnan(best), claims.high[rows], best), low)
        return cls(low, high, np.where(np.isinf(high), said, high), best)

    def beside(self, other: "_Interval") -> Floats:
        """The number to set against the other claim: what was stated, else the edge of the interval nearest to the other."""
        meet = np.maximum(self.low, other.low)
        edge = np.where(self.closed < other.low, self.closed, np.where(self.low > other.closed, self.low, meet))
        nearest = np.where(np.isnan(other.best), edge, np.clip(other.best, self.low, self.closed))
        return np.where(np.isnan(self.best), nearest, self.best)


def severity(numbers: Numbers, rules: Rules) -> Texts:
    """The label of a contradiction by its ratio (section 12); none against some is extreme when the gap is at least the soft one."""
    ratio = numbers.ratio
    bands: list[tuple[Bools, str]] = [
        (np.isnan(ratio) & (numbers.gap >= rules.soft_gap), "extreme"),
        (np.isnan(ratio), "large"),
        (ratio < rules.severity_moderate, "minor"),
        (ratio <= rules.severity_large, "moderate"),
        (ratio <= rules.severity_extreme, "large"),
    ]
    words = np.array([*(word for _, word in bands), "extreme"], dtype=object)
    labels: Texts = words[np.select([holds for holds, _ in bands], list(range(len(bands))), len(bands))]
    return labels
