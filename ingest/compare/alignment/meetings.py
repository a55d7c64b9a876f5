"""Which claims are set side by side: near-linear joins on place, metric family and time, never all against all.

Claims meet as series. Two series meet when they are about the same family of metrics on one chain of places at overlapping times;
then every claim meets its neighbours in time in the other series: no claim of either lies between them. Three rules keep
what tells something and count what they leave out:

* more than `max_differences` items apart, two series answer no common question; nor do they when they count another thing, or
  people of whom it is not known that the one group holds the other, or name no place, and anything else differs too;
* what counts other people, or another thing, is not set beside a voice that also counts the same people and the same thing;
* two series that each have a closer counterpart in the other's voice are not paired with each other.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ingest.compare.alignment import vector
from ingest.compare.alignment.numbered import listed_side_by_side
from ingest.compare.alignment.series import SPAN, Series
from ingest.compare.claims.areas import own_keys
from ingest.compare.claims.columns import membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Ints, Relation, Relations, nested, passes
from ingest.compare.claims.vocabularies import INTEREST, KIND, LEVEL_KINDS, METRIC, ONE_DAY_KINDS, TOTAL_KINDS
from ingest.compare.rules import Rules
from ingest.model.vocabulary import Interest, Kind, Metric

# Metrics a reader may take for one another. A count of killed or injured stands in both families, to be tested as their whole.
FAMILIES: tuple[frozenset[Metric], ...] = (
    frozenset({Metric.KILLED, Metric.KILLED_OR_INJURED}),
    frozenset({Metric.INJURED, Metric.KILLED_OR_INJURED}),
    frozenset({Metric.NEWLY_DISPLACED, Metric.DISPLACED_STOCK, Metric.SECONDARY_DISPLACEMENT, Metric.SHELTERED, Metric.EVACUATED}),
    frozenset({Metric.IDP_RETURNED, Metric.REFUGEE_RETURNED}),
    frozenset({Metric.CROSS_BORDER_DEPARTED, Metric.REFUGEE_STOCK}),
    frozenset({Metric.MISSING, Metric.FORCIBLY_DISAPPEARED}),
    frozenset({Metric.DETAINED, Metric.ABDUCTED, Metric.CAPTURED}),
    frozenset({Metric.RELEASED}),
    frozenset({Metric.AFFECTED}),
    frozenset({Metric.IN_NEED}),
    frozenset({Metric.INCIDENT_COUNT}),
    frozenset({Metric.FACILITY_HIT}),
)
_EVENTS, _TOTALS, _DAY_OF_EVENT = 0, 1, 2
_PIECE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of claims (positions) to be compared, and how many series pairs each rule left out."""

    a: Ints
    b: Ints
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Entries:
    """Series under the keys they are found by, with the first and last day they speak of."""

    key: Ints
    first: Ints
    last: Ints
    series: Ints


def align(claims: Claims, series: Series, rules: Rules) -> Alignment:
    """The pairs of claims of different series that are worth comparing."""
    left_out: Counter[str] = Counter()
    first, second = _meeting(claims, series, rules, left_out)
    pair = _informative(claims, series, (first, second), rules=rules, left_out=left_out)
    a, b = _nearest_claims(claims, series, pair, rules)
    return Alignment(a, b, left_out)


def canonical(claims: Claims, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """Each pair in one order: the earlier published first, then the smaller identity; each pair once."""
    swap = (claims.published[a] > claims.published[b]) | ((claims.published[a] == claims.published[b]) & (a > b))
    a, b = np.where(swap, b, a), np.where(swap, a, b)
    rows = max(len(claims.figure_id), 1)
    pair = pd.unique(a * rows + b)
    return pair // rows, pair % rows


def _meeting(claims: Claims, series: Series, rules: Rules, left_out: Counter[str]) -> tuple[Ints, Ints]:
    """Pairs of series of one family, on one chain of places, at overlapping times."""
    own, chain = (_entries(claims, series, rules, with_chain) for with_chain in (False, True))
    found = [*_overlapping(own, chain, rules, left_out, touch=True), *_overlapping(chain, own, rules, left_out, touch=False)]
    first, second = np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])
    different = first != second
    low, high = np.minimum(first, second)[different], np.maximum(first, second)[different]
    pair = pd.unique(low * max(series.count, 1) + high)
    return pair // max(series.count, 1), pair % max(series.count, 1)


