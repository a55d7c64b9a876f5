"""How a source answers otherwise than it always did: each change with its one phrase.

It stands in a failure's sentence (`ingest.model.failures.Failure.CHANGED`), and is known again there by its phrase.
"""

from enum import StrEnum


class Change(StrEnum):
    """What changed in an answer, as the beginning of a sentence; `part` and `parts` are names of fields."""

    NO_LIST = "{title} answered with no list, so its API changed"
    NO_NAMED_LIST = "{title} answered without a list “{part}”, so its API changed"
    NO_INCIDENTS = "{title} answered with no list of incidents, so its site changed"
    NO_TOKEN = "{title} gave no token when signing in, so its API changed"  # noqa: S105 - a sentence
    WITHOUT = "{title} answered without {parts}, so its API changed"
    RECORD_WITHOUT = "{title} gave a record without {part}, so its API changed"
    LIST_FOR_OBJECT = "{title} answered with a list where an object was due, so its API changed"
    NO_OBJECT = "{where} answered with something else than a JSON object (HTTP {status})"
    RECORD = "{title} changed: a record {defect}"


class Defect(StrEnum):
    """Why a record of an answer cannot be read; the phrase completes "a record ...". `answer` is what stands there."""

    NO_OBJECT = "is no object but {answer}"
    NO_FIELD = "has no field “{part}”"
    EMPTY = "has nothing in the field “{part}”"
    SILENT = "says nothing in “{part}”"
    NO_TEXT = "has no text in the field “{part}” but {answer}"
    NO_COUNT = "has no count in the field “{part}” but {answer}"
    NO_NUMBER = "has no number in the field “{part}” but {answer}"
    NO_DAY = "has no day in the field “{part}” but {answer}"
    STRANGE_WORD = "has a word that is not known in the field “{part}” but {answer}"
    NO_TIME = "has a {part} that is no time"
    OTHER_MONTH = "has a {part} of another month than it says"
    NO_TIME_IN = "has no time in the field “{part}”"
    NO_MIDNIGHT = "has a time in the field “{part}” that is no midnight known: {answer}"
    STRANGE = "has a {part} that is not known: {answer}"
    OTHER_SHAPE = "has a {part} of another shape, which tells displacements from returns"
    OTHER_NUMBER = "says another number in its text than in its field “{part}”"
    DISORDER = "has low, best and high out of order"
    SEXES = "has men and women who do not add up to its people, so the fields may mean something else"
    NEITHER = "has neither “{part}” nor “{other}” on its page"
    NO_NUMBER_HERE = "has no number in “{part}” but {answer}"
