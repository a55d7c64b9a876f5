"""Compare: one row per day or place, one dot per voice, and why any two of them differ."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from dash.development.base_component import Component

from dashboard import charts, query, shell
from dashboard.components.attributes import attributes
from dashboard.components.badges import voice
from dashboard.components.chart import as_table, chart, panel
from dashboard.components.claimed import claimed, named_place
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link, view_link
from dashboard.components.pairs import pair_item
from dashboard.components.phrases import day_of, metric_label, what
from dashboard.components.states import empty
from dashboard.components.tables import Head, pager, table
from dashboard.shell import Screen, View
from dashboard.state import ROWS_BY, Filters
from ingest.model.vocabulary import DISCREPANCY_CODES, DiscrepancyCode, Kind

PATH: Final = "/compare"
NAME: Final = "pages.compare"
MOST_ROWS: Final = 60
KINDS_OF: Final = {
    "total": (Kind.CUMULATIVE,),
    "event": (Kind.INCIDENT, Kind.DAILY, Kind.RATE_24H),
    "period": (Kind.PERIOD,),
    "level": (Kind.STOCK,),
    "projection": (Kind.PROJECTION,),
}
"""The kinds that share an axis; choosing a family chooses them."""
CONTRADICTIONS: Final = frozenset(code for code in DiscrepancyCode if code.startswith("contradiction"))


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    query.prefetch(
        partial(query.discrepancy_counts, view.db, view.filters),
        partial(query.rows_count, view.db, "discrepancies", view.filters),
    )
    metric = _metric(view.db, view.filters)
    if metric:
        query.prefetch(partial(query.compare_rows, view.db, view.filters, metric))
    verdicts = _verdicts(view, view.db)
    rows = _rows(view, view.db, metric) if metric else shell.nothing_found(view)
    return html.Div([page_head(heading(view)), shell.rules_section(view, view.db), rows, verdicts])


def _metric(db: query.Snapshot, filters: Filters) -> str:
    """What the chart is of: the reader's first choice, else what the title tells of, else what is spoken of most."""
    if filters.metrics:
        return filters.metrics[0]
    sharpest = query.sharpest(db, filters)
    return str(sharpest["metric"]) if sharpest else query.headline_metric(db, filters)


