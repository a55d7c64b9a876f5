"""Why two claims of different series differ, or that they agree: the first rule that matches decides.

Definitions, section 12. The order between two voices is: a party's claim about its enemy (in its own lane whatever else differs),
equal totals that are a coincidence, a part larger than its whole, then definition, group, place, window, lag, contradiction, and
what agreeing counts still differ in. Two claims are said to contradict only where they answer the same question.
"""

import numpy as np

from ingest.compare.alignment.meetings import party_pair
from ingest.compare.alignment.numbered import numbered_otherwise
from ingest.compare.alignment.pairs import Pairs, Setting, only_sure_incidents, pairs_of
from ingest.compare.alignment.series import Series, neighbours
from ingest.compare.claims.columns import membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Ints, Item, Relation, nested, passes
from ingest.compare.claims.rulings import Cases, Ruling, first_match
from ingest.compare.claims.vocabularies import KIND, STATUS
from ingest.compare.rules import Rules
from ingest.compare.verdicts import chronicle
from ingest.compare.verdicts.lags import days_apart, lags, same_scope
from ingest.compare.verdicts.parts import differing_parts
from ingest.model.vocabulary import GroupStatus, Kind


def classify(claims: Claims, series: Series, pair: tuple[Ints, Ints], rules: Rules) -> Ints:
    """The ruling on every pair of claims of two series; `Ruling.NONE` where the two tell nothing about each other."""
    a, b = pair
    several = np.zeros(len(claims.figure_id), dtype=bool)
    several[series.rows] = series.several
    setting = Setting(claims, rules, neighbours(claims, series), several)
    own = claims.source[a] == claims.source[b]
    shared = (claims.lane[a] == claims.lane[b]) & (claims.lane[a] > 0) & ~own
    ruling = np.full(len(a), Ruling.NONE, dtype=np.int64)
    for mask, judge in ((own, _one_voice), (shared, _shared_basis), (~own & ~shared, _two_voices)):
        at = np.flatnonzero(mask)
        pairs = pairs_of(setting, a[at], b[at])
        ruling[at] = only_sure_incidents(pairs, judge(pairs))
    return ruling


def _scopes(pairs: Pairs) -> Cases:
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
        ((start == Relation.OVERLAP) & ~pairs.numbers.same_number, Ruling.WINDOW_NAMED),
        (nested(start), Ruling.WINDOW_START),
    ]


def _one_voice(pairs: Pairs) -> Ints:
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
    again = chronicle.judge(claims, *in_order, several=pairs.several[pairs.a] | pairs.several[pairs.b], rules=pairs.rules)
    # two events that a database keeps apart are no two counts of one, whatever their numbers
    kinds = [KIND[Kind.INCIDENT], KIND[Kind.PERIOD]]
    event = membership(claims.kind[pairs.a], kinds) & membership(claims.kind[pairs.b], kinds)
    two_events = claims.record[pairs.a] & claims.record[pairs.b] & event & other_document & ~pairs.elsewhere
    cases: Cases = [
        (two_events, Ruling.NONE),
        (two_units & ~other_document & same_day, Ruling.DEFINITION_UNIT_IMPLIED),
        (~other_document & ~checked, Ruling.NONE),
        (two_units, Ruling.DEFINITION_UNIT),
        (quoted & misworded, Ruling.DISTORTION_METRIC),
        (nested(metric), Ruling.NONE),
        (quoted & same_thing & numbers.equal & close, Ruling.RELAY_SAME),
        (quoted & same_thing & rounding, Ruling.DISTORTION_WORD),
        (checked & numbers.equal & same_day & pairs.vector.same_question(), Ruling.AGREEMENT_VERIFIED),
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
    return np.where(continues & ~two_events, again, found)


def _shared_basis(pairs: Pairs) -> Ints:
    """Two names for one count: organisations that lean on the same records have one vote."""
    claims = pairs.claims
    same_day = claims.day[pairs.a] == claims.day[pairs.b]
    cases: Cases = [
        (~pairs.passes(Item.GROUP) | (pairs.event & ~pairs.passes(Item.PLACE)), Ruling.NONE),
        *_scopes(pairs),
        (pairs.numbers.overlap & ~pairs.numbers.soft, Ruling.RELAY_BASIS),
        (claims.verified[pairs.a] != claims.verified[pairs.b], Ruling.REVISION_VERIFIED),
        (same_day, Ruling.DISTORTION_BASIS),
        (np.ones(len(pairs.a), dtype=bool), Ruling.REVISION_BASIS),
    ]
    return first_match(cases, len(pairs.a))


def _two_voices(pairs: Pairs) -> Ints:
    """Two voices that count for themselves."""
    group, place = pairs.relation(Item.GROUP), pairs.relation(Item.PLACE)
    of_party = party_pair(pairs.claims, pairs.a, pairs.b)
    party = of_party & (passes(group) | nested(group))
    # other people at a place that is not the same are another incident
    elsewhere = pairs.incident & ((place == Relation.UNKNOWN) | (~passes(place) & ~passes(group) & ~nested(group)))
    nothing = of_party | (place == Relation.DISJOINT) | elsewhere | _told_by_the_whole(pairs)
    cases: Cases = [
        (party, Ruling.PARTY),
        (nothing, Ruling.NONE),
        *_coincidence(pairs),
        (_over_its_whole(pairs), Ruling.STRONG_PART),
        (days_apart(pairs) & ~same_scope(pairs), Ruling.NONE),
        *_scopes(pairs),
        *lags(pairs),
        (numbered_otherwise(pairs), Ruling.PLACE_NUMBERED),
        (~pairs.numbers.overlap, Ruling.STRONG),
        (pairs.numbers.soft, Ruling.SOFT),
        *_agreeing(pairs),
    ]
    return first_match(cases, len(pairs.a))


def _told_by_the_whole(pairs: Pairs) -> Bools:
    """A part of one incident's dead beside another's whole count of the same number: the comparison of the wholes says what differs."""
    claims, found = pairs.claims, np.zeros(len(pairs.a), dtype=bool)
    for part, other in ((pairs.a, pairs.b), (pairs.b, pairs.a)):
        whole = claims.parent[part]
        found |= (whole >= 0) & (claims.parent[other] < 0) & (claims.best[whole] == claims.best[other]) & ~pairs.numbers.same_number
    return found & pairs.incident


def _over_its_whole(pairs: Pairs) -> Bools:
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


def _coincidence(pairs: Pairs) -> Cases:
    """D9: equal totals, of different parts or of several differences in place, window and basis. One difference names itself."""
    same_thing = pairs.passes(Item.METRIC, Item.KIND, Item.UNIT, Item.GROUP) & passes(pairs.vector.end) & ~pairs.event
    equal = same_thing & pairs.numbers.same_number
    parts = np.zeros(len(pairs.a), dtype=bool)
    at = np.flatnonzero(equal)
    parts[at] = differing_parts(pairs.claims, pairs.a[at], pairs.b[at], pairs.rules)
    differences = (~pairs.passes(Item.PLACE)).astype(np.int64) + (~pairs.passes(Item.BASIS)) + nested(pairs.vector.start)
    several = equal & (differences >= pairs.rules.coincidence_differences)
    return [(equal & parts, Ruling.COINCIDENCE_PARTS), (several, Ruling.COINCIDENCE_SCOPE)]


def _agreeing(pairs: Pairs) -> Cases:
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
