"""Overview: how far the claims reach per metric, how they ran over time, where, and where they disagree most."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from dash import Dash
from dash.development.base_component import Component

from dashboard import charts, query, shell
from dashboard.components.attributes import attributes
from dashboard.components.badges import kind_legend, verdict, voice
from dashboard.components.chart import as_table, chart, panel
from dashboard.components.claimed import claimed, named_place, quoted
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link, view_link
from dashboard.components.menus import picture_menu
from dashboard.components.phrases import day_of, kind_label, metric_label, reach, what
from dashboard.components.tables import Head, table
from dashboard.shell import Desk, Screen, View
from ingest.model.vocabulary import SOURCE_KINDS, GroupStatus

PATH: Final = "/"
NAME: Final = "pages.overview"
MOST_SPANS: Final = 6
MOST_ROWS: Final = 40


def wire(app: Dash, _: Desk) -> None:
    """What changed since the last visit is told after the page."""
    shell.wire_visit(app)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    db, filters = view.db, view.filters
    query.prefetch(partial(query.disagreements, db, filters), partial(query.rows_count, db, "figures", filters))
    spans = query.spans(db, filters)
    if not spans:
        return html.Div([page_head(heading(view)), shell.nothing_found(view, headed=True)])
    metric = query.headline_metric(db, filters)
    query.prefetch(
        partial(query.series, db, filters, metric),
        partial(query.by_place, db, filters, metric),
        partial(query.rows_count, db, "series", filters.changed(metrics=(metric,))),
    )
    return html.Div(
        [
            page_head(heading(view)),
            html.P(view_link(view.words("situation.open"), view.href("/situation")), className="note to-paper"),
            shell.last_visit(view, view.db),
            shell.rules_section(view, view.db),
            _spans(view, view.db, spans),
            _series(view, view.db, metric),
            html.Div([_map(view, view.db, metric), _disagreements(view, view.db)], className="columns"),
        ]
    )


def heading(view: View) -> Heading:
    """How far the independent voices are apart on the headline metric."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    metric = query.headline_metric(view.db, view.filters)
    spans = query.spans(view.db, view.filters)
    own = [span for span in spans if span["metric"] == metric]
    if not own:
        return Heading(words("overview.none"), shell.scope(view))
    row = own[0]
    people = what(metric, row["group_status"], row["group_text"], words)
    span = reach(row["low"], row["high"], open_high=row["open_high"], words=words)
    if not span:
        return _events_alone(view, metric, own)
    if row["voices"] == 1:
        title = words("overview.alone", source=_only_voice(view, view.db, row), people=people, span=span)
    else:
        title = words("overview.span", n=row["voices"], people=people, span=span)
    newest = words("overview.newest", day=words.day(day_of(row["newest_as_of"])))
    return Heading(title, (kind_label(row["kind"], words), shell.scope(view)[0], newest), words("overview.caveat"))


def _events_alone(view: View, metric: str, own: Sequence[query.Row]) -> Heading:
    """Of all the people that single events are counted of, not of the group most of them are: a total of any would stand first."""
    words = view.words
    kinds, statuses, texts = ({span[name] for span in own} for name in ("kind", "group_status", "group_text"))
    status = statuses.pop() if len(statuses) == 1 else str(GroupStatus.UNSTATED)
    people = what(metric, status, texts.pop() if len(texts) == 1 else "", words)
    title = words("overview.events", n=sum(span["claims"] for span in own), people=people)
    newest = words("overview.newest", day=words.day(max((day for span in own if (day := span["newest_as_of"])), default=None)))
    about = [kind_label(kind, words) for kind in kinds] if len(kinds) == 1 else []
    return Heading(title, (*about, shell.scope(view)[0], newest), words("overview.caveat"))


def _only_voice(view: View, db: query.Snapshot, row: query.Row) -> str:
    marks = query.voices(db, view.filters, frozenset([_span_of(row)]))
    return str(marks[0]["source_short"]) if marks else ""


def _span_of(row: query.Row) -> tuple[str, str, str, str]:
    """Which span a row or a claim belongs to."""
    metric, kind, group, unit = (str(row[name]) for name in query.SPAN)
    return metric, kind, group, unit


