"""Feeds for any feed reader (RFC 4287). /alerts.atom: the alerts that a person released, as a refresher wrote them beside the snapshots;
/corrections.atom: the public notes on figures and documents, as the current snapshot has them.
"""

import re
from collections.abc import Sequence
from datetime import UTC
from typing import Final
from xml.etree import ElementTree as Xml

from flask import Flask, Response, abort, request

from dashboard import query, shell
from dashboard.components.words import Words
from dashboard.shell import Screen
from dashboard.state import LANGUAGES, Filters
from ingest.model.snapshot import ALERTS_FEED
from ingest.model.vocabulary import CORRECTION_KINDS, CorrectionKind

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML cannot hold
_BEGINNING: Final = "1970-01-01T00:00:00+00:00"


def register(server: Flask) -> None:
    """Add the feeds; `?lang=` chooses the language. Before the first look for alerts, or a first snapshot, there is none: status 404."""
    server.add_url_rule("/alerts.atom", "alerts", _alerts)
    server.add_url_rule("/corrections.atom", "corrections", _corrections)


def _alerts() -> Response:
    settings = shell.desk().settings
    path = settings.published / settings.crisis / ALERTS_FEED.format(language=_language())
    try:
        content = path.read_bytes()
    except OSError:
        abort(404)
    return _answer(content)


def _corrections() -> Response:
    view = shell.desk().look_at("/method", Filters(lang=_language()), Screen())
    if view.db is None:
        abort(404)
    notes = query.public_notes(view.db, view.filters.lang)
    return _answer(_feed(notes, view.words, view.title, request.url_root))


def _language() -> str:
    asked = request.args.get("lang", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _feed(notes: Sequence[query.PublicNote], words: Words, crisis: str, root: str) -> bytes:
    """The feed of the notes, newest first; the same notes give the same bytes."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": words.language})
    _add(feed, "id", f"{root}corrections.atom?lang={words.language}")
    _add(feed, "title", f"Crosscount: {crisis}, {words('method.notes')}")
    _add(feed, "updated", _moment(notes[0]) if notes else _BEGINNING)
    _add(_add(feed, "author"), "name", "Crosscount")
    for note in notes:
        kind = words.term(CORRECTION_KINDS[CorrectionKind(note.kind)])
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:crosscount:note:{note.correction_id}")
        _add(entry, "title", kind if note.standing else words("notes.taken_back", kind=kind))
        _add(entry, "updated", _moment(note))
        _add(entry, "summary", note.text, **{"{http://www.w3.org/XML/1998/namespace}lang": note.language})
        _add(_add(entry, "author"), "name", note.written_by)
        _add(entry, "link", rel="alternate", href=f"{root}method?lang={words.language}#{note.correction_id}")
    return bytes(Xml.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _moment(note: query.PublicNote) -> str:
    return str(note.written_at.replace(tzinfo=UTC).isoformat(timespec="seconds"))


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _NO_TEXT.sub("\ufffd", text) or None
    return element


def _answer(content: bytes) -> Response:
    answer = Response(content, content_type=CONTENT_TYPE)
    answer.add_etag()
    answer.make_conditional(request)
    return answer
