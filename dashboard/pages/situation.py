"""Situation: the view on paper. What is claimed, how it ran, where claims differ most, who gave no number, the newest claims."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from dash.development.base_component import Component

from dashboard import charts, query, shell
from dashboard.components.attributes import attributes
from dashboard.components.badges import voice
from dashboard.components.chart import chart, panel
from dashboard.components.claimed import claimed, named_place
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link
from dashboard.components.phrases import day_of, kind_label, metric_label, reach
from dashboard.components.tables import Head, table
from dashboard.shell import Screen, View

PATH: Final = "/situation"
NAME: Final = ""
MOST_SPANS: Final = 10
NEWEST: Final = 12
_DASH: Final = "–"


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    query.prefetch(partial(query.disagreements, view.db, view.filters), partial(query.newest, view.db, view.filters, NEWEST))
    spans = query.spans(view.db, view.filters)
    if not spans:
        return html.Div([page_head(heading(view)), shell.nothing_found(view)])
    heard = [span for span in spans if span["headline"] and span["claims"]][:MOST_SPANS]
    metric = query.headline_metric(view.db, view.filters)
    query.prefetch(partial(query.unheard, view.db, view.filters, metric))
    parts = [
        _spans(view, heard),
        _disagreements(view, view.db),
        _unheard(view, view.db, metric),
        _series(view, view.db, metric, heard),
        _newest(view, view.db),
    ]
    return html.Div([page_head(heading(view)), _tools(view), *parts], className="situation")


def heading(view: View) -> Heading:
    """Which crisis, as of when, and what was chosen."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    day = words.day(query.freshness(view.db).newest_as_of)
    return Heading(words("situation.title", title=view.title, day=day), shell.scope(view)[:1], words("situation.caveat"))


def _tools(view: View) -> Component:
    """To paper by the reader's own browser, or as a PDF by one on the server where there is one."""
    words = view.words
    printed = html.Button(words("situation.print"), type="button", className="button is-first", **attributes(data_print=""))
    address = view.address("/export/situation.pdf", view.filters.query())
    made = html.A(words("situation.pdf"), href=address, className="button", download="")
    return html.Div([printed, made] if view.desk.printer else [printed], className="page-tools")


def _spans(view: View, heard: Sequence[query.Row]) -> Component:
    words = view.words
    heads = [Head(words(f"column.{name}")) for name in ("metric", "group", "kind")]
    heads += [Head(words(key), number=True) for key in ("situation.reach", "column.voices", "column.claims")]
    rows = [
        [
            metric_label(row["metric"], words),
            row["group_text"],
            kind_label(row["kind"], words),
            reach(row["low"], row["high"], open_high=row["open_high"], words=words) or _DASH,
            words.number(row["voices"]),
            words.number(row["claims"]),
        ]
        for row in heard
    ]
    title, dash = words("spans.title"), [" ", words("situation.dash")] if any(_DASH in row for row in rows) else []
    shown = html.Div(table(heads, rows, caption=title, stacked=True), className="scroll", tabIndex=0)
    return panel(title, shown, note=[words("spans.note"), *dash])


def _series(view: View, db: query.Snapshot, metric: str, heard: Sequence[query.Row]) -> Component:
    """The headline metric as counted by most: one sort of count, so that it fits on a page."""
    words = view.words
    kinds = tuple(span["kind"] for span in heard if span["metric"] == metric)[:1]
    marks = query.series(db, view.filters.changed(kinds=view.filters.kinds or kinds), metric).marks
    drawing = chart(
        "series",
        charts.series_chart(marks, view.look, scale=view.filters.scale),
        summary=charts.series_summary(marks, view.look),
        drawn=view.screen.drawn,
        words=words,
        config=charts.CONFIG,
    )
    return panel(words("series.title", metric=metric_label(metric, words)), drawing, note=words("series.note"), hint=words("chart.select"))


def _disagreements(view: View, db: query.Snapshot) -> Component:
    words = view.words
    said = [
        html.Li(html.P(words.told(row["sentence"], row["sentence_lang"]), className="sentence", dir="auto", lang=row["sentence_lang"]))
        for row in query.disagreements(db, view.filters)
    ]
    body = html.Ol(said, className="differences") if said else html.P(words("disagreements.none"), className="note")
    return panel(words("disagreements.title"), body, note=words("disagreements.note"))


def _unheard(view: View, db: query.Snapshot, metric: str) -> Component | None:
    """Who was asked about the metric and gave no number in the days shown; nothing where nobody was asked."""
    words = view.words
    unheard = query.unheard(db, view.filters, metric)
    if unheard is None:
        return None
    said = words("list.separator").join(unheard.names) or words("situation.everybody")
    days = words.window(unheard.first, unheard.last)
    return panel(
        words("situation.unheard", metric=metric_label(metric, words)), html.P(said), note=words("situation.unheard_note", days=days)
    )


def _newest(view: View, db: query.Snapshot) -> Component:
    words = view.words
    frame = query.newest(db, view.filters, NEWEST)
    heads = [
        Head(words(f"column.{name}"), number=name == "value", name=name)
        for name in ("day", "value", "metric", "group", "place", "source", "publisher")
    ]
    rows = [
        [
            words.day(day_of(row["day"])),
            evidence_link(claimed(row["value_label"], words), row["figure_id"], view.to_figure(row["figure_id"])),
            metric_label(row["metric"], words),
            row["group_text"],
            named_place(row["place_label"], row["place_id"], words),
            voice(row["source_label"], row["claimed_source_kind"], words),
            html.Bdi(row["publisher_label"]),
        ]
        for row in charts.records(frame)
    ]
    title = words("situation.newest")
    return panel(
        title,
        html.Div(html.Div(table(heads, rows, caption=title), className="scroll", tabIndex=0), className="rows"),
        note=words("situation.cite"),
    )
