"""The documents of a snapshot by the bytes they were read in."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.query.snapshots import Snapshot, answered


@dataclass(frozen=True, slots=True)
class ReadIn:
    """A published document that was read in some bytes: through which connector, under what licence, fetched when (UTC), of what type."""

    source: str
    licence: str
    retrieved_at: datetime
    media_type: str


@answered
def read_in(db: Snapshot, sha256: str) -> tuple[ReadIn, ...]:
    """The documents that name these bytes, in the order of their identities; empty for bytes that no published document names."""
    sql = (
        "SELECT source, licence, retrieved_at, media_type FROM published_documents"
        " WHERE archive_sha256 = $sha256 AND archive_sha256 <> '' ORDER BY document_id"
    )
    rows = db.rows(sql, {"sha256": sha256})
    return tuple(ReadIn(source, licence or "", at.replace(tzinfo=UTC), media or "") for source, licence, at, media in rows)
