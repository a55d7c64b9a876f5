"""The value of a claim as its source wrote it: a number in the reader's digits, anything else as it stands there."""

import re
from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words

_NUMBER: Final = re.compile(r"\d{1,3}(,\d{3})+|\d+", re.ASCII)


def is_number(text: str) -> bool:
    """Whether a value is a plain number."""
    return _NUMBER.fullmatch(text) is not None


def claimed(text: str, words: Words) -> Component:
    """The value in a place of its own."""
    if not text:
        return html.Bdi(words("value.none"))
    return html.Bdi(words.numerals(text) if is_number(text) else text, dir="auto")


def quoted(text: str, words: Words) -> Component:
    """The value amid words of the page: what is no number is quoted, in whatever language it was written."""
    if not text or is_number(text):
        return claimed(text, words)
    return html.Bdi(said(text, words))


def said(text: str, words: Words) -> str:
    """The same as plain text, for what is pointed at or heard."""
    return words.numerals(text) if is_number(text) else words.quoted(text)
