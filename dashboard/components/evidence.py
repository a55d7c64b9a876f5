"""The evidence of one figure: the sentence with its number, who said it to whom, when, how it was read, and what contradicts it.

Report text is only ever a text node here: nothing of it is read as markup, and only http and https become links.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

from dash.development.base_component import Component

from dashboard.components.attributes import attributes
from dashboard.components.badges import verdict, voice
from dashboard.components.claimed import as_written, claimed, named_place, said, written_in
from dashboard.components.elements import html
from dashboard.components.links import evidence_link, outside_link, view_link, web_address
from dashboard.components.notes import note_list
from dashboard.components.quotable import quotable
from dashboard.components.source_texts import source_text
from dashboard.components.tables import facts
from dashboard.components.withheld import shown
from dashboard.components.words import RIGHT_TO_LEFT, Words
from dashboard.query import Evidence, Passage
from ingest.model.vocabulary import DOUBTS, GROUP_STATUSES, INTERESTS, KINDS, METRICS, QUALIFIERS, Term, Unit

_NONE: Final = "none"
"""Among the values considered in doubt: that there is none."""

Row = Mapping[str, Any]
Href = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the evidence leads to beside what is published: the address where a public note on the figure is written, and the archived
    copy of its document, or what is said of it; each is left out where there is none.
    """

    note: str = ""
    copy: Component | None = None


_NOTHING: Final = Beside()


def evidence_body(found: Evidence, words: Words, zone: tzinfo, href: Href, *, beside: Beside = _NOTHING) -> Component:
    """The content of the drawer. `href` gives the address of this view with the evidence of another figure open."""
    return html.Article(
        [
            quoted(found, words),
            *_notes(found, words, zone, href),
            claim_facts(found.figure, words),
            *_quotable(found, words, zone),
            _chain(found, words),
            _section(words("evidence.differences"), _differences(found.discrepancies, words, href)),
            *_parts(found, words, href),
            *_citations(found, words, href),
            _dates(found.figure, words, zone),
            _reading(found.figure, words),
            _document(found, words, zone, beside.copy),
            html.P(view_link(words("note.write"), beside.note, "more")) if beside.note else None,
        ],
        className="evidence",
    )


def quoted(found: Passage, words: Words) -> Component:
    """The sentence with its number marked, and the document it stands in."""
    figure = found.figure
    language = str(figure["language"] or "en")
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    number = [html.Mark(found.quote.number)] if found.quote.number else []
    sentence = [*shown(found.quote.before, words), *number, *shown(found.quote.after, words)]
    quoted = html.P(sentence, lang=language, dir=direction)
    if not figure["quote"]:
        quoted = html.P(words("notes.erased"))
    translated = figure["translated_from"]
    source = html.Footer(
        [
            outside_link(_title(found, words), figure["url"]),
            html.Span(words("evidence.translated", language=words(f"language.{translated}"))) if translated else None,
        ]
    )
    paraphrase = html.P(words("evidence.second_hand"), className="note") if found.document.get("second_hand") else None
    return html.Div([html.Blockquote([quoted, source]), paraphrase])


def _title(found: Passage, words: Words) -> Any:
    """The title of the document in its own language; without one its publisher."""
    title, language = str(found.document.get("title") or ""), found.document.get("language")
    if not title:
        return found.figure["publisher_label"]
    return html.Span(shown(title, words), **({"lang": str(language)} if language else written_in(title)))


def claim_facts(figure: Row, words: Words) -> Component:
    """What the sentence was read as."""
    precision = figure["place_precision"]
    place = [named_place(figure["place_label"], figure["place_id"], words), html.Span(words(f"precision.{precision}"))] if precision else ""
    return facts(
        [
            (words("evidence.value"), html.Span([html.Strong(claimed(figure["value_text"], words)), html.Span(interval(figure, words))])),
            (words("evidence.metric"), label(METRICS, figure["metric"], words)),
            (words("evidence.kind"), label(KINDS, figure["kind"], words)),
            (words("evidence.group"), figure.get("group_text") or label(GROUP_STATUSES, figure["group_status"], words)),
            (words("evidence.group_words"), _verbatim(figure["group_label"])),
            (words("evidence.place"), html.Span(place) if place else ""),
            (words("evidence.place_words"), _verbatim(figure["place_text"]) if figure["place_text"] != figure["place_name"] else ""),
            (words("evidence.perpetrator"), html.Bdi(figure["responsible"]) if figure.get("responsible") else ""),
        ]
    )


