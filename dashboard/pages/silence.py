"""Silence: source by day, who spoke on one thing in one place, who published and did not, and whom nobody here could read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from dash.development.base_component import Component

from dashboard import query, shell
from dashboard.components.attributes import attributes, tip
from dashboard.components.badges import voice
from dashboard.components.chart import as_table, panel
from dashboard.components.claimed import claimed
from dashboard.components.claimed import said as claimed_as
from dashboard.components.elements import html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link
from dashboard.components.phrases import metric_label
from dashboard.components.states import empty
from dashboard.components.tables import Head, facts, table
from dashboard.shell import Screen, View
from ingest.model.vocabulary import SILENCE_STATES, SilenceState

PATH: Final = "/silence"
NAME: Final = "pages.silence"
MOST_ROWS: Final = 200
GLYPHS: Final = {
    SilenceState.VALUE: "●",
    SilenceState.EXPLICIT_ZERO: "0",
    SilenceState.EXPLICIT_UNKNOWN: "?",
    SilenceState.NO_NUMBER_GIVEN: "×",
    SilenceState.SILENT: "",
    SilenceState.NO_PUBLICATION: "–",
    SilenceState.OUT_OF_MANDATE: "",
    SilenceState.COLLECTOR_DOWN: "",
    SilenceState.NOT_INGESTED: "·",
}
"""What stands in a cell; where there is nothing, its ground tells it: empty, tinted, or crossed by diagonals.
Zero is the same sign in Arabic too: the Arabic digit is a dot, which here would be taken for a day that is not read yet.
"""
_SHORT: Final = 4  # characters of a number that fit into a cell
_SPOKE: Final = (SilenceState.VALUE, SilenceState.EXPLICIT_ZERO, SilenceState.EXPLICIT_UNKNOWN, SilenceState.NO_NUMBER_GIVEN)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    metric = _metric(view, view.db)
    if not metric:
        return html.Div([page_head(heading(view)), empty(view.words("silence.undeclared"), view.words("silence.undeclared_advice"))])
    grid = query.silence_grid(view.db, view.filters, metric)
    body = [_legend(view), _grid(view, grid), _alternative(view, grid)] if grid.sources else [_nobody(view)]
    counted, here = metric_label(metric, view.words), "silence.panel" if query.division(view.db, view.filters) else "silence.panel_anywhere"
    title = view.words(here, metric=counted, place=_place_name(view, view.db))
    return html.Div(
        [
            page_head(heading(view)),
            panel(
                title,
                [_pickers(view, view.db, metric), *body],
                note=view.words("silence.note"),
                extra=shell.downloads(view, "silence", metrics=(metric,)),
            ),
        ]
    )


def heading(view: View) -> Heading:
    """How many of those that set out to count it gave a number, and how many published and gave none."""
    words = view.words
    metric = _metric(view, view.db) if view.db is not None else ""
    if view.db is None or not metric:
        return Heading(words("silence.undeclared") if view.db is not None else words(view.nothing.title))
    grid = query.silence_grid(view.db, view.filters, metric)
    counted = metric_label(metric, words)
    if not grid.sources:
        return Heading(words("silence.nobody", metric=counted), shell.scope(view))
    spoke = sum(one.spoke > 0 for one in grid.sources)
    silent = sum(not one.spoke and any(cell.state == SilenceState.SILENT for cell in one.cells) for one in grid.sources)
    title = words("silence.title", n=spoke, total=len(grid.sources), metric=counted)
    if silent:
        title = words("silence.and_silent", title=title, n=silent)
    days = words.window_alone(grid.days[0], grid.days[-1])
    return Heading(title, (days, _place_name(view, view.db), *shell.scope(view)), words("silence.caveat"))


def _metric(view: View, db: query.Snapshot) -> str:
    """The reader's first metric, else the one most is asked about."""
    offered = query.silence_metrics(db)
    chosen = [metric for metric in view.filters.metrics if metric in offered]
    return chosen[0] if chosen else view.filters.metrics[0] if view.filters.metrics else (offered or ("",))[0]


def _place_name(view: View, db: query.Snapshot) -> str:
    chosen = query.division(db, view.filters)
    return dict(query.silence_divisions(db, view.words.language)).get(chosen, chosen) or view.words("silence.anywhere")


def _pickers(view: View, db: query.Snapshot, metric: str) -> Component:
    words, chosen = view.words, query.division(db, view.filters)
    metrics = [
        (metric_label(one, words), view.href(metrics=(one,)), one == metric) for one in dict.fromkeys((*query.silence_metrics(db), metric))
    ]
    places = [(words("silence.anywhere"), view.href(places=()), not chosen)]
    places += [(name, view.href(places=(place,)), place == chosen) for place, name in query.silence_divisions(db, words.language)]
    return html.Div([_choices(words("filters.metric"), metrics), _choices(words("filters.place"), places)], className="toolbar pickers")


