"""What one voice does over time with its own number: says it again, is quoted wrongly, revises it, takes some back.

Definitions, section 12: D0, D1, D2, D2b.
"""

import numpy as np

from ingest.compare.alignment.series import Series, whole
from ingest.compare.claims.columns import membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.intervals import compare_numbers
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.claims.rulings import Ruling, first_match
from ingest.compare.claims.vocabularies import KIND, LEVEL_KINDS, METRIC, ONE_DAY_KINDS, PRECISION, STATUS
from ingest.compare.rules import Rules
from ingest.model.vocabulary import GroupStatus, Kind, PlacePrecision

# An incident placed no finer than this may be any of several on its day, so one voice's two numbers need not be about one.
_TOWN = PRECISION[PlacePrecision.CITY_OR_TOWN]


def in_order(claims: Claims, first: Ints, second: Ints, rules: Rules) -> tuple[Ints, Ints]:
    """Two claims of one voice in the order in which it made them.

    The later as-of day is the later claim, and on one day the verified count is later than the first report. Where the day is the
    same, or only inferred from publication within the lag tolerance, the running total each is part of tells the order. Claims of
    one day at two publishers that nothing orders are taken to rise.
    """
    earlier_whole, later_whole = whole(claims, first), whole(claims, second)
    apart = np.abs(claims.day[first] - claims.day[second])
    inferred = claims.as_of_inferred[first] | claims.as_of_inferred[second]
    ordered_by_whole = (earlier_whole > 0) & (later_whole > 0) & (earlier_whole != later_whole)
    ordered_by_whole &= (apart == 0) | (inferred & (apart <= rules.lag_tolerance_days))
    checked = (apart == 0) & (claims.verified[first] != claims.verified[second])
    unordered = (apart == 0) & (claims.publisher[first] != claims.publisher[second])
    stated = claims.stated()
    later_day = claims.day[first] > claims.day[second]
    same_day_later = (apart == 0) & (claims.published[first] > claims.published[second])
    swap = np.select(
        [ordered_by_whole, checked, unordered],
        [earlier_whole > later_whole, claims.verified[first], stated[first] > stated[second]],
        later_day | same_day_later,
    ).astype(bool)
    return np.where(swap, second, first), np.where(swap, first, second)


def judge(claims: Claims, earlier: Ints, later: Ints, *, several: Bools, rules: Rules) -> Ints:
    """The ruling on two claims of one voice about one question. `several` marks claims that share their document and heading."""
    numbers = compare_numbers(claims, earlier, later, rules)
    elsewhere = claims.publisher[earlier] != claims.publisher[later]
    same_document = claims.document[earlier] == claims.document[later]
    same_day = (claims.day[earlier] == claims.day[later]) & (claims.as_of[earlier] == claims.as_of[later])
    soon = claims.as_of[later] - claims.as_of[earlier] <= rules.lag_tolerance_days
    kind = claims.kind[earlier]
    event = membership(kind, [KIND[Kind.INCIDENT], *ONE_DAY_KINDS])
    nameless_event = (kind == KIND[Kind.INCIDENT]) & ((claims.precision[earlier] > _TOWN) | (claims.precision[earlier] < 0))
    both_open = claims.open_high[earlier] & claims.open_high[later]
    stated = claims.stated()
    rise, fall = stated[later] > stated[earlier], stated[later] < stated[earlier]
    # of one day: parts of one total, one event, or a number and its rounding ("more than 500" of 514)
    rounding = numbers.overlap & ~numbers.soft & ~(both_open & (rise | fall))
    one_total = (whole(claims, earlier) == whole(claims, later)) & (whole(claims, later) > 0)
    same_statement = same_day & (one_total | event | rounding)
    vaguer = numbers.overlap & ~rise & ~(both_open & fall)
    may_fall = membership(kind, LEVEL_KINDS) | membership(claims.metric[later], [METRIC[one] for one in rules.may_fall])
    checked = claims.verified[later] & ~claims.verified[earlier]
    another_day = membership(kind, ONE_DAY_KINDS) & (claims.day[earlier] != claims.day[later])
    cases = [
        (several | another_day, Ruling.NONE),
        (same_document & same_day & ~checked, Ruling.NONE),
        (numbers.equal & elsewhere, Ruling.RELAY_SAME),
        (numbers.equal | nameless_event, Ruling.NONE),
        (checked & (rise | fall), Ruling.REVISION_VERIFIED),
        (elsewhere & same_statement & numbers.overlap, Ruling.DISTORTION_WORD),
        (elsewhere & same_statement, Ruling.DISTORTION_VALUE),
        (vaguer & elsewhere & soon, Ruling.DISTORTION_WORD),
        (vaguer, Ruling.NONE),
        (rise, Ruling.REVISION_RISE),
        (fall & may_fall, Ruling.REVISION_FALL),
        (fall & _other_fighters(claims, earlier, later), Ruling.NONE),
        (fall, Ruling.DECREASE),
    ]
    return first_match(cases, len(earlier))


def _other_fighters(claims: Claims, earlier: Ints, later: Ints) -> Bools:
    """Parts of a total of fighters under other names: "61 of the army and its allies" and "21 soldiers" are not one running total."""
    label = claims.columns.codes("group_label")
    combatants = claims.axes[earlier, 0] == STATUS[GroupStatus.COMBATANT]
    found: Bools = combatants & (claims.parent[earlier] >= 0) & (claims.parent[later] >= 0) & (label[earlier] != label[later])
    return found


def judge_editions(claims: Claims, rules: Rules) -> tuple[Ints, Ints, Ints]:
    """Figures of an edited page with those they replace: (old, new, ruling); an edition that changed nothing is none."""
    new = np.flatnonzero(claims.supersedes >= 0)
    old = claims.supersedes[new]
    numbers = compare_numbers(claims, old, new, rules)
    stated = claims.stated()
    falls = (stated[new] < stated[old]) & ~membership(claims.metric[new], [METRIC[one] for one in rules.may_fall])
    falls &= ~membership(claims.kind[new], LEVEL_KINDS)
    cases = [(numbers.equal, Ruling.NONE), (falls, Ruling.DECREASE_EDITION)]
    ruling = first_match([*cases, (np.ones(len(new), dtype=bool), Ruling.REVISION_EDITION)], len(new))
    found = ruling != Ruling.NONE
    return old[found], new[found], ruling[found]


def judge_following(claims: Claims, series: Series, rules: Rules) -> tuple[Ints, Ints, Ints]:
    """Every claim of a series with the one after it: (earlier, later, ruling)."""
    several = np.zeros(len(claims.figure_id), dtype=bool)
    several[series.rows] = series.several
    earlier, later = in_order(claims, *series.following(), rules)
    return earlier, later, judge(claims, earlier, later, several=several[earlier] | several[later], rules=rules)
