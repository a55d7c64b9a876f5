"""What the words of a claim count as under the rules: vague words by their convention, households as people by their factor.

Definitions, sections 5 and 6. What was claimed stays as it was claimed; these are the numbers it is compared by.
"""

import numpy as np

from ingest.compare.claims.columns import UNKNOWN_DAY, Columns
from ingest.compare.claims.relation import Bools, Floats, Ints
from ingest.compare.rules import Rules, Vague
from ingest.model.vocabulary import Qualifier, Unit

# A plural of one of these says "at least two of them": tens, dozens, scores, hundreds ... Words such as "several hundred" have
# ends of their own and no such unit as their low end.
_UNITS = np.array([10, 12, 20, 100, 1_000, 10_000, 12_000, 100_000, 1_000_000, 10_000_000], dtype=np.float64)

Ends = tuple[Floats, Floats, Floats]


def said(columns: Columns) -> Ends:
    """Low end, high end and number stated of each claim, as claimed; NaN where there is none."""
    return columns.numbers("value_low"), columns.numbers("value_high"), columns.numbers("value_best")


def read(columns: Columns, rules: Rules) -> Ends:
    """The same as the rules read them: a vague word by the floor, literally, or as the middle of what it allows."""
    low, high, best = said(columns)
    if rules.vague == Vague.FLOOR:
        return low, high, best
    vague = (columns.texts("qualifier") == Qualifier.VAGUE) & np.isnan(best)
    if rules.vague == Vague.LITERAL:
        return np.where(vague & np.isin(low, _UNITS), 2 * low, low), high, best
    middle = vague & ~np.isnan(low) & ~np.isnan(high) & ~columns.flags("interval_open_high")
    point = np.floor((low + high) / 2 + 0.5)
    low, high, best = (np.where(middle, point, end) for end in (low, high, best))
    return low, high, best


def people(columns: Columns, ends: Ends, day: Ints, rules: Rules) -> tuple[Floats, Floats]:
    """Low and high end of households as people: by the row of the factors that fits source and day, else as the table itself says.

    A household count open upwards ends at the number stated.
    """
    low, high, best = ends
    least, most = columns.numbers("persons_est_low"), columns.numbers("persons_est_high")
    open_ = (columns.texts("unit") == Unit.HOUSEHOLD) & ~np.isnan(low)
    for factor in sorted(rules.household_factors, key=lambda row: not row.source):
        fits = open_ & _between(day, factor.valid_from, factor.valid_to)
        if factor.source:
            fits &= columns.texts("claimed_source") == factor.source
        least = np.where(fits, np.floor(low * factor.low), least)
        most = np.where(fits, np.floor(np.where(np.isnan(high), best, high) * factor.high), most)
        open_ &= ~fits
    return least, most


def _between(day: Ints, first: object, last: object) -> Bools:
    """Days within two ends, either of which may be open; an unknown day is within open ends only."""
    known = day != UNKNOWN_DAY
    after = np.ones(len(day), dtype=bool) if first is None else known & (day >= _number(first))
    before = np.ones(len(day), dtype=bool) if last is None else known & (day <= _number(last))
    found: Bools = after & before
    return found


def _number(day: object) -> int:
    return int(np.datetime64(str(day), "D").astype(np.int64))
