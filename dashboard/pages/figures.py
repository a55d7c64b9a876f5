"""Figures: every claim as a row, with its sentence one click away, and all of it as a file."""

from typing import Any, Final

import dash_mantine_components as dmc
import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import query, shell
from dashboard.components.attributes import attributes
from dashboard.components.badges import voice
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link, view_link
from dashboard.components.phrases import day_of, kind_label, metric_label
from dashboard.components.tables import Head, Sorting, pager, table
from dashboard.components.words import Words
from dashboard.shell import Screen, View

PATH: Final = "/figures"
NAME: Final = "pages.figures"
_COLUMNS: Final = (
    *(("day", "day", False), ("value", "value", True), ("metric", "metric", False), ("group", "group", False)),
    *(("place", "place", False), ("source", "source", False), ("publisher", "publisher", False), ("kind", "kind", False)),
)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    found = query.figures_count(view.db, view.filters)
    body = _table(view, view.db, found) if found else shell.nothing_found(view)
    return html.Div([page_head(heading(view)), _tools(view), body])


def heading(view: View) -> Heading:
    """How many claims the filters select."""
    words = view.words
    if view.db is None:
        return Heading(words("nothing.title"))
    found = query.figures_count(view.db, view.filters)
    return Heading(words("figures.title", n=found), shell.scope(view), words("figures.caveat"))


def _tools(view: View) -> Component:
    words, filters = view.words, view.filters
    search = dmc.TextInput(
        id={"type": "filter", "name": "q"},
        label=words("figures.search"),
        placeholder=words("figures.search_hint"),
        value=filters.q,
        debounce=True,
    )
    history = toggle_link(words("figures.history"), view.href(history=not filters.history), on=filters.history)
    narrowed = [
        view_link(words("figures.drop", name=words(f"figures.{name}")), view.href(**{name: ""}), "choice is-on")
        for name in ("document", "claim")
        if getattr(filters, name)
    ]
    return html.Div(
        [
            html.Div(search, className="control control-search"),
            html.Div([history, *narrowed], className="choices"),
            shell.downloads(view, "figures"),
        ],
        className="toolbar",
    )


def _table(view: View, db: query.Snapshot, found: int) -> Component:
    words, filters = view.words, view.filters
    frame = query.figures_page(db, filters)
    heads = [Head(words(f"column.{name}"), sort, number, name) for name, sort, number in _COLUMNS]
    rows = [_row(view, row) for _, row in frame.iterrows()]
    sorting = Sorting(filters.sort or "-published", lambda sort: view.href(sort=sort))
    pages = -(-found // filters.size)
    first = (filters.page - 1) * filters.size
    turn = pager(
        filters.page,
        pages,
        href=lambda page: view.href(page=page),
        label=words("pager.page", page=filters.page, pages=pages),
        previous=words("pager.previous"),
        following=words("pager.next"),
    )
    said = words("figures.rows", first=min(first + 1, found), last=min(first + len(frame), found), n=found)
    newest = [] if filters.sort else [html.Span(words("figures.newest_first"))]
    return html.Div(
        [
            html.P([html.Span(said), *newest], className="under", **attributes(data_said="")),
            html.Div(table(heads, rows, caption=words("figures.table"), sorting=sorting), className="scroll", tabIndex=0),
            turn,
        ],
        className="rows",
    )


def _row(view: View, row: pd.Series) -> list[Any]:
    words = view.words
    value = _value(row, words)
    via = html.Span(words("figures.citations", n=int(row["citations"])), className="count") if row["citations"] > 1 else None
    return [
        words.day(day_of(row["day"])),
        html.Span([evidence_link(value, row["figure_id"], view.to_figure(row["figure_id"])), *_noted(row, words)]),
        metric_label(row["metric"], words),
        row["group_text"],
        html.Bdi(row["place_label"]),
        voice(row["source_label"], row["claimed_source_kind"], words),
        html.Span([html.Bdi(row["publisher_label"]), via]),
        kind_label(row["kind"], words),
    ]


def _value(row: pd.Series, words: Words) -> Component:
    """The words of the value, struck where the document was withdrawn."""
    value = html.Bdi(row["value_label"] or words("value.none"))
    return html.Del(value) if pd.notna(row["withdrawn_at"]) else value


def _noted(row: pd.Series, words: Words) -> list[Component]:
    """A mark where the document was withdrawn, with the reason, or where a public note stands on the row."""
    if pd.notna(row["withdrawn_at"]):
        return [html.Span(words("notes.mark_withdrawn"), className="noted", title=row["withdrawn"])]
    return [html.Span(words("notes.mark"), className="noted")] if row["correction_ids"] else []
