"""Sentences of reports as they are shown: where the name of a victim is covered, words say so."""

import re
from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words
from ingest.model.withheld import MARK

_COVERED: Final = re.compile(f"({MARK}+)")


def shown(text: str, words: Words) -> list[str | Component]:
    """The text, with words in place of what is covered."""
    return [_mark(words) if part.startswith(MARK) else part for part in _COVERED.split(text) if part]


def _mark(words: Words) -> Component:
    return html.Span(words("withheld.mark"), className="withheld", title=words("withheld.why"), lang=words.language, dir=words.direction)