def _entries(claims: Claims, series: Series, rules: Rules, chain: bool) -> _Entries:
    """The series under the keys they are found by.

    Running totals, levels and counts of a day meet on one chain of places, incidents meet incidents likewise; an incident meets
    the count of its day only for the very same area. Long series are entered piece by piece, so that an entry spans little time.
    """
    kind = claims.kind[series.rows]
    incident = kind == KIND[Kind.INCIDENT]
    places = own_keys(claims.areas, chain)
    area = np.arange(len(claims.areas.form))
    totals = _keyed(claims, series, ~incident, places=places, sort=(_TOTALS, rules.lag_horizon_days))
    events = _keyed(claims, series, incident, places=places, sort=(_EVENTS, 0))
    of_day = membership(kind, ONE_DAY_KINDS) if chain else incident
    same_area = _keyed(claims, series, of_day, places=(area, area), sort=(_DAY_OF_EVENT, 0))
    columns = (np.concatenate(parts) for parts in zip(totals, events, same_area, strict=True))
    return _Entries(*columns)


def _keyed(
    claims: Claims, series: Series, which: Bools, *, places: tuple[Ints, Ints], sort: tuple[int, int]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Pieces of the series among `which`, once per metric family and key of their area: (key, first day, last day, series).

    `sort` says among which entries they are found, and for how many days after their last.
    """
    among, horizon = sort
    number, first, last = _pieces(claims, series, np.flatnonzero(which & series.latest), _PIECE_DAYS if among == _TOTALS else 1)
    row = series.representatives()[number]
    family, at = families(claims.metric[row])
    area, key = places
    order = np.argsort(area, kind="stable")
    low, high = (np.searchsorted(area[order], claims.area[row[at]], side) for side in ("left", "right"))
    place, owner = ranges(low, high)
    at, family = at[owner], family[owner]
    composite = ((claims.crisis[row[at]] * 3 + among) * len(FAMILIES) + family) * _places(claims) + key[order][place]
    return composite, first[at], last[at] + horizon, number[at]


def _places(claims: Claims) -> int:
    """More than any key of a place or number of an area."""
    return 2 * claims.areas.keys + len(claims.areas.form) + 1


def _pieces(claims: Claims, series: Series, at: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """Claims at these positions as stretches of one series within blocks of so many days: (series, first day, last day)."""
    of, day, row = series.of[at], series.day[at], series.rows[at]
    begins = np.ones(len(at), dtype=bool)
    begins[1:] = (of[1:] != of[:-1]) | (day[1:] // width != day[:-1] // width)
    start = np.flatnonzero(begins)
    end = np.append(start[1:], len(at))[: len(start)] - 1
    incident = claims.kind[row] == KIND[Kind.INCIDENT]
    first, last = np.where(incident, claims.event_start[row], day), np.where(incident, claims.event_end[row], day)
    return of[start], first[start], last[end]


def families(metric: Ints) -> tuple[Ints, Ints]:
    """The families of each metric, as (family, position) pairs."""
    table = np.array([[Metric(word) in family for family in FAMILIES] for word in METRIC], dtype=bool)
    position, family = np.nonzero(table[metric])
    return family.astype(np.int64), position.astype(np.int64)


def ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Every position of every range [low, high), and the number of the range it belongs to."""
    counts = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(counts)), counts)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return low[owner] + offset, owner


def _overlapping(left: _Entries, right: _Entries, rules: Rules, left_out: Counter[str], *, touch: bool) -> list[tuple[Ints, Ints]]:
    """Pairs of equal key where the right one begins while the left one lasts; with `touch`, also on the left one's first day."""
    order = np.lexsort((right.series, right.first, right.key))
    keys, _ = pd.factorize(np.concatenate([left.key, right.key]), sort=True)
    left_key, right_key = keys[: len(left.key)].astype(np.int64), keys[len(left.key) :].astype(np.int64)
    sought = right_key[order] * SPAN + right.first[order]
    low = np.searchsorted(sought, left_key * SPAN + left.first, "left" if touch else "right")
    high = np.searchsorted(sought, left_key * SPAN + left.last, "right")
    crowded = np.maximum(high - low - rules.max_partners, 0)
    left_out["more partners than are compared"] += int(crowded.sum())
    at, owner = ranges(low, high - crowded)
    return [(left.series[owner], right.series[order][at])]


