"""Alerts: what stands out and waits for a person, what was decided about it and by whom, and where it went.

The one page beside a pair's that writes. Whoever may rule here may release, dismiss, and take either back; others read.
"""

import functools
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from flask import request

from dashboard import query, shell
from dashboard.components.attributes import attributes
from dashboard.components.chart import panel
from dashboard.components.elements import Anchor, html
from dashboard.components.evidence import quoted
from dashboard.components.failures import failures
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, toggle_link, view_link
from dashboard.components.states import empty
from dashboard.components.tables import pager
from dashboard.components.words import Words
from dashboard.shell import Desk, Screen, View
from dashboard.state import Filters
from ingest import review
from ingest.alerts import board
from ingest.errors import AlertRefused, CrosscountError
from ingest.model.vocabulary import ALERT_RULES, AlertRule, AlertState

PATH: Final = "/alerts"
NAME: Final = "pages.alerts"
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""
_REMEMBERED: Final = 10.0
"""Seconds for which the number in the navigation is not asked for again; a decision here is seen at once."""

Answer = tuple[Any, Any, Any]


def wire(app: Dash, _: Desk) -> None:
    """The one callback of the page, which keeps a decision."""
    server: Any = app.callback
    server(
        *(Output("alerts-said", "children"), Output("alerts-list", "children"), Output("alerts-waiting", "children")),
        Input({"type": "alert-act", "alert": ALL, "act": ALL}, "n_clicks"),
        State({"type": "alert-reason", "alert": ALL}, "value"),
        State({"type": "alert-reason", "alert": ALL}, "id"),
        State("alerts-by", "value"),
        State("view", "data"),
        running=[(Output("alerts-list", "className"), "alerts is-busy", "alerts")],
        prevent_initial_call=True,
    )(keep)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    words, why = view.words, _closed(view)
    try:
        shown = _board(view)
    except CrosscountError as error:
        return html.Div([page_head(heading(view)), empty(words("alerts.unreadable"), failures(str(error), words))])
    said = html.P(id="alerts-said", role="status", className="note")
    signed = [_name(words)] if any(one.standing.value == _chosen(view) for one in shown) else []
    form = [*signed, said] if why is None else [html.P(words(f"alerts.closed.{why}"), className="note alerts-closed")]
    listed = html.Div(_list(view, shown, may=why is None), id="alerts-list", className="alerts")
    feed = html.A(words("alerts.feed"), href=view.address("/alerts.atom", f"lang={words.language}"), className="more")
    body = [html.Div(_choices(view, shown), className="choices alert-choices"), *form, listed]
    listing = panel(words("alerts.list"), body, note=words("alerts.note"), extra=feed)
    return html.Div([page_head(heading(view)), listing])


def heading(view: View) -> Heading:
    """How many wait for a person."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    try:
        held = board.held(view.desk.settings, view.crisis.id)
        return Heading(words("alerts.title", n=held) if held else words("alerts.title_none"), (), words("alerts.caveat"))
    except CrosscountError:
        return Heading(words("alerts.unreadable"))


def waiting(view: View) -> str | None:
    """The number beside the page's name in the navigation, for whoever may rule; None for others."""
    if _closed(view) is not None:
        return None
    try:
        n = _counted(view.desk.settings.database, view.crisis.id, int(time.monotonic() / _REMEMBERED))
    except CrosscountError:
        return ""
    return view.words.number(n) if n else ""


@functools.lru_cache(maxsize=16)
def _counted(_: str, crisis: str, __: int) -> int:
    """Of the ledger of that address, in that stretch of time."""
    return board.held(shell.desk().settings, crisis)


def _closed(view: View) -> review.Closed | None:
    return review.closed(view.desk.settings, review.Asked.of(request.remote_addr, request.host, dict(request.headers)))


def _board(view: View) -> tuple[board.Shown, ...]:
    told = query.names_told(view.db, view.words.language) if view.db is not None else {}
    names = {identity: view.words(name) for identity, name in told.items() if name}
    return board.board(view.desk.settings, view.crisis.id, view.words.language, names)


