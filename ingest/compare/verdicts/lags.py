"""When a later date explains a difference, and when it does not (definitions, section 12, D7)."""

import numpy as np

from ingest.compare.alignment.pairs import Pairs
from ingest.compare.claims.relation import Bools, Floats, Item, Relation, passes
from ingest.compare.claims.rulings import Cases, Ruling
from ingest.compare.claims.vocabularies import KIND
from ingest.model.vocabulary import Kind


def days_apart(pairs: Pairs) -> Bools:
    """Further apart than the lag tolerance: only a later count of the same question still has to do with it."""
    apart = np.abs(pairs.claims.day[pairs.a] - pairs.claims.day[pairs.b])
    found: Bools = (pairs.totals | pairs.levels) & (apart > pairs.rules.lag_tolerance_days)
    return found


def same_scope(pairs: Pairs) -> Bools:
    """The same people and place, counted since the same day up to an as-of day: a period has a stated end and lags behind nothing."""
    period = KIND[Kind.PERIOD]
    running = (pairs.claims.kind[pairs.a] != period) & (pairs.claims.kind[pairs.b] != period)
    same: Bools = running & pairs.passes(Item.GROUP, Item.PLACE) & passes(pairs.vector.start)
    return same


def lags(pairs: Pairs) -> Cases:
    """D7 and what stands in its place when the dates cannot explain the difference."""
    claims, rules, numbers = pairs.claims, pairs.rules, pairs.numbers
    far = ~passes(pairs.vector.end) & ~pairs.event
    falls = pairs.totals & far & ~pairs.later_higher
    as_of_apart = claims.as_of[pairs.b] - claims.as_of[pairs.a]
    toll_grew = np.where(as_of_apart > 0, numbers.second > numbers.first, numbers.first > numbers.second)
    toll = pairs.event & (np.abs(as_of_apart) > rules.lag_tolerance_days) & toll_grew
    start_explains = pairs.totals & (pairs.vector.start == Relation.COMPATIBLE) & (_longer_is_larger(pairs) | numbers.soft)
    return [
        (far & ~same_scope(pairs), Ruling.WINDOW_DATES),
        (far & pairs.later_higher & (pairs.totals | (_trend_rises(pairs) & pairs.apart)), Ruling.LAG_LATER),
        (far & pairs.levels & pairs.apart & _trend_falls(pairs), Ruling.LAG_LATER),
        (falls & ~numbers.overlap, Ruling.STRONG_FELL),
        (falls & numbers.soft, Ruling.SOFT_FELL),
        (far, Ruling.WINDOW_DATES),
        (pairs.apart & start_explains, Ruling.WINDOW_START),
        (pairs.apart & toll, Ruling.LAG_TOLL),
        (pairs.apart & pairs.totals & _lower_is_undated(pairs), Ruling.LAG_INFERRED),
        (pairs.apart & pairs.totals & _between_two_counts(pairs), Ruling.LAG_BETWEEN),
    ]


def _longer_is_larger(pairs: Pairs) -> Bools:
    """The count that began earlier is the larger one, as its longer window would make it."""
    start = pairs.claims.window_start
    return np.where(start[pairs.a] < start[pairs.b], pairs.numbers.first > pairs.numbers.second, pairs.numbers.second > pairs.numbers.first)


def _lower_is_undated(pairs: Pairs) -> Bools:
    """Only one as-of date is inferred from publication, it is no later than the other, and its number is the lower: an older count."""
    inferred, day = pairs.claims.as_of_inferred, pairs.claims.day
    a_older = inferred[pairs.a] & ~inferred[pairs.b] & (day[pairs.a] <= day[pairs.b]) & (pairs.numbers.first < pairs.numbers.second)
    b_older = inferred[pairs.b] & ~inferred[pairs.a] & (day[pairs.b] <= day[pairs.a]) & (pairs.numbers.second < pairs.numbers.first)
    found: Bools = a_older | b_older
    return found


def _between_two_counts(pairs: Pairs) -> Bools:
    """The lower number lies between two counts that the higher voice made within the horizon, or the lower voice itself passes the
    higher number within it: the two were counted days apart.

    It explains a difference only where an as-of date is inferred, or the higher number is of the day after the lower.
    """
    claims, around, horizon = pairs.claims, pairs.around, pairs.rules.lag_horizon_days
    lower = np.where(pairs.numbers.first <= pairs.numbers.second, pairs.a, pairs.b)
    higher = np.where(pairs.numbers.first <= pairs.numbers.second, pairs.b, pairs.a)
    low, high = np.minimum(pairs.numbers.first, pairs.numbers.second), np.maximum(pairs.numbers.first, pairs.numbers.second)
    passed = (around.before[higher] <= low) & (claims.day[higher] - around.before_day[higher] <= horizon)
    reached = (around.after[lower] >= high) & (around.after_day[lower] - claims.day[lower] <= horizon)
    inferred = claims.as_of_inferred[pairs.a] | claims.as_of_inferred[pairs.b]
    found: Bools = (inferred | pairs.later_higher) & (passed | reached)
    return found


def _slope(pairs: Pairs) -> Floats:
    """Which way the level moves between the two days, by what either voice said before or after: positive up, 0 not known."""
    earlier = np.where(pairs.b_later, pairs.a, pairs.b)
    later = np.where(pairs.b_later, pairs.b, pairs.a)
    stated = pairs.claims.stated()
    from_earlier, to_later = pairs.around.after[earlier] - stated[earlier], stated[later] - pairs.around.before[later]
    return np.sign(np.nan_to_num(from_earlier)) + np.sign(np.nan_to_num(to_later))


def _trend_rises(pairs: Pairs) -> Bools:
    return pairs.levels & (_slope(pairs) > 0)


def _trend_falls(pairs: Pairs) -> Bools:
    lower_later = np.where(pairs.b_later, pairs.numbers.second < pairs.numbers.first, pairs.numbers.first < pairs.numbers.second)
    found: Bools = lower_later & (_slope(pairs) < 0)
    return found
