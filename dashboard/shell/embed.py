"""One chart of a page alone, for a frame in another page; and the line that says where a chart comes from, wherever it goes."""

from collections.abc import Iterator
from typing import Any, Final

from dash.development.base_component import Component

from dashboard import query
from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.heading import Heading
from dashboard.components.states import empty
from dashboard.shell.desk import View

_LEFT_TO_RIGHT: Final = "\u2066"
_POP: Final = "\u2069"


def alone(view: View, page: Component, heading: Heading) -> Component:
    """The chart that the address names, or the page's first, with the page's finding, its own title and the source line.

    One that the finding does not tell of has a title for this.
    """
    found = _chart(page, view.filters.chart)
    if found is None:
        return html.Div([html.H1(heading.title, tabIndex=-1), empty(view.words("embed.none"), view.words("embed.none_advice"))])
    title, figure, rows = found
    if own := getattr(figure, "data-title", ""):
        heading, title = Heading(own), None
    whole = html.A(view.words("embed.whole"), href=view.href(embed=False, chart=""), target="_blank", rel="noopener")
    return lone_head(heading, title, figure, rows, source_line(view), html.P(whole, className="note"))


def lone_head(heading: Heading, title: Any = None, *below: Component | None) -> Component:
    """The finding, the title of the chart where it is known, and what stands below."""
    head = [html.H1(heading.title, tabIndex=-1), html.H2(title) if title is not None else None]
    return html.Div([html.Div(head, className="panel-head"), *below], className="alone")


def source_line(view: View) -> Component | None:
    """Whose numbers these are, what was chosen, and of when the data are: printed, framed, and burnt into every picture."""
    if view.db is None:
        return None
    fresh, words = query.freshness(view.db), view.words
    said = words(
        "source.line",
        title=view.title,
        chosen=query.sentence(view.db, view.filters, words, words.day) or words("scope.everything"),
        day=words.day(fresh.newest_as_of),
        moment=words.moment(fresh.published_at, view.crisis.timezone),
        snapshot=f"{_LEFT_TO_RIGHT}{view.db.id}{_POP}",
    )
    stem = f"crosscount-{view.db.crisis}-{{chart}}-{view.db.published_at:%Y-%m-%d}-{view.db.id}"
    return html.P(said, id="source-line", className="source-line", **attributes(data_file=stem))


def _chart(page: Component, name: str) -> tuple[Any, Component, Component | None] | None:
    """(heading, drawing, table or None) of the chart of that name; of the first one where there is no name."""
    title, drawing = None, None
    for part in _parts(page):
        if drawing is None and isinstance(part, (html.H2, html.H3)):
            title = getattr(part, "children", None)
        if isinstance(part, html.Figure):
            if drawing is not None:
                break
            drawing = part if name in ("", getattr(part, "data-chart", None)) else None
        elif drawing is not None and isinstance(part, html.Details) and getattr(part, "className", "") == "as-table":
            return title, drawing, part
    return None if drawing is None else (title, drawing, None)


def _parts(part: Any) -> Iterator[Component]:
    """A component and everything in it, in the order it is read."""
    if isinstance(part, (list, tuple)):
        for one in part:
            yield from _parts(one)
    elif isinstance(part, Component):
        yield part
        yield from _parts(getattr(part, "children", None))
