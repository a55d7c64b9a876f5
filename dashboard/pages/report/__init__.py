"""Report: any text, file or address read at once, every figure marked in it. Nothing is kept unless the reader says so (`keeping`)."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from typing import Any, Final

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc
from dash.development.base_component import Component

from dashboard import shell
from dashboard.components.attributes import attributes, list_in_place
from dashboard.components.elements import html
from dashboard.components.failures import failures
from dashboard.components.heading import Heading, page_head
from dashboard.components.kept import BACK, BY, PLACE, STAND
from dashboard.components.readings import Naming, marked_text, reading_card
from dashboard.components.states import empty, notice
from dashboard.components.words import Words
from dashboard.pages.report.keeping import PAGE, keep_report, taking_back
from dashboard.shell import Desk, Screen, View
from dashboard.state import Filters
from ingest.errors import CrosscountError, UnreadableDocument
from ingest.model.doubts import NEEDS_A_LOOK
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.pipeline.trying import Bench, Handed, Said, Tried

PATH: Final = PAGE
NAME: Final = "pages.report"
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""
LONGEST: Final = 500_000
"""Characters that may be pasted: some hundred pages."""
LARGEST_FILE: Final = 20_000_000
"""Bytes a file may have."""
SHOWN: Final = 300
"""Readings that are told one by one; a longer report is for `crosscount ingest`."""
_FIELDS: Final = ("text", "address", "publisher", "published", "language")
_Typed = Mapping[str, str]


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored. It works before anything is published."""
    view = shell.view(PATH, screen, given)
    unpublished = None if view.db is not None else html.P(_unpublished(view), className="note")
    place = html.Div(_nothing_yet(view), id="report-read", **attributes(aria_live="polite"))
    return html.Div([page_head(heading(view)), unpublished, _form(view), place])


def _unpublished(view: View) -> list[Any]:
    return [view.words(view.nothing.why), " ", html.Code(view.nothing.command)]


def heading(view: View) -> Heading:
    """What the page does."""
    return Heading(view.words("report.title"), (view.title,), view.words("report.caveat"))


def wire(app: Dash, desk: Desk) -> None:
    """Reading, and taking what was read away. What reading needs is loaded with the first report, and stays."""

    @cache
    def bench(crisis: str) -> Bench:
        return Bench.of(replace(desk.settings, crisis=crisis), lambda: datetime.now(UTC))

    server: Any = app.callback
    server(
        Output("report-read", "children"),
        Input("report-go", "n_clicks"),
        Input({"type": "report-keep", "of": ALL}, "n_clicks"),
        Input("report-file", "contents"),
        State("report-file", "filename"),
        State("view", "data"),
        *(State(f"report-{name}", "value") for name in _FIELDS),
        running=[(Output("report-form", "className"), "report-form is-busy", "report-form")],
        prevent_initial_call=True,
    )(answering(bench))
    server(
        Output(PLACE, "children"),
        *(Input({"type": button, "of": ALL}, "n_clicks") for button in (BACK, STAND)),
        State(BY, "value"),
        State("view", "data"),
        running=[(Output(PLACE, "className"), "ruling-form is-busy", "ruling-form")],
        prevent_initial_call=True,
    )(taking_back(bench))
    browser: Any = app.clientside_callback
    browser(
        ClientsideFunction("pictures", "rows"),
        Output("report-file-out", "data"),
        Input("report-take", "n_clicks"),
        State("report-rows", "data"),
        prevent_initial_call=True,
    )
    for answered in ("report-read", PLACE):
        browser(ClientsideFunction("page", "answered"), Input(answered, "children"), prevent_initial_call=True)


