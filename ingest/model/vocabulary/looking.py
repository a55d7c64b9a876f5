"""Whether a person has looked, what a person says, and why a reading may be wrong."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.model.vocabulary.term import Term


class Review(StrEnum):
    """Whether a person has looked at the row."""

    MACHINE = "machine"
    HUMAN_CHECKED = "human_checked"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Decision(StrEnum):
    """What a person says of the machine's verdict on a pair of figures."""

    AGREE = "agree"
    ANOTHER_CODE = "another_code"
    NOT_A_DISCREPANCY = "not_a_discrepancy"
    WITHDRAWN = "withdrawn"


DECISIONS: dict[Decision, Term] = {
    Decision.AGREE: Term("The machine is right", "حكم الآلة صحيح", "La machine a raison", "The person reaches the same verdict."),
    Decision.ANOTHER_CODE: Term(
        "Another reason", "سبب آخر", "Une autre raison", "The two differ or agree for another reason, which the code names."
    ),
    Decision.NOT_A_DISCREPANCY: Term(
        "Not a discrepancy", "ليس تعارضاً", "Pas une divergence", "The two should not be set beside each other."
    ),
    Decision.WITHDRAWN: Term("Ruling withdrawn", "سُحب الحكم", "Décision retirée", "What was ruled before no longer stands."),
}


class Doubt(StrEnum):
    """Why a reading may be wrong; written `reason`, or `reason=a|b` where other values of its column were considered."""

    IMPLICIT_ONE = "implicit_one"
    NO_NOUN = "no_noun"
    UNKNOWN_NOUN = "unknown_noun"
    NOUN_ALONE = "noun_alone"
    NOUN_OVERRULED = "noun_overruled"
    LIST_CONTINUED = "list_continued"
    FAR_WORD = "far_word"
    HYPOTHETICAL = "hypothetical"
    LOOSE_PART = "loose_part"
    PLACE_NOT_UNIQUE = "place_not_unique"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_CARRIED = "place_carried"
    SOURCE_UNKNOWN = "source_unknown"
    SOURCE_CARRIED = "source_carried"
    CODES_LEFT_OUT = "codes_left_out"
    CODES_WITHIN = "codes_within"
    SECOND_METRIC = "second_metric"
    SECOND_VALUE = "second_value"
    SECOND_UNIT = "second_unit"
    SECOND_PART = "second_part"
    SECOND_SOURCE = "second_source"
    SECOND_PLACE = "second_place"
    SECOND_ABSENT = "second_absent"
    SECOND_ONLY = "second_only"


@dataclass(frozen=True, slots=True)
class Uncertainty(Term):
    """A doubt as it is shown, with the column of the figures table it is about."""

    column: str = ""


