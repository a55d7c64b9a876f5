"""How it was counted and how far it was checked, as the sentence says; never our judgement."""

from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.items import Item
from ingest.model.vocabulary import CountingBasis

# The first word found decides: a name outweighs a register, a register an estimate.
_BASES: Final = (
    (bit.COUNTED_BY_NAME, CountingBasis.IDENTIFIED_NAMED),
    (bit.COUNTED_BODIES, CountingBasis.BODIES_COUNTED),
    (bit.COUNTED_IN_HOSPITAL, CountingBasis.HOSPITAL),
    (bit.REGISTERED, CountingBasis.REGISTERED),
    (bit.ESTIMATES, CountingBasis.ESTIMATE_EXPERT),
)


def counting_basis(told: int) -> CountingBasis:
    """What a sentence with these classes says of the way of counting; unknown where it says nothing, or says it is not so."""
    if told & bit.NEGATION:
        return CountingBasis.UNKNOWN
    return next((basis for flag, basis in _BASES if told & flag), CountingBasis.UNKNOWN)


def is_verified(items: list[Item]) -> bool:
    """Whether the sentence says that the count was verified, and not that it still is being or was not."""
    at = next((here for here, item in enumerate(items) if item.flags & bit.VERIFIED), None)
    return at is not None and not any(item.flags & (bit.NEGATION | bit.MODAL) for item in items[max(at - 4, 0) : at])
