"""Pairs of claims with everything the rules of classification ask about them, computed once; and what events allow."""

from dataclasses import dataclass

import numpy as np

from ingest.compare.alignment.series import Neighbours
from ingest.compare.alignment.vector import Vector, compare_items
from ingest.compare.claims.columns import membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.intervals import Numbers, compare_numbers
from ingest.compare.claims.relation import Bools, Ints, Item, Relation, Relations, nested, passes
from ingest.compare.claims.rulings import Ruling
from ingest.compare.claims.vocabularies import KIND, LEVEL_KINDS, ONE_DAY_KINDS, TOTAL_KINDS
from ingest.compare.rules import Rules
from ingest.model.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Pairs:
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
        """How the two stand in one item."""
        return self.vector.of[item]

    def passes(self, *items: Item) -> Bools:
        """Whether none of these items is a reason to differ."""
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


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around the pairs: the claims, the rules, each claim's neighbours in its series, and those listed side by side."""

    claims: Claims
    rules: Rules
    around: Neighbours
    several: Bools


def pairs_of(setting: Setting, a: Ints, b: Ints) -> Pairs:
    """The pairs (a, b) as the rules see them."""
    claims, rules = setting.claims, setting.rules
    numbers = compare_numbers(claims, a, b, rules)
    stated = compare_items(claims, a, b, rules)
    kind_a, kind_b = claims.kind[a], claims.kind[b]

    def both(kinds: list[int]) -> Bools:
        return membership(kind_a, kinds) & membership(kind_b, kinds)

    incident = both([KIND[Kind.INCIDENT]])
    return Pairs(
        claims, rules, setting.around, setting.several, a, b, stated,
        settle_events(claims, (a, b), stated, numbers), numbers,
        incident | both(ONE_DAY_KINDS), incident, both(TOTAL_KINDS), both(LEVEL_KINDS),
    )  # fmt: skip


def settle_events(claims: Claims, pair: tuple[Ints, Ints], vector: Vector, numbers: Numbers) -> Vector:
    """One event told more or less precisely is one event when the numbers agree, and may be two when they do not.

    An incident "in the city" and one at a site of it are compatible when their numbers fit; otherwise the wider place is no whole
    of which the site is a part. The same number given to differently described people is about the same people.
    """
    a, b = pair
    incident = (claims.kind[a] == KIND[Kind.INCIDENT]) & (claims.kind[b] == KIND[Kind.INCIDENT])
    one_day = membership(claims.kind[a], ONE_DAY_KINDS) & membership(claims.kind[b], ONE_DAY_KINDS)
    place, group = vector.of[Item.PLACE], vector.of[Item.GROUP]
    fits = numbers.overlap & ~numbers.soft
    place = np.where(incident & (nested(place) | (place == Relation.UNKNOWN)) & fits, np.int8(Relation.COMPATIBLE), place)
    place = np.where(incident & nested(place), np.int8(Relation.OVERLAP), place)
    same_people = numbers.same_number & (incident | (one_day & (group == Relation.UNKNOWN)))
    group = np.where(same_people & ~passes(group), np.int8(Relation.COMPATIBLE), group)
    return Vector({**vector.of, Item.PLACE: place, Item.GROUP: group}, vector.start, vector.end)


def only_sure_incidents(pairs: Pairs, ruling: Ints) -> Ints:
    """Where a document lists several incidents of one day and place, or a database several events of one place, which of them another
    means is told only by the number.

    Such claims are paired where their numbers agree, each with one partner of a voice, and never said to contradict.
    """
    claims = pairs.claims
    of_records = [pairs.several[side] & claims.record[side] & (claims.kind[side] == KIND[Kind.PERIOD]) for side in (pairs.a, pairs.b)]
    listed = (pairs.incident & (pairs.several[pairs.a] | pairs.several[pairs.b])) | of_records[0] | of_records[1]
    unsure = listed & (ruling != Ruling.NONE)
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
