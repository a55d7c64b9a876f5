"""The comparability vector, column by column: how two claims stand to each other in each of the eight items.

Definitions, section 11. Every function takes positions of claims `a` and `b` (arrays of one length) and gives one relation per pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import UNKNOWN_DAY, membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import LABELS, Bools, Ints, Item, Relation, Relations, Texts, choose, combine, nested, passes
from ingest.compare.claims.vocabularies import BASIS, KIND, LEVEL_KINDS, METRIC, ONE_DAY_KINDS, STATUS, TOTAL_KINDS, UNIT
from ingest.compare.rules import Rules
from ingest.model.vocabulary import CountingBasis, GroupStatus, Kind, Metric, Unit

# What is counted by the first is counted by the second too (definitions, section 2), so the first may not exceed the second.
METRIC_WHOLES: Mapping[Metric, tuple[Metric, ...]] = {
    Metric.KILLED: (Metric.KILLED_OR_INJURED,),
    Metric.INJURED: (Metric.KILLED_OR_INJURED,),
    Metric.SECONDARY_DISPLACEMENT: (Metric.NEWLY_DISPLACED,),
    Metric.SHELTERED: (Metric.DISPLACED_STOCK, Metric.NEWLY_DISPLACED),
}
_IS_PART = np.array([[Metric(whole) in METRIC_WHOLES.get(Metric(part), ()) for whole in METRIC] for part in METRIC], dtype=bool)

ITEMS = tuple(Item)
# Our convention: a period that covers less than this share of a running total's window is a flow beside a total, not another window.
SHORT_PERIOD = 0.5


@dataclass(frozen=True, slots=True)
class Vector:
    """Relations per pair: `of[item]` for the eight items, and the two halves of time: `start` of the window and `end`."""

    of: Mapping[Item, Relations]
    start: Relations
    end: Relations

    def comparable(self) -> Bools:
        """Items 1 to 7 same or compatible, a basis nobody states being no difference, and two voices (section 11)."""
        return self.same_question() & self.item_passes(Item.INDEPENDENCE)

    def same_question(self) -> Bools:
        """Items 1 to 7 same or compatible, whoever counts."""
        same: Bools = np.all([self.item_passes(item) for item in ITEMS[:-1]], axis=0)
        return same

    def item_passes(self, item: Item) -> Bools:
        """Whether one item is no reason to differ."""
        relation = self.of[item]
        unlike = {Item.BASIS: Relation.DISJOINT, Item.INDEPENDENCE: Relation.EQUAL}.get(item)
        found: Bools = passes(relation) if unlike is None else relation != unlike
        return found

    def inequality(self) -> Relations:
        """A_IN_B or B_IN_A where one counts a part of what the other counts and nothing else differs; EQUAL where it cannot be tested."""
        relations = [np.where(self.item_passes(item), np.int8(Relation.EQUAL), self.of[item]) for item in ITEMS[:-1]]
        found = combine(relations)
        return np.where(nested(found) & self.item_passes(Item.INDEPENDENCE), found, np.int8(Relation.EQUAL))

    def first_difference(self) -> Texts:
        """The first item that keeps the two from answering the same question; empty where none does."""
        cases = [(~self.item_passes(item), position + 1) for position, item in enumerate(ITEMS)]
        found = choose(cases, 0)
        return np.array(["", *(str(item) for item in ITEMS)], dtype=object)[found]

    def words(self) -> Texts:
        """The whole comparison as text: item=same|compatible|different|unknown, joined by `;`."""
        number = np.zeros(len(self.start), dtype=np.int64)
        for item in ITEMS:
            number = number * len(LABELS) + self.of[item]
        position, distinct = pd.factorize(number)
        written = []
        for value in distinct:
            parts, rest = [], int(value)
            for item in reversed(ITEMS):
                rest, relation = divmod(rest, len(LABELS))
                parts.append(f"{item}={LABELS[relation]}")
            written.append(";".join(reversed(parts)))
        return np.array(written, dtype=object)[position]


def compare_items(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Vector:
    """The vector of every pair (a, b)."""
    start, end = window_start(claims, a, b, rules), window_end(claims, a, b, rules)
    return Vector(
        {
            Item.METRIC: metric(claims, a, b),
            Item.KIND: kind(claims, a, b),
            Item.GROUP: group(claims, a, b),
            Item.PLACE: place(claims, a, b, rules),
            Item.TIME: combine([start, end]),
            Item.UNIT: unit(claims, a, b),
            Item.BASIS: basis(claims, a, b),
            Item.INDEPENDENCE: independence(claims, a, b),
        },
        start,
        end,
    )


def metric(claims: Claims, a: Ints, b: Ints) -> Relations:
    """Item 1: the same metric, or one a part of the other."""
    first, second = claims.metric[a], claims.metric[b]
    return choose(
        [
            (first == second, Relation.EQUAL),
            (_IS_PART[first, second], Relation.A_IN_B),
            (_IS_PART[second, first], Relation.B_IN_A),
        ],
        Relation.DISJOINT,
    )


def kind(claims: Claims, a: Ints, b: Ints) -> Relations:
    """Item 2: the same kind; a period and a total since a start both have a window, unless the period is a short stretch of the total;
    one incident is a part of its day.
    """
    first, second = claims.kind[a], claims.kind[b]
    incident, daily = KIND[Kind.INCIDENT], KIND[Kind.DAILY]
    return choose(
        [
            (first == second, Relation.EQUAL),
            (_stretch_of_total(claims, a, b) | _stretch_of_total(claims, b, a), Relation.DISJOINT),
            (membership(first, TOTAL_KINDS) & membership(second, TOTAL_KINDS), Relation.COMPATIBLE),
            ((first == incident) & (second == daily), Relation.A_IN_B),
            ((first == daily) & (second == incident), Relation.B_IN_A),
        ],
        Relation.DISJOINT,
    )


def _stretch_of_total(claims: Claims, period: Ints, total: Ints) -> Bools:
    """The first is a period that covers less than a part of the second, a running total: what happened meanwhile, not a count of it."""
    start, known = claims.window_start, UNKNOWN_DAY
    of_kinds = (claims.kind[period] == KIND[Kind.PERIOD]) & (claims.kind[total] == KIND[Kind.CUMULATIVE])
    dated = (start[period] != known) & (start[total] != known)
    short = (claims.day[period] - start[period]) < SHORT_PERIOD * (claims.day[total] - start[total])
    found: Bools = of_kinds & dated & short
    return found


def group(claims: Claims, a: Ints, b: Ints) -> Relations:
    """Item 3: the same people, or one group inside the other; what is not stated is unknown, not all (section 3).

    Sex, age, role, nationality, label and the party responsible narrow a count, so a claim without them counts the whole.
    A side that only one of two claims states is unknown, unless the other counts everyone together; and some people of no stated
    status, such as children, are a part of everyone.
    """
    first, second = claims.axes[a], claims.axes[b]
    status, side = _status(first[:, 0], second[:, 0]), _side(first, second)
    narrowed = combine([_narrowing(first[:, axis], second[:, axis]) for axis in range(2, claims.axes.shape[1])])
    unstated, mixed = STATUS[GroupStatus.UNSTATED], STATUS[GroupStatus.MIXED_TOTAL]
    for some, all_of, part in ((first, second, Relation.A_IN_B), (second, first, Relation.B_IN_A)):
        status = np.where((some[:, 0] == unstated) & (all_of[:, 0] == mixed) & (narrowed == part), np.int8(part), status)
    return combine([status, side, narrowed])


def group_distance(claims: Claims, a: Ints, b: Ints) -> Ints:
    """On how many axes two groups differ."""
    apart: Ints = (claims.axes[a] != claims.axes[b]).sum(axis=1)
    return apart


def _status(first: Ints, second: Ints) -> Relations:
    mixed, unstated = STATUS[GroupStatus.MIXED_TOTAL], STATUS[GroupStatus.UNSTATED]
    return choose(
        [
            (first == second, Relation.EQUAL),
            ((first == unstated) | (second == unstated), Relation.UNKNOWN),
            (second == mixed, Relation.A_IN_B),
            (first == mixed, Relation.B_IN_A),
        ],
        Relation.DISJOINT,
    )


def _side(first: Ints, second: Ints) -> Relations:
    mixed = STATUS[GroupStatus.MIXED_TOTAL]
    side_a, side_b = first[:, 1], second[:, 1]
    return choose(
        [
            (side_a == side_b, Relation.EQUAL),
            ((side_b == 0) & (second[:, 0] == mixed), Relation.A_IN_B),
            ((side_a == 0) & (first[:, 0] == mixed), Relation.B_IN_A),
            ((side_a == 0) | (side_b == 0), Relation.UNKNOWN),
        ],
        Relation.DISJOINT,
    )


def _narrowing(first: Ints, second: Ints) -> Relations:
    return choose(
        [(first == second, Relation.EQUAL), (second == 0, Relation.A_IN_B), (first == 0, Relation.B_IN_A)],
        Relation.DISJOINT,
    )


def place(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Relations:
    """Item 4: coverage equal, or one contains the other (inequality only)."""
    incident = KIND[Kind.INCIDENT]
    incidents = (claims.kind[a] == incident) & (claims.kind[b] == incident)
    return claims.areas.relation(claims.area[a], claims.area[b], incidents, rules.same_site_km)


def window_start(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Relations:
    """Item 5, first half: since when running totals and periods count. A later start counts a part of what an earlier one does.

    Windows without a first day are the same where their sources call them the same, and different where they call them otherwise.
    """
    totals = membership(claims.kind[a], TOTAL_KINDS) & membership(claims.kind[b], TOTAL_KINDS)
    first, second = claims.window_start[a], claims.window_start[b]
    unknown = (first == UNKNOWN_DAY) | (second == UNKNOWN_DAY)
    named = (first == second) & unknown & (claims.window[a] > 0) & (claims.window[b] > 0)
    return choose(
        [
            (~totals, Relation.EQUAL),
            (named & (claims.window[a] == claims.window[b]), Relation.EQUAL),
            (named, Relation.OVERLAP),
            (unknown, Relation.UNKNOWN),
            (first == second, Relation.EQUAL),
            (np.abs(first - second) <= rules.start_tolerance_days, Relation.COMPATIBLE),
            (first > second, Relation.A_IN_B),
        ],
        Relation.B_IN_A,
    )


def window_end(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Relations:
    """Item 5, second half: the event days of incidents, the days of daily counts, the as-of days of the others."""
    kind_a, kind_b = claims.kind[a], claims.kind[b]
    incident = (kind_a == KIND[Kind.INCIDENT]) | (kind_b == KIND[Kind.INCIDENT])
    totals = membership(kind_a, TOTAL_KINDS) & membership(kind_b, TOTAL_KINDS)
    levels = membership(kind_a, LEVEL_KINDS) & membership(kind_b, LEVEL_KINDS)
    one_day = (kind_a == kind_b) & membership(kind_a, ONE_DAY_KINDS)
    apart = np.abs(claims.day[a] - claims.day[b])
    tolerance = np.where(levels, rules.stock_tolerance_days, np.where(one_day, 0, rules.as_of_tolerance_days))
    start_a, end_a, start_b, end_b = claims.event_start[a], claims.event_end[a], claims.event_start[b], claims.event_end[b]
    return choose(
        [
            (incident & (start_a == start_b) & (end_a == end_b), Relation.EQUAL),
            (incident & (start_a <= end_b) & (start_b <= end_a), Relation.COMPATIBLE),
            (incident, Relation.DISJOINT),
            (apart == 0, Relation.EQUAL),
            (apart <= tolerance, Relation.COMPATIBLE),
            (~totals, Relation.DISJOINT),
            (claims.day[a] < claims.day[b], Relation.A_IN_B),
        ],
        Relation.B_IN_A,
    )


def unit(claims: Claims, a: Ints, b: Ints) -> Relations:
    """Item 6: the same unit, or people against households that carry an estimate in people by a declared factor."""
    converted = ~np.isnan(claims.persons_low)

    def people(rows: Ints) -> Bools:
        return membership(claims.unit[rows], [UNIT[Unit.PERSON], UNIT[Unit.HOUSEHOLD]])

    return choose(
        [
            (claims.unit[a] == claims.unit[b], Relation.EQUAL),
            (people(a) & people(b) & (converted[a] | converted[b]), Relation.COMPATIBLE),
        ],
        Relation.DISJOINT,
    )


def basis(claims: Claims, a: Ints, b: Ints) -> Relations:
    """Item 7: how the people were counted, where both say so."""
    unknown = BASIS[CountingBasis.UNKNOWN]
    first, second = claims.basis[a], claims.basis[b]
    return choose(
        [(first == second, Relation.EQUAL), ((first == unknown) | (second == unknown), Relation.UNKNOWN)],
        Relation.DISJOINT,
    )


def independence(claims: Claims, a: Ints, b: Ints) -> Relations:
    """Item 8: one voice or one shared basis (EQUAL), two (DISJOINT), or a voice without a name (UNKNOWN)."""
    same = (claims.source[a] == claims.source[b]) | ((claims.lane[a] == claims.lane[b]) & (claims.lane[a] > 0))
    return choose([(same, Relation.EQUAL), (claims.nameless[a] | claims.nameless[b], Relation.UNKNOWN)], Relation.DISJOINT)
