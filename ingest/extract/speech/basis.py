"""How it was counted and how far it was checked, as the sentence says; never our judgement."""

from ingest.extract.words.entries import BIT
from ingest.extract.words.items import Item
from ingest.model.vocabulary import CountingBasis

# The first word found decides: a name outweighs a register, a register an estimate.
_BASES = (
    (BIT["counted_by_name"], CountingBasis.IDENTIFIED_NAMED),
    (BIT["counted_bodies"], CountingBasis.BODIES_COUNTED),
    (BIT["counted_in_hospital"], CountingBasis.HOSPITAL),
    (BIT["registered"], CountingBasis.REGISTERED),
    (BIT["estimates"], CountingBasis.ESTIMATE_EXPERT),
)


def counting_basis(told: int) -> CountingBasis:
    """What a sentence with these classes says of the way of counting; unknown where it says nothing, or says it is not so."""
    if told & BIT["negation"]:
        return CountingBasis.UNKNOWN
    return next((basis for flag, basis in _BASES if told & flag), CountingBasis.UNKNOWN)


def is_verified(items: list[Item]) -> bool:
    """Whether the sentence says that the count was verified, and not that it still is being or was not."""
    at = next((here for here, item in enumerate(items) if item.flags & BIT["verified"]), None)
    return at is not None and not any(item.flags & (BIT["negation"] | BIT["modal"]) for item in items[max(at - 4, 0) : at])
