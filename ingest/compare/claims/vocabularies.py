"""The words of the vocabularies as numbers, by their position in each; and the kinds of measure that behave alike."""

from enum import StrEnum

from ingest.model.vocabulary import (
    CountingBasis,
    GroupStatus,
    Interest,
    Kind,
    Metric,
    PartOf,
    PlacePrecision,
    Qualifier,
    Unit,
    Verification,
)


def numbered(vocabulary: type[StrEnum]) -> dict[str, int]:
    """The words of a vocabulary by their position in it."""
    return {str(word): position for position, word in enumerate(vocabulary)}


METRIC, KIND, STATUS, UNIT = numbered(Metric), numbered(Kind), numbered(GroupStatus), numbered(Unit)
BASIS, INTEREST, PART_OF, PRECISION = numbered(CountingBasis), numbered(Interest), numbered(PartOf), numbered(PlacePrecision)
QUALIFIER = numbered(Qualifier)
# Counts that were checked by somebody, as against first reports (definitions, section 10).
VERIFIED = {str(word): 0 for word in (Verification.UN_VERIFIED, Verification.VERIFIED_BY_CLAIMED_SOURCE, Verification.MULTI_SOURCE)}
TOTAL_KINDS = [KIND[Kind.CUMULATIVE], KIND[Kind.PERIOD]]
ONE_DAY_KINDS = [KIND[Kind.DAILY], KIND[Kind.RATE_24H]]
LEVEL_KINDS = [KIND[Kind.STOCK], KIND[Kind.PROJECTION]]