def _informative(claims: Claims, series: Series, pair: tuple[Ints, Ints], *, rules: Rules, left_out: Counter[str]) -> tuple[Ints, Ints]:
    """The pairs of series that tell something, by the rules in the module's docstring."""
    first, second = pair
    row = series.representatives()
    a, b = row[first], row[second]
    met = _Meeting.of(claims, a, b, rules)
    kept = met.on_chain
    left_out["on no common chain of places"] += int((~kept).sum())
    close = (met.different <= np.where(met.alone, 1, rules.max_differences)) & (~met.same_voice | met.own_variant)
    left_out["apart in too many items"] += int((kept & ~close & ~met.party).sum())
    kept &= close | met.party
    first, second, met = first[kept], second[kept], met.take(kept)
    better = _has_better(claims, row, (first, second), met)
    left_out["with a closer counterpart"] += int(better.sum())
    return first[~better], second[~better]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """How two series stand to each other, as far as it does not depend on the day."""

    group: Relations
    definition: Bools
    different: Ints
    alone: Bools
    distance: Ints
    on_chain: Bools
    same_voice: Bools
    own_variant: Bools
    party: Bools
    part_of_event: Bools

    @classmethod
    def of(cls, claims: Claims, a: Ints, b: Ints, rules: Rules) -> "_Meeting":
        metric, kind, group = vector.metric(claims, a, b), vector.kind(claims, a, b), vector.group(claims, a, b)
        place, start = vector.place(claims, a, b, rules), vector.window_start(claims, a, b, rules)
        unit, basis = vector.unit(claims, a, b), vector.basis(claims, a, b)
        definition = passes(metric) & passes(kind) & passes(unit)
        other_thing = (~passes(metric) | ~passes(kind)).astype(np.int64) + ~passes(unit)
        same_voice = vector.independence(claims, a, b) == Relation.EQUAL
        other_start = nested(start) | (~passes(start) & ~same_voice)
        scopes = (~passes(place)).astype(np.int64) + other_start + (basis == Relation.DISJOINT)
        other_people = ~passes(group)
        incident = membership(claims.kind[a], [KIND[Kind.INCIDENT]])
        alone = (other_thing > 0) | (place == Relation.UNKNOWN)
        alone |= other_people & ~nested(group) & ~(incident & (claims.stated()[a] == claims.stated()[b]))
        part_of_event = incident & ((claims.parent[a] >= 0) != (claims.parent[b] >= 0))
        return cls(
            group=group,
            definition=definition,
            different=other_thing + scopes + other_people,
            alone=alone & ~same_voice,
            distance=other_thing + scopes + vector.group_distance(claims, a, b) + 2 * part_of_event,
            on_chain=place != Relation.DISJOINT,
            same_voice=same_voice,
            own_variant=_own_variant(metric, kind, group, other_thing + scopes),
            party=~same_voice & party_pair(claims, a, b) & passes_or_nested(group) & passes_or_nested(metric),
            part_of_event=part_of_event,
        )

    def take(self, kept: Bools) -> "_Meeting":
        return _Meeting(*(getattr(self, name)[kept] for name in self.__slots__))


def passes_or_nested(relation: Relations) -> Bools:
    """The same, or one a part of the other."""
    return passes(relation) | nested(relation)


def party_pair(claims: Claims, a: Ints, b: Ints) -> Bools:
    """Exactly one of the two is a party's claim about its enemy's losses (section 12, D10)."""
    enemy = INTEREST[Interest.ENEMY_LOSSES]
    first, second = claims.interest[a] == enemy, claims.interest[b] == enemy
    found: Bools = first ^ second
    return found


def _own_variant(metric: Relations, kind: Relations, group: Relations, apart: Ints) -> Bools:
    """Two series of one voice that a reader may take for one: they differ in one thing, and neither is a part the voice lists.

    A voice that counts killed and killed or injured, days and totals, or several groups, means to.
    """
    deliberate = (passes(metric) & ~passes(kind)) | (group == Relation.DISJOINT) | (group == Relation.OVERLAP)
    variant: Bools = (apart <= 1) & ~deliberate
    return variant


