"""Whether two figures answer one question, and why they differ or agree."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class Comparability(StrEnum):
    """Whether two claims answer the same question."""

    COMPARABLE = "comparable"
    BOUNDED = "bounded"
    NOT_COMPARABLE = "not_comparable"


class DiscrepancyCode(StrEnum):
    """Why two claims differ, or agree; the first matching rule wins."""

    RELAY = "relay"
    RELAY_DISTORTION = "relay_distortion"
    REVISION = "revision"
    REVISION_DECREASE = "revision_decrease"
    DIFFERENT_DEFINITION = "different_unit_or_definition"
    DIFFERENT_GROUP = "different_scope_group"
    DIFFERENT_PLACE = "different_scope_place"
    DIFFERENT_WINDOW = "different_window"
    TIMING_LAG = "timing_lag"
    CONTRADICTION_STRONG = "contradiction_strong"
    CONTRADICTION_SOFT = "contradiction_soft"
    CONTRADICTION_ATTRIBUTION = "contradiction_attribution"
    CONTRADICTION_STATUS = "contradiction_status"
    COINCIDENTAL_AGREEMENT = "coincidental_agreement"
    PARTY_CLAIM_GAP = "party_claim_gap"
    INTERNAL_INCONSISTENCY = "internal_inconsistency"
    UNEXPLAINED_REMAINDER = "unexplained_remainder"
    SILENCE = "silence"
    AGREEMENT = "agreement"


DISCREPANCY_CODES: dict[DiscrepancyCode, Term] = {
    DiscrepancyCode.RELAY: Term("Relay", "نقل", "One claim, repeated by several publishers."),
    DiscrepancyCode.RELAY_DISTORTION: Term("Relay distortion", "تحريف في النقل", "The same claim repeated with another value or word."),
    DiscrepancyCode.REVISION: Term("Revision", "تحديث", "The same source counts more, later."),
    DiscrepancyCode.REVISION_DECREASE: Term("Revision downwards", "تحديث بالنقصان", "The same source’s running total falls."),
    DiscrepancyCode.DIFFERENT_DEFINITION: Term("Different unit or definition", "وحدة أو تعريف مختلف", "They count different things."),
    DiscrepancyCode.DIFFERENT_GROUP: Term("Different group", "فئة مختلفة", "They count different people."),
    DiscrepancyCode.DIFFERENT_PLACE: Term("Different place", "مكان مختلف", "They count in different places."),
    DiscrepancyCode.DIFFERENT_WINDOW: Term("Different window", "فترة مختلفة", "They count over different times."),
    DiscrepancyCode.TIMING_LAG: Term("Later count", "عدّ لاحق", "One count is simply later than the other."),
    DiscrepancyCode.CONTRADICTION_STRONG: Term("Contradiction", "تناقض", "Same question, and both cannot hold."),
    DiscrepancyCode.CONTRADICTION_SOFT: Term(
        "Soft contradiction", "تناقض محتمل", "Same question, far apart, though “at least” leaves room."
    ),
    DiscrepancyCode.CONTRADICTION_ATTRIBUTION: Term("Who did it", "من المسؤول", "Same count, different party held responsible."),
    DiscrepancyCode.CONTRADICTION_STATUS: Term("Who they were", "من هم الضحايا", "Same count, different group named."),
    DiscrepancyCode.COINCIDENTAL_AGREEMENT: Term("Agreement by coincidence", "اتفاق عارض", "Equal totals made of different parts."),
    DiscrepancyCode.PARTY_CLAIM_GAP: Term("Party’s claim", "ادعاء طرف", "A fighting party’s claim about its enemy."),
    DiscrepancyCode.INTERNAL_INCONSISTENCY: Term("Does not add up", "لا يتسق داخلياً", "Parts and total of one document disagree."),
    DiscrepancyCode.UNEXPLAINED_REMAINDER: Term("Remainder", "باقٍ غير موضح", "The listed parts leave some unexplained."),
    DiscrepancyCode.SILENCE: Term("Silence", "صمت", "A source that usually reports said nothing."),
    DiscrepancyCode.AGREEMENT: Term("Agreement", "اتفاق", "Same question, compatible answers."),
}
