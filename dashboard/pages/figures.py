"""Figures: every claim as a row, with its sentence one click away, and all of it as a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

import dash_mantine_components as dmc
import pandas as pd
from dash.development.base_component import Component

from dashboard import query, shell
from dashboard.components.attributes import attributes, tip
from dashboard.components.badges import voice
from dashboard.components.claimed import claimed, named_place
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link, view_link
from dashboard.components.menus import menu
from dashboard.components.phrases import day_of, kind_label, metric_label, reach
from dashboard.components.tables import Head, Sorting, pager, table
from dashboard.components.withheld import shown
from dashboard.components.words import Words
from dashboard.shell import Screen, View
from dashboard.state import USUAL_COLUMNS

PATH: Final = "/figures"
NAME: Final = "pages.figures"


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
        return Heading(words(view.nothing.title))
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
            _picker(view),
            shell.downloads(view, "figures"),
        ],
        className="toolbar",
    )


def _picker(view: View) -> Component:
    """Which columns stand in the table, each to be moved or hidden, and those that can be added. Every change is an address."""
    words, shown = view.words, view.filters.shown()
    hidden = [name for name in _COLUMNS if name not in shown]
    more = [html.Li(_columns_link(view, (*shown, name), "+", "columns.show", name)) for name in hidden]
    body = [
        html.P(words("columns.note"), className="note"),
        html.Ol([_picked(view, shown, place) for place in range(len(shown))], className="picked"),
        html.Ul(more, className="chips", **attributes(aria_label=words("columns.hidden"))),
        view_link(words("columns.usual"), view.href(columns=()), "plain") if view.filters.columns else None,
    ]
    return menu(words("columns.title"), body, "columns-menu")


def _picked(view: View, shown: tuple[str, ...], place: int) -> Component:
    name, others = shown[place], shown[:place] + shown[place + 1 :]
    earlier = (*others[: place - 1], name, *others[place - 1 :]) if place else ()
    later = (*others[: place + 1], name, *others[place + 1 :]) if place < len(others) else ()
    links = [
        _columns_link(view, earlier, "↑", "columns.earlier", name),
        _columns_link(view, later, "↓", "columns.later", name),
        _columns_link(view, others if name != "value" else (), "✕", "columns.hide", name),
    ]
    return html.Li([html.Span(view.words(f"column.{name}")), *links])


def _columns_link(view: View, columns: tuple[str, ...], sign: str, said: str, name: str) -> Component:
    """The table with these columns; where there is no such table the sign alone keeps its place."""
    mark = html.Span(sign, **attributes(aria_hidden="true"))
    if not columns:
        return html.Span(mark, className="column-move off")
    heading, chosen = view.words(f"column.{name}"), () if columns == USUAL_COLUMNS else columns
    children, looks = ([mark, heading], "chip") if said == "columns.show" else (mark, "column-move")
    return view_link(children, view.href(columns=chosen), looks, **attributes(aria_label=view.words(said, name=heading)))


def _table(view: View, db: query.Snapshot, found: int) -> Component:
    words, filters = view.words, view.filters
    frame = query.figures_page(db, filters)
    shown = {name: _COLUMNS[name] for name in filters.shown()}
    heads = [Head(words(f"column.{name}"), one.sort, one.number, name) for name, one in shown.items()]
    rows = [[one.cell(view, row) for one in shown.values()] for _, row in frame.iterrows()]
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


def _value(view: View, row: pd.Series) -> Component:
    """The words of the value, struck where the document was withdrawn, as the way to the evidence."""
    value = claimed(row["value_label"], view.words)
    said = html.Del(value) if pd.notna(row["withdrawn_at"]) else value
    return html.Span([evidence_link(said, row["figure_id"], view.to_figure(row["figure_id"])), *_noted(row, view.words)])


def _noted(row: pd.Series, words: Words) -> list[Component]:
    """A mark where the document was withdrawn, with the reason, or where a public note stands on the row."""
    if pd.notna(row["withdrawn_at"]):
        return [html.Span(words("notes.mark_withdrawn"), className="noted", tabIndex=0, **tip(row["withdrawn"]))]
    return [html.Span(words("notes.mark"), className="noted")] if row["correction_ids"] else []


def _publisher(view: View, row: pd.Series) -> Component:
    via = html.Span(view.words("figures.citations", n=int(row["citations"])), className="count") if row["citations"] > 1 else None
    return html.Span([html.Bdi(row["publisher_label"]), via])


def _interval(view: View, row: pd.Series) -> str:
    return reach(row["value_low"], row["value_high"], open_high=row["interval_open_high"], words=view.words)


def _published(view: View, row: pd.Series) -> str:
    moment = None if pd.isna(row["published_at"]) else row["published_at"].to_pydatetime().replace(tzinfo=UTC)
    return view.words.moment(moment, view.crisis.timezone)


def _via(view: View, row: pd.Series) -> Component:
    names = (view.name_of(one) or one for one in row["relayed_via"].split(";") if one)
    return html.Bdi(view.words("list.separator").join(names))


def _quote(view: View, row: pd.Series) -> Component:
    return html.Q(shown(row["quote"], view.words), lang=row["language"], dir="auto")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column of the table: what stands in it for a claim, the sort its heading offers, whether it holds numbers."""

    cell: Callable[[View, pd.Series], Any]
    sort: str = ""
    number: bool = False


_COLUMNS: Final[Mapping[str, _Shown]] = {
    "day": _Shown(lambda view, row: view.words.day(day_of(row["day"])), "day"),
    "value": _Shown(_value, "value", number=True),
    "metric": _Shown(lambda view, row: metric_label(row["metric"], view.words), "metric"),
    "group": _Shown(lambda _, row: row["group_text"], "group"),
    "place": _Shown(lambda view, row: named_place(row["place_label"], row["place_id"], view.words), "place"),
    "source": _Shown(lambda view, row: voice(row["source_label"], row["claimed_source_kind"], view.words), "source"),
    "publisher": _Shown(_publisher, "publisher"),
    "kind": _Shown(lambda view, row: kind_label(row["kind"], view.words), "kind"),
    "interval": _Shown(_interval, "low", number=True),
    "as_of": _Shown(lambda view, row: view.words.day(day_of(row["as_of"]))),
    "published": _Shown(_published, "published"),
    "precision": _Shown(lambda view, row: view.words(f"precision.{row['place_precision']}") if row["place_precision"] else ""),
    "via": _Shown(_via),
    "perpetrator": _Shown(lambda _, row: html.Bdi(row["responsible"])),
    "review": _Shown(lambda view, row: view.words(f"review.{row['review']}"), "review"),
    "quote": _Shown(_quote),
}
