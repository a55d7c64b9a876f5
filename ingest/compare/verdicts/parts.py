"""Parts and totals: whether one document adds up, and whether two claims break down differently.

Definitions, D11, D11b and rule R9. A part points to its total; parts that divide a total in one way (by side, by party
responsible, by metric, by place, by time) are added up, each way by itself. Traits of people (children, women, students) are not
added unless the source calls them a partition, because they seldom cover everyone.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment import vector
from ingest.compare.claims.columns import distinct_rows, membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.intervals import compare_numbers
from ingest.compare.claims.relation import Bools, Floats, Ints, Relation
from ingest.compare.claims.rulings import Ruling, first_match
from ingest.compare.claims.vocabularies import KIND, ONE_DAY_KINDS, PART_OF, QUALIFIER, TOTAL_KINDS
from ingest.compare.rules import Rules
from ingest.model.vocabulary import Age, Kind, PartOf, Qualifier

# Ways of dividing a total, in the order in which a part is told by them; the last ones are traits.
_WAYS = ("metric", "perpetrator", "people", "place", "time", "trait")
_TRAIT = _WAYS.index("trait")
_PEOPLE_AXES, _PERPETRATOR_AXIS, _TRAIT_AXES = (0, 1), 7, (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals whose parts do not make them up: the total, its largest listed part, the ruling, the parts named and their sum."""

    total: Ints
    part: Ints
    ruling: Ints
    summed: Floats
    parts: tuple[Ints, ...]


def check_sums(claims: Claims, rules: Rules) -> Sums:
    """Every total of a standing document that its parts exceed, do not reach though called complete, or leave a remainder of."""
    rows = _parts(claims)
    total, way = claims.parent[rows], _way(claims, rows)
    partition = claims.part_of[rows] == PART_OF[PartOf.PARTITION]
    low, high, stated = claims.floor(), _closed(claims), claims.stated()
    at_least = claims.qualifier == QUALIFIER[Qualifier.AT_LEAST]
    # parts that make "more than 704" exactly 704 fall short of nothing
    more_than = claims.qualifier == QUALIFIER[Qualifier.MORE_THAN]
    most, least = np.where(at_least, stated, claims.ceiling()), np.where(more_than, stated, claims.floor())

    added = partition | (way != _TRAIT)
    rows, total, way, single = rows[added], total[added], way[added], rows[~added & (low[rows] > most[total])]
    key, first = distinct_rows(total, way)
    whole = total[first]
    lowest, highest = (np.bincount(key, weights=values[rows], minlength=len(first)) for values in (low, high))
    many = np.bincount(key, minlength=len(first)) >= rules.remainder_parts
    closed = np.bincount(key, weights=np.isinf(claims.ceiling()[rows]), minlength=len(first)) == 0
    listed_only = np.bincount(key, weights=~partition[added], minlength=len(first)) > 0
    inside, alike = _counted_twice(claims, rows, key, count=len(first), rules=rules)
    ruling = first_match(
        [
            (inside & listed_only, Ruling.NONE),
            ((lowest > most[whole]) & alike & listed_only, Ruling.NONE),
            (lowest > most[whole], Ruling.INTERNAL_EXCEED),
            (many & closed & (highest < least[whole]) & claims.parts_complete[whole], Ruling.INTERNAL_SHORT),
            (many & (highest < least[whole]), Ruling.REMAINDER),
        ],
        len(first),
    )
    found = np.flatnonzero(ruling != Ruling.NONE)
    order = np.argsort(key, kind="stable")
    bounds = np.searchsorted(key[order], np.arange(len(first) + 1))
    named = [rows[order[bounds[one] : bounds[one + 1]]] for one in found] + [single[one : one + 1] for one in range(len(single))]
    return Sums(
        total=np.concatenate([whole[found], claims.parent[single]]),
        part=np.array([listed[int(np.argmax(stated[listed]))] for listed in named], dtype=np.int64),
        ruling=np.concatenate([ruling[found], np.full(len(single), Ruling.INTERNAL_EXCEED)]),
        summed=np.array([float(stated[listed].sum()) for listed in named], dtype=np.float64),
        parts=tuple(named),
    )


def _parts(claims: Claims) -> Ints:
    """Parts that stand in one document with their total, in one unit, in the order of the text; each once, however often repeated."""
    linked = (claims.parent >= 0) & ~claims.superseded & (claims.restates < 0)
    rows = np.flatnonzero(linked & (claims.part_of != PART_OF[PartOf.OVERLAP]))
    total = claims.parent[rows]
    rows = rows[(claims.document[rows] == claims.document[total]) & (claims.unit[rows] == claims.unit[total]) & (rows != total)]
    # two parts of one side with two numbers ("44 of one faction, 19 of its allies") are two parts
    number = np.nan_to_num(claims.stated(), nan=-1).astype(np.int64)
    told_by = (claims.parent, claims.group, claims.held, claims.metric, claims.area, number, *_times(claims))
    _, first = distinct_rows(*(column[rows] for column in told_by))
    rows = rows[first]
    ordered: Ints = rows[np.lexsort((rows, -claims.stated()[rows], claims.columns.numbers("span_start")[rows]))]
    return ordered


