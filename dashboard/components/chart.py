"""A chart with its text: heading, the drawing or its empty place, a sentence for those who do not see it, and a table."""

from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboard.charts import Drawing
from dashboard.components.attributes import attributes
from dashboard.components.elements import html
from dashboard.components.menus import picture_menu
from dashboard.components.words import Words


def chart(  # one drawing, all its words
    name: str,
    figure: Drawing,
    *,
    summary: str,
    drawn: bool,
    words: Words,
    config: dict[str, Any],
    class_name: str = "",
    pictures: bool = True,
    title: str = "",
) -> Component:
    """A drawing that keeps its height while the chart library is on its way.

    `drawn` says that the library has arrived: then the graph stands in the page at once. Otherwise its content waits in a
    Store, and the browser puts the graph in place when it can. Its `pictures` can be saved, unless their menu stands elsewhere. A `title`
    is what it is called where it stands alone, in a picture or a frame, if the finding of its page and its heading do not say it.
    Names and counts that found no room beside their marks are said to be missing.
    """
    height = figure.height
    graph: dict[str, Any] = {
        "id": {"type": "chart", "name": name},
        "figure": figure,
        "config": config,
        "responsive": True,
        "style": {"height": f"{height}px"},
    }
    # the arrows go from mark to mark, see assets/js/marks.js
    keys = attributes(aria_label=words("chart.keys_map" if name == "map" else "chart.keys")) | {"tabIndex": 0, "role": "application"}
    place: dict[str, Any] = {"className": "canvas", "style": {"minHeight": f"{height}px"}, **keys}
    if drawn:
        canvas, waiting = html.Div(dcc.Graph(**graph), **place), []
    else:
        bone = html.Div(className="bone", style={"height": f"{height}px"})
        canvas = html.Div(bone, id={"type": "canvas", "name": name}, **place)
        failed = words("chart.failed")
        waiting = [
            dcc.Store(id={"type": "drawing", "name": name}, data=graph),
            dcc.Store(id={"type": "failure", "name": name}, data=failed),
        ]
    caption = html.Figcaption(summary, className="unseen")
    unsaid = [html.P(words("chart.left_out", n=figure.left_out), className="note unsaid")] if figure.left_out else []
    tools = [picture_menu(name, words)] if pictures else []
    named = attributes(data_chart=name, data_title=title) if title else attributes(data_chart=name)
    return html.Figure([canvas, caption, *unsaid, *waiting, *tools], className=f"chart {class_name}".strip(), **named)


def panel(title: str, body: Any, *, note: Any = None, hint: str = "", extra: Any = None, class_name: str = "") -> Component:
    """A section of a page: heading, one line of how to read it, the body; a hint tells what a click does, so paper leaves it out."""
    head = [html.H2(title), extra] if extra is not None else [html.H2(title)]
    parts = body if isinstance(body, list) else [body]
    said = [note, html.Span(f" {hint}", className="hint")] if hint else note
    return html.Section(
        [html.Div(head, className="panel-head"), html.P(said, className="panel-note") if note else None, *parts],
        className=f"panel {class_name}".strip(),
    )


def as_table(table: Component, words: Words) -> Component:
    """The same data as a table, for those who cannot see or do not trust the drawing; every row leads to its evidence."""
    return html.Details([html.Summary(words("chart.as_table")), html.Div(table, className="scroll", tabIndex=0)], className="as-table")
