"""Map: where claims are made and where they disagree, from governorates down to towns, by day; drawn from outlines of our own."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, State
from dash.development.base_component import Component

from dashboard import charts, query, shell
from dashboard.components.attributes import attributes
from dashboard.components.badges import disagreement, voice
from dashboard.components.chart import chart, panel
from dashboard.components.claimed import claimed, named_place
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link, view_link
from dashboard.components.phrases import day_of, metric_label
from dashboard.components.tables import Head, table
from dashboard.shell import Desk, Screen, View

PATH: Final = "/map"
NAME: Final = "pages.map"
MOST_PLACES: Final = 60
MOST_CLAIMS: Final = 25
_EPOCH: Final = date(1970, 1, 1)
_NOTES: Final = {True: "map.finer", False: "map.no_outlines"}  # whether the divisions of the list have outlines


def wire(app: Dash, _: Desk) -> None:
    """The one callback of the page: the slider of days writes the dates of the filter bar."""
    browser: Any = app.clientside_callback
    ends = (State("map-days", "min"), State("map-days", "max"))
    browser(ClientsideFunction("address", "days"), Input("map-days", "value"), *ends, prevent_initial_call=True)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    way = query.path_to(view.db, view.filters)
    body = _drawn(view, view.db, way) if query.by_place(view.db, view.filters) else [shell.nothing_found(view)]
    return html.Div([page_head(heading(view)), _pickers(view, view.db, way), _days(view, view.db), *body])


def heading(view: View) -> Heading:
    """In how many divisions something is claimed, and where the claims contradict each other most."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    way = query.path_to(view.db, view.filters)
    level = _level(way)
    areas = query.by_place(view.db, view.filters, level=level)
    placed = [area for area in areas if area["place_id"]]
    sharpest = max(placed, key=lambda area: (area["disagreement"], area["contradictions"], area["claims"]), default=None)
    if way:
        title = words("map.claims_here", place=way[-1].name, n=int(query.figures_count(view.db, view.filters)))
    else:
        title = words("map.claims_in", n=len(placed))
    if sharpest and sharpest["contradictions"]:
        title = words("map.sharpest", title=title, place=sharpest["name"]) if len(placed) > 1 else words("map.apart", title=title)
    return Heading(title, shell.scope(view), words("map.caveat"))


def _level(way: tuple[query.Step, ...]) -> int:
    """The level of the divisions to tell of: one below the finest division on the way, as far as there are divisions."""
    return min(max((step.level for step in way if step.level <= query.DIVISIONS), default=0) + 1, query.DIVISIONS)


def _pickers(view: View, db: query.Snapshot, way: tuple[query.Step, ...]) -> Component:
    """The way down, each step a way back up; and what is counted."""
    words, chosen = view.words, view.filters.metrics
    steps: list[Component] = [view_link(words("map.everywhere"), view.href(places=())) if way else _here(words("map.everywhere"))]
    steps += [view_link(html.Bdi(step.name), view.href(places=(step.place,))) for step in way[:-1]]
    steps += [_here(step.name) for step in way[-1:]]
    metrics = [toggle_link(words("map.all_metrics"), view.href(metrics=()), on=not chosen)]
    metrics += [
        toggle_link(option.label, view.href(metrics=(option.value,)), on=chosen == (option.value,))
        for option in query.facets(db, words.language).metrics
    ]
    label = html.Span(words("filters.metric"), className="choices-label")
    return html.Div(
        [
            html.Nav(html.Ol([html.Li(step) for step in steps]), className="way", **attributes(aria_label=words("map.way"))),
            html.Div([label, *metrics], className="choices", role="group", **attributes(aria_label=words("filters.metric"))),
        ],
        className="pickers map-pickers",
    )


def _here(name: str) -> Component:
    return html.Span(html.Bdi(name), **attributes(aria_current="location"))


def _days(view: View, db: query.Snapshot) -> Component:
    """A slider over the days of the crisis; its two ends together stand for all days, also those before and after."""
    words, filters = view.words, view.filters
    first, last = view.crisis.start, _last_day(view, db)
    ends = [_number(min(max(day, first), last)) for day in (filters.date_from or first, filters.date_to or last)]
    slider = dmc.RangeSlider(
        id="map-days",
        min=_number(first),
        max=_number(last),
        step=1,
        minRange=0,
        value=ends,
        label={"function": "day"},
        thumbFromLabel=words("map.first_day"),
        thumbToLabel=words("map.last_day"),
        className="days-slider",
    )
    shown = words.window_alone(filters.date_from, filters.date_to) or words("filters.all_dates")
    said = html.P([html.Strong(words("map.days")), html.Span(shown)], className="under")
    edges = html.P(
        [html.Span(words.day(day, year=False)) for day in (first, last)], className="days-edges", **attributes(aria_hidden="true")
    )
    return html.Div([said, slider, edges], className="map-days")


