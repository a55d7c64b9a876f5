"""Sources: who is read, who answered when, what their figures cannot tell, and how they behave beside one another."""

from typing import Any, Final

from dash.development.base_component import Component

from dashboard import query, shell
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.pages.sources.behaviour import behaviour
from dashboard.pages.sources.connectors import connectors, moment, runs, voices
from dashboard.pages.sources.relays import relays
from dashboard.pages.sources.unlisted import unlisted
from dashboard.shell import Screen, View

PATH: Final = "/sources"
NAME: Final = "pages.sources"
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""
_UNASKED: Final = ("never_run", "needs_settings", "disabled")
"""States of sources that nobody asks, or not yet: of them nobody can say that they answer."""


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    sections = (connectors, behaviour, relays, unlisted, voices, runs)
    parts = [page_head(heading(view)), *(section(view, view.db) for section in sections)]
    return html.Div(parts)


def heading(view: View) -> Heading:
    """Who could not be reached, and since when."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    frame = query.sources(view.db, words.language)
    asked = frame[~frame["state"].isin(_UNASKED)]
    failing = frame[frame["state"] == "failing"]
    published = words("sources.published", moment=words.moment(view.db.published_at, view.crisis.timezone))
    if failing.empty:
        title = words("sources.all_answer", n=len(asked))
    elif len(failing) == 1:
        row = failing.iloc[0]
        title = words("sources.one_fails", name=row["title"], since=moment(view, row["failing_since"]))
    else:
        title = words("sources.some_fail", n=len(failing), total=len(asked))
    return Heading(title, (published,), words("sources.caveat"))