def _times(claims: Claims) -> tuple[Ints, ...]:
    return claims.day, claims.window_start, claims.event_start, claims.event_end


def _way(claims: Claims, rows: Ints) -> Ints:
    """By what a part is told from its total.

    A part told by nothing we know is told as the other parts of its total are ("178,000, including 128,000 newly displaced and
    39,000 displaced again"), or else by its people.
    """
    total = claims.parent[rows]
    axes = claims.axes[rows] != claims.axes[total]
    by_metric = claims.metric[rows] != claims.metric[total]
    event_or_period = membership(claims.kind[rows], [KIND[Kind.INCIDENT], *ONE_DAY_KINDS, KIND[Kind.PERIOD]])
    cases: list[tuple[Bools, str]] = [
        (by_metric, "metric"),
        (axes[:, _PERPETRATOR_AXIS] | (claims.held[rows] != claims.held[total]), "perpetrator"),
        (event_or_period & np.any([column[rows] != column[total] for column in _times(claims)], axis=0), "time"),
        (axes[:, _TRAIT_AXES].any(axis=1), "trait"),
        (axes[:, _PEOPLE_AXES].any(axis=1), "people"),
        (claims.area[rows] != claims.area[total], "place"),
    ]
    ways = [np.int64(_WAYS.index(name)) for _, name in cases]
    way = np.select([holds for holds, _ in cases], ways, np.int64(-1))
    others = np.full(len(claims.figure_id), _TRAIT, dtype=np.int64)
    np.minimum.at(others, total, np.where(way < 0, _TRAIT, way))
    like_others = np.where(others[total] < _TRAIT, others[total], _WAYS.index("people"))
    return np.where(way < 0, like_others, way)


def _counted_twice(claims: Claims, rows: Ints, key: Ints, *, count: int, rules: Rules) -> tuple[Bools, Bools]:
    """Sums with a part inside another part, and sums with two parts that nothing we know tells apart.

    The first would count people twice. The second may (one number told twice) or may not ("two of them here, two there").
    """
    table = pd.DataFrame({"key": key, "row": rows})
    both = table.merge(table, on="key", suffixes=("_a", "_b"))
    both = both[both["row_a"] < both["row_b"]]
    a, b = both["row_a"].to_numpy(dtype=np.int64), both["row_b"].to_numpy(dtype=np.int64)
    group, place = vector.group(claims, a, b), vector.place(claims, a, b, rules)
    shared = (claims.metric[a] == claims.metric[b]) & (claims.held[a] == claims.held[b])
    shared &= (group != Relation.DISJOINT) & (group != Relation.UNKNOWN) & (place != Relation.DISJOINT)
    first, last = _span(claims)
    shared &= (first[a] <= last[b]) & (first[b] <= last[a])
    alike = (group == Relation.EQUAL) & (claims.area[a] == claims.area[b]) & (first[a] == first[b]) & (last[a] == last[b])
    number = both["key"].to_numpy(dtype=np.int64)
    found = np.zeros((2, count), dtype=bool)
    found[0, number[shared & ~alike]] = True
    found[1, number[shared & alike]] = True
    return found[0], found[1]


def _span(claims: Claims) -> tuple[Ints, Ints]:
    """First and last day a claim counts."""
    total = membership(claims.kind, TOTAL_KINDS)
    return np.where(total, claims.window_start, claims.event_start), np.where(total, claims.day, claims.event_end)


def _closed(claims: Claims) -> Floats:
    """The high end of each claim, an open end closed at what was stated."""
    stated = claims.stated()
    return np.where(claims.open_high | np.isnan(claims.high), np.maximum(stated, claims.floor()), claims.high)


def check_restated(claims: Claims, rules: Rules) -> tuple[Ints, Ints]:
    """Figures that repeat another of their document (a headline its body) with a number that cannot be the same."""
    rows = np.flatnonzero((claims.restates >= 0) & ~claims.superseded)
    first = claims.restates[rows]
    numbers = compare_numbers(claims, first, rows, rules)
    apart = ~numbers.overlap | numbers.soft
    return first[apart], rows[apart]


