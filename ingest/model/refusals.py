"""Why what a person decides or writes is not kept: each cause with its one sentence.

They are said and heard by `ingest.model.failures`.
"""

from enum import StrEnum


class Refusal(StrEnum):
    """The causes, each with its sentence; `by` is the name of a person."""

    # a ruling on a pair
    NO_PAIR = "There is no discrepancy {wanted} in what is published; crosscount export discrepancies lists them"
    RULING_UNKNOWN = "“{part}” is no answer; choose one of {wanted}"
    RULING_NAMELESS = "A ruling needs a name: others must be able to see who said so and why"
    RULING_UNREASONED = "A ruling needs a reason: others must be able to see who said so and why"
    LONG_NAME = "The name is longer than {most} characters; shorten it"
    LONG_REASON = "The reason is longer than {most} characters; shorten it"
    NO_RULING = "No ruling stands on this pair, so there is none to withdraw"
    # a decision on an alert
    NO_ALERT = "There is no alert {alert}; crosscount alerts lists those that are held"
    ALERT_RELEASED = "Alert {alert} was released by {by} before; take that back first (crosscount alerts undo)"
    ALERT_DISMISSED = "Alert {alert} was dismissed by {by} before; take that back first (crosscount alerts undo)"
    ALERT_SENT = "Alert {alert} went to {channels}; what was sent cannot be called back"
    ALERT_UNDECIDED = "There is no decision on alert {alert} to take back"
    DECISION_NAMELESS = "A decision needs the name of whoever makes it, and a dismissal its reason"
    LONG_DECISION = "A name has at most {most} characters and a reason {letters}; shorten it"
    # a reading that a person makes anew
    NOTHING_READ = "A reading made anew needs what is read otherwise: one of {choices}"
    NOT_CHANGEABLE = "{wanted} cannot be read otherwise; what can is: {choices}"
    NO_VALUE = "{wanted} is no value of {column} ({answer})"
    NO_PLACE = "There is no place {wanted} in the gazetteer of this crisis; crosscount export places lists those in use"
    NOT_BORNE_OUT = "This reading is not borne out by the report"
    OUTSIDE_TEXT = "Its place, characters {first} to {last}, lies outside the text of {count} characters"
    NO_SENTENCE = "Its sentence does not stand in the text at character {first}"
    NO_NUMBER = "Its number does not stand in its sentence"
    OTHER_NUMBER = "The text says {wanted} where the row says {answer}"
    # a public note
    NOTE_WORDLESS = "A note needs words: readers must be able to see what changed and why"
    NOTE_NAMELESS = "A note needs a name or role: readers must be able to see who says so"
    NOTE_ABOUT_NOTHING = "A correction needs a figure or a document it is about; crosscount export figures lists them"
    LONG_NOTE = "A note has at most {most} characters, a name {letters}; shorten it"
    NO_DOCUMENT = "There is no document {wanted} in the ledger, by identity or address; crosscount export documents lists them"
    WITHDRAWN_ALREADY = "{wanted} is withdrawn already; crosscount corrections lists the notes"
    NO_NOTE = "No note {wanted} stands; crosscount corrections lists them"
    ERASED = "What was taken down is erased and cannot be brought back"
