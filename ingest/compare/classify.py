"""Why two claims of different series differ, or that they agree: the first rule that matches decides.

Definitions, section 12. The order between two voices is: a party's claim about its enemy (in its own lane whatever else differs),
equal totals that are a coincidence, a part larger than its whole, then definition, group, place, window, lag, contradiction, and
what agreeing counts still differ in. Two claims are said to contradict only where they answer the same question.
"""

from dataclasses import dataclass

import numpy as np

from ingest.compare import chronicle
from ingest.compare.align import party_pair
from ingest.compare.claims import INTEREST, KIND, LEVEL_KINDS, ONE_DAY_KINDS, STATUS, TOTAL_KINDS, Claims
from ingest.compare.columns import membership
from ingest.compare.intervals import Numbers, compare_numbers
from ingest.compare.parts import differing_parts
from ingest.compare.relation import Bools, Floats, Ints, Item, Relation, Relations, nested, passes
from ingest.compare.rules import Rules
from ingest.compare.rulings import Cases, Ruling, first_match
from ingest.compare.series import Neighbours, Series, neighbours
from ingest.compare.vector import Vector, compare_items
from ingest.model.vocabulary import GroupStatus, Interest, Kind


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of claims with everything the rules ask about them, computed once."""

    claims: Claims
    rules: Rules
    around: Neighbours
    several: Bools
    a: Ints
    b: Ints
    stated: Vector  # as the claims state it, before events are settled
    vector: Vector
    numbers: Numbers
    event: Bools
    incident: Bools
    totals: Bools
    levels: Bools

    def relation(self, item: Item) -> Relations:
        return self.vector.of[item]

    def passes(self, *items: Item) -> Bools:
        found = np.ones(len(self.a), dtype=bool)
        for item in items:
            found &= self.vector.item_passes(item)
        return found

    @property
    def b_later(self) -> Bools:
        """The second claim is of a later day."""
        found: Bools = self.claims.day[self.b] > self.claims.day[self.a]
        return found

    @property
    def later_higher(self) -> Bools:
        """The claim of the later day states the larger number."""
        higher = np.where(self.b_later, self.numbers.second > self.numbers.first, self.numbers.first > self.numbers.second)
        found: Bools = higher & (self.claims.day[self.a] != self.claims.day[self.b])
        return found

    @property
    def apart(self) -> Bools:
        """The numbers cannot both hold, or only an open end lets them."""
        return ~self.numbers.overlap | self.numbers.soft

    @property
    def elsewhere(self) -> Bools:
        """Read at two publishers."""
        found: Bools = self.claims.publisher[self.a] != self.claims.publisher[self.b]
        return found


def classify(claims: Claims, series: Series, a: Ints, b: Ints, rules: Rules) -> Ints:
    """The ruling on every pair of claims of two series; `Ruling.NONE` where the two tell nothing about each other."""
    around = neighbours(claims, series)
    several = np.zeros(len(claims.figure_id), dtype=bool)
    several[series.rows] = series.several
    own = claims.source[a] == claims.source[b]
    shared = (claims.lane[a] == claims.lane[b]) & (claims.lane[a] > 0) & ~own
    ruling = np.full(len(a), Ruling.NONE, dtype=np.int64)
    for mask, judge in ((own, _one_voice), (shared, _shared_basis), (~own & ~shared, _two_voices)):
        at = np.flatnonzero(mask)
        pairs = _pairs(claims, around, several, (a[at], b[at]), rules)
        ruling[at] = _only_sure_incidents(pairs, judge(pairs))
    return ruling


def _pairs(claims: Claims, around: Neighbours, several: Bools, pair: tuple[Ints, Ints], rules: Rules) -> _Pairs:
    a, b = pair
    numbers = compare_numbers(claims, a, b, rules)
    stated = compare_items(claims, a, b, rules)
    kind_a, kind_b = claims.kind[a], claims.kind[b]

    def both(kinds: list[int]) -> Bools:
        return membership(kind_a, kinds) & membership(kind_b, kinds)

    incident = both([KIND[Kind.INCIDENT]])
    return _Pairs(
        claims, rules, around, several, a, b, stated,
        settle_events(claims, a, b, stated, numbers), numbers,
        incident | both(ONE_DAY_KINDS), incident, both(TOTAL_KINDS), both(LEVEL_KINDS),
    )  # fmt: skip


def settle_events(claims: Claims, a: Ints, b: Ints, vector: Vector, numbers: Numbers) -> Vector:
    """One event told more or less precisely is one event when the numbers agree, and may be two when they do not.

    An incident "in the city" and one at a site of it are compatible when their numbers fit; otherwise the wider place is no whole
    of which the site is a part. The same number given to differently described people is about the same people.
    """
    incident = (claims.kind[a] == KIND[Kind.INCIDENT]) & (claims.kind[b] == KIND[Kind.INCIDENT])
    one_day = membership(claims.kind[a], ONE_DAY_KINDS) & membership(claims.kind[b], ONE_DAY_KINDS)
    place, group = vector.of[Item.PLACE], vector.of[Item.GROUP]
    fits = numbers.overlap & ~numbers.soft
    place = np.where(incident & (nested(place) | (place == Relation.UNKNOWN)) & fits, np.int8(Relation.COMPATIBLE), place)
    place = np.where(incident & nested(place), np.int8(Relation.OVERLAP), place)
    same_people = numbers.same_number & (incident | (one_day & (group == Relation.UNKNOWN)))
    group = np.where(same_people & ~passes(group), np.int8(Relation.COMPATIBLE), group)
    return Vector({**vector.of, Item.PLACE: place, Item.GROUP: group}, vector.start, vector.end)


def _scopes(pairs: _Pairs) -> Cases:
    """D3 to D6: another thing, other people, another place, another window."""
    unit, group, place = pairs.relation(Item.UNIT), pairs.relation(Item.GROUP), pairs.relation(Item.PLACE)
    start = pairs.vector.start
    return [
        (~pairs.passes(Item.METRIC), Ruling.DEFINITION_METRIC),
        (~pairs.passes(Item.KIND), Ruling.DEFINITION_KIND),
        ((unit == Relation.DISJOINT) | ((unit == Relation.COMPATIBLE) & pairs.apart), Ruling.DEFINITION_UNIT),
        (pairs.relation(Item.BASIS) == Relation.DISJOINT, Ruling.DEFINITION_BASIS),
        (nested(group), Ruling.GROUP_PART),
        (group == Relation.UNKNOWN, Ruling.GROUP_UNKNOWN),
        (~passes(group), Ruling.GROUP_APART),
        (nested(place), Ruling.PLACE_PART),
        (place == Relation.UNKNOWN, Ruling.PLACE_UNKNOWN),
        (~passes(place), Ruling.PLACE_OVERLAP),
        ((start == Relation.UNKNOWN) & ~pairs.numbers.same_number, Ruling.WINDOW_UNKNOWN),
        (nested(start), Ruling.WINDOW_START),
    ]


def _one_voice(pairs: _Pairs) -> Ints:
    """One voice under two headings: relays that word the place or group differently, and what the voice itself keeps apart."""
    claims, numbers = pairs.claims, pairs.numbers
    metric, group, place = pairs.relation(Item.METRIC), pairs.relation(Item.GROUP), pairs.relation(Item.PLACE)
    other_document = claims.document[pairs.a] != claims.document[pairs.b]
    loosely_same = (passes(group) | (group == Relation.UNKNOWN)) & ~nested(pairs.vector.start)
    same_thing = pairs.passes(Item.METRIC, Item.KIND, Item.UNIT)
    checked = claims.verified[pairs.a] != claims.verified[pairs.b]
    same_day = (claims.day[pairs.a] == claims.day[pairs.b]) & (claims.as_of[pairs.a] == claims.as_of[pairs.b])
    close = np.abs(claims.day[pairs.a] - claims.day[pairs.b]) <= pairs.rules.lag_tolerance_days
    two_units = loosely_same & (metric == Relation.EQUAL) & ~(pairs.relation(Item.UNIT) == Relation.EQUAL) & close
    quoted = pairs.elsewhere & other_document & loosely_same
    misworded = (metric != Relation.EQUAL) & nested(metric) & same_day & numbers.equal & pairs.passes(Item.KIND, Item.UNIT)
    rounding = numbers.overlap & ~numbers.soft & same_day & (passes(place) | nested(place))
    looks_like_a_fall = (claims.day[pairs.a] != claims.day[pairs.b]) & ~pairs.later_higher & ~numbers.same_number
    in_order = chronicle.in_order(claims, pairs.a, pairs.b, pairs.rules)
    again = chronicle.judge(claims, *in_order, pairs.several[pairs.a] | pairs.several[pairs.b], pairs.rules)
    cases: Cases = [
        (two_units & ~other_document & same_day, Ruling.DEFINITION_UNIT_IMPLIED),
        (~other_document & ~checked, Ruling.NONE),
        (two_units, Ruling.DEFINITION_UNIT),
        (quoted & misworded, Ruling.DISTORTION_METRIC),
        (nested(metric), Ruling.NONE),
        (quoted & same_thing & numbers.equal & close, Ruling.RELAY_SAME),
        (quoted & same_thing & rounding, Ruling.DISTORTION_WORD),
        (numbers.same_number | ~passes(group) | (place == Relation.UNKNOWN), Ruling.NONE),
        (same_day & same_thing & pairs.apart & (pairs.relation(Item.BASIS) == Relation.UNKNOWN), Ruling.DEFINITION_BASIS),
        (pairs.event & ~pairs.vector.same_question(), Ruling.NONE),
        (same_thing & ~pairs.vector.same_question() & ~same_day & ~looks_like_a_fall, Ruling.NONE),
        *_scopes(pairs),
    ]
    found = first_match(cases, len(pairs.a))
    same = pairs.vector.same_question() | (pairs.totals & passes(pairs.vector.start) & nested(pairs.vector.end))
    continues = (
        (found == Ruling.NONE) & (other_document | checked) & same_thing & passes(group) & passes(place) & same & ~numbers.same_number
    )
    return np.where(continues, again, found)


def _shared_basis(pairs: _Pairs) -> Ints:
    """Two names for one count: organisations that lean on the same records have one vote."""
    claims = pairs.claims
    same_day = claims.day[pairs.a] == claims.day[pairs.b]
    cases: Cases = [
        *_scopes(pairs),
        (pairs.numbers.overlap & ~pairs.numbers.soft, Ruling.RELAY_BASIS),
        (claims.verified[pairs.a] != claims.verified[pairs.b], Ruling.REVISION_VERIFIED),
        (same_day, Ruling.DISTORTION_BASIS),
        (np.ones(len(pairs.a), dtype=bool), Ruling.REVISION_BASIS),
    ]
    return first_match(cases, len(pairs.a))


def _two_voices(pairs: _Pairs) -> Ints:
    """Two voices that count for themselves."""
    group, place = pairs.relation(Item.GROUP), pairs.relation(Item.PLACE)
    of_party = party_pair(pairs.claims, pairs.a, pairs.b)
    party = of_party & (passes(group) | nested(group))
    nothing = of_party | (place == Relation.DISJOINT) | (pairs.incident & (place == Relation.UNKNOWN)) | _told_by_the_whole(pairs)
    cases: Cases = [
        (party, Ruling.PARTY),
        (nothing, Ruling.NONE),
        *_coincidence(pairs),
        (_over_its_whole(pairs), Ruling.STRONG_PART),
        (_days_apart(pairs) & ~_same_scope(pairs), Ruling.NONE),
        *_scopes(pairs),
        *_lags(pairs),
        (~pairs.numbers.overlap, Ruling.STRONG),
        (pairs.numbers.soft, Ruling.SOFT),
        *_agreeing(pairs),
    ]
    return first_match(cases, len(pairs.a))


def _told_by_the_whole(pairs: _Pairs) -> Bools:
    """A part of one incident's dead beside another's whole count of the same number: the comparison of the wholes says what differs."""
    claims, found = pairs.claims, np.zeros(len(pairs.a), dtype=bool)
    for part, other in ((pairs.a, pairs.b), (pairs.b, pairs.a)):
        whole = claims.parent[part]
        found |= (whole >= 0) & (claims.parent[other] < 0) & (claims.best[whole] == claims.best[other]) & ~pairs.numbers.same_number
    return found & pairs.incident


def _days_apart(pairs: _Pairs) -> Bools:
    """Further apart than the lag tolerance: only a later count of the same question still has to do with it."""
    apart = np.abs(pairs.claims.day[pairs.a] - pairs.claims.day[pairs.b])
    found: Bools = (pairs.totals | pairs.levels) & (apart > pairs.rules.lag_tolerance_days)
    return found


def _same_scope(pairs: _Pairs) -> Bools:
    """The same people and place, counted since the same day up to an as-of day: a period has a stated end and lags behind nothing."""
    period = KIND[Kind.PERIOD]
    running = (pairs.claims.kind[pairs.a] != period) & (pairs.claims.kind[pairs.b] != period)
    same: Bools = running & pairs.passes(Item.GROUP, Item.PLACE) & passes(pairs.vector.start)
    return same


def _over_its_whole(pairs: _Pairs) -> Bools:
    """A part that is larger than its whole can be: the one inequality that claims of different scope can violate.

    Not tested on households turned into people, whose factor is ours, nor on an earlier count against a later one (see lags).
    """
    inequality = pairs.vector.inequality()
    larger = ((inequality == Relation.A_IN_B) & pairs.numbers.first_over) | ((inequality == Relation.B_IN_A) & pairs.numbers.second_over)
    only_later = passes(pairs.vector.start) & nested(pairs.vector.end) & pairs.passes(Item.METRIC, Item.KIND, Item.GROUP, Item.PLACE)
    # the tolerances of the window would let a part begin before its whole or end after it
    start, day, a_is_part = pairs.claims.window_start, pairs.claims.day, inequality == Relation.A_IN_B
    part, whole = np.where(a_is_part, pairs.a, pairs.b), np.where(a_is_part, pairs.b, pairs.a)
    within = ~pairs.totals | ((start[part] >= start[whole]) & (day[part] <= day[whole]))
    found: Bools = larger & ~only_later & within & (pairs.relation(Item.UNIT) == Relation.EQUAL)
    return found


def _coincidence(pairs: _Pairs) -> Cases:
    """D9: equal totals, of different parts or of several differences in place, window and basis. One difference names itself."""
    same_thing = pairs.passes(Item.METRIC, Item.KIND, Item.UNIT, Item.GROUP) & passes(pairs.vector.end) & ~pairs.event
    equal = same_thing & pairs.numbers.same_number
    parts = np.zeros(len(pairs.a), dtype=bool)
    at = np.flatnonzero(equal)
    parts[at] = differing_parts(pairs.claims, pairs.a[at], pairs.b[at], pairs.rules)
    differences = (~pairs.passes(Item.PLACE)).astype(np.int64) + (~pairs.passes(Item.BASIS)) + nested(pairs.vector.start)
    several = equal & (differences >= pairs.rules.coincidence_differences)
    return [(equal & parts, Ruling.COINCIDENCE_PARTS), (several, Ruling.COINCIDENCE_SCOPE)]


def _lags(pairs: _Pairs) -> Cases:
    """D7 and what stands in its place when the dates cannot explain the difference."""
    claims, rules, numbers = pairs.claims, pairs.rules, pairs.numbers
    far = ~passes(pairs.vector.end) & ~pairs.event
    falls = pairs.totals & far & ~pairs.later_higher
    as_of_apart = claims.as_of[pairs.b] - claims.as_of[pairs.a]
    toll_grew = np.where(as_of_apart > 0, numbers.second > numbers.first, numbers.first > numbers.second)
    toll = pairs.event & (np.abs(as_of_apart) > rules.lag_tolerance_days) & toll_grew
    start_explains = pairs.totals & (pairs.vector.start == Relation.COMPATIBLE) & (_longer_is_larger(pairs) | numbers.soft)
    return [
        (far & ~_same_scope(pairs), Ruling.WINDOW_DATES),
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


def _longer_is_larger(pairs: _Pairs) -> Bools:
    """The count that began earlier is the larger one, as its longer window would make it."""
    start = pairs.claims.window_start
    return np.where(start[pairs.a] < start[pairs.b], pairs.numbers.first > pairs.numbers.second, pairs.numbers.second > pairs.numbers.first)


def _lower_is_undated(pairs: _Pairs) -> Bools:
    """Only one as-of date is inferred from publication, it is no later than the other, and its number is the lower: an older count."""
    inferred, day = pairs.claims.as_of_inferred, pairs.claims.day
    a_older = inferred[pairs.a] & ~inferred[pairs.b] & (day[pairs.a] <= day[pairs.b]) & (pairs.numbers.first < pairs.numbers.second)
    b_older = inferred[pairs.b] & ~inferred[pairs.a] & (day[pairs.b] <= day[pairs.a]) & (pairs.numbers.second < pairs.numbers.first)
    found: Bools = a_older | b_older
    return found


def _between_two_counts(pairs: _Pairs) -> Bools:
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


def _slope(pairs: _Pairs) -> Floats:
    """Which way the level moves between the two days, by what either voice said before or after: positive up, 0 not known."""
    earlier = np.where(pairs.b_later, pairs.a, pairs.b)
    later = np.where(pairs.b_later, pairs.b, pairs.a)
    stated = pairs.claims.stated()
    from_earlier, to_later = pairs.around.after[earlier] - stated[earlier], stated[later] - pairs.around.before[later]
    return np.sign(np.nan_to_num(from_earlier)) + np.sign(np.nan_to_num(to_later))


def _trend_rises(pairs: _Pairs) -> Bools:
    return pairs.levels & (_slope(pairs) > 0)


def _trend_falls(pairs: _Pairs) -> Bools:
    lower_later = np.where(pairs.b_later, pairs.numbers.second < pairs.numbers.first, pairs.numbers.first < pairs.numbers.second)
    found: Bools = lower_later & (_slope(pairs) < 0)
    return found


def _agreeing(pairs: _Pairs) -> Cases:
    """D8b, D8c, D13: the counts agree; who did it, who they were, or nothing differs."""
    claims = pairs.claims
    held_a, held_b = claims.held[pairs.a], claims.held[pairs.b]
    responsible = pairs.event & (held_a > 0) & (held_b > 0) & (held_a != held_b)
    same_event = pairs.event & pairs.numbers.same_number
    mixed = STATUS[GroupStatus.MIXED_TOTAL]
    one_mixed = (claims.axes[pairs.a, 0] == mixed) != (claims.axes[pairs.b, 0] == mixed)
    status = same_event & ((pairs.stated.of[Item.GROUP] == Relation.DISJOINT) | one_mixed)
    parts = np.zeros(len(pairs.a), dtype=bool)
    at = np.flatnonzero(same_event & ~status & ~responsible)
    parts[at] = differing_parts(claims, pairs.a[at], pairs.b[at], pairs.rules)
    return [
        (responsible, Ruling.ATTRIBUTION),
        (status, Ruling.STATUS),
        (parts, Ruling.STATUS_PARTS),
        (pairs.numbers.same_number, Ruling.AGREEMENT_EXACT),
        (np.ones(len(pairs.a), dtype=bool), Ruling.AGREEMENT_WORDS),
    ]


def _only_sure_incidents(pairs: _Pairs, ruling: Ints) -> Ints:
    """Where a document lists several incidents of one day and place, which of them another means is told only by the number.

    Such claims are paired where their numbers agree, each with one partner of a voice, and never said to contradict.
    """
    claims = pairs.claims
    unsure = pairs.incident & (pairs.several[pairs.a] | pairs.several[pairs.b]) & (ruling != Ruling.NONE)
    kept = ruling.copy()
    kept[unsure] = Ruling.NONE
    at = np.flatnonzero(unsure & pairs.numbers.overlap & ~pairs.numbers.soft)
    order = at[np.lexsort((pairs.b[at], pairs.a[at], pairs.numbers.gap[at], ~pairs.numbers.equal[at]))]
    for mine, other in ((pairs.a, pairs.b), (pairs.b, pairs.a)):
        partner = mine[order] * (int(claims.source.max(initial=0)) + 1) + claims.source[other[order]]
        _, first = np.unique(partner, return_index=True)
        order = order[np.sort(first)]
    kept[order] = ruling[order]
    return kept


def second_first(claims: Claims, pair: tuple[Ints, Ints], ruling: Ints, vector: Vector, rules: Rules) -> Bools:
    """Whether the sentence tells the second claim first: the earlier count, the part, the lower of a lag, the party's claim."""
    a, b = pair
    numbers = compare_numbers(claims, a, b, rules)
    earlier, _ = chronicle.in_order(claims, a, b, rules)

    def is_one_of(*rulings: Ruling) -> Bools:
        return membership(ruling, [int(one) for one in rulings])

    cases = [
        (is_one_of(Ruling.LAG_LATER, Ruling.STRONG_FELL, Ruling.SOFT_FELL, Ruling.REVISION_BASIS), claims.day[a] > claims.day[b]),
        (is_one_of(Ruling.REVISION_RISE, Ruling.REVISION_FALL, Ruling.REVISION_VERIFIED, Ruling.DECREASE), earlier == b),
        (is_one_of(Ruling.LAG_INFERRED, Ruling.LAG_BETWEEN, Ruling.LAG_TOLL), numbers.second < numbers.first),
        (is_one_of(Ruling.GROUP_PART), vector.of[Item.GROUP] == Relation.B_IN_A),
        (is_one_of(Ruling.PLACE_PART), vector.of[Item.PLACE] == Relation.B_IN_A),
        (is_one_of(Ruling.STRONG_PART), vector.inequality() == Relation.B_IN_A),
        (is_one_of(Ruling.INTERNAL_RUNNING), claims.kind[b] == KIND[Kind.DAILY]),
        (is_one_of(Ruling.PARTY), claims.interest[b] == INTEREST[Interest.ENEMY_LOSSES]),
    ]
    found: Bools = np.select([mask for mask, _ in cases], [swap for _, swap in cases], False).astype(bool)
    return found
