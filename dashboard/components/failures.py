"""What a source, a run, a file or the program says went wrong, in the reader's language; what no table knows stays in English."""

from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words
from ingest.model.failures import Heard, heard
from ingest.model.unreadable import Phrase

_LEFT_TO_RIGHT, _POP = "\u2066", "\u2069"
_PHRASES: Final = {phrase.value: f"phrase.{phrase.name.lower()}" for phrase in Phrase}


def failures(message: str, words: Words) -> list[Component]:
    """The sentences of a message, each an element of its own."""
    return [_sentence(one, words) for one in heard(message)]


def _sentence(one: Heard, words: Words) -> Component:
    if one.failure is None:
        return html.Bdi(one.text, lang="en", dir="ltr")
    values = {name: _value(value, words) for name, value in one.values.items()}
    said = words(f"failure.{one.failure.name.lower()}", **values)
    tried = f" ({words('failure.attempts', n=one.attempts)})" if one.attempts else ""
    return html.Span(f"{said}{tried}. ")


def _value(value: str, words: Words) -> str:
    """A phrase in the reader's language; addresses, names and numbers as they are, in a direction of their own."""
    if value in _PHRASES:
        return words(_PHRASES[value])
    return f"{_LEFT_TO_RIGHT}{value}{_POP}" if value else ""
