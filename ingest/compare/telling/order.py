"""Which of two claims a sentence tells first: the earlier count, the part, the lower number of a lag, the party's claim."""

from dataclasses import dataclass

import numpy as np

from ingest.compare.alignment.vector import Vector
from ingest.compare.claims.columns import membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.intervals import Numbers
from ingest.compare.claims.relation import Bools, Ints, Item, Relation
from ingest.compare.claims.rulings import Ruling
from ingest.compare.claims.vocabularies import INTEREST, KIND
from ingest.compare.rules import Rules
from ingest.compare.verdicts import chronicle
from ingest.model.vocabulary import Interest, Kind


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of claims with their ruling, vector and numbers."""

    a: Ints
    b: Ints
    ruling: Ints
    vector: Vector
    numbers: Numbers


def second_first(claims: Claims, pairs: Compared, rules: Rules) -> Bools:
    """Whether the sentence tells the second claim first: the earlier count, the part, the lower of a lag, the party's claim."""
    a, b, ruling, vector, numbers = pairs.a, pairs.b, pairs.ruling, pairs.vector, pairs.numbers
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