def answering(bench_of: Callable[[str], Bench]) -> Callable[..., Component]:
    """The callback: what was given and by which button in, the report with its figures out."""

    def answer(go: Any, keep: Any, file: str | None, filename: str | None, state: Mapping[str, Any], *values: str | None) -> Component:
        del go, keep
        view = shell.desk().look_at(PATH, Filters.from_query(str(state.get("query", ""))), Screen(dark=bool(state.get("dark"))))
        typed = {name: str(value or "").strip() for name, value in zip(_FIELDS, values, strict=True)}
        pressed: Any = ctx.triggered_id
        keeping = isinstance(pressed, Mapping)
        of_file = pressed == "report-file" or (keeping and pressed["of"] == "file") or not (typed["text"] or typed["address"])
        try:
            bench = bench_of(view.crisis.id)
            handed = _file(file, filename or "") if of_file else _typed(bench, typed)
            if handed is None:
                return empty(view.words("report.nothing_given"), view.words("report.give"))
            if keeping:
                return keep_report(view, bench, handed, _given(typed))
            return _read(view, bench, bench.read(handed, _given(typed)), "file" if of_file else "typed")
        except CrosscountError as error:
            return _refused(view, error, keeping=keeping)

    return answer


def _refused(view: View, error: CrosscountError, *, keeping: bool) -> Component:
    """Why it could not be read, or kept."""
    words = view.words
    return notice(words("report.unkept") if keeping else words("report.unread"), failures(str(error), words))


