"""Method: what the words mean, by which conventions claims are compared, the columns, the corrections, the terms.

Written from the tables the program works with, so that it cannot say something else than the program does. Every definition has
an address: `/method#metrics-killed` is the metric `killed`, `/method#rule-soft_gap` a convention, `/method#figures` a table.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from dash.development.base_component import Component

from dashboard import query, shell
from dashboard.components.attributes import attributes, tip
from dashboard.components.chart import panel
from dashboard.components.claimed import claimed
from dashboard.components.conventions import amount, bounds, convention
from dashboard.components.elements import Anchor, html
from dashboard.components.heading import Heading, page_head
from dashboard.components.links import evidence_link, outside_link, view_link
from dashboard.components.notes import note_body
from dashboard.components.phrases import day_of, metric_label
from dashboard.components.source_texts import source_text
from dashboard.components.states import empty
from dashboard.components.tables import Head, facts, table
from dashboard.components.words import Words
from dashboard.shell import Screen, View
from ingest.compare.settings import Setting, settings
from ingest.model import vocabulary
from ingest.model.dictionary import PURPOSES
from ingest.model.schema import TABLES, Column
from ingest.model.vocabulary import Term

PATH: Final = "/method"
NAME: Final = "pages.method"
WHOLE: Final = True
"""The filters do not narrow this page, so they are not shown."""
_FIRST: Final = ("metrics", "kinds", "group_statuses", "qualifiers", "discrepancy_codes")
"""The lists most looked up stand first."""
_NOTES: Final = {"CSV ": "/export/corrections.csv", "Atom": "/corrections.atom"}
_DICTIONARY: Final = "/export/data-dictionary.csv"


def layout(screen: Screen = Screen(), **given: Any) -> Component:  # noqa: B008  # frozen
    """The page for a query; stray parameters are ignored. It stands without a snapshot too."""
    view = shell.view(PATH, screen, given)
    sections = {
        "words": _definitions,
        "rules": _conventions,
        "dictionary": _dictionary,
        "notes": _corrections,
        "names": _names,
        "licence": _terms,
    }
    contents = [html.Li(html.A(view.words(f"method.{name}"), href=f"#{name}")) for name in sections]
    return html.Div(
        [
            page_head(heading(view)),
            html.Nav(html.Ul(contents), className="contents", **attributes(aria_label=view.words("method.contents"))),
            *(html.Div(section(view), id=Anchor(name)) for name, section in sections.items()),
        ],
        className="method",
    )


def heading(view: View) -> Heading:
    """What the page is, and the rules it tells of."""
    words = view.words
    under = (words("method.version", version=query.published_rules(view.db).version),) if view.db is not None else ()
    return Heading(words("method.title"), under, words("method.caveat"))


def lists() -> Iterator[tuple[str, Mapping[StrEnum, Term]]]:
    """Every closed list of words that says what its words mean, by the name it has in the vocabulary."""
    tables = {name.lower(): table for name, table in vars(vocabulary).items() if isinstance(table, dict)}
    for name in dict.fromkeys((*_FIRST, *tables)):
        if any(isinstance(term, Term) and term.meaning for term in tables[name].values()):
            yield name, tables[name]


def _definitions(view: View) -> Component:
    words = view.words
    named = ((html.H3(words(f"method.list.{name}"), id=Anchor(name)), _defined(name, terms, words)) for name, terms in lists())
    parts = [part for both in named for part in both]
    return panel(words("method.words"), parts, note=words("method.words_note"))


def _defined(name: str, terms: Mapping[StrEnum, Term], words: Words) -> Component:
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt([_anchor(f"{name}-{word.value}", words.term(term), words), " ", html.Code(word.value, dir="ltr")]),
                    html.Dd(words.meaning(term)),
                ],
                id=Anchor(f"{name}-{word.value}"),
            )
            for word, term in terms.items()
        ],
        className="definitions",
    )


def _anchor(identity: str, name: str, words: Words) -> Component:
    return html.A(name, href=f"#{identity}", **tip(words("method.link_to", name=name)))


def _conventions(view: View) -> Component:
    words = view.words
    heads = [Head(words("method.rule")), Head(words("method.published")), Head(words("method.can_be")), Head(words("method.meaning"))]
    rows = [
        [
            html.Span(_anchor(f"rule-{one.name}", words.of(one.label), words), id=Anchor(f"rule-{one.name}")),
            _value(view, one),
            _reach(one, words),
            words.of(one.meaning),
        ]
        for one in settings().values()
    ]
    households = [
        html.Li(
            [
                words("method.household", low=amount(words, row.low), high=amount(words, row.high)),
                html.Blockquote(row.citation, lang="en", dir="auto", className="note"),
            ]
        )
        for row in view.crisis.household_factors
    ]
    body = [
        html.Div(table(heads, rows, caption=words("method.rules"), stacked=True), className="scroll", tabIndex=0),
        html.Div([html.H3(words("method.households")), html.Ul(households)]) if households else None,
        html.P(view_link(words("method.switch"), view.href("/compare"))),
    ]
    return panel(words("method.rules"), body, note=words("method.rules_note"))


def _value(view: View, setting: Setting) -> Any:
    published = convention(view.words, setting.name, query.published_value(view.db, setting.name))
    return published or html.Span(view.words("rules.table" if setting.name == "household" else "value.none"), className="note")


def _reach(setting: Setting, words: Words) -> Any:
    if setting.choices:
        return html.Ul([html.Li(words.digits(words.of(said))) for said in setting.choices.values()], className="plain")
    return words("list.separator").join(filter(None, (bounds(words, setting), words.of(setting.unit))))


def _dictionary(view: View) -> Component:
    words = view.words
    tables = [
        html.Details(
            [
                html.Summary([html.Code(name, dir="ltr"), words("list.colon"), words("method.columns", n=len(columns))]),
                html.P(words(PURPOSES[name]), className="note"),
                html.Div(_columns(name, columns, words), className="scroll", tabIndex=0),
            ],
            id=Anchor(name),
            className="as-table",
        )
        for name, columns in TABLES.items()
    ]
    download = html.A(words("download.dictionary"), href=view.address(_DICTIONARY, f"lang={words.language}"))
    return panel(words("method.dictionary"), tables, note=words("method.dictionary_note"), extra=download)


def _columns(name: str, columns: tuple[Column, ...], words: Words) -> Component:
    heads = [Head(words("method.column")), Head(words("method.type")), Head(words("method.meaning")), Head("HXL")]
    rows = [
        [
            html.Code(one.name, dir="ltr"),
            words(f"type.{one.type}"),
            source_text(one.meaning, "en", words),
            html.Code(one.hxl, dir="ltr"),
        ]
        for one in columns
    ]
    return table(heads, rows, caption=words(PURPOSES[name]))


def _corrections(view: View) -> Component:
    words, db = view.words, view.db
    if db is None:
        return panel(words("method.notes"), empty(words(view.nothing.title), words("nothing.advice", command=view.nothing.command)))
    counted = query.checked(db)
    said = html.P(words("method.checked", n=counted.checked, total=counted.figures), className="note")
    body = [said, *_public_notes(view, db), html.H3(words("method.reread")), *_reread(view, db)]
    files = html.Span([html.A(name, href=view.address(path, f"lang={words.language}")) for name, path in _NOTES.items()])
    return panel(words("method.notes"), body, note=words("method.corrections_note"), extra=files)


def _public_notes(view: View, db: query.Snapshot) -> list[Component]:
    """Notes that people wrote on figures and documents, newest first."""
    words = view.words
    notes = query.public_notes(db, words.language)
    if not notes:
        return [html.P(words("method.no_notes"), className="note")]
    listed = [
        html.Li([*note_body(one, words, view.crisis.timezone, view.to_figure), *_documents(view, one)], id=Anchor(one.correction_id))
        for one in notes
    ]
    return [html.Ul(listed, className="public-notes")]


def _documents(view: View, note: query.PublicNote) -> list[Component]:
    """Links to the figures of each document that a note names, those that stand no longer too."""
    return [
        html.P(view_link(html.Bdi(title), view.href("/figures", document=document, history=True)), className="note")
        for document, title in note.documents
    ]


def _reread(view: View, db: query.Snapshot) -> list[Component]:
    """Readings that a person corrected or refused."""
    words = view.words
    frame = query.corrections(db, words.language)
    if frame.empty:
        return [empty(words("method.no_corrections"), words("method.no_corrections_advice"))]
    heads = [Head(words(f"column.{name}")) for name in ("day", "source", "value", "metric")] + [Head(words("evidence.review"))]
    rows = [
        [
            words.day(day_of(row["published_at"])),
            html.Bdi(row["source_label"]),
            evidence_link(claimed(row["value_text"], words), row["figure_id"], view.to_figure(row["figure_id"])),
            metric_label(row["metric"], words),
            words(f"review.{row['review']}"),
        ]
        for _, row in frame.iterrows()
    ]
    return [html.Div(table(heads, rows, caption=words("method.reread")), className="scroll", tabIndex=0)]


def _names(view: View) -> Component:
    """What is done about the names of victims, and what that cannot do."""
    words = view.words
    on = view.crisis.withhold_names
    return panel(
        words("method.names"),
        [html.P(words("method.names_on" if on else "method.names_off")), html.P(words("method.names_limits"), className="note")],
    )


def _terms(view: View) -> Component:
    words = view.words
    own = html.P(words("shell.licence"))
    if view.db is None:
        return panel(words("method.licence"), own)
    terms = [
        html.Div(
            [
                html.H3(outside_link(source_text(str(row["title"]), row["title_lang"], words), row["address"])),
                facts(
                    (
                        (words("method.terms"), source_text(str(row["licence"]), "en", words)),
                        (words("method.passing_on"), source_text(str(row["redistribution"]), "en", words)),
                    )
                ),
            ]
        )
        for _, row in query.sources(view.db, words.language).iterrows()
        if row["licence"] or row["redistribution"]
    ]
    return panel(words("method.licence"), [own, *terms])