def heading(view: View) -> Heading:
    """The sharpest disagreement: who counts what."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    counts = query.discrepancy_counts(view.db, view.filters)
    against, total = sum(counts.get(code, 0) for code in CONTRADICTIONS), sum(counts.values())
    sharpest = query.sharpest(view.db, view.filters)
    title = titled(view, sharpest) if sharpest else words("compare.agree", n=total)
    return Heading(title, (words("compare.counts", n=against, total=total), *shell.scope(view)), words("compare.caveat"))


def titled(view: View, row: query.Row) -> str:
    """A contradiction as a title: who counts what, about whom, where and when."""
    words = view.words
    people = row["people_a"] if row["people_a"] == row["people_b"] else ""
    about = [what(row["metric"], row["group_status"], people, words), str(row["place"]), words.day(day_of(row["day"]))]
    values = {f"value_{side}": _value(view, row, side) for side in ("a", "b")}
    listed = words("list.separator").join(part for part in about if part)
    return words("compare.sharpest", a=row["source_a"], b=row["source_b"], about=listed, **values)


def _value(view: View, row: query.Row, side: str) -> str:
    """The number where it is one, the words of the source otherwise."""
    low, high = row[f"low_{side}"], row[f"high_{side}"]
    return view.words.number(low) if low is not None and low == high else str(row[f"value_{side}"] or view.words("value.none"))


def _rows(view: View, db: query.Snapshot, metric: str) -> Component:
    words, filters = view.words, view.filters
    found = query.compare_rows(db, filters, metric)
    kinds = [
        (words(f"family.{family}", n=n), view.href(kinds=tuple(map(str, KINDS_OF[family]))), family == found.family)
        for family, n in query.families(db, filters.changed(kinds=()), metric)
    ]
    choices = [
        _choices(words("by.title"), [(words(f"by.{by}"), view.href(by=by), filters.by == by) for by in ROWS_BY]),
        _choices(words("family.title"), kinds) if kinds else None,
    ]
    title = words("compare.rows", metric=metric_label(metric, words))
    if not found.marks:
        return panel(title, [html.Div(choices, className="toolbar"), shell.nothing_found(view)])
    drawing = chart(
        "range",
        charts.range_chart(found.marks, view.look, scale=filters.scale),
        summary=charts.range_summary(found.marks, view.look),
        drawn=view.screen.drawn,
        words=words,
        config=charts.CONFIG,
    )
    body = [html.Div(choices, className="toolbar"), drawing, _rows_table(view, found.marks)]
    return panel(title, body, note=words("compare.rows_note"), hint=words("chart.select"))


def _choices(label: str, choices: list[tuple[str, str, bool]]) -> Component:
    links = [toggle_link(text, href, on=on) for text, href, on in choices]
    return html.Div(
        [html.Span(label, className="choices-label"), *links], className="choices", role="group", **attributes(aria_label=label)
    )


def _rows_table(view: View, marks: Sequence[query.Row]) -> Component:
    """The claims that are drawn, in the order of the chart."""
    words = view.words
    drawn = [claim for row in charts.comparison_rows(marks, view.look) for claim in row.claims]
    heads = [Head(words(f"column.{name}")) for name in ("day", "place", "group", "source", "value")]
    rows = [
        [
            words.day(day_of(row["day"])),
            named_place(row["place_label"], row["place_id"], words),
            row["group_text"],
            voice(row["source_short"], row["source_kind"], words),
            evidence_link(claimed(row["value_text"], words), row["figure_id"], view.to_figure(row["figure_id"])),
        ]
        for row in drawn[:MOST_ROWS]
    ]
    every = view.href("/figures", metrics=(str(marks[0]["metric"]),)) if len(drawn) > MOST_ROWS else ""
    more = view_link(words("series.all_rows", n=len(drawn)), every) if every else None
    return as_table(html.Div([table(heads, rows, caption=words("compare.rows_caption")), more]), words)


def _verdicts(view: View, db: query.Snapshot) -> Component:
    words, filters = view.words, replace(view.filters, size=query.A_PAGE)
    found = query.discrepancies_count(db, filters)
    verdicts = query.discrepancies_page(db, filters)
    items = html.Ol([_pair(view, row) for row in verdicts], className="verdicts", start=str((filters.page - 1) * filters.size + 1))
    pages = -(-found // filters.size)
    body = [
        _codes(view, db),
        html.P(words("verdicts.found", n=found), className="under", **attributes(data_said="")),
        items if found else empty(words("verdicts.none"), words("verdicts.advice")),
        pager(
            filters.page,
            pages,
            href=lambda page: view.href(page=page),
            label=words("pager.page", page=filters.page, pages=pages),
            previous=words("pager.previous"),
            following=words("pager.next"),
        ),
    ]
    return panel(words("verdicts.title"), body, note=words("verdicts.note"), extra=shell.downloads(view, "discrepancies"))


def _codes(view: View, db: query.Snapshot) -> Component:
    """A switch per sort of difference, with how many there are."""
    words, chosen = view.words, view.filters.codes
    counts = query.discrepancy_counts(db, view.filters)
    switches = [
        toggle_link(
            [words.term(DISCREPANCY_CODES[DiscrepancyCode(code)]), html.Span(words.number(n), className="count")],
            view.href(codes=tuple(c for c in chosen if c != code) if code in chosen else (*chosen, code)),
            on=code in chosen,
        )
        for code, n in counts.items()
    ]
    return html.Div(switches, className="choices switches", role="group", **attributes(aria_label=words("verdicts.filter")))


def _pair(view: View, row: query.Row) -> Component:
    return pair_item(
        row,
        view.words,
        zone=view.crisis.timezone,
        to_pair=lambda pair: view.href("/pair", pair=pair),
        to_figure=view.to_figure,
    )
