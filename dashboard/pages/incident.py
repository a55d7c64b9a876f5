"""One event: what is claimed about it, side by side and in the order it came in, every claim with its sentence, and why they differ.

It is reached from the list of incidents. The event is shown whole, whatever else is filtered.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any, Final

import pandas as pd
from dash.development.base_component import Component

from dashboard import charts, query, shell
from dashboard.components.badges import disagreement, voice
from dashboard.components.chart import chart, panel
from dashboard.components.claimed import claimed, named_place, written_in
from dashboard.components.elements import html
from dashboard.components.evidence import interval
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, view_link
from dashboard.components.pairs import pair_item
from dashboard.components.phrases import claimed_spans, day_of, metric_label, reach, what
from dashboard.components.states import empty
from dashboard.components.tables import facts
from dashboard.components.withheld import shown
from dashboard.shell import Screen, View
from ingest.model.vocabulary import GroupStatus

PATH: Final = "/incident"
NAME: Final = ""  # no place in the navigation: an event is come to from the list of events
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""
MOST_PAIRS: Final = 40


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    back = view_link(view.words("incident.back"), view.href("/incidents"), "more")
    event = _event(view, view.db)
    if event is None:
        return html.Div([page_head(heading(view)), empty(view.words("incident.why"), back)])
    claims = query.incident_claims(view.db, view.filters, view.filters.incident, view.crisis.timezone)
    changed = [shell.rules_section(view, view.db)] if view.filters.rules else []
    parts = [_facts(view, event), *changed, *_drawings(view, claims), _claims(view, claims), _pairs(view, view.db)]
    return html.Div([page_head(heading(view)), back, *parts])


def heading(view: View) -> Heading:
    """How many independent sources report what, where and when."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    event = _event(view, view.db)
    if event is None:
        return Heading(words("incident.gone"))
    claims = query.incident_claims(view.db, view.filters, view.filters.incident, view.crisis.timezone)
    place = str(event["place"]) or words("incidents.nowhere")
    about = words("list.separator").join((place, _when(view, event)))
    said = _finding(view, event, claims)
    counts = words(
        "spans.counts", voices=words("spans.voices", n=int(event["voices"])), claims=words("spans.claims", n=int(event["claims"]))
    )
    under = (counts, words("incident.documents", n=int(event["documents"])), *shell.scope(view)[1:])
    return Heading(words("incident.title", said=said, about=about), under, words("incident.caveat"))


def _finding(view: View, event: pd.Series, claims: Sequence[query.Row]) -> str:
    """What the sources report of the metric that stands first; of one voice with its name."""
    words = view.words
    first = next(filter(None, str(event["spans"]).split(";")), "")
    metric, _, ends = first.partition("=")
    if not metric:
        return words("incident.unnumbered", n=int(event["voices"]))
    low, _, high = ends.partition("..")
    own = [claim for claim in claims if claim["metric"] == metric and not claim["part"]]
    status = {claim["group_status"] for claim in own}
    people = what(metric, status.pop() if len(status) == 1 else GroupStatus.UNSTATED, "", words)
    span = reach(int(low), int(high), open_high=False, words=words)
    voices = len({claim["independence_group"] for claim in own})
    if voices == 1:
        return words("incident.alone", source=own[0]["source_short"], people=people, span=span)
    return words("incident.several", n=voices, people=people, span=span)


def _event(view: View, db: query.Snapshot) -> pd.Series | None:
    found = query.incident(db, view.filters, view.filters.incident)
    return None if found.empty else found.iloc[0]


def _when(view: View, event: pd.Series) -> str:
    first, last = day_of(event["first_day"]), day_of(event["last_day"])
    return view.words.day(first) if first == last else view.words.window(first, last)


def _facts(view: View, event: pd.Series) -> Component:
    words, precision = view.words, event["place_precision"]
    responsible = [html.Span(html.Bdi(one)) for one in event["responsible"].split(";") if one]
    place = (
        words("incident.placed", place=event["place"], precision=words(f"precision.{precision}")) if precision and event["place"] else ""
    )
    return facts(
        [
            (words("incident.reach"), claimed_spans(event["spans"], words)),
            (words("evidence.place"), place),
            (words("evidence.perpetrator"), html.Span(responsible) if responsible else ""),
            (words("column.apart"), disagreement(int(event["disagreement"]), int(event["contradictions"]), words)),
        ]
    )


