"""Writing a public note on a figure, from its evidence. A note goes through `ingest.corrections` into the ledger and changes no figure.

Whoever may rule on pairs may write one; where nobody may, a sentence says why.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from flask import request

from dashboard import query, shell
from dashboard.components.attributes import attributes
from dashboard.components.chart import panel
from dashboard.components.elements import html
from dashboard.components.evidence import claim_facts, quoted
from dashboard.components.failures import failures
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import view_link
from dashboard.components.notes import note_list
from dashboard.components.states import empty
from dashboard.shell import Desk, Screen, View
from dashboard.state import LANGUAGES, Filters
from ingest import corrections, review
from ingest.errors import CrosscountError

PATH: Final = "/note"
NAME: Final = ""  # no place in the navigation: it is come to from the evidence of a figure
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""


def wire(app: Dash, _: Desk) -> None:
    """The one callback of the page, which keeps a note."""
    server: Any = app.callback
    server(
        Output("note-said", "children"),
        Input("note-keep", "n_clicks"),
        *(State(f"note-{name}", "value") for name in (*LANGUAGES, "by")),
        State("view", "data"),
        prevent_initial_call=True,
    )(keep)


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored."""
    view = shell.view(PATH, screen, given)
    if view.db is None:
        return shell.nothing_published(view)
    found = _about(view, view.db)
    if not found:
        back = view_link(view.words("note.back"), view.href("/figures", only=()), "more")
        return html.Div([page_head(heading(view)), empty(view.words("evidence.missing"), back)])
    sides = html.Div([_figure(view, one) for one in found], className="columns")
    return html.Div([page_head(heading(view)), sides, _writing(view)])


def heading(view: View) -> Heading:
    """What the page is for."""
    words = view.words
    return Heading(words(view.nothing.title)) if view.db is None else Heading(words("note.title"), (), words("note.caveat"))


def _about(view: View, db: query.Snapshot) -> list[query.Evidence]:
    """The figures the note is about, as far as the snapshot has them."""
    found = (query.evidence(db, figure, view.words.language) for figure in view.filters.only)
    return [one for one in found if one is not None]


def _figure(view: View, found: query.Evidence) -> Component:
    notes = [note_list(found.notes, view.words, view.crisis.timezone, view.to_figure)] if found.notes else []
    return html.Section([quoted(found, view.words), claim_facts(found.figure, view.words), *notes], className="panel evidence-side")


def _writing(view: View) -> Component:
    words = view.words
    why = review.closed(view.desk.settings, _asked())
    body = _form(view) if why is None else html.P(words(f"ruling.closed.{why}"), className="note")
    return panel(words("note.write"), body, note=words("note.languages"))


def _form(view: View) -> Component:
    words = view.words
    mine = sorted(LANGUAGES, key=lambda language: language != words.language)
    wide: dict[str, Any] = {"minRows": 3, "autosize": True, "className": "control"}
    texts = [dmc.Textarea(id=f"note-{one}", label=words("note.text", language=words(f"language.{one}")), **wide) for one in mine]
    return html.Div(
        [
            *texts,
            dmc.TextInput(id="note-by", label=words("note.by"), persistence=True, withAsterisk=True, className="control"),
            html.Button(words("note.keep"), id="note-keep", type="button", className="button"),
            html.P(id="note-said", role="status", className="note"),
        ],
        className="ruling-form",
        role="group",
        **attributes(aria_label=words("note.write")),
    )


def keep(clicks: int | None, *said: Any) -> Any:
    """The callback of the form: keep the note and say so, or why not. `said` are the texts by language, the name, and the view."""
    *texts, by, state = said
    given: Mapping[str, Any] = state or {}
    view = shell.desk().look_at(PATH, Filters.from_query(str(given.get("query", ""))), Screen())
    words = view.words
    if not clicks or view.db is None:
        return no_update
    if why := review.closed(view.desk.settings, _asked()):
        return words(f"ruling.closed.{why}")
    figures = [str(one.figure["figure_id"]) for one in _about(view, view.db)]
    if not figures:
        return words("evidence.missing")
    written = dict(zip(LANGUAGES, (text or "" for text in texts), strict=True))
    if not any(text.strip() for text in written.values()) or not (by or "").strip():
        return words("note.missing")
    try:
        corrections.write(view.desk.settings, corrections.Named(figures), corrections.Note(by, **written), datetime.now(UTC))
    except CrosscountError as error:
        return [words("note.failed"), " ", *failures(str(error), words)]
    return words("note.kept")


def _asked() -> review.Asked:
    """Where the request being answered came from."""
    return review.Asked.of(request.remote_addr, request.host, dict(request.headers))
