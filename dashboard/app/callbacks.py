"""What the browser asks for: the frame, a page, the evidence of a figure. Each reads the state, and draws."""

import logging
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final
from urllib.parse import parse_qs

from dash import ctx, dcc, no_update, set_props
from dash.development.base_component import Component
from flask import Response, after_this_request

from dashboard import query, shell
from dashboard.app import copies
from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.evidence import Beside, evidence_body
from dashboard.components.failures import failures
from dashboard.components.heading import Heading
from dashboard.components.states import notice
from dashboard.shell import Screen, View
from dashboard.state import Filters
from ingest.errors import CrosscountError

State = Mapping[str, Any]
Pages = Sequence[ModuleType]
TROUBLE: Final = "X-Crosscount-Trouble"
"""A header of answers that lack a part because it could not be drawn (`asking.js`)."""
_LOG: Final = logging.getLogger(__name__)


def empty_layout() -> Component:
    """Before the address is known: the Stores, an empty frame, and the place of the dialogs, which no later frame draws anew.

    What the reader sees meanwhile stands in the document.
    """
    stores = [dcc.Store(id="address"), dcc.Store(id="evidence", data=""), dcc.Store(id="charts")]
    said = [html.Div(id="trouble", role="alert"), html.Div(id="waiting", role="status")]
    return html.Div([*stores, *said, html.Div(id="frame"), html.Div(id="dialogs")])


def screen_of(state: State) -> Screen:
    """What the browser says about the reader's screen."""
    return Screen(*(bool(state.get(name)) for name in ("dark", "narrow", "drawn")))


def view_of(state: State) -> View:
    """The view a state of the browser describes."""
    return shell.desk().look_at(str(state.get("path", "/")), Filters.from_query(str(state.get("query", ""))), screen_of(state))


def draw_frame(pages: Pages) -> Callable[[State], Component]:
    """The callback that draws everything: first visit, Back to other filters, another crisis."""

    def draw(address: State) -> Component:
        view = view_of(address)
        return shell.frame(view, address, places(pages, view), page_of(pages, address))

    return draw


def draw_page(pages: Pages) -> Callable[[State], tuple[Component, Component, list[Component]]]:
    """The callback that draws the page below the filters, the links to the others, and the line of what is chosen."""

    def draw(state: State) -> tuple[Component, Component, list[Component]]:
        view = view_of(state)
        return page_of(pages, state), shell.navigation(view, places(pages, view)), shell.view_line(view)

    return draw


def draw_evidence(figure: str | None, state: State | None) -> Any:
    """The callback that fills the evidence drawer."""
    if not figure:
        return no_update
    view = view_of(state or {})
    found = _evidence(view, view.db, figure) if view.db is not None else None
    if found is None or view.db is None:
        return notice(view.words("evidence.missing"), view.words("evidence.missing_advice"))
    note = view.href("/note", only=(figure,))
    sha256 = str(found.figure["archive_sha256"] or "")
    copy = copies.told(view, view.db, sha256) if sha256 else None
    return evidence_body(found, view.words, view.crisis.timezone, view.to_figure, beside=Beside(note, copy))


def _evidence(view: View, db: query.Snapshot, figure: str) -> query.Evidence | None:
    """Under the rules of the view, so that drawer and page agree."""
    return query.evidence(db, figure, view.words.language, query.verdicts(db, view.filters))


def places(pages: Pages, view: View) -> tuple[shell.Place, ...]:
    """The pages of the navigation; one where something may wait for whoever asks has `waiting(view)`."""
    return tuple(shell.Place(page.PATH, page.NAME, getattr(page, "waiting", _nothing)(view)) for page in pages if page.NAME)


def _nothing(_: View) -> None:
    """Of a page where nothing waits for anybody."""


def page_of(pages: Pages, state: State) -> Component:
    """The page at the address of the state, or a sentence that there is none."""
    view = view_of(state)
    page = _at(pages, view.path)
    if page is None:
        return shell.aged(view, [shell.nowhere(view)], whole=True)
    drawn: Component = page.layout(view.screen, **parse_qs(str(state.get("query", ""))))
    if view.filters.embed:
        return shell.aged(view, [shell.old_banner(view), shell.alone(view, drawn, heading_of(pages, view))])
    return shell.aged(view, [*banners(view), drawn, shell.source_line(view)], whole=is_whole(pages, view))


def banners(view: View) -> tuple[Component | None, ...]:
    """What stands above the head of a page: that a past day is shown, that the data are old."""
    return shell.known_banner(view), shell.old_banner(view)


def is_whole(pages: Pages, view: View) -> bool:
    """Whether the page at the view's address goes without filters: they do not narrow it, or there is nothing to narrow."""
    page = _at(pages, view.path)
    return view.db is None or page is None or getattr(page, "WHOLE", False)


def heading_of(pages: Pages, view: View) -> Heading:
    """The head of the page at the view's address; also the first words of the document."""
    page = _at(pages, view.path)
    if page is None:
        return Heading(view.words("nowhere.title"))
    if view.db is None:
        return Heading(view.words(view.nothing.title))
    heading: Heading = page.heading(view)
    return heading


def _at(pages: Pages, path: str) -> ModuleType | None:
    return next((page for page in pages if path == page.PATH), None)


def say_trouble(error: Exception) -> Any:
    """A callback failed: the reader keeps the page and gets a sentence, the log gets the rest."""
    _LOG.error("A callback failed.", exc_info=error)
    given = [one.get("value") for one in (*ctx.inputs_list, *ctx.states_list) if isinstance(one, Mapping)]
    state = next((value for value in given if isinstance(value, Mapping) and "query" in value), {})
    words = view_of(state).words
    reason = failures(str(error), words) if isinstance(error, CrosscountError) else words("trouble.unexpected")
    again = html.Button(words("trouble.again"), type="button", className="button", **attributes(data_again=""))
    set_props("trouble", {"children": [notice(words("trouble.title"), reason), again]})
    after_this_request(_marked)
    return no_update


def _marked(answer: Response) -> Response:
    """The browser is told with the answer that a part is missing, not only the reader."""
    answer.headers[TROUBLE] = "1"
    return answer
