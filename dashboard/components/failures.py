"""What a source or a run says went wrong, in the reader's language; what no table knows stays as it was said, in English."""

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words
from ingest.model.failures import Heard, heard

_LEFT_TO_RIGHT, _POP = "\u2066", "\u2069"


def failures(message: str, words: Words) -> list[Component]:
    """The sentences of a message, each an element of its own."""
    return [_sentence(one, words) for one in heard(message)]


def _sentence(one: Heard, words: Words) -> Component:
    if one.failure is None:
        return html.Bdi(one.text, lang="en", dir="ltr")
    # addresses and numbers keep their own direction inside an Arabic sentence
    values = {name: f"{_LEFT_TO_RIGHT}{value}{_POP}" if value else "" for name, value in one.values.items()}
    said = words(f"failure.{one.failure}", **values)
    tried = f" ({words('failure.attempts', n=one.attempts)})" if one.attempts else ""
    return html.Span(f"{said}{tried}. ")