def interval(figure: Row, words: Words) -> str:
    """The lowest and highest number the words allow, in words."""
    low, high = figure["value_low"], figure["value_high"]
    if low is None and high is None:
        return words("interval.none")
    if low == high:
        return _counted(low, figure, words)
    if high is None or figure["interval_open_high"]:
        return words("interval.open", counted=_counted(low, figure, words))
    return words("interval.closed", low=int(low or 0), counted=_counted(high, figure, words))


def _counted(number: float | None, figure: Row, words: Words) -> str:
    """So many people, households or things, in the form the number asks for."""
    return words(f"counted.{figure['unit'] or Unit.PERSON}", n=int(number or 0))


def _quotable(found: Evidence, words: Words, zone: tzinfo) -> list[Component]:
    sentence = quotable(found, words, zone, interval(found.figure, words))
    return [html.Section(sentence)] if sentence else []


def _notes(found: Evidence, words: Words, zone: tzinfo, href: Href) -> list[Component]:
    """Public notes that stand on the figure or its document, before anything is read into it; nothing where there are none."""
    if not found.notes:
        return []
    withdrawn = [html.P(words("notes.withdrawn"), className="withdrawn")] if found.figure["withdrawn_at"] else []
    return [_section(words("notes.title"), [*withdrawn, note_list(found.notes, words, zone, href)])]


def _definition(text: str, words: Words) -> Component | None:
    """What the words of the one who counted mean: whom its figures count, where and how."""
    return html.P(source_text(text, "en", words), className="note") if text else None


def _chain(found: Evidence, words: Words) -> Component:
    """Who counted, who passed it on, what we read: three things, never one."""
    steps = [
        html.Li(
            [
                html.Span(words(f"role.{link.role}"), className="role"),
                voice(link.label, link.kind, words),
                _definition(link.definition, words) if link.role == "claimed_source" else None,
            ]
        )
        for link in found.chain
    ]
    interest = label(INTERESTS, found.figure["interest"], words)
    basis = found.figure["primary_basis"]
    more = facts([(words("evidence.interest"), interest), (words("evidence.basis"), _verbatim(basis))])
    return _section(words("evidence.chain"), [html.Ol(steps, className="chain"), more])


def _differences(rows: Sequence[Row], words: Words, href: Href) -> Any:
    if not rows:
        return html.P(words("evidence.no_differences"), className="note")
    return html.Ul(
        [
            html.Li(
                [
                    verdict(row["code"], row["severity"], words),
                    html.P(words.told(row["sentence"], row["sentence_lang"]), dir="auto", lang=row["sentence_lang"]),
                    _other(row, words, href),
                ]
            )
            for row in rows
        ],
        className="differences",
    )


def _other(row: Row, words: Words, href: Href) -> Component:
    """The way to the other claim of a pair."""
    see = words("evidence.see_other", source=row["other_source"], value=said(row["other_value"], words))
    return evidence_link(see, row["other_figure"], href(str(row["other_figure"])))


def _parts(found: Evidence, words: Words, href: Href) -> list[Component]:
    """What it is a part of, and its own parts; nothing where it is neither."""
    whole = [html.P([words("evidence.part_of"), " ", _figure(found.parent, words, href)])] if found.parent else []
    parts = [_figures(found.parts, words, href)] if found.parts else []
    return [_section(words("evidence.parts"), [*whole, *parts])] if whole or parts else []


def _citations(found: Evidence, words: Words, href: Href) -> list[Component]:
    return [_section(words("evidence.same_claim"), _figures(found.citations, words, href))] if found.citations else []


def _figures(rows: Sequence[Row], words: Words, href: Href) -> Component:
    return html.Ul([html.Li(_figure(row, words, href)) for row in rows], className="figures-list")


def _figure(row: Row, words: Words, href: Href) -> Component:
    label = words(
        "evidence.figure", value=said(row["value_text"], words) or "?", source=row["source_label"], publisher=row["publisher_label"]
    )
    return evidence_link(label, row["figure_id"], href(str(row["figure_id"])))


def _dates(figure: Row, words: Words, zone: tzinfo) -> Component:
    return _section(
        words("evidence.dates"),
        facts(
            [
                (words("evidence.event"), _days(figure["event_start"], figure["event_end"], words)),
                (words("evidence.window"), _days(figure["window_start"], figure["window_end"], words)),
                (words("evidence.as_of"), _as_of(figure, words)),
                (words("evidence.published"), _published(figure, words, zone)),
                (words("evidence.retrieved"), _moment(figure["retrieved_at"], words, zone)),
                (words("evidence.first_seen"), _moment(figure["first_seen_at"], words, zone)),
                (words(f"evidence.{_ending(figure)}"), _moment(figure["superseded_at"], words, zone)),
            ]
        ),
    )


