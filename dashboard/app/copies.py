"""The archived copy of a document: said in its evidence, and downloaded from `/archive/<sha256>` by whoever may see it.

A copy is what somebody else wrote: it can be hostile, and it names victims whose names are withheld everywhere else. So it is only ever
a download, no browser keeps it for others or opens it as a page of this app, and an address names bytes by their hash alone, which a
published document must name too.
"""

import re
from datetime import UTC, datetime
from typing import Final

from dash.development.base_component import Component
from flask import Flask, Response, request
from werkzeug.wsgi import wrap_file

from dashboard import query, shell
from dashboard.components.copies import copy_link, file_name
from dashboard.components.elements import html
from dashboard.components.failures import failures, told_plainly
from dashboard.components.words import Words
from dashboard.shell import Screen, View
from dashboard.state import LANGUAGES, Filters
from ingest import review
from ingest.errors import StoreError
from ingest.fetch.archive import Archive
from ingest.fetch.copies import Copy, Standing, copy_of
from ingest.fetch.retention import Holding, Retention

ROUTE: Final = "/archive/"
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_STATUS: Final = {Standing.TAKEN_DOWN: 410, Standing.LET_GO: 410, Standing.ABSENT: 404}
_HEADERS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}


def register(server: Flask) -> None:
    """Add the address of archived copies; `crisis=` and `lang=` as on every page."""
    server.add_url_rule(f"{ROUTE}<sha256>", "archived_copy", _answer)


def may_see(view: View) -> bool:
    """Whether whoever asks may see archived copies."""
    return review.sees_copies(view.desk.settings, review.Asked.of(request.remote_addr, request.host, dict(request.headers)))


def told(view: View, db: query.Snapshot, sha256: str) -> Component:
    """What the evidence says of a copy: the way to it, or why there is none for whoever asks."""
    if not may_see(view):
        return html.Span(view.words("copy.held"), className="note")
    documents = query.read_in(db, sha256)
    if not documents:
        return html.Span(view.words("copy.unknown"), className="note")
    try:
        copy = _copy(view, sha256, documents)
    except StoreError as error:
        return html.Span(failures(str(error), view.words), className="note")
    if copy.standing is not Standing.HERE:
        return html.Span(_why(copy, view.words), className="note")
    address = view.address(f"{ROUTE}{sha256}", Filters(crisis=view.filters.crisis, lang=view.filters.lang).query())
    return copy_link(documents[0].media_type, copy.size, address, view.words)


def _copy(view: View, sha256: str, documents: tuple[query.ReadIn, ...]) -> Copy:
    settings = view.desk.settings
    holdings = [Holding(sha256, one.source, one.licence, one.retrieved_at) for one in documents]
    return copy_of(Archive(settings.raw), holdings, Retention.parse(settings.retention), datetime.now(UTC))


def _why(copy: Copy, words: Words) -> str:
    """Why a copy cannot be had; what was taken down with its reason, in the reader's language where it was written in it."""
    notes = dict(zip(LANGUAGES, copy.notes, strict=True))
    reason = next(filter(None, (notes[words.language], *copy.notes)), "")
    return " ".join(filter(None, (words(f"copy.{copy.standing}"), reason)))


def _answer(sha256: str) -> Response:
    """The bytes, 304 where the reader has them, or a sentence: 403 to whoever may not see them, 404, 410."""
    asked = Filters.from_query(request.args.to_dict(flat=False))
    view = shell.desk().look_at(ROUTE, Filters(crisis=asked.crisis, lang=asked.lang), Screen())
    if not may_see(view):
        return _sentence(403, view.words("copy.held"))
    documents = query.read_in(view.db, sha256) if view.db is not None and _HASH.fullmatch(sha256) else ()
    if not documents:
        return _sentence(404, view.words("copy.unknown"))
    try:
        copy = _copy(view, sha256, documents)
        if copy.standing is not Standing.HERE:
            return _sentence(_STATUS[copy.standing], _why(copy, view.words))
        return _download(sha256, documents[0].media_type)
    except StoreError as error:
        return _sentence(500, told_plainly(str(error), view.words))


def _download(sha256: str, media_type: str) -> Response:
    """The bytes as they came, under a type that no browser shows. Raises `StoreError` where they are not what they were."""
    body = Archive(shell.desk().settings.raw).body(sha256)
    answer = Response(wrap_file(request.environ, body.open()), mimetype="application/octet-stream", direct_passthrough=True)
    answer.content_length = body.size
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(sha256, media_type)}"'
    answer.headers.update(_HEADERS)
    answer.set_etag(sha256)
    answer.make_conditional(request)
    return answer


def _sentence(status: int, text: str) -> Response:
    return Response(text + "\n", status, mimetype="text/plain")
