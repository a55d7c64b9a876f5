"""Public notes on figures and documents: what is said, of which figures, by whom and when."""

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.links import evidence_link
from dashboard.components.words import RIGHT_TO_LEFT, Words
from dashboard.query import PublicNote, Touched
from ingest.model.vocabulary import CORRECTION_KINDS, CorrectionKind

Href = Callable[[str], str]


def note_body(note: PublicNote, words: Words, zone: tzinfo, href: Href) -> list[Component]:
    """The note with its kind, its words, who and when, and links to the figures it names; `href` gives a figure's address."""
    direction = "rtl" if note.language in RIGHT_TO_LEFT else "ltr"
    moment = words.moment(note.written_at.replace(tzinfo=UTC), zone)
    said = html.P(note.text, lang=note.language, dir=direction)
    under = html.P([html.Span(_kind(note, words)), html.Span(html.Bdi(note.written_by)), html.Span(moment)], className="under")
    named = [
        _figures(words(key), found, words, href) for key, found in (("notes.about", note.figures), ("notes.instead", note.replacements))
    ]
    return [said if note.standing or note.takes_back else html.Del(said), under, *(one for one in named if one is not None)]


def _kind(note: PublicNote, words: Words) -> str:
    kind = words.term(CORRECTION_KINDS[CorrectionKind(note.kind)])
    if note.standing:
        return kind
    return words("notes.takes_back", kind=kind, note=note.takes_back) if note.takes_back else words("notes.taken_back", kind=kind)


def _figures(label: str, touched: Sequence[Touched], words: Words, href: Href) -> Component | None:
    if not touched:
        return None
    links = [
        html.Li(evidence_link(words("notes.figure", value=one.value or "?", source=one.source), one.figure_id, href(one.figure_id)))
        for one in touched
    ]
    return html.Div([html.Span(label, className="note"), html.Ul(links, className="figures-list")])


def note_list(notes: Sequence[PublicNote], words: Words, zone: tzinfo, href: Href) -> Component:
    """Notes one below the other, each with an address of its own."""
    return html.Ul([html.Li(note_body(one, words, zone, href), className="public-note") for one in notes], className="public-notes")
