"""How one item of a claim stands to the same item of another, as small numbers in arrays; and which items there are."""

from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]
Relations = NDArray[np.int8]


class Item(StrEnum):
    """The eight items of the comparison, in the order in which the first difference is named (definitions, section 11)."""

    METRIC = "metric"
    KIND = "kind"
    GROUP = "group"
    PLACE = "place"
    TIME = "time"
    UNIT = "unit"
    BASIS = "basis"
    INDEPENDENCE = "independence"


class Relation(IntEnum):
    """How two values of one item stand to each other. A_IN_B: the first is a part of the second."""

    EQUAL = 0
    COMPATIBLE = 1
    A_IN_B = 2
    B_IN_A = 3
    OVERLAP = 4
    DISJOINT = 5
    UNKNOWN = 6


# The published word for each relation, by its number.
LABELS = ("same", "compatible", "different", "different", "different", "different", "unknown")


def passes(relation: Relations) -> Bools:
    """Same or compatible."""
    found: Bools = relation <= Relation.COMPATIBLE
    return found


def nested(relation: Relations) -> Bools:
    """One is a part of the other."""
    found: Bools = (relation == Relation.A_IN_B) | (relation == Relation.B_IN_A)
    return found


def combine(parts: list[Relations]) -> Relations:
    """The relation of two compound values from the relations of their axes; parts in both directions only overlap."""
    stack = np.stack(parts)
    a_in_b, b_in_a = (stack == Relation.A_IN_B).any(axis=0), (stack == Relation.B_IN_A).any(axis=0)
    return choose(
        [
            ((stack == Relation.DISJOINT).any(axis=0), Relation.DISJOINT),
            ((stack == Relation.UNKNOWN).any(axis=0), Relation.UNKNOWN),
            ((stack == Relation.OVERLAP).any(axis=0) | (a_in_b & b_in_a), Relation.OVERLAP),
            (a_in_b, Relation.A_IN_B),
            (b_in_a, Relation.B_IN_A),
            ((stack == Relation.COMPATIBLE).any(axis=0), Relation.COMPATIBLE),
        ],
        Relation.EQUAL,
    )


def choose(cases: list[tuple[Bools, int]], otherwise: int) -> Relations:
    """The first case that holds, per element."""
    return np.select([mask for mask, _ in cases], [np.int8(value) for _, value in cases], np.int8(otherwise)).astype(np.int8)