def _drawings(view: View, claims: Sequence[query.Row]) -> list[Component]:
    """Side by side where several claims answer one question; and as they came in."""
    words, whole = view.words, [claim for claim in claims if not claim["part"]]
    beside = [claim for claim in whole if claim["row_voices"] > 1]
    drawings = []
    if beside:
        drawing = charts.range_chart(beside, view.look), charts.range_summary(beside, view.look)
        note, hint = words("incident.beside_note"), words("chart.select")
        drawings.append(panel(words("incident.beside"), _chart(view, "beside", *drawing), note=note, hint=hint))
    if whole:
        drawing = charts.arrival_chart(whole, view.look), charts.arrival_summary(whole, view.look)
        zone = words.zone(min(claim["published_at"] for claim in whole).replace(tzinfo=UTC), view.crisis.timezone)
        note = words(f"incident.arrived.{view.filters.clock}", zone=zone)
        drawings.append(panel(words("incident.arrivals"), _chart(view, "arrivals", *drawing), note=note))
    return drawings


def _chart(view: View, name: str, figure: Any, summary: str) -> Component:
    return chart(name, figure, summary=summary, drawn=view.screen.drawn, words=view.words, config=charts.CONFIG)


def _claims(view: View, claims: Sequence[query.Row]) -> Component:
    """Every claim in the order it came in; the list is the table of both charts."""
    items = html.Ol([_claim(view, row) for row in claims], className="claims")
    files = shell.downloads_of(view, "figures", event=view.filters.incident)
    return panel(view.words("incident.claims"), items, note=view.words("incident.claims_note"), extra=files)


def _claim(view: View, row: query.Row) -> Component:
    """Who claims what, its sentence, where it was read and when it came."""
    words, zone = view.words, view.crisis.timezone
    published = words.published(row["published_at"].replace(tzinfo=UTC), zone)
    seen = words.moment(row["first_seen_at"].replace(tzinfo=UTC), zone)
    allowed = {
        "value_low": row["low"],
        "value_high": row["high"],
        "interval_open_high": row["open_high"],
        "unit": row["unit"],
    }
    value = evidence_link(claimed(row["value_text"], words), row["figure_id"], view.to_figure(row["figure_id"]))
    part = html.Span(words("incident.part"), className="look") if row["part"] else None
    about = [metric_label(row["metric"], words), row["group_text"] if row["group_key"].strip("|") != GroupStatus.UNSTATED else ""]
    read_in = words("incident.read_in", n=int(row["citations"]), publishers=row["publishers"])
    return html.Li(
        [
            html.P([voice(row["source_label"], row["source_kind"], words), part], className="claim-who"),
            html.P([html.Strong(value), html.Span(interval(allowed, words))], className="claim-value under"),
            html.Blockquote(html.P(shown(row["quote"], words), dir="auto", **written_in(row["quote"]))) if row["quote"] else None,
            html.P(
                [
                    *(html.Span(html.Bdi(one)) for one in about if one),
                    html.Span(named_place(row["place_label"], row["place_id"], words)) if row["place_label"] else None,
                    html.Span(read_in),
                    html.Span(words("incident.published", moment=published)),
                    html.Span(words("incident.seen", moment=seen)),
                ],
                className="under",
            ),
        ]
    )


def _pairs(view: View, db: query.Snapshot) -> Component:
    words = view.words
    verdicts = query.among(db, view.filters, view.filters.incident)
    if not verdicts:
        return panel(words("verdicts.title"), html.P(words("incident.no_pairs"), className="note"))
    left = len(verdicts) - MOST_PAIRS
    items = [
        pair_item(row, words, zone=view.crisis.timezone, to_pair=lambda pair: view.href("/pair", pair=pair), to_figure=view.to_figure)
        for row in verdicts[:MOST_PAIRS]
    ]
    more = html.P(words("incident.more_pairs", n=left), className="note") if left > 0 else None
    files = shell.downloads_of(view, "discrepancies", event=view.filters.incident)
    return panel(words("verdicts.title"), [html.Ol(items, className="verdicts"), more], note=words("verdicts.note"), extra=files)
