"""Feeds for any feed reader. As a refresher wrote them beside the snapshots: /alerts.atom, what a person released, and /digest.atom, a
channel that is a feed. As the current snapshot has them: /corrections.atom, the public notes on figures and documents.
"""

import re
from collections.abc import Sequence
from datetime import UTC
from typing import Final

from flask import Flask, Response, abort, request

from dashboard import query, shell
from dashboard.components.words import Words, speak
from dashboard.shell import Screen
from dashboard.state import LANGUAGES, Filters
from ingest.model.atom import CONTENT_TYPE, Entry, Feed, feed
from ingest.model.snapshot import ALERTS_FEED, ALERTS_IDENTITY, OWN_FEED
from ingest.model.vocabulary import CORRECTION_KINDS, CorrectionKind

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def register(server: Flask) -> None:
    """Add the feeds; `?lang=` chooses the language, `?name=` the channel.

    A channel's that was never written is status 404. That of alerts can be subscribed to before there is one, so it is then empty.
    """
    server.add_url_rule("/alerts.atom", "alerts_feed", _alerts)
    server.add_url_rule("/digest.atom", "digest_feed", _own)
    server.add_url_rule("/corrections.atom", "corrections", _corrections)


def _alerts() -> Response:
    language = _language()
    return _answer(_read(ALERTS_FEED.format(language=language)) or _nothing_released(language))


def _own() -> Response:
    name = request.args.get("name", "")
    if not _NAME.fullmatch(name):
        abort(404)
    return _answer(_read(OWN_FEED.format(name=name)) or abort(404))


def _read(name: str) -> bytes:
    """A feed as it was written; nothing where none is."""
    settings = shell.desk().settings
    try:
        return (settings.published / settings.crisis / name).read_bytes()
    except OSError:
        return b""


def _nothing_released(language: str) -> bytes:
    """The feed of alerts before anything was released, under the identity it will have: feed readers go on with it."""
    opened = shell.desk()
    words, crisis, root = speak(opened.words, language), opened.settings.crisis, request.url_root.rstrip("/")
    identity = ALERTS_IDENTITY.format(crisis=crisis, language=language)
    title = f"Crosscount: {crisis} ({words('alerts.feed_empty')})"
    return feed(Feed(identity, title, language, f"{root}/alerts.atom?lang={language}", f"{root}/"), ())


def _corrections() -> Response:
    view = shell.desk().look_at("/method", Filters(lang=_language()), Screen())
    if view.db is None:
        abort(404)
    notes = query.public_notes(view.db, view.filters.lang)
    return _answer(_notes(notes, view.words, view.title, request.url_root))


def _language() -> str:
    asked = request.args.get("lang", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _notes(notes: Sequence[query.PublicNote], words: Words, crisis: str, root: str) -> bytes:
    """The feed of the notes, newest first."""
    title = words("watch.feed", scope=words("list.separator").join((crisis, words("method.notes"))))
    about = Feed(f"{root}corrections.atom?lang={words.language}", title, words.language)
    return feed(about, [_note(note, words, root) for note in notes])


def _note(note: query.PublicNote, words: Words, root: str) -> Entry:
    kind = words.term(CORRECTION_KINDS[CorrectionKind(note.kind)])
    title = kind if note.standing else words("notes.taken_back", kind=kind)
    link = f"{root}method?lang={words.language}#{note.correction_id}"
    identity, written = f"urn:crosscount:note:{note.correction_id}", note.written_at.replace(tzinfo=UTC)
    return Entry(identity, title, written, note.text, link, author=note.written_by, language=note.language)


def _answer(content: bytes) -> Response:
    answer = Response(content, content_type=CONTENT_TYPE)
    answer.add_etag()
    answer.make_conditional(request)
    return answer
