"""What a source says of itself, in the reader's language as far as its own file or a table has it."""

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words


def source_text(text: str, language: str, words: Words) -> Component | str:
    """The text as a part with its language; `language` is that of the text as it is given. Nothing where there is no text."""
    told = words(text) if text else ""
    return html.Bdi(told, lang=language if told == text else words.language) if told else ""
