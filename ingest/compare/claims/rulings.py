"""Every verdict the comparison can reach: its published code, and the variant that chooses the wording."""

from enum import IntEnum

import numpy as np

from ingest.compare.claims.relation import Bools, Ints
from ingest.model.vocabulary import DiscrepancyCode

Code = DiscrepancyCode


class Ruling(IntEnum):
    """One verdict; NONE where two claims tell nothing about each other."""

    NONE = -1
    RELAY_SAME = 0
    RELAY_BASIS = 1
    DISTORTION_VALUE = 2
    DISTORTION_WORD = 3
    DISTORTION_METRIC = 4
    DISTORTION_BASIS = 5
    REVISION_RISE = 6
    REVISION_FALL = 7
    REVISION_EDITION = 8
    REVISION_BASIS = 9
    DECREASE = 10
    DECREASE_EDITION = 11
    DEFINITION_METRIC = 12
    DEFINITION_KIND = 13
    DEFINITION_UNIT = 14
    DEFINITION_UNIT_IMPLIED = 15
    DEFINITION_BASIS = 16
    GROUP_PART = 17
    GROUP_APART = 18
    GROUP_UNKNOWN = 19
    PLACE_PART = 20
    PLACE_OVERLAP = 21
    PLACE_UNKNOWN = 22
    WINDOW_START = 23
    WINDOW_UNKNOWN = 24
    WINDOW_DATES = 25
    LAG_LATER = 26
    LAG_INFERRED = 27
    LAG_BETWEEN = 28
    LAG_TOLL = 29
    STRONG = 30
    STRONG_PART = 31
    STRONG_FELL = 32
    SOFT = 33
    SOFT_FELL = 34
    ATTRIBUTION = 35
    STATUS = 36
    STATUS_PARTS = 37
    COINCIDENCE_PARTS = 38
    COINCIDENCE_SCOPE = 39
    PARTY = 40
    INTERNAL_EXCEED = 41
    INTERNAL_SHORT = 42
    INTERNAL_TWICE = 43
    INTERNAL_RUNNING = 44
    REMAINDER = 45
    AGREEMENT_EXACT = 46
    AGREEMENT_WORDS = 47
    REVISION_VERIFIED = 48
    WINDOW_NAMED = 49
    PLACE_NUMBERED = 50
    AGREEMENT_VERIFIED = 51


# In the order of the numbers above.
PUBLISHED: tuple[tuple[DiscrepancyCode, str], ...] = (
    (Code.RELAY, "same"),
    (Code.RELAY, "shared_basis"),
    (Code.RELAY_DISTORTION, "value"),
    (Code.RELAY_DISTORTION, "word"),
    (Code.RELAY_DISTORTION, "metric"),
    (Code.RELAY_DISTORTION, "shared_basis"),
    (Code.REVISION, "rise"),
    (Code.REVISION, "fall"),
    (Code.REVISION, "edition"),
    (Code.REVISION, "shared_basis"),
    (Code.REVISION_DECREASE, "total"),
    (Code.REVISION_DECREASE, "edition"),
    (Code.DIFFERENT_DEFINITION, "metric"),
    (Code.DIFFERENT_DEFINITION, "kind"),
    (Code.DIFFERENT_DEFINITION, "unit"),
    (Code.DIFFERENT_DEFINITION, "unit_implied"),
    (Code.DIFFERENT_DEFINITION, "basis"),
    (Code.DIFFERENT_GROUP, "part"),
    (Code.DIFFERENT_GROUP, "apart"),
    (Code.DIFFERENT_GROUP, "unknown"),
    (Code.DIFFERENT_PLACE, "part"),
    (Code.DIFFERENT_PLACE, "overlap"),
    (Code.DIFFERENT_PLACE, "unknown"),
    (Code.DIFFERENT_WINDOW, "start"),
    (Code.DIFFERENT_WINDOW, "unknown"),
    (Code.DIFFERENT_WINDOW, "dates"),
    (Code.TIMING_LAG, "later"),
    (Code.TIMING_LAG, "inferred"),
    (Code.TIMING_LAG, "between"),
    (Code.TIMING_LAG, "toll"),
    (Code.CONTRADICTION_STRONG, "same_question"),
    (Code.CONTRADICTION_STRONG, "part_over_whole"),
    (Code.CONTRADICTION_STRONG, "later_lower"),
    (Code.CONTRADICTION_SOFT, "same_question"),
    (Code.CONTRADICTION_SOFT, "later_lower"),
    (Code.CONTRADICTION_ATTRIBUTION, "responsible"),
    (Code.CONTRADICTION_STATUS, "group"),
    (Code.CONTRADICTION_STATUS, "parts"),
    (Code.COINCIDENTAL_AGREEMENT, "parts"),
    (Code.COINCIDENTAL_AGREEMENT, "scope"),
    (Code.PARTY_CLAIM_GAP, "enemy_losses"),
    (Code.INTERNAL_INCONSISTENCY, "exceed"),
    (Code.INTERNAL_INCONSISTENCY, "short"),
    (Code.INTERNAL_INCONSISTENCY, "twice"),
    (Code.INTERNAL_INCONSISTENCY, "running"),
    (Code.UNEXPLAINED_REMAINDER, "parts"),
    (Code.AGREEMENT, "exact"),
    (Code.AGREEMENT, "words"),
    (Code.REVISION, "verified"),
    (Code.DIFFERENT_WINDOW, "named"),
    (Code.DIFFERENT_PLACE, "numbered"),
    (Code.AGREEMENT, "verified"),
)

SUMS = (Ruling.INTERNAL_EXCEED, Ruling.INTERNAL_SHORT, Ruling.REMAINDER)
CONTRADICTIONS = (Ruling.STRONG, Ruling.STRONG_PART, Ruling.STRONG_FELL, Ruling.SOFT, Ruling.SOFT_FELL)
OF_TIME = tuple(ruling for ruling in Ruling if ruling >= 0 and PUBLISHED[ruling][0] in (Code.DIFFERENT_WINDOW, Code.TIMING_LAG))

Cases = list[tuple[Bools, Ruling]]


def first_match(cases: Cases, size: int) -> Ints:
    """The first ruling whose condition holds, per pair; `Ruling.NONE` where none does."""
    if not cases:
        return np.full(size, Ruling.NONE, dtype=np.int64)
    return np.select([mask for mask, _ in cases], [np.int64(ruling) for _, ruling in cases], np.int64(Ruling.NONE))
