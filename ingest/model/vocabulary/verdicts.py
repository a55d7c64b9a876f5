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
    DiscrepancyCode.RELAY: Term("Relay", "نقل", "Reprise", "One claim, repeated by several publishers."),
    DiscrepancyCode.RELAY_DISTORTION: Term(
        "Relay distortion", "تحريف في النقل", "Reprise déformée", "The same claim repeated with another value or word."
    ),
    DiscrepancyCode.REVISION: Term("Revision", "تحديث", "Révision", "The same source counts more, later."),
    DiscrepancyCode.REVISION_DECREASE: Term(
        "Revision downwards", "تحديث بالنقصان", "Révision à la baisse", "The same source’s running total falls."
    ),
    DiscrepancyCode.DIFFERENT_DEFINITION: Term(
        "Different unit or definition", "وحدة أو تعريف مختلف", "Autre unité ou définition", "They count different things."
    ),
    DiscrepancyCode.DIFFERENT_GROUP: Term("Different group", "فئة مختلفة", "Autre groupe", "They count different people."),
    DiscrepancyCode.DIFFERENT_PLACE: Term("Different place", "مكان مختلف", "Autre lieu", "They count in different places."),
    DiscrepancyCode.DIFFERENT_WINDOW: Term("Different window", "فترة مختلفة", "Autre période", "They count over different times."),
    DiscrepancyCode.TIMING_LAG: Term("Later count", "عدّ لاحق", "Décompte plus tardif", "One count is simply later than the other."),
    DiscrepancyCode.CONTRADICTION_STRONG: Term("Contradiction", "تناقض", "Contradiction", "Same question, and both cannot hold."),
    DiscrepancyCode.CONTRADICTION_SOFT: Term(
        "Soft contradiction", "تناقض محتمل", "Contradiction atténuée", "Same question, far apart, though “at least” leaves room."
    ),
    DiscrepancyCode.CONTRADICTION_ATTRIBUTION: Term(
        "Who did it", "من المسؤول", "Qui l’a fait", "Same count, different party held responsible."
    ),
    DiscrepancyCode.CONTRADICTION_STATUS: Term("Who they were", "من هم الضحايا", "Qui ils étaient", "Same count, different group named."),
    DiscrepancyCode.COINCIDENTAL_AGREEMENT: Term(
        "Agreement by coincidence", "اتفاق عارض", "Accord par hasard", "Equal totals made of different parts."
    ),
    DiscrepancyCode.PARTY_CLAIM_GAP: Term(
        "Party’s claim", "ادعاء طرف", "Affirmation d’une partie", "A fighting party’s claim about its enemy."
    ),
    DiscrepancyCode.INTERNAL_INCONSISTENCY: Term(
        "Does not add up", "لا يتسق داخلياً", "Ne s’additionne pas", "Parts and total of one document disagree."
    ),
    DiscrepancyCode.UNEXPLAINED_REMAINDER: Term("Remainder", "باقٍ غير موضح", "Reste", "The listed parts leave some unexplained."),
    DiscrepancyCode.SILENCE: Term("Silence", "صمت", "Silence", "A source that usually reports said nothing."),
    DiscrepancyCode.AGREEMENT: Term("Agreement", "اتفاق", "Accord", "Same question, compatible answers."),
}