def _file(contents: str | None, name: str) -> Handed | None:
    if not contents:
        return None
    _, _, encoded = contents.partition(",")
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableDocument(say(Unreadable.NOT_WHOLE, name=name)) from error
    if len(content) > LARGEST_FILE:
        raise UnreadableDocument(say(Unreadable.LARGE_UPLOAD, name=name, most=LARGEST_FILE // 1_000_000))
    return Handed(content, name)


def _typed(bench: Bench, typed: _Typed) -> Handed:
    """The pasted text, else the page at the address. Raises `CrosscountError`."""
    text, address = typed["text"], typed["address"]
    if not text and " " in address:  # a text, or a link with words about it
        raise UnreadableDocument(say(Unreadable.NO_ADDRESS, part=address))
    if not text:
        return bench.fetch(address if "://" in address else f"https://{address}")
    if len(text) > LONGEST:
        raise UnreadableDocument(say(Unreadable.LONG_TEXT, count=f"{len(text):,}", most=f"{LONGEST:,}"))
    return Handed(text.encode(), "pasted-text.txt", "text/plain")


def _given(typed: _Typed) -> Said:
    day = typed["published"]
    try:
        published = datetime.combine(datetime.fromisoformat(day).date(), time(12)) if day else None
    except ValueError as error:
        raise UnreadableDocument(say(Unreadable.NO_DAY, part=day)) from error
    return Said(typed["publisher"], published, typed["language"], typed["address"])


def _form(view: View) -> Component:
    words = view.words
    names = sorted({view.name_of(one) for one in view.crisis.organisations}, key=str.casefold)
    languages = [{"value": code, "label": words(f"language.{code}")} for code in ("en", "ar")]
    text = dmc.Textarea(
        id="report-text", label=words("report.text"), placeholder=words("report.text_hint"), autosize=True, minRows=6, maxRows=16
    )
    upload = dcc.Upload(
        html.Span([words("report.file"), html.Span(words("report.file_kinds"), className="note")]),
        id="report-file",
        className="report-file",
        max_size=LARGEST_FILE,
    )
    return html.Div(
        [
            text,
            html.Div(
                [
                    upload,
                    dmc.TextInput(id="report-address", label=words("report.address"), placeholder="https://"),
                ],
                className="report-or",
            ),
            html.Div(
                [
                    dmc.Autocomplete(id="report-publisher", label=words("report.publisher"), data=names, **list_in_place()),
                    dmc.DateInput(
                        id="report-published",
                        label=words("report.published"),
                        placeholder="2024-11-30",
                        valueFormat="YYYY-MM-DD",
                        debounce=True,  # as a whole: letter by letter, the kit puts back a day that was half typed
                        clearable=True,
                    ),
                    dmc.Select(
                        id="report-language",
                        label=words("report.language"),
                        data=languages,
                        placeholder=words("report.guess"),
                        clearable=True,
                        **list_in_place(),
                    ),
                ],
                className="report-said",
            ),
            html.Div(
                [
                    html.Button(words("report.go"), id="report-go", type="button", className="button is-first"),
                    html.Span(words("report.busy"), className="busy", role="status"),
                ],
                className="report-act",
            ),
        ],
        id="report-form",
        className="report-form",
        **_too_large(words),
    )


def _too_large(words: Words) -> dict[str, Any]:
    """What `assets/js/page.js` says of a file that is too large to be sent: the part that takes files drops it without a word."""
    said = words("failure.large_upload", name="{name}", most=LARGEST_FILE // 1_000_000)
    return attributes(data_most=str(LARGEST_FILE), data_unread=words("report.unread"), data_large=said)


def _nothing_yet(view: View) -> Component:
    return html.P(view.words("report.nothing_yet"), className="note")


def _read(view: View, bench: Bench, tried: Tried, of: str) -> Component:
    """The report with its marks, and the readings beside it."""
    words, document, readings = view.words, tried.document, tried.readings
    naming = Naming(view.name_of, lambda place: _place_name(view, bench, place))
    if not readings:
        found: Component = empty(words("report.no_figure"), words("report.no_figure_advice"))
    else:
        cards = [reading_card(number, one, words, naming) for number, one in enumerate(readings[:SHOWN], 1)]
        more = [html.P(words("report.more", n=len(readings) - SHOWN), className="note")] if len(readings) > SHOWN else []
        found = html.Div([html.Ol(cards, className="readings"), *more])
    return html.Section(
        [
            html.H2(_finding(tried, words), className="report-finding"),
            html.P([*(html.Span(line) for line in _standing(view, tried)), _another_day(view)], className="under"),
            html.Div([marked_text(document, readings, words), found], className="report-pair"),
            _keeping(view, tried, of) if readings else None,
        ],
        className="panel",
    )


def _finding(tried: Tried, words: Words) -> str:
    voices = len({one.figure.independence_group or one.figure.claimed_source for one in tried.readings})
    return words("report.found", n=len(tried.readings), voices=voices) if tried.readings else words("report.found_none")


def _standing(view: View, tried: Tried) -> list[str]:
    """What the readings rest on: the day they are counted from, what a person should look at, what could not be read."""
    words = view.words
    unsure = sum(one.figure.confidence < NEEDS_A_LOOK for one in tried.readings)
    return [
        _dated(view, tried),
        *([words("report.unsure", n=unsure)] if unsure else []),
        *([words("report.pictures", pages=tried.pictures)] if tried.pictures else []),
        words("report.not_kept"),
    ]


def _dated(view: View, tried: Tried) -> str:
    """The day of publication that days such as Friday are counted from, and where it was taken from."""
    words, line = view.words, tried.line
    day = words.day(tried.document.published_at.astimezone(view.crisis.timezone).date())
    if line is not None:
        return words("report.dated_over_text" if line.year_stated else "report.dated_without_year", day=day, words=line.words)
    return words("report.dated" if tried.dated else "report.undated", day=day)


def _another_day(view: View) -> Component:
    """Leads to the field where the reader says the day of publication."""
    return html.Button(view.words("report.another_day"), type="button", className="plain", **attributes(data_focus="report-published"))


def _keeping(view: View, tried: Tried, of: str) -> Component:
    """What may be done with the readings: taken away as they are, or kept here."""
    words = view.words
    take = html.Button(words("report.take"), id="report-take", type="button", className="button")
    keep = html.Button(words("report.keep"), id={"type": "report-keep", "of": of}, type="button", className="button")
    rows = [dcc.Store(id="report-rows", data=tried.csv()), dcc.Download(id="report-file-out")]
    return html.Div([take, keep, html.Span(words("report.keep_note"), className="note"), *rows], className="report-act")


def _place_name(view: View, bench: Bench, identity: str) -> str:
    place = bench.place(identity)
    if place is None:
        return ""
    return {"ar": place.name_ar, "fr": place.name_fr}.get(view.words.language) or place.name_en
