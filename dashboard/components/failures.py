"""What a source, a run, a file or the program says went wrong, in the reader's language; what no table knows stays in English."""

import re
from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words
from ingest.compare.settings import settings
from ingest.model.advice import advised
from ingest.model.failures import Heard, heard
from ingest.model.unreadable import Phrase

_LEFT_TO_RIGHT, _POP = "\u2066", "\u2069"
_PHRASES: Final = {phrase.value: f"phrase.{phrase.name.lower()}" for phrase in Phrase}
_CODES: Final = frozenset({"status", "revision", "answer", "part", "wanted", "dataset", "alert"})
"""Values that may be all digits and yet count nothing: they are compared with what somebody else wrote, so they stay as they are."""
_SAYS: Final = ": "  # before what a server said of its refusal
_COUNT: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def failures(message: str, words: Words) -> list[Component]:
    """The sentences of a message, each an element of its own."""
    return [_sentence(one, words) for one in heard(message)]


def told_plainly(message: str, words: Words) -> str:
    """The same where there is nothing but text, such as the answer of an address that is no page."""
    return "".join(one.text if one.failure is None else _said(one, words) for one in heard(message)).strip()


def _sentence(one: Heard, words: Words) -> Component:
    if one.failure is None:
        return html.Bdi(one.text, lang="en", dir="ltr")
    return html.Span(_said(one, words))


def _said(one: Heard, words: Words) -> str:
    values = {name: _value(name, value, words) for name, value in one.values.items()}
    said = words(f"failure.{one.failure.name.lower()}" if one.failure else one.text, **values)
    tried = f" ({words('failure.attempts', n=one.attempts)})" if one.attempts else ""
    return f"{said}{tried}. "


def _value(name: str, value: str, words: Words) -> str:
    """A phrase and a number in the reader's language; addresses, names and codes as they are, in a direction of their own."""
    if name == "unit":  # of a rule, which has it in every language
        return next((words.of(one.unit) for one in settings().values() if one.unit["en"] == value), value)
    if name == "within":  # the file, before a rule that it sets
        return words("failure.within", name=isolated(value.removesuffix(_SAYS))) if value else ""
    if value in _PHRASES:
        return words(_PHRASES[value])
    if told := advised(value):
        phrase, values = told
        key = f"{type(phrase).__name__}.{phrase.name}".lower()
        return words(key, **{part: _value(part, text, words) for part, text in values.items()})
    if (said := value.removeprefix(_SAYS)) != value:
        return words("failure.said", said=_value("answer", said, words))
    if _COUNT.fullmatch(value):
        return value if name in _CODES else words.numerals(value)
    return isolated(value) if value else ""


def isolated(text: str) -> str:
    """An address, a name or a code, left to right in a text of any direction."""
    return f"{_LEFT_TO_RIGHT}{text}{_POP}"