def _ending(figure: Row) -> str:
    """Why a figure stands no longer: a later edition replaced it, or its document was withdrawn."""
    return "withdrawn" if figure["withdrawn_at"] and figure["withdrawn_at"] == figure["superseded_at"] else "superseded"


def _reading(figure: Row, words: Words) -> Component:
    """How the words became an interval, and whether a person has looked."""
    return _section(
        words("evidence.reading"),
        facts(
            [
                (words("evidence.qualifier"), label(QUALIFIERS, figure["qualifier"], words)),
                (words("evidence.rule"), html.Code(figure["interval_rule"]) if figure["interval_rule"] else ""),
                (words("evidence.review"), words(f"review.{figure['review']}")),
                (words("evidence.verification"), words(f"verification.{figure['verification']}")),
                (words("evidence.confidence"), f"{round(100 * float(figure['confidence'] or 0))}%"),
                (words("evidence.doubts"), doubt_list(str(figure["doubts"]), words)),
                (words("evidence.extractor"), html.Code(figure["extractor_version"]) if figure["extractor_version"] else ""),
            ]
        ),
    )


def doubt_list(kept: str, words: Words) -> Component | str:
    """What the reading leans on that may not hold, each with the values considered; nothing where nothing does."""
    items = [html.Li(_doubt(*one.split("=", 1), words=words)) for one in kept.split(";") if one]
    return html.Ul(items) if items else ""


def _doubt(doubt: str, candidates: str = "", *, words: Words) -> list[str | Component]:
    named = label(DOUBTS, doubt, words)
    if not candidates:
        return [named]
    told = (words("doubt.none") if one == _NONE else one for one in candidates.split("|"))
    return [named, words("list.colon"), html.Bdi(" / ".join(told))]


def _document(found: Evidence, words: Words, zone: tzinfo, copy: Component | None) -> Component:
    figure, document = found.figure, found.document
    published = _published(figure, words, zone)
    cited = words(
        "evidence.citation",
        value=figure["value_text"] or "?",
        source=figure["source_label"],
        publisher=figure["publisher_label"],
        title=document.get("title") or "",
        published=published,
        address=web_address(figure["url"]) or words("evidence.no_address"),
        figure=figure["figure_id"],
    )
    return _section(
        words("evidence.document"),
        [
            facts(
                [
                    (words("evidence.original"), outside_link(figure["url"], figure["url"]) if figure["url"] else ""),
                    (words("evidence.vanished"), _moment(document.get("vanished_at"), words, zone)),
                    (words("evidence.citation_of"), _verbatim(document.get("citation"))),
                    (words("evidence.licence"), source_text(str(document.get("licence") or ""), "en", words)),
                    (words("evidence.archive"), _archived(figure, copy)),
                ]
            ),
            html.P(cited, id="citation", className="citation", dir="auto"),
            html.Button(
                words("evidence.copy"),
                type="button",
                className="button",
                **attributes(data_copy="citation", data_copied=words("evidence.copied")),
            ),
        ],
    )


def _archived(figure: Row, copy: Component | None) -> Component | str:
    """The hash of the bytes the document was read in, and the way to them or a sentence why there is none."""
    sha256 = str(figure["archive_sha256"] or "")
    return html.Div([html.Code(sha256[:16]), html.Div(copy) if copy else None]) if sha256 else ""


def _section(title: str, body: Any) -> Component:
    return html.Section([html.H3(title), *(body if isinstance(body, list) else [body])])


def label(terms: Mapping[Any, Term], value: object, words: Words) -> str:
    """The label of a stored word of a vocabulary; the word itself where it is none."""
    found = next((term for word, term in terms.items() if str(word) == str(value)), None)
    return words.term(found) if found else str(value or "")


def _verbatim(text: object) -> Any:
    return as_written(str(text)) if text else ""


def _days(first: date | None, last: date | None, words: Words) -> str:
    return words.day(first) if first is not None and first == last else words.window_alone(first, last)


def _as_of(figure: Row, words: Words) -> str:
    day = words.day(figure["as_of"]) if figure["as_of"] else ""
    return words("evidence.inferred", day=day) if day and figure["as_of_inferred"] else day


def _published(figure: Row, words: Words, zone: tzinfo) -> str:
    return words.published(figure["published_at"].replace(tzinfo=figure["published_at"].tzinfo or UTC), zone)


def _moment(value: datetime | None, words: Words, zone: tzinfo) -> str:
    if value is None:
        return ""
    return words.moment(value if value.tzinfo else value.replace(tzinfo=UTC), zone)