def _choices(label: str, choices: list[tuple[str, str, bool]]) -> Component:
    links = [toggle_link(text, href, on=on) for text, href, on in choices]
    return html.Div(
        [html.Span(label, className="choices-label"), *links], className="choices", role="group", **attributes(aria_label=label)
    )


def _legend(view: View) -> Component:
    """The nine states in words, each beside its cell."""
    words = view.words
    items = [
        html.Li([html.Span(GLYPHS[state], className=f"cell s-{state}", **attributes(aria_hidden="true")), words.term(term)])
        for state, term in SILENCE_STATES.items()
    ]
    meanings = facts([(words.term(term), words.meaning(term)) for term in SILENCE_STATES.values()])
    explained = html.Details([html.Summary(words("silence.means")), meanings], className="as-table")
    return html.Div([html.Ul(items, className="state-legend"), explained])


def _grid(view: View, grid: query.Grid) -> Component:
    words = view.words
    rows = [_row(view, one) for one in grid.sources]
    caption = html.Caption(words("silence.table"), className="unseen")
    body = html.Table([caption, html.Thead(_heads(view, grid.days)), html.Tbody(rows)], className="days")
    more = html.P(words("silence.left_out", n=grid.left_out), className="note") if grid.left_out else None
    label = attributes(aria_label=words("silence.table"))
    return html.Div([html.Div(body, className="scroll", tabIndex=0, role="region", **label), more])


def _heads(view: View, days: Sequence[date]) -> list[Component]:
    """Months above, days below."""
    words = view.words
    months: dict[tuple[int, int], int] = {}
    for day in days:
        months[day.year, day.month] = months.get((day.year, day.month), 0) + 1
    names = words.table["date.months"]
    above = [
        html.Th(f"{names[month - 1]} {words.digits(str(year))}", colSpan=span, scope="colgroup") for (year, month), span in months.items()
    ]
    below = [html.Th(words.digits(str(day.day)), scope="col") for day in days]
    source = html.Th(words("column.source"), scope="col", rowSpan=2, className="who")
    return [html.Tr([source, *above]), html.Tr(below)]


def _row(view: View, one: query.SourceDays) -> Component:
    who = html.Th(voice(one.short, one.kind, view.words), scope="row", className="who", **tip(one.label))
    return html.Tr([who, *(_cell(view, one.short, cell) for cell in one.cells)])


def _cell(view: View, source: str, cell: query.Cell) -> Component:
    """One day of one source: its glyph, or its number where it is short; what it means for those who point at it or hear it."""
    words, state = view.words, SilenceState(cell.state)
    term, glyph = SILENCE_STATES[state], GLYPHS[state]
    said = words("silence.said", value=claimed_as(cell.value_text, words), n=cell.claims) if state in _SPOKE else words.term(term)
    label = words("silence.cell", source=source, day=words.day(cell.day, year=False), said=said)
    if cell.figure_id:
        number = cell.value_text.replace(",", "") if state is SilenceState.VALUE else ""
        shown = words.digits(number) if number.isdecimal() and len(number) <= _SHORT else glyph
        content = evidence_link(html.Bdi(shown), cell.figure_id, view.to_figure(cell.figure_id), label)
        return html.Td(content, className=f"s-{state}", **tip(label))
    return html.Td([glyph, html.Span(words.term(term), className="unseen")], className=f"s-{state}", **tip(label))


def _alternative(view: View, grid: query.Grid) -> Component:
    """In words: how many days of each state every source has, and every claim with the way to its sentence."""
    words = view.words
    heads = [Head(words("column.source")), *(Head(words.term(term), number=True) for term in SILENCE_STATES.values())]
    counts = [(one, Counter(cell.state for cell in one.cells)) for one in grid.sources]
    summed = [
        [voice(one.label, one.kind, words), *(words.number(counted[str(state)]) for state in SILENCE_STATES)] for one, counted in counts
    ]
    spoken = [(cell, one) for one in grid.sources for cell in one.cells if cell.figure_id]
    spoken.sort(key=lambda told: (-told[0].day.toordinal(), told[1].source))
    claims = [
        [
            words.day(cell.day),
            voice(one.short, one.kind, words),
            words.term(SILENCE_STATES[SilenceState(cell.state)]),
            evidence_link(claimed(cell.value_text, words), cell.figure_id, view.to_figure(cell.figure_id)),
            words.number(cell.claims),
        ]
        for cell, one in spoken[:MOST_ROWS]
    ]
    named = [Head(words(f"column.{name}")) for name in ("day", "source", "state", "value")] + [Head(words("column.claims"), number=True)]
    both = [table(heads, summed, caption=words("silence.days_table")), table(named, claims, caption=words("silence.claims_table"))]
    return as_table(html.Div(both), words)


def _nobody(view: View) -> Component:
    """Nobody is asked about this here, and nobody spoke of it: where to look instead."""
    return shell.nothing_found(view)