def _spans(view: View, db: query.Snapshot, spans: Sequence[query.Row]) -> Component:
    words = view.words
    headlines = [span for span in spans if span["headline"]]
    heard = sorted(headlines, key=lambda span: (-span["voices"], -span["claims"]))[:MOST_SPANS]
    rows = [span for span in headlines if span in heard]  # the most heard, in the order of the vocabulary
    together: dict[tuple[str, str, str, str], list[query.Row]] = {_span_of(row): [] for row in rows}
    for claim in query.voices(db, view.filters, frozenset(together)):
        together[_span_of(claim)].append(claim)
    drawn = [(row, charts.span_claims(together[_span_of(row)])) for row in rows]
    kinds = {claim["source_kind"] for _, claims in drawn for claim in claims}
    legend = kind_legend([kind for kind in SOURCE_KINDS if kind in kinds], words)
    spans_drawn = html.Ul([_span(view, row, claims) for row, claims in drawn], className="spans")
    body = [legend, spans_drawn, _voices_table(view, [claim for _, claims in drawn for claim in claims])]
    return panel(words("spans.title"), body, note=words("spans.note"), extra=shell.downloads(view, "figures"))


def _voices_table(view: View, claims: Sequence[query.Row]) -> Component:
    """What every mark of the spans says, each with the way to its sentence."""
    words = view.words
    heads = [Head(words(f"column.{name}")) for name in ("metric", "source", "value", "group", "as_of")]
    rows = [
        [
            metric_label(claim["metric"], words),
            voice(claim["source_short"], claim["source_kind"], words),
            evidence_link(claimed(claim["value_text"], words), claim["figure_id"], view.to_figure(claim["figure_id"])),
            claim["group_text"],
            words.day(day_of(claim["as_of"])),
        ]
        for claim in claims
    ]
    return as_table(table(heads, rows, caption=words("spans.title")), words)


def _span(view: View, row: query.Row, claims: Sequence[query.Row]) -> Component:
    words = view.words
    metric = row["metric"]
    span = reach(row["low"], row["high"], open_high=row["open_high"], words=words)
    people = [] if row["group_status"] == GroupStatus.UNSTATED and not row["group_side"] else [row["group_text"]]
    about = " · ".join((*people, kind_label(row["kind"], words)))
    name = f"span-{metric}"
    strip = (
        chart(
            name,
            charts.span_chart(claims, view.look),
            summary=charts.span_summary(claims, view.look),
            drawn=view.screen.drawn,
            words=words,
            config=charts.CONFIG,
            pictures=False,
            title=f"{metric_label(metric, words)} · {about}",
        )
        if span
        else html.P(words("spans.events" if row["claims"] else "spans.party_only"), className="note")
    )
    return html.Li(
        [
            html.Div(
                [
                    html.H3(view_link(metric_label(metric, words), view.href(metrics=(metric,)))),
                    html.P(about),
                ],
                className="span-what",
            ),
            html.Div(strip, className="span-strip"),
            html.Div([html.Strong(span or "–"), *_counts(view, row)], className="span-counts"),
            html.Div(picture_menu(name, words), className="span-picture") if span else None,
        ],
        className="span",
    )


def _counts(view: View, row: query.Row) -> list[Component]:
    """How many voices and claims stand behind a span; a party's claims about its enemy are said apart."""
    words, said = view.words, []
    if row["claims"]:
        voices, claims = words("spans.voices", n=row["voices"]), words("spans.claims", n=row["claims"])
        said.append(words("spans.counts", voices=voices, claims=claims))
    if row["party_claims"]:
        said.append(words("spans.party", n=row["party_claims"]))
    return [html.P(text) for text in said]


