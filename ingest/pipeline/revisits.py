"""Reports that no list shows any more: their pages are asked for again now and then, so that a change or an end is noticed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.feeds import NOT_FOUND, own_page
from ingest.feeds.rechecks import SHORTEST, is_due
from ingest.fetch.exchange import HttpFailure, shown
from ingest.fetch.request import FetchRequest
from ingest.model.ids import document_id
from ingest.model.records import Document
from ingest.store import Ledger
from ingest.text import MediaType, read

_AT_ONCE = 10  # pages of one source in one refresh


def due_pages(ledger: Ledger, source: str, now: datetime) -> tuple[Document, ...]:
    """The documents of a source whose pages were not asked for the longest beyond their time."""
    pages = (one for one in ledger.pages_asked(source, now - SHORTEST) if is_due(one.published_at, one.asked_at, now))
    found = (ledger.document(one.document_id) for one, _ in zip(pages, range(_AT_ONCE), strict=False))
    return tuple(one for one in found if one is not None and "record" not in MediaType.parse(one.media_type).params)


def revisited(documents: tuple[Document, ...], request: FetchRequest) -> Iterator[Document]:
    """Ask for the pages again; yields the later editions, and tells of pages that are gone. One that fails is left for another time."""
    for document in documents:
        known = request.client.known(document.url)
        if known is None or not is_due(document.published_at, known.retrieved_at, request.now()):
            continue  # the source asked for it itself meanwhile
        try:
            edition = _edition(document, request)
        except (SourceUnavailable, UnreadableDocument) as error:
            if isinstance(error, HttpFailure) and error.status in NOT_FOUND:
                request.vanished(document.url)
            else:
                request.progress(f"An older report was looked at again: {error}")
        else:
            if edition.text != document.text:
                yield edition


def _edition(document: Document, request: FetchRequest) -> Document:
    """What the page says now, read as it was read before."""
    response = own_page(request, document.url)
    charset = MediaType.parse(response.media_type).params.get("charset", "")
    media = str(MediaType.parse(document.media_type).with_params(charset=charset))
    extracted = read(response.content, media, shown(document.url))
    return replace(
        document,
        document_id=document_id(document.source, document.publisher, document.url, extracted.text),
        title=extracted.title or document.title,
        text=extracted.text,
        media_type=media,
        retrieved_at=response.retrieved_at,
        archive_sha256=response.sha256,
        revises="",
    )
