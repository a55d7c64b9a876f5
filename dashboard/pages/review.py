"""One pair of claims side by side, the machine's verdict on it, and what people say of it. The one page that writes.

It is reached from Compare. A ruling goes through `ingest.review` into the ledger; where nobody may write here, a sentence says why.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from flask import request

from dashboard import query, shell
from dashboard.components.attributes import attributes, list_in_place
from dashboard.components.badges import verdict, voice
from dashboard.components.chart import panel
from dashboard.components.elements import html
from dashboard.components.evidence import claim_facts, quoted
from dashboard.components.failures import failures
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, view_link
from dashboard.components.phrases import day_of, metric_label
from dashboard.components.rulings import Ruling, history
from dashboard.components.states import empty
from dashboard.components.tables import Head, facts, table
from dashboard.components.words import Words
from dashboard.shell import Desk, Screen, View
from dashboard.state import Filters
from ingest import review
from ingest.errors import CrosscountError
from ingest.model.vocabulary import DECISIONS, DISCREPANCY_CODES, Decision

PATH: Final = "/pair"
NAME: Final = ""  # no place in the navigation: a pair is come to from the list of pairs
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""

Answer = tuple[Any, Any, Any]
_NOTHING: Final = (no_update, no_update, no_update)


def wire(app: Dash, _: Desk) -> None:
    """The one callback of the page, which keeps a ruling."""
    server: Any = app.callback
    server(
        *(Output("ruling-said", "children"), Output("ruling-history", "children"), Output("ruling-reason", "value")),
        Input("ruling-keep", "n_clicks"),
        *(State(f"ruling-{name}", "value") for name in ("choice", "by", "reason")),
        State("view", "data"),
        prevent_initial_call=True,
    )(keep)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    row = query.discrepancy(view.db, view.filters, view.filters.pair)
    back = view_link(view.words("pair.back"), view.href("/compare"), "more")
    if row is None:
        return html.Div([page_head(heading(view)), empty(view.words("pair.why"), back)])
    changed = [shell.rules_section(view, view.db)] if view.filters.rules else []
    parts = [page_head(heading(view)), back, *changed, _sides(view, view.db, row), _verdict(view, row), _rulings(view, row)]
    return html.Div(parts)


def heading(view: View) -> Heading:
    """The verdict in its sentence."""
    words = view.words
    if view.db is None:
        return Heading(words(view.nothing.title))
    row = query.discrepancy(view.db, view.filters, view.filters.pair)
    if row is None:
        return Heading(words("pair.gone"))
    under = (metric_label(row["metric"], words), str(row["place"]), words.day(day_of(row["day"])))
    return Heading(words.told(str(row["sentence"]), row["sentence_lang"]), under, words("pair.caveat"))


def _both(row: query.Row) -> tuple[str, ...]:
    """The figures of the pair."""
    return tuple(dict.fromkeys(filter(None, (row["figure_a"], row["figure_b"]))))


def _sides(view: View, db: query.Snapshot, row: query.Row) -> Component:
    shown = [query.passage(db, row[f"figure_{side}"], view.words.language) for side in ("a", "b")]
    return html.Div([_side(view, found) for found in shown if found is not None], className="columns")


def _side(view: View, found: query.Passage) -> Component:
    words, figure = view.words, found.figure
    more = evidence_link(words("pair.evidence"), figure["figure_id"], view.to_figure(figure["figure_id"]))
    as_of, published = (words.day(figure[name]) for name in ("as_of", "published_at"))
    dates = facts([(words("evidence.as_of"), as_of), (words("evidence.published"), published)])
    name = html.H2(voice(figure["source_label"], figure["claimed_source_kind"], words))
    return html.Section([name, quoted(found, words), claim_facts(figure, words), dates, more], className="panel evidence-side")


def _verdict(view: View, row: query.Row) -> Component:
    """What the machine says, and every item it compared."""
    words = view.words
    heads = [Head(words("pair.item")), Head(words("pair.relation"))]
    items = [part.partition("=")[::2] for part in str(row["vector"]).split(";")]
    rows = [[words(f"item.{item}"), words(f"relation.{relation}")] for item, relation in items]
    ratio = "" if row["ratio"] is None else words.numerals(f"{row['ratio']:,.2f}".rstrip("0").rstrip("."))
    gap = "" if row["gap"] is None else words.number(row["gap"])
    said = facts([(words("pair.gap"), gap), (words("pair.ratio"), ratio), (words("pair.rule"), html.Code(row["rule"]))])
    compared = html.Div(table(heads, rows, caption=words("pair.items")), className="scroll", tabIndex=0)
    return panel(
        words("pair.machine"),
        [verdict(row["code"], row["severity"], words), said, compared],
        note=words("pair.machine_note"),
        extra=html.Div([shell.downloads_of(view, name, only=_both(row)) for name in ("discrepancies", "figures")], className="panel-tools"),
        class_name="machine",
    )


def _rulings(view: View, row: query.Row) -> Component:
    words = view.words
    why = review.closed(view.desk.settings, _asked())
    given = _given(view, row) if why is None else _published(row)
    body = [html.Div(history(given, words, view.crisis.timezone), id="ruling-history")]
    form = _form(view) if why is None else html.P(words(f"ruling.closed.{why}"), className="note")
    return panel(words("ruling.title"), [*body, form], note=words("ruling.note"))


def _given(view: View, row: query.Row) -> tuple[Ruling, ...]:
    """Every ruling the ledger holds; where it cannot be read, the one that is published."""
    try:
        return tuple(map(_shown, review.rulings_on(view.desk.settings, row["discrepancy_id"])))
    except CrosscountError:
        return _published(row)


def _published(row: query.Row) -> tuple[Ruling, ...]:
    if not row["ruling"]:
        return ()
    return (Ruling(row["ruling"], row["ruling_code"], row["ruled_by"], row["ruling_reason"], row["ruled_at"], row["code"], row["rule"]),)


def _shown(entry: review.RulingEntry) -> Ruling:
    told = asdict(entry)
    machine = {name: told[name] for name in ("machine_code", "machine_rule")}
    return Ruling(str(entry.decision), entry.code, entry.ruled_by, entry.reason, entry.ruled_at, **machine)


def _form(view: View) -> Component:
    words = view.words
    fields: dict[str, Any] = {"withAsterisk": True, "className": "control"}
    given = {"data": _choices(words), "searchable": True, **list_in_place()}
    return html.Div(
        [
            dmc.Select(id="ruling-choice", label=words("ruling.choice"), **given, **fields),
            dmc.TextInput(id="ruling-by", label=words("ruling.by"), persistence=True, **fields),
            dmc.Textarea(id="ruling-reason", label=words("ruling.reason"), minRows=3, autosize=True, **fields),
            html.Button(words("ruling.keep"), id="ruling-keep", type="button", className="button"),
            html.P(id="ruling-said", role="status", className="note"),
        ],
        className="ruling-form",
        role="group",
        **attributes(aria_label=words("ruling.title")),
    )


def _choices(words: Words) -> list[dict[str, Any]]:
    """The machine is right, it is none, another reason, or the last ruling is taken back."""
    said = [{"value": str(one), "label": words.term(DECISIONS[one])} for one in (Decision.AGREE, Decision.NOT_A_DISCREPANCY)]
    codes = [{"value": str(code), "label": words.term(term)} for code, term in DISCREPANCY_CODES.items()]
    taken = [{"value": str(Decision.WITHDRAWN), "label": words("ruling.withdraw")}]
    return [*said, {"group": words("ruling.another_group"), "items": codes}, {"group": words("ruling.undo_group"), "items": taken}]


def keep(clicks: int | None, choice: str | None, by: str | None, reason: str | None, state: Mapping[str, Any] | None) -> Answer:
    """The callback of the form: keep the ruling, and say so or why not. Gives the sentence, the rulings, and the reason's text."""
    view = shell.desk().look_at(PATH, Filters.from_query(str((state or {}).get("query", ""))), Screen())
    words = view.words
    if not clicks or view.db is None:
        return _NOTHING
    if why := review.closed(view.desk.settings, _asked()):
        return words(f"ruling.closed.{why}"), no_update, no_update
    row = query.discrepancy(view.db, view.filters, view.filters.pair)
    if row is None:
        return words("pair.why"), no_update, no_update
    if missing := [name for name, given in (("choice", choice), ("by", by), ("reason", reason)) if not (given or "").strip()]:
        return words("ruling.missing", field=words(f"ruling.{missing[0]}")), no_update, no_update
    pair = review.Pair(*(str(row[name]) for name in ("discrepancy_id", "figure_a", "figure_b", "code", "rule")))
    try:
        review.rule(view.desk.settings, pair, review.Said(choice or "", by or "", reason or ""), datetime.now(UTC))
    except CrosscountError as error:
        return [words("ruling.failed"), " ", *failures(str(error), words)], no_update, no_update
    return words("ruling.kept"), history(_given(view, row), words, view.crisis.timezone), ""


def _asked() -> review.Asked:
    """Where the request being answered came from."""
    return review.Asked.of(request.remote_addr, request.host, dict(request.headers))
