"""Every verdict on a table of claims: which two claims, which ruling, and the identity under which it is published."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment.meetings import Alignment, align
from ingest.compare.alignment.series import Series
from ingest.compare.alignment.voices import one_pair_per_claim, told_by_the_wholes
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Ints, Texts
from ingest.compare.claims.rulings import SUMS, Ruling
from ingest.compare.rules import Rules
from ingest.compare.verdicts import chronicle
from ingest.compare.verdicts.classify import classify
from ingest.compare.verdicts.parts import check_restated, check_running, check_sums
from ingest.model.ids import digests


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Pairs of claims in canonical order, each with its ruling.

    `parts` holds the parts of a verdict on a sum, `summed` their sum, `before` the earlier total a running check refers to: all
    three by the position of the verdict. `left_out` counts by reason the pairs of series that were not compared.
    """

    a: Ints
    b: Ints
    ruling: Ints
    parts: Mapping[int, Ints]
    summed: Mapping[int, float]
    before: Mapping[int, int]
    left_out: Counter[str]

    def take(self, at: Ints) -> "Verdicts":
        """The verdicts at these positions, in this order."""
        new = {int(old): position for position, old in enumerate(at)} if self.parts or self.before else {}
        return Verdicts(
            self.a[at],
            self.b[at],
            self.ruling[at],
            {new[old]: rows for old, rows in self.parts.items() if old in new},
            {new[old]: value for old, value in self.summed.items() if old in new},
            {new[old]: row for old, row in self.before.items() if old in new},
            self.left_out,
        )

    def identities(self, claims: Claims) -> Texts:
        """Of the pair, whatever the verdict on it: what a person said of two claims stays theirs when the rules change.

        The check of a total against its parts stands beside what else is said of the two, under an identity of its own.
        """
        first, second = (claims.figure_id[side(self.a, self.b)].tolist() for side in (np.minimum, np.maximum))
        check = np.where(np.isin(self.ruling, SUMS), "sum", "pair").tolist()
        return np.array([*digests(first, second, check), ""], dtype=object)[:-1]


def judge(claims: Claims, series: Series, rules: Rules) -> Verdicts:
    """All verdicts on the claims, in no order that means anything."""
    sums, running, restated = check_sums(claims, rules), check_running(claims, rules), check_restated(claims, rules)
    aligned = align(claims, series, rules)
    found = [
        (sums.total, sums.part, sums.ruling),
        (running[0], running[1], np.full(len(running[0]), Ruling.INTERNAL_RUNNING, dtype=np.int64)),
        (*restated, np.full(len(restated[0]), Ruling.INTERNAL_TWICE, dtype=np.int64)),
        chronicle.judge_editions(claims, rules),
        (*series.relays, np.full(len(series.relays[0]), Ruling.RELAY_SAME, dtype=np.int64)),
        chronicle.judge_following(claims, series, rules),
        (aligned.a, aligned.b, _across(claims, series, aligned, rules)),
    ]
    left, right, ruling = (np.concatenate([one[column] for one in found]) for column in range(3))
    kept = _unique_pairs(claims, left, right, ruling)
    where = {int(kept[at]): int(at) for at in np.flatnonzero(kept < len(sums.total) + len(running[0]))}
    runs = {one + len(sums.total): int(row) for one, row in enumerate(running[2])}
    return Verdicts(
        *_ordered(claims, left[kept], right[kept], ruling[kept]),
        ruling[kept],
        parts={at: sums.parts[one] for one, at in where.items() if one < len(sums.total)},
        summed={at: float(sums.summed[one]) for one, at in where.items() if one < len(sums.total)},
        before={at: runs[one] for one, at in where.items() if one in runs},
        left_out=aligned.left_out,
    )


def _across(claims: Claims, series: Series, aligned: Alignment, rules: Rules) -> Ints:
    """The rulings on claims of different series, each pair of claims told once."""
    ruling = one_pair_per_claim(claims, aligned.a, aligned.b, classify(claims, series, (aligned.a, aligned.b), rules))
    return np.where(told_by_the_wholes(claims, aligned.a, aligned.b, ruling), np.int64(Ruling.NONE), ruling)


def _ordered(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> tuple[Ints, Ints]:
    """Earlier published first, then the smaller identity; the total before its part."""
    swap = (claims.published[a] > claims.published[b]) | ((claims.published[a] == claims.published[b]) & (a > b))
    swap &= ~np.isin(ruling, SUMS)
    return np.where(swap, b, a), np.where(swap, a, b)


def _unique_pairs(claims: Claims, a: Ints, b: Ints, ruling: Ints) -> Ints:
    """Positions of the verdicts to keep: each pair once, by the first check that spoke of it, sums beside any other verdict."""
    kept = np.flatnonzero(ruling != Ruling.NONE)
    low, high = np.minimum(a[kept], b[kept]), np.maximum(a[kept], b[kept])
    key = (low * max(len(claims.figure_id), 1) + high) * 2 + np.isin(ruling[kept], SUMS)
    return kept[~pd.Series(key).duplicated().to_numpy()]
