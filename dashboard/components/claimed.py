"""What a source wrote, on a page of another language: a number in the reader's digits, words as they stand there with their language."""

import re
from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words
from ingest.model.countries import country

_NUMBER: Final = re.compile(r"\d{1,3}(,\d{3})+|\d+", re.ASCII)
_ARABIC: Final = re.compile("[\u0620-\u064a]")
_LATIN: Final = re.compile("[A-Za-z]")


def written_in(text: str) -> dict[str, str]:
    """The `lang` of a source's words, by their letters: figures are read in Arabic and English. Nothing where there are no letters."""
    return {"lang": "ar"} if _ARABIC.search(text) else {"lang": "en"} if _LATIN.search(text) else {}


def as_written(text: str) -> Component:
    """Words of a source in a place of their own."""
    return html.Bdi(text, **written_in(text))


def named_place(label: str, identity: str, words: Words) -> Component:
    """A place by its name; the source's words for one that is no place of the gazetteer, and no country."""
    ours = words.direction == "ltr" if identity else country(label, words.language) == label
    return html.Bdi(label) if ours else as_written(label)


def is_number(text: str) -> bool:
    """Whether a value is a plain number."""
    return _NUMBER.fullmatch(text) is not None


def claimed(text: str, words: Words) -> Component:
    """The value in a place of its own."""
    if not text:
        return html.Bdi(words("value.none"))
    return html.Bdi(words.numerals(text), dir="auto") if is_number(text) else html.Bdi(text, dir="auto", **written_in(text))


def quoted(text: str, words: Words) -> Component:
    """The value amid words of the page: what is no number is quoted, in whatever language it was written."""
    if not text or is_number(text):
        return claimed(text, words)
    return html.Bdi(said(text, words), **written_in(text))


def said(text: str, words: Words) -> str:
    """The same as plain text, for what is pointed at or heard."""
    return words.numerals(text) if is_number(text) else words.quoted(text)