def _series(view: View, db: query.Snapshot, metric: str) -> Component:
    words, filters = view.words, view.filters
    found = query.series(db, filters, metric)
    scales = html.Div(
        [toggle_link(words(f"scale.{scale}"), view.href(scale=scale), on=filters.scale == scale) for scale in ("linear", "log")],
        className="choices",
        role="group",
        **attributes(aria_label=words("scale.title")),
    )
    figure = charts.series_chart(found.marks, view.look, scale=filters.scale)
    drawing = chart(
        "series",
        figure,
        summary=charts.series_summary(found.marks, view.look),
        drawn=view.screen.drawn,
        words=words,
        config=charts.CONFIG,
    )
    note = words("series.note") + (words("series.left_out", n=found.left_out) if found.left_out else "")
    title = words("series.title", metric=metric_label(metric, words))
    tools = html.Div([scales, shell.downloads(view, "series", metrics=(metric,))], className="panel-tools")
    return panel(title, [drawing, _marks_table(view, found.marks)], note=note, hint=words("chart.select"), extra=tools)


def _marks_table(view: View, marks: Sequence[query.Row]) -> Component:
    """The newest marks of a chart, each with the way to its sentence."""
    words = view.words
    heads = [Head(words(f"column.{name}")) for name in ("day", "source", "value", "group", "place", "kind")]
    rows = [
        [
            words.day(day_of(row["day"])),
            voice(row["source_short"], row["source_kind"], words),
            evidence_link(claimed(row["value_text"], words), row["figure_id"], view.to_figure(row["figure_id"])),
            row["group_text"],
            named_place(row["place_label"], row["place_id"], words),
            kind_label(row["kind"], words),
        ]
        for row in marks[: -MOST_ROWS - 1 : -1]
    ]
    every = view.href("/figures", metrics=(str(marks[0]["metric"]),)) if len(marks) > MOST_ROWS else ""
    more = view_link(words("series.all_rows", n=len(marks)), every) if every else None
    return as_table(html.Div([table(heads, rows, caption=words("series.table")), more]), words)


def _map(view: View, db: query.Snapshot, metric: str) -> Component:
    words = view.words
    areas, points = query.by_place(db, view.filters, metric), query.points(db, view.filters, metric)
    outlines = dict(view.desk.crises.outlines(view.crisis.id).get(1, {}))
    figure = charts.place_map(areas, points, outlines, view.look)
    summary = charts.map_summary(areas, view.look)
    drawing = chart("map", figure, summary=summary, drawn=view.screen.drawn, words=words, config=charts.CONFIG, class_name="map")
    heads = [Head(words("column.place")), Head(words("column.claims"), number=True), Head(words("column.voices"), number=True)]
    heads.append(Head(words("column.contradictions"), number=True))
    rows = [
        [
            view_link(html.Bdi(row["name"]), view.href(places=(row["place_id"],))) if row["place_id"] else words("map.elsewhere"),
            words.number(row["claims"]),
            words.number(row["voices"]),
            words.number(row["contradictions"]),
        ]
        for row in areas
    ]
    shown = as_table(table(heads, rows, caption=words("map.title", metric=metric_label(metric, words))), words)
    opened = view_link(words("map.open"), view.href("/map"), "more")
    return panel(words("map.title", metric=metric_label(metric, words)), [drawing, shown, opened], note=words("map.note"))


def _disagreements(view: View, db: query.Snapshot) -> Component:
    words = view.words
    found = [_disagreement(view, row) for row in query.disagreements(db, view.filters)]
    body = html.Ol(found, className="differences") if found else html.P(words("disagreements.none"), className="note")
    everything = view_link(words("disagreements.all"), view.href("/compare"), "more")
    return panel(words("disagreements.title"), [body, everything], note=words("disagreements.note"))


def _disagreement(view: View, row: query.Row) -> Component:
    words = view.words
    sides = [
        evidence_link(
            [html.Bdi(row[f"source_{side}"]), words("list.colon"), quoted(row[f"value_{side}"], words)],
            row[f"figure_{side}"],
            view.to_figure(row[f"figure_{side}"]),
        )
        for side in ("a", "b")
    ]
    return html.Li(
        [
            html.P(words.told(row["sentence"], row["sentence_lang"]), className="sentence", dir="auto", lang=row["sentence_lang"]),
            html.P([verdict(row["code"], row["severity"], words), html.Span(words.day(day_of(row["day"]))), *sides], className="under"),
        ]
    )
