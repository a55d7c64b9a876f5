"""The head of a page: what the data say, in a sentence, and what one must know to read it."""

from dataclasses import dataclass
from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html

LONG: Final = 110
"""Letters beyond which a title is a sentence to read, set smaller so that the page begins on the first screen."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`title` is a finding in a sentence; `under` are window, place, as-of and the like; `caveat` is what limits it."""

    title: str
    under: tuple[str, ...] = ()
    caveat: str = ""


def page_head(heading: Heading) -> Component:
    """The one largest thing of a page."""
    under = [html.Span(part, dir="auto") for part in heading.under if part]
    return html.Header(
        [
            html.H1(heading.title, tabIndex=-1, className="is-long" if len(heading.title) > LONG else None),
            html.P(under, className="under") if under else None,
            html.P(heading.caveat, className="caveat") if heading.caveat else None,
        ],
        className="head",
    )