def _has_better(claims: Claims, row: Ints, pair: tuple[Ints, Ints], met: _Meeting) -> Bools:
    """Pairs of series beside which a closer pair of the same two voices stands."""
    first, second = pair
    if not len(first):
        return np.zeros(0, dtype=bool)
    voices = int(claims.source.max()) + 1
    # each pair from both sides: a series and the voice it is set against
    side = np.concatenate([first * voices + claims.source[row[second]], second * voices + claims.source[row[first]]])
    side, _ = pd.factorize(side)
    nearest = np.full(int(side.max()) + 1, 99, dtype=np.int64)
    np.minimum.at(nearest, side, np.tile(met.distance, 2))
    closer = (nearest[side] < np.tile(met.distance, 2)).reshape(2, -1)
    # "two students" among an incident's dead are no counterpart of another's whole count: the two wholes are
    same_people = _any(side, np.tile(passes(met.group) & ~met.part_of_event, 2))
    same_thing = _any(side, np.tile(met.definition, 2))
    wider_second, wider_first = met.group == Relation.A_IN_B, met.group == Relation.B_IN_A
    other_people = np.where(wider_second, same_people[1], np.where(wider_first, same_people[0], same_people.any(axis=0)))
    other_people = np.where(met.party, same_people.any(axis=0), other_people) & ~passes(met.group)
    other_thing = ~met.definition & same_thing.any(axis=0) & ~met.same_voice
    found: Bools = other_people | (~met.party & (closer.all(axis=0) | other_thing))
    return found


def _any(side: Ints, holds: Bools) -> Bools:
    found = np.zeros(int(side.max()) + 1, dtype=bool)
    found[side[holds]] = True
    return found[side].reshape(2, -1)


def _nearest_claims(claims: Claims, series: Series, pair: tuple[Ints, Ints], rules: Rules) -> tuple[Ints, Ints]:
    """For each pair of series the claims that are neighbours in time: the nearest, with no claim of either series between them."""
    rows, of, day = series.rows[series.latest], series.of[series.latest], series.day[series.latest]
    bounds = np.searchsorted(of, np.arange(series.count + 1))
    ordered = of * SPAN + day
    found_a, found_b = [], []
    for one, other in (pair, pair[::-1]):
        at, owner = ranges(bounds[one], bounds[one + 1])
        partner = other[owner]
        after = np.searchsorted(ordered, partner * SPAN + day[at])
        for neighbour, step in ((after - 1, -1), (after, 1)):
            inside = (neighbour >= bounds[partner]) & (neighbour < bounds[partner + 1])
            near, mine = neighbour[inside], at[inside]
            alone = _nothing_between(day, of, (mine, near), step)
            found_a.append(rows[mine[alone]])
            found_b.append(rows[near[alone]])
    listed_a, listed_b = listed_side_by_side(claims, series, pair)
    a, b = canonical(claims, np.concatenate([*found_a, listed_a]), np.concatenate([*found_b, listed_b]))
    keep = _soon_enough(claims, a, b, rules)
    return a[keep], b[keep]


def _nothing_between(day: Ints, of: Ints, pair: tuple[Ints, Ints], step: int) -> Bools:
    """No other claim of either series lies between the two, or on the day of one of them."""
    mine, near = pair
    found = np.ones(len(mine), dtype=bool)
    for here, there, towards in ((mine, near, step), (near, mine, -step)):
        beside = np.clip(here + towards, 0, len(day) - 1)
        own = (of[beside] == of[here]) & (beside != here)
        reached = day[beside] <= day[there] if towards > 0 else day[beside] >= day[there]
        found &= ~(own & reached & (day[mine] != day[near]))
    return found


def _soon_enough(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Bools:
    """Within the time in which two claims of these kinds have anything to do with each other."""
    kind_a, kind_b = claims.kind[a], claims.kind[b]
    incident = (kind_a == KIND[Kind.INCIDENT]) | (kind_b == KIND[Kind.INCIDENT])
    overlap = (claims.event_start[a] <= claims.event_end[b]) & (claims.event_start[b] <= claims.event_end[a])
    levels = membership(kind_a, [*TOTAL_KINDS, *LEVEL_KINDS]) & membership(kind_b, [*TOTAL_KINDS, *LEVEL_KINDS])
    one_day = (kind_a == kind_b) & membership(kind_a, ONE_DAY_KINDS)
    # differences of scope are looked for at one time; a part that is larger than its whole stays wrong as the whole goes on growing
    place, group = vector.place(claims, a, b, rules), vector.group(claims, a, b)
    one_in_other = passes_or_nested(place) & passes_or_nested(group) & passes_or_nested(vector.window_start(claims, a, b, rules))
    limit = np.where(levels, np.where(one_in_other, rules.lag_horizon_days, rules.lag_tolerance_days), rules.as_of_tolerance_days)
    apart = np.abs(claims.day[a] - claims.day[b])
    return np.where(incident, overlap, apart <= np.where(one_day, 0, limit))