def check_running(claims: Claims, rules: Rules) -> tuple[Ints, Ints, Ints]:
    """Running totals that grew by less than the same document counts for the day: (the day's count, the total, the total before).

    Same voice, metric, group, unit, window start and chain of places; the earlier total is the one of the day before.
    """
    standing = (claims.claim == np.arange(len(claims.claim))) & ~claims.superseded & ~np.isnan(claims.best)
    totals = np.flatnonzero(standing & membership(claims.kind, TOTAL_KINDS))
    days_only = np.flatnonzero(standing & (claims.kind == KIND[Kind.DAILY]))
    question = ["source", "metric", "group", "unit"]

    def table(rows: Ints, shift: int) -> pd.DataFrame:
        columns = {name: getattr(claims, name)[rows] for name in question}
        columns |= {"start": claims.window_start[rows], "document": claims.document[rows], "row": rows}
        return pd.DataFrame(columns | {"day": claims.day[rows] + shift})

    both = table(days_only, 0).merge(table(totals, 0), on=[*question, "day", "document"], suffixes=("_day", "_total"))
    both = both.merge(table(totals, 1).rename(columns={"row": "row_before", "start": "start_total"}), on=[*question, "day", "start_total"])
    day, total, before = (both[name].to_numpy(dtype=np.int64) for name in ("row_day", "row_total", "row_before"))
    on_chain = vector.place(claims, day, total, rules) != Relation.DISJOINT
    on_chain &= vector.place(claims, before, total, rules) != Relation.DISJOINT
    short = on_chain & (claims.best[before] + claims.best[day] > claims.best[total])
    return day[short], total[short], before[short]


def differing_parts(claims: Claims, a: Ints, b: Ints, rules: Rules) -> Bools:
    """Pairs whose claims list the same part (children, women, students, a side) with different numbers, or only part where all.

    "Two students" among four differs from a count of four students.
    """
    found = np.zeros(len(a), dtype=bool)
    rows = _parts(claims)
    if not len(rows) or not len(a):
        return found
    rows = _by_claim(claims, rows)
    total = claims.claim[claims.parent[rows]]
    parts = pd.DataFrame({"total": total, "key": _likeness(claims, rows), "row": rows})
    pairs = pd.DataFrame({"pair": np.arange(len(a)), "a": a, "b": b})
    left = pairs.merge(parts, left_on="a", right_on="total")
    both = left.merge(parts, left_on=["b", "key"], right_on=["total", "key"], suffixes=("_a", "_b"))
    first, second = both["row_a"].to_numpy(dtype=np.int64), both["row_b"].to_numpy(dtype=np.int64)
    values = compare_numbers(claims, first, second, rules)
    found[both["pair"].to_numpy(dtype=np.int64)[values.first != values.second]] = True
    for whole, other in ((a, b), (b, a)):
        found |= _only_some(claims, whole, other, (rows, total))
    return found


def _likeness(claims: Claims, rows: Ints) -> Ints:
    """The same number for parts that are the same people of their totals: "women" is "adult women"."""
    axes, total = claims.axes[rows].copy(), claims.axes[claims.parent[rows]]
    traits = (axes[:, _TRAIT_AXES] > 0).any(axis=1)
    for axis in (0, 1):
        axes[traits | (axes[:, axis] == total[:, axis]), axis] = -1
    adult = claims.columns.texts("group_age")[rows] == Age.ADULT
    axes[adult & (axes[:, 2] > 0), 3] = 0
    key, _ = distinct_rows(*axes.T, claims.metric[rows])
    return key


def _by_claim(claims: Claims, rows: Ints) -> Ints:
    """Of parts listed by several publishers of one claim, those of the row that stands for it, else of the first that lists any."""
    total = claims.parent[rows]
    stands = claims.claim[total]
    order = np.lexsort((total, stands != total, stands))
    first = order[np.concatenate([[True], stands[order][1:] != stands[order][:-1]])] if len(rows) else order
    chosen = np.full(len(claims.figure_id), -1, dtype=np.int64)
    chosen[stands[first]] = total[first]
    listed: Ints = rows[chosen[stands] == total]
    return listed


def _only_some(claims: Claims, whole: Ints, other: Ints, parts: tuple[Ints, Ints]) -> Bools:
    """Pairs in which all people of one claim have a role or trait that the other gives to only some of the same number."""
    rows, total = parts
    stated, traits = claims.stated(), claims.axes[rows][:, _TRAIT_AXES]
    fewer = (stated[rows] < stated[claims.parent[rows]]) & ((traits > 0).sum(axis=1) == 1)
    total, traits = total[fewer], traits[fewer]
    found = np.zeros(len(whole), dtype=bool)
    for column, axis in enumerate(_TRAIT_AXES):
        named = traits[:, column] > 0
        size = int(claims.axes[:, axis].max(initial=0)) + 1
        parts_with = total[named] * size + traits[named, column]
        found |= (claims.axes[whole, axis] > 0) & np.isin(other * size + claims.axes[whole, axis], parts_with)
    return found


def listed_parts(claims: Claims, totals: Ints) -> dict[int, Ints]:
    """For each of the totals the parts its document lists of people's traits, status or side, in the order of the text."""
    rows = _by_claim(claims, _parts(claims))
    wanted = rows[np.isin(claims.claim[claims.parent[rows]], totals)]
    total = claims.claim[claims.parent[wanted]]
    order = np.argsort(total, kind="stable")
    wanted, total = wanted[order], total[order]
    bounds = np.searchsorted(total, totals), np.searchsorted(total, totals, "right")
    return {int(total): wanted[low:high] for total, low, high in zip(totals, *bounds, strict=True) if high > low}