DOUBTS: dict[Doubt, Uncertainty] = {
    Doubt.IMPLICIT_ONE: Uncertainty(
        "One by the word alone",
        "واحد مفهوم ضمناً",
        "Un, par le mot seul",
        "No number is written: “a child” is taken as one.",
        column="value_best",
    ),
    Doubt.NO_NOUN: Uncertainty("No noun", "بلا معدود", "Sans nom", "Nothing behind the number says what is counted.", column="unit"),
    Doubt.UNKNOWN_NOUN: Uncertainty(
        "Unknown noun", "معدود مجهول", "Nom inconnu", "The noun behind the number is not known to mean people.", column="unit"
    ),
    Doubt.NOUN_ALONE: Uncertainty(
        "No verb", "بلا فعل", "Sans verbe", "The noun alone says what happened, and not plainly.", column="metric"
    ),
    Doubt.NOUN_OVERRULED: Uncertainty(
        "Noun and verb differ",
        "تعارض الاسم والفعل",
        "Nom et verbe diffèrent",
        "The noun says one thing, the word taken another.",
        column="metric",
    ),
    Doubt.LIST_CONTINUED: Uncertainty(
        "Goes on with a list",
        "تتمة قائمة",
        "Suite d’une liste",
        "No word of its own says what happened; the list before it does.",
        column="metric",
    ),
    Doubt.FAR_WORD: Uncertainty(
        "Far from its word", "بعيد عن فعله", "Loin de son mot", "The word that says what happened is far from the number.", column="metric"
    ),
    Doubt.HYPOTHETICAL: Uncertainty(
        "May not have happened",
        "قد لا يكون وقع",
        "N’a peut-être pas eu lieu",
        "The sentence speaks of what may, could or will be.",
        column="kind",
    ),
    Doubt.LOOSE_PART: Uncertainty(
        "Part by its place alone",
        "جزء بحسب الموضع",
        "Partie par sa seule position",
        "No word says that it is a part of the total before it.",
        column="parent_figure_id",
    ),
    Doubt.PLACE_NOT_UNIQUE: Uncertainty(
        "Several places", "أماكن محتملة", "Plusieurs lieux", "The name means several places.", column="place_id"
    ),
    Doubt.PLACE_UNKNOWN: Uncertainty(
        "Unknown place", "مكان مجهول", "Lieu inconnu", "The place written is in no list of places.", column="place_id"
    ),
    Doubt.PLACE_CARRIED: Uncertainty(
        "Place of an earlier sentence",
        "مكان من جملة سابقة",
        "Lieu d’une phrase précédente",
        "Its own sentence names no place.",
        column="place_id",
    ),
    Doubt.SOURCE_UNKNOWN: Uncertainty(
        "Unknown source", "مصدر مجهول", "Source inconnue", "A speaker is named who is nobody we know.", column="claimed_source"
    ),
    Doubt.SOURCE_CARRIED: Uncertainty(
        "Source of an earlier sentence",
        "مصدر من جملة سابقة",
        "Source d’une phrase précédente",
        "Its own sentence names nobody.",
        column="claimed_source",
    ),
    Doubt.CODES_LEFT_OUT: Uncertainty(
        "Codes left out",
        "رموز غير محتسبة",
        "Codes non comptés",
        "Events whose number may be a code (0 unknown, 10 several, 100 many) are not in the sum, which is “at least”.",
        column="qualifier",
    ),
    Doubt.CODES_WITHIN: Uncertainty(
        "Codes within",
        "قد يضم رموزاً",
        "Codes inclus",
        "A sum of its source over events whose numbers may be codes (0 unknown, 10 several, 100 many); nobody can take them out of it.",
        column="qualifier",
    ),
    Doubt.SECOND_METRIC: Uncertainty(
        "Second reader: metric",
        "القارئ الثاني: المؤشر",
        "Second lecteur : indicateur",
        "The second reader says that something else happened.",
        column="metric",
    ),
    Doubt.SECOND_VALUE: Uncertainty(
        "Second reader: value",
        "القارئ الثاني: القيمة",
        "Second lecteur : valeur",
        "The second reader gives the number another value.",
        column="value_best",
    ),
    Doubt.SECOND_UNIT: Uncertainty(
        "Second reader: unit",
        "القارئ الثاني: الوحدة",
        "Second lecteur : unité",
        "The second reader takes people for households, or households for people.",
        column="unit",
    ),
    Doubt.SECOND_PART: Uncertainty(
        "Second reader: part",
        "القارئ الثاني: الجزء",
        "Second lecteur : partie",
        "The second reader makes it a part of another figure, or of none.",
        column="parent_figure_id",
    ),
    Doubt.SECOND_SOURCE: Uncertainty(
        "Second reader: source",
        "القارئ الثاني: المصدر",
        "Second lecteur : source",
        "The second reader names another source.",
        column="claimed_source",
    ),
    Doubt.SECOND_PLACE: Uncertainty(
        "Second reader: place",
        "القارئ الثاني: المكان",
        "Second lecteur : lieu",
        "The second reader names another place.",
        column="place_id",
    ),
    Doubt.SECOND_ABSENT: Uncertainty(
        "Not seen by the second reader",
        "لم يره القارئ الثاني",
        "Pas vu par le second lecteur",
        "The second reader read the sentence and lists no such figure.",
        column="metric",
    ),
    Doubt.SECOND_ONLY: Uncertainty(
        "Found by the second reader only",
        "وجده القارئ الثاني وحده",
        "Trouvé par le seul second lecteur",
        "The rules do not read it; it is not published before a person has confirmed it.",
        column="metric",
    ),
}
