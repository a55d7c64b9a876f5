"""How a number is hedged, and whether there is one."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class Qualifier(StrEnum):
    """How the source hedges the number."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    FEWER_THAN = "fewer_than"
    NEARLY = "nearly"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"
    NONE = "none"


QUALIFIERS: dict[Qualifier, Term] = {
    Qualifier.EXACT: Term("exactly", "بالضبط", "exactement", "The number as stated."),
    Qualifier.AT_LEAST: Term("at least", "على الأقل", "au moins", "The number or more."),
    Qualifier.MORE_THAN: Term("more than", "أكثر من", "plus de", "Above the number."),
    Qualifier.UP_TO: Term("up to", "ما يصل إلى", "jusqu’à", "The number or fewer."),
    Qualifier.FEWER_THAN: Term("fewer than", "أقل من", "moins de", "Below the number."),
    Qualifier.NEARLY: Term("nearly", "ما يقارب", "près de", "A little below the number."),
    Qualifier.ABOUT: Term("about", "نحو", "environ", "Around the number, either way."),
    Qualifier.RANGE: Term("between", "بين", "entre", "From a low to a high number."),
    Qualifier.VAGUE: Term("a vague word", "لفظ مبهم", "un mot vague", "A word such as “dozens”: an interval, never a point."),
    Qualifier.NONE: Term("no number", "بلا رقم", "sans nombre", "A claim that gives no number."),
}


class ValueStatus(StrEnum):
    """Whether the claim carries a number at all."""

    STATED = "stated"
    EXPLICIT_ZERO = "explicit_zero"
    EXPLICIT_UNKNOWN = "explicit_unknown"
    NO_NUMBER = "no_number"


VALUE_STATUSES: dict[ValueStatus, Term] = {
    ValueStatus.STATED: Term("number stated", "رقم معلن", "nombre énoncé"),
    ValueStatus.EXPLICIT_ZERO: Term("explicitly none", "لا أحد صراحةً", "explicitement aucun", "The source says there were none."),
    ValueStatus.EXPLICIT_UNKNOWN: Term(
        "explicitly unknown", "غير معروف صراحةً", "explicitement inconnu", "The source says it does not know."
    ),
    ValueStatus.NO_NUMBER: Term(
        "claimed, no number", "ادعاء بلا رقم", "affirmé, sans nombre", "It happened, the source says, without a number."
    ),
}