def _chosen(view: View) -> str:
    return view.filters.standing or board.Standing.HELD.value


def _choices(view: View, shown: Sequence[board.Shown]) -> list[Component]:
    """Where an alert can be, with how many are there."""
    words = view.words
    counts = {one: sum(each.standing is one for each in shown) for one in board.Standing}
    return [
        toggle_link(
            words("alerts.choice", name=words(f"alerts.{one}"), n=counts[one]),
            view.href(standing="" if one is board.Standing.HELD else one.value, page=1),
            on=one.value == _chosen(view),
        )
        for one in board.Standing
    ]


def _name(words: Words) -> Component:
    field: Component = dmc.TextInput(id="alerts-by", label=words("alerts.by"), persistence=True, className="control alerts-by")
    return field


def _list(view: View, shown: Sequence[board.Shown], *, may: bool) -> list[Component]:
    """One page of the alerts that are chosen."""
    words, filters = view.words, view.filters
    mine = [one for one in shown if one.standing.value == _chosen(view)]
    if not mine:
        return [empty(words(f"alerts.none.{_chosen(view)}"), words("alerts.advice"))]
    pages = -(-len(mine) // filters.size)
    first = (min(filters.page, pages) - 1) * filters.size
    entries = html.Ol([_entry(view, one, may=may) for one in mine[first : first + filters.size]], className="alert-list")
    turn = pager(
        min(filters.page, pages),
        pages,
        href=lambda page: view.href(page=page),
        label=words("pager.page", page=min(filters.page, pages), pages=pages),
        previous=words("pager.previous"),
        following=words("pager.next"),
    )
    return [part for part in (entries, turn) if part is not None]


def _entry(view: View, one: board.Shown, *, may: bool) -> Component:
    words, alert = view.words, one.alert
    raised = words("alerts.raised", moment=words.moment(alert.raised_at, view.crisis.timezone))
    head = html.P([html.Strong(words.term(ALERT_RULES[alert.rule])), html.Span(raised)], className="under")
    parts = [head, html.P(one.text, className="alert-text", dir="auto"), *_behind(view, one), *_history(view, one)]
    if may and one.acts:
        parts.append(_acts(words, one))
    return html.Li(parts, id=Anchor(alert.alert_id), className=f"alert-entry is-{one.standing}")


def _behind(view: View, one: board.Shown) -> list[Component]:
    """What it rests on: the sentence of the figure, the pair, the view or the sources page."""
    words, alert = view.words, one.alert
    if alert.rule in board.ABOUT_A_FIGURE and view.db is not None:
        found = query.passage(view.db, alert.subject, words.language)
        if found is None:
            return [html.P(words("alerts.gone"), className="note")]
        link = evidence_link(words("alerts.evidence"), alert.subject, view.to_figure(alert.subject))
        return [quoted(found, words), html.P(link)]
    if alert.rule is AlertRule.CONTRADICTION and view.db is not None:
        return _pair(view, view.db, alert.subject)
    if alert.rule is AlertRule.WATCHED_VIEW:
        return [html.P(view_link(words("alerts.view"), view.address(alert.told.get("address", "/"))))]
    return [html.P(view_link(words("alerts.source"), view.href("/sources", page=1)))]


def _pair(view: View, db: query.Snapshot, pair: str) -> list[Component]:
    """Both sentences, each with its evidence, and the page of the pair."""
    words = view.words
    found = query.discrepancy(db, Filters(lang=words.language), pair)
    if found is None:
        return [html.P(words("alerts.gone"), className="note")]
    figures = [str(found[f"figure_{side}"]) for side in ("a", "b")]
    sides = [(figure, query.passage(db, figure, words.language)) for figure in figures]
    quotes = [
        html.Div([quoted(one, words), html.P(evidence_link(words("alerts.evidence"), figure, view.to_figure(figure)))])
        for figure, one in sides
        if one is not None
    ]
    to_pair = view_link(words("alerts.pair"), view.href("/pair", pair=pair, page=1))
    return [html.Div(quotes, className="columns"), html.P(to_pair)]


def _history(view: View, one: board.Shown) -> list[Component]:
    """Who decided what and when, and what became of it at each channel."""
    words, zone = view.words, view.crisis.timezone
    lines = [
        html.Li(
            [
                html.Span(words(f"alerts.was.{_decided(decision.state)}")),
                html.Span(html.Bdi(decision.by)),
                html.Span(words.moment(decision.at, zone)),
                html.Span(html.Bdi(decision.reason)) if decision.reason else None,
            ],
            className="under",
        )
        for decision in one.decided
    ]
    lines += [html.Li(line, className="under") for line in (_delivery(words, each, zone) for each in one.deliveries)]
    return [html.Ul(lines, className="alert-history note")] if lines else []


def _decided(state: AlertState) -> str:
    return "undone" if state is AlertState.HELD else state.value


def _delivery(words: Words, one: Any, zone: Any) -> list[Component]:
    """One channel: that it has the alert and since when, or how often it refused it and why."""
    if one.sent_at is not None:
        return [html.Span(words("alerts.sent_to")), html.Span(html.Bdi(one.channel)), html.Span(words.moment(one.sent_at, zone))]
    if one.failures:
        failed = words("alerts.failed", n=one.failures)
        return [html.Span(failed), html.Span(words.moment(one.failed_at, zone)), html.Span(failures(one.message, words))]
    return [html.Span(words("alerts.on_its_way")), html.Span(html.Bdi(one.channel))]


def _acts(words: Words, one: board.Shown) -> Component:
    """A reason, and what can be done; each control says which alert it is for."""
    identity = one.alert.alert_id
    about = words("alerts.about", text=one.text)
    reason = dmc.TextInput(id={"type": "alert-reason", "alert": identity}, label=words("alerts.reason"), className="control")
    buttons = [
        html.Button(
            words(f"alerts.{act}"), id={"type": "alert-act", "alert": identity, "act": act.value}, type="button", className="button",
            **attributes(aria_label=words("alerts.act", act=words(f"alerts.{act}"), text=one.text)),
        )
        for act in one.acts
    ]  # fmt: skip
    return html.Div(
        [reason, html.Div(buttons, className="alert-buttons")], className="alert-acts", role="group", **attributes(aria_label=about)
    )


def keep(
    _: Sequence[int | None],
    reasons: Sequence[str | None],
    owners: Sequence[Mapping[str, str]],
    by: str | None,
    state: Mapping[str, Any] | None,
) -> Answer:
    """The callback of the buttons: keep the decision, and say so or why not. Gives the sentence, the list, the number."""
    asked = ctx.triggered_id
    if not ctx.triggered or not ctx.triggered[0]["value"] or not isinstance(asked, Mapping):
        return no_update, no_update, no_update
    reason = next((given for given, owner in zip(reasons, owners, strict=True) if owner["alert"] == asked["alert"]), "")
    return decided(asked["alert"], board.Act(asked["act"]), board.Word(by or "", reason or ""), state)


def decided(alert: str, act: board.Act, word: board.Word, state: Mapping[str, Any] | None) -> Answer:
    """Keep one decision, where whoever asks may."""
    view = shell.desk().look_at(PATH, Filters.from_query(str((state or {}).get("query", ""))), Screen())
    words = view.words
    if why := _closed(view):
        return words(f"alerts.closed.{why}"), no_update, no_update
    if not word.by.strip():
        return words("alerts.missing", field=words("alerts.by")), no_update, no_update
    if act is board.Act.DISMISS and not word.reason.strip():
        return words("alerts.missing", field=words("alerts.reason")), no_update, no_update
    try:
        board.decide(view.desk.settings, alert, act, word, datetime.now(UTC))
        said: Any = words(f"alerts.done.{act}")
    except AlertRefused as refused:  # somebody else decided meanwhile, or it was sent
        said = [*failures(str(refused), words), words("alerts.refused")]
    except CrosscountError as error:
        return [words("alerts.failed_to_keep"), " ", *failures(str(error), words)], no_update, no_update
    _counted.cache_clear()
    shown = _board(view)
    n = sum(one.standing is board.Standing.HELD for one in shown)
    return said, _list(view, shown, may=True), words.number(n) if n else ""
