"""The line between filters and page: what is chosen, each to be taken away, the way back, and views the reader keeps."""

from dataclasses import replace
from urllib.parse import quote

from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes, tip
from dashboard.components.elements import html
from dashboard.components.links import view_link
from dashboard.shell.controls import filters_opener
from dashboard.shell.desk import View
from dashboard.shell.saved import last_view, views_button


def view_line(view: View) -> list[Component]:
    """A chip for each thing chosen, all away at once, and the last change undone; the line is there when nothing is chosen too.

    On narrow screens it begins with what opens the filters.
    """
    words = view.words
    chips = _chips(view)
    chosen = html.Ul(chips, className="chips", **attributes(aria_label=words("line.chosen")))
    cleared = view_link(words("filters.clear"), cleared_address(view), "clear")
    nothing = html.Span(words("line.nothing"), className="line-nothing")
    undo = html.Button(words("line.undo"), type="button", className="plain", **attributes(data_undo=""))
    return [filters_opener(words), *([chosen, cleared] if chips else [nothing]), last_view(words), undo, _watch(view), views_button(words)]


def _watch(view: View) -> Component:
    """Copies the address of the feed of what changes in the view."""
    words = view.words
    given = attributes(data_copy_address=feed_address(view), data_copied=words("watch.copied"))
    return html.Button(words("watch.link"), type="button", className="plain", **tip(words("watch.means")), **given)


def feed_address(view: View) -> str:
    """The feed of what changes in the view, whatever page of rows and whichever evidence is open."""
    asked = replace(view.filters, figure="", page=1, embed=False, chart="").query()
    return view.address("/watch.atom", "&".join(filter(None, (asked, f"path={quote(view.path)}"))))


def cleared_address(view: View) -> str:
    """The page with nothing chosen."""
    cleared = view.filters.cleared().query()
    return view.address(view.path, cleared)


def _chips(view: View) -> list[Component]:
    words, filters = view.words, view.filters
    chosen = [(one.words, one.without) for one in query.choices(view.db, filters, words, words.day)] if view.db is not None else []
    if filters.history:
        chosen.append((words("figures.history"), {"history": False}))
    if filters.rules:
        chosen.append((words("line.rules", n=len(filters.rules)), {"rules": ()}))
    return [html.Li(_chip(view, said, view.href(**without))) for said, without in chosen]


def _chip(view: View, said: str, href: str) -> Component:
    cross = html.Span("✕", className="chip-cross", **attributes(aria_hidden="true"))
    return view_link([html.Bdi(said), cross], href, "chip", **attributes(aria_label=view.words("line.remove", what=said)))
