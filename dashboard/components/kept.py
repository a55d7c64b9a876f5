"""A report that was kept from the page: what was added, where it is, and the way back for whoever kept it by mistake.

Taking back is a public note with a name, as `crosscount withdraw` writes it; nothing is erased, and it can itself be undone.
"""

from collections.abc import Mapping
from typing import Any, Final

import dash_mantine_components as dmc
from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.failures import failures
from dashboard.components.words import Words

PLACE: Final = "report-way-back"
"""Where the way back stands, which changes with each press."""
BY: Final = "report-by"
BACK, STAND = "report-back", "report-stand"
"""The buttons; each names in `of` what it is about: the document that is taken back, the note that is."""


def way_back(words: Words, *, document: str = "", withdrawal: str = "", said: Any = None) -> list[Any]:
    """The form that takes a report back, or lets one that is taken back count again; `said` is what the last press came to."""
    what = "stand" if withdrawal else "back"
    pressed = {"type": STAND if withdrawal else BACK, "of": withdrawal or document}
    return [
        html.P(said, role="status", className="note") if said else None,
        html.P(words(f"report.{what}_means"), className="note"),
        dmc.TextInput(id=BY, label=words("note.by"), persistence=True, withAsterisk=True, className="control"),
        html.Button(words(f"report.{what}"), id=pressed, type="button", className="button"),
    ]


def way_back_place(words: Words, document: str, withdrawal: str) -> Component:
    """The form in its place."""
    parts = way_back(words, document=document, withdrawal=withdrawal)
    return html.Div(parts, id=PLACE, className="ruling-form", role="group", **attributes(aria_label=words("report.way_back")))


def refused(words: Words, message: str) -> list[Any]:
    """Why nothing was taken back."""
    return [html.Span(words("report.not_undone")), " ", *failures(message, words)]


def reasons(table: Mapping[str, Words], key: str) -> dict[str, str]:
    """The words of the note, in every language that notes have."""
    return {language: words(key) for language, words in table.items() if language in ("en", "ar", "fr")}
