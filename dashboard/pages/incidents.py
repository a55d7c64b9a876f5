"""Incidents: the events several reports tell of, those whose claims are furthest apart first."""

from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from dashboard import query, shell
from dashboard.components.badges import disagreement
from dashboard.components.chart import panel
from dashboard.components.claimed import named_place
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import view_link
from dashboard.components.phrases import claimed_spans, day_of
from dashboard.components.tables import Head, Sorting, pager, table
from dashboard.shell import Screen, View

PATH: Final = "/incidents"
NAME: Final = "pages.incidents"
_COLUMNS: Final = (
    *(("day", "day", False), ("place", "place", False), ("value", "", False)),
    *(("voices", "voices", True), ("claims", "claims", True), ("apart", "apart", False)),
)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    found, _, _ = query.incidents_count(view.db, view.filters)
    events = _events(view, view.db, found) if found else shell.nothing_found(view)
    return html.Div([page_head(heading(view)), shell.rules_section(view, view.db), events])


def heading(view: View) -> Heading:
    """How many events there are, and about how many the sources contradict one another."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    found, several, apart = query.incidents_count(view.db, view.filters)
    title = words("incidents.title", n=found)
    title = words("incidents.and_apart", title=title, n=apart) if apart else words("incidents.and_several", title=title, n=several)
    return Heading(title, shell.scope(view), words("incidents.caveat"))


def _events(view: View, db: query.Snapshot, found: int) -> Component:
    words, filters = view.words, view.filters
    frame = query.incidents_page(db, filters)
    heads = [Head(words(f"column.{name}"), sort, number, f"event-{name}") for name, sort, number in _COLUMNS]
    rows = [_row(view, row) for _, row in frame.iterrows()]
    sorting = Sorting(filters.sort or "-apart", lambda sort: view.href(sort=sort))
    pages = -(-found // filters.size)
    turn = pager(
        filters.page,
        pages,
        href=lambda page: view.href(page=page),
        label=words("pager.page", page=filters.page, pages=pages),
        previous=words("pager.previous"),
        following=words("pager.next"),
    )
    shown = html.Div(table(heads, rows, caption=words("incidents.table"), sorting=sorting), className="scroll events", tabIndex=0)
    return panel(words("incidents.list"), [shown, turn], note=words("incidents.note"), extra=shell.downloads(view, "incidents"))


def _row(view: View, row: pd.Series) -> list[Any]:
    words = view.words
    to_event = view.href("/incident", incident=row["incident_id"])
    when = words.window_alone(day_of(row["first_day"]), day_of(row["last_day"])) if row["first_day"] != row["last_day"] else ""
    alone = html.Span(words("incidents.alone"), className="too-few")
    place = named_place(row["place"], row["place_id"], words) if row["place"] else words("incidents.nowhere")
    return [
        view_link(when or words.day(day_of(row["first_day"])), to_event),
        place,
        claimed_spans(row["spans"], words) or words("value.none"),
        words.number(int(row["voices"])),
        words.number(int(row["claims"])),
        disagreement(int(row["disagreement"]), int(row["contradictions"]), words) if row["voices"] > 1 else alone,
    ]
