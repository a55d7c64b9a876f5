"""The pages that reports were read from, and when each was last asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.store import tables


@dataclass(frozen=True, slots=True)
class AskedPage:
    """The latest edition of a report that has a page of its own, and when that page was last asked for."""

    document_id: str
    published_at: datetime
    asked_at: datetime


def asked_pages(connection: sa.Connection, source: str, before: datetime) -> Sequence[AskedPage]:
    """The pages of a source that were last asked for before a time, the longest ago first; those that are gone are left out."""
    document, fetch, gone, later = tables.documents.c, tables.fetches.c, tables.vanished.c, tables.documents.alias().c
    vanished = sa.exists().where(gone.address_digest == document.address_digest, gone.source == source)
    revised = document.document_id.in_(sa.select(later.revises).where(later.source == source))
    query = (
        sa.select(document.document_id, document.published_at, fetch.retrieved_at)
        .join(tables.fetches, fetch.address_digest == document.address_digest)
        .where(document.source == source, document.media_type.like("text/html%"), fetch.retrieved_at < before, ~vanished, ~revised)
        .order_by(fetch.retrieved_at, document.document_id)
    )
    return [AskedPage(*row) for row in connection.execute(query)]
