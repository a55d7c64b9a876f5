"""Adding documents with their figures: whole documents per transaction, only what is new, in bulk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ingest.errors import StoreError
from ingest.model.records import Document, Figure
from ingest.store import erasure, rows, tables
from ingest.store.entries import Added

_ROWS = 5000  # rows after which a transaction of many small documents ends; a document is never divided
_COPIED = 500  # rows from which PostgreSQL's COPY pays for the table it needs beside
COUNTED = {"preserve_rowcount": True}
_IDS = 500  # identities asked for at a time, well under what either database takes as parameters


@dataclass(slots=True)
class Part:
    """Whole documents that enter together: the documents given, and figures by the document they were read in."""

    documents: dict[str, Document] = field(default_factory=dict)
    figures: dict[str, list[Figure]] = field(default_factory=dict)
    size: int = 0


def parts(documents: Sequence[Document], figures: Sequence[Figure]) -> Iterator[Part]:
    """Divide what is given into transactions' worth."""
    given = {document.document_id: document for document in documents}
    read: dict[str, list[Figure]] = {document_id: [] for document_id in given}
    for figure in figures:
        read.setdefault(figure.document_id, []).append(figure)
    part = Part()
    for document_id, found in read.items():
        if document_id in given:
            part.documents[document_id] = given[document_id]
        part.figures[document_id] = found
        part.size += 1 + len(found)
        if part.size >= _ROWS:
            yield part
            part = Part()
    if part.size:
        yield part


def add(connection: sa.Connection, part: Part, now: datetime) -> Added:
    """Add what is new of a part within the connection's transaction."""
    document, figure = tables.documents.c, tables.figures.c
    given = len(part.documents) + sum(map(len, part.figures.values()))
    _leave_out(connection, part)
    present = set(_known(connection, document.document_id, document.document_id, list(part.figures)))
    _require(part, present)
    stored = set(_known(connection, figure.figure_id, figure.document_id, [one for one in part.figures if one in present]))
    new_documents = [rows.document_row(one, now) for one in part.documents.values() if one.document_id not in present]
    new_figures: dict[str, Figure] = {}
    for one in (one for found in part.figures.values() for one in found):
        if one.figure_id not in stored:
            new_figures.setdefault(one.figure_id, one)
    documents_added = _insert(connection, tables.documents, new_documents)
    figures_added = _insert(connection, tables.figures, [rows.figure_row(one, now) for one in new_figures.values()])
    return Added(documents_added, figures_added, given - documents_added - figures_added)


def _leave_out(connection: sa.Connection, part: Part) -> None:
    """What was taken down does not come back, neither the same bytes nor another edition at the same address."""
    documents = list(part.documents.values())
    digests = {one.document_id: rows.address_digest(one.url) for one in documents}
    hashes, addresses = erasure.refused(connection, [one.archive_sha256 for one in documents], list(digests.values()))
    for one in documents:
        if one.archive_sha256 in hashes or digests[one.document_id] in addresses:
            part.documents.pop(one.document_id)
            part.figures.pop(one.document_id, None)
    for identity in erasure.taken_down(connection) & part.figures.keys():
        part.figures.pop(identity)


def known_documents(connection: sa.Connection, identities: Sequence[str]) -> frozenset[str]:
    """Which of these documents are there."""
    column = tables.documents.c.document_id
    return frozenset(_known(connection, column, column, identities))


def revised_documents(connection: sa.Connection, identities: Sequence[str]) -> frozenset[str]:
    """Those of these documents that a later edition revises."""
    column = tables.documents.c.revises
    return frozenset(_known(connection, column, column, identities))


def mark_vanished(connection: sa.Connection, source: str, url: str, now: datetime) -> bool:
    """Note that an address of the source's documents is gone; the first note stands. Returns whether this is it."""
    document, digest = tables.documents.c, rows.address_digest(url)
    read = sa.exists().where((document.address_digest == digest) & (document.source == source))
    if not connection.scalar(sa.select(read)):
        return False
    return bool(_insert(connection, tables.vanished, [{"source": source, "url": url, "address_digest": digest, "noticed_at": now}]))


def _require(part: Part, present: set[str]) -> None:
    for document_id, found in part.figures.items():
        if document_id not in part.documents and document_id not in present:
            raise StoreError(
                f"Figure {found[0].figure_id} was read in document {document_id}, which is not in the ledger; add the document with it."
            )


def _known(connection: sa.Connection, wanted: sa.Column[Any], by: sa.Column[Any], keys: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(keys), _IDS):
        yield from connection.scalars(sa.select(wanted).where(by.in_(keys[start : start + _IDS])))


def _insert(connection: sa.Connection, table: sa.Table, new: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows; one that another program added meanwhile stays as it is. Returns how many were added."""
    if not new:
        return 0
    if connection.dialect.name == "postgresql" and len(new) >= _COPIED:
        return _copy(connection, table, new)
    insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    return connection.execute(insert.on_conflict_do_nothing(), new, execution_options=COUNTED).rowcount


def _copy(connection: sa.Connection, table: sa.Table, new: Sequence[Mapping[str, Any]]) -> int:
    """PostgreSQL takes many rows fastest as a COPY, which knows no conflicts: so into a table of this transaction, then over."""
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415 -- installed only where PostgreSQL is used

    names = list(new[0])
    pending = sa.Table(
        f"pending_{table.name}",
        sa.MetaData(),
        *[sa.Column(name, table.c[name].type) for name in names],
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    pending.create(connection, checkfirst=False)
    order = SQL("COPY {} ({}) FROM STDIN").format(Identifier(pending.name), SQL(", ").join(map(Identifier, names)))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(order) as copy:
        for row in new:
            copy.write_row(tuple(row.values()))
    insert = postgresql.insert(table).from_select(names, sa.select(pending)).on_conflict_do_nothing()
    return connection.execute(insert, execution_options=COUNTED).rowcount


def high_water(connection: sa.Connection) -> dict[str, int]:
    """The number of the last entry of each table that only grows."""
    grown = (tables.documents, tables.figures, tables.reviews, tables.rulings, tables.corrections, tables.vanished)
    return {table.name: connection.scalar(sa.select(sa.func.max(table.c.seq))) or 0 for table in grown}
