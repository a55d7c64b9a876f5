"""What a public note says happened to figures or documents after they were published."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class CorrectionKind(StrEnum):
    """What a public note is about."""

    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    TAKEDOWN = "takedown"


CORRECTION_KINDS: dict[CorrectionKind, Term] = {
    CorrectionKind.CORRECTION: Term(
        "Correction",
        "تصحيح",
        "Correction",
        "A person says what is wrong, or was read wrongly. The note changes no figure; a reading made anew stands beside the old one.",
    ),
    CorrectionKind.WITHDRAWAL: Term(
        "Withdrawal",
        "سحب",
        "Retrait",
        "The publisher took the document back. Its figures are marked, count no longer, and stay in the history.",
    ),
    CorrectionKind.TAKEDOWN: Term(
        "Takedown",
        "إزالة",
        "Suppression",
        "The words of a document were erased here for good. What it was, when, its hash and, where lawful, its numbers stay as a marker.",
    ),
}