def _last_day(view: View, db: query.Snapshot) -> date:
    last = view.crisis.end or query.facets(db, view.words.language).last_day or view.crisis.start
    return max(last, view.crisis.start + timedelta(days=1))


def _number(day: date) -> int:
    return (day - _EPOCH).days


def _drawn(view: View, db: query.Snapshot, way: tuple[query.Step, ...]) -> list[Component]:
    words, filters = view.words, view.filters
    land = charts.land(view.desk.crises.outlines(view.crisis.id), {step.level: step.place for step in way})
    areas, points = query.by_place(db, filters, level=land.level), query.points(db, filters)
    drawing = chart(
        "map",
        charts.place_map(areas, points, land.geojson, view.look, close=land.close),
        summary=charts.map_summary(areas, view.look),
        drawn=view.screen.drawn,
        words=words,
        config=charts.CONFIG,
        class_name="map",
    )
    level = _level(way)
    more = words("map.coverage") if not way else words(_NOTES[land.level == level], level=words(f"map.level.{level}"))
    tables = [_areas(view, db, level), _points(view, points)]
    here = [_claims(view, db, way)] if way else []
    lists = html.Div([one for one in tables if one is not None], className="columns")
    whole = panel(_counted(view), drawing, note=[words("map.note"), " ", more], extra=shell.downloads(view, "figures"))
    return [html.Div([whole, lists], className="map-and-lists"), *here]


def _counted(view: View) -> str:
    chosen = view.filters.metrics
    counted = view.words("list.separator").join(metric_label(metric, view.words) for metric in chosen)
    return view.words("map.title", metric=counted) if chosen else view.words("map.title_all")


def _areas(view: View, db: query.Snapshot, level: int) -> Component:
    """The divisions of the level as rows, each a way down; the claims that are placed less finely in the last."""
    words, areas = view.words, query.by_place(db, view.filters, level=level)
    rows = [_row(view, row, words(f"map.elsewhere.{level}")) for row in areas]
    title = words(f"map.table.{level}")
    return panel(title, html.Div(table(_heads(view), rows, caption=title), className="scroll", tabIndex=0), class_name="places-table")


def _points(view: View, points: Sequence[query.Row]) -> Component | None:
    if not points:
        return None
    words = view.words
    rows = [_row(view, row, "") for row in points[:MOST_PLACES]]
    title = words("map.towns")
    note = words("map.more_towns", n=len(points) - MOST_PLACES) if len(points) > MOST_PLACES else None
    shown = html.Div(table(_heads(view), rows, caption=title), className="scroll", tabIndex=0)
    return panel(title, shown, note=note, class_name="places-table")


def _heads(view: View) -> list[Head]:
    words = view.words
    counts = [Head(words(f"column.{name}"), number=True) for name in ("claims", "voices")]
    return [Head(words("column.place")), *counts, Head(words("column.apart"), name="event-apart")]


def _row(view: View, row: query.Row, elsewhere: str) -> list[Any]:
    words = view.words
    return [
        view_link(html.Bdi(row["name"]), view.href(places=(row["place_id"],))) if row["place_id"] else elsewhere,
        words.number(row["claims"]),
        words.number(row["voices"]),
        disagreement(row["disagreement"], row["contradictions"], words),
    ]


def _claims(view: View, db: query.Snapshot, way: tuple[query.Step, ...]) -> Component:
    """The newest claims about the place chosen, each with the way to its sentence."""
    words = view.words
    found = query.figures_count(db, view.filters)
    frame = query.figures_page(db, view.filters.changed(page=1)).head(MOST_CLAIMS)
    heads = [Head(words(f"column.{name}"), name=name) for name in ("day", "value", "metric", "group", "place", "source")]
    rows = [
        [
            words.day(day_of(row["day"])),
            evidence_link(claimed(row["value_label"], words), row["figure_id"], view.to_figure(row["figure_id"])),
            metric_label(row["metric"], words),
            row["group_text"],
            named_place(row["place_label"], row["place_id"], words),
            voice(row["source_label"], row["claimed_source_kind"], words),
        ]
        for _, row in frame.iterrows()
    ]
    title = words("map.here", place=way[-1].name)
    more = view_link(words("series.all_rows", n=found), view.href("/figures"), "more") if found > len(frame) else None
    return panel(title, [html.Div(table(heads, rows, caption=title), className="scroll rows", tabIndex=0), more])
