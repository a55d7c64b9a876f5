"""What was known when, who was silent, and the steps of a series."""

from enum import StrEnum

from ingest.model.vocabulary.term import Term


class Clock(StrEnum):
    """By whose time something was known: the world's, from publication, or ours, from when this installation first saw it."""

    PUBLISHED = "published"
    READ = "read"


CLOCKS: dict[Clock, Term] = {
    Clock.PUBLISHED: Term("published by then", "منشور حتى ذلك الحين", "What anybody could have read by then."),
    Clock.READ: Term("read here by then", "مقروء هنا حتى ذلك الحين", "What this installation had read by then."),
}


class SilenceState(StrEnum):
    """What a source did on a day about one metric and place. Silent is never zero, and a collector that failed is never silent."""

    VALUE = "value"
    EXPLICIT_ZERO = "explicit_zero"
    EXPLICIT_UNKNOWN = "explicit_unknown"
    NO_NUMBER_GIVEN = "no_number_given"
    SILENT = "silent"
    NO_PUBLICATION = "no_publication"
    OUT_OF_MANDATE = "out_of_mandate"
    COLLECTOR_DOWN = "collector_down"
    NOT_INGESTED = "not_ingested"


SILENCE_STATES: dict[SilenceState, Term] = {
    SilenceState.VALUE: Term("Gave a number", "ذكر رقماً", "A number or a vague word such as “dozens”."),
    SilenceState.EXPLICIT_ZERO: Term("Said none", "قال: لا أحد", "The source says that there were none."),
    SilenceState.EXPLICIT_UNKNOWN: Term("Said it does not know", "قال إنه لا يعلم", "The source says that the number is not known."),
    SilenceState.NO_NUMBER_GIVEN: Term("Claimed it without a number", "ذكره بلا رقم", "It happened, the source says, and gives no number."),
    SilenceState.SILENT: Term(
        "Published, nothing on this", "نشر ولم يذكر هذا", "It published that day, and what was read says nothing on this."
    ),
    SilenceState.NO_PUBLICATION: Term(
        "Published nothing", "لم ينشر شيئاً", "It was read to the end of that day, and nothing of that day was there."
    ),
    SilenceState.OUT_OF_MANDATE: Term("Not its task", "ليس من مهمته", "Nothing says that it sets out to count this, here, on that day."),
    SilenceState.COLLECTOR_DOWN: Term("Could not be read", "تعذّرت قراءته", "Its collector failed, so nobody here knows what it said."),
    SilenceState.NOT_INGESTED: Term("Not read yet", "لم يُقرأ بعد", "Nothing of that day has been read so far."),
}


class SeriesStep(StrEnum):
    """How a claim of a series stands to the one before it."""

    FIRST = "first"
    RISE = "rise"
    UNCHANGED = "unchanged"
    FALL = "fall"
    CORRECTION = "correction"


SERIES_STEPS: dict[SeriesStep, Term] = {
    SeriesStep.FIRST: Term("first of its series", "أول السلسلة"),
    SeriesStep.RISE: Term("more than before", "أكثر من السابق"),
    SeriesStep.UNCHANGED: Term("as before", "كالسابق"),
    SeriesStep.FALL: Term("fewer than before", "أقل من السابق", "A running total that falls was revised."),
    SeriesStep.CORRECTION: Term(
        "the same day, told otherwise", "اليوم نفسه برقم آخر", "A later claim about the same day with another value."
    ),
}
