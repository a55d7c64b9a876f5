"""Erasing the words of documents from a ledger. Identities, hashes, dates, codes and, unless told otherwise, numbers stay.

This is the one place where a row of a document or a figure is ever changed: by a takedown, which a public note says first, or because
the licence of a text keeps it no longer.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa

from ingest.model.claims import UNATTRIBUTED
from ingest.model.vocabulary import CorrectionKind, ValueStatus
from ingest.store import tables
from ingest.store.engine import file_of
from ingest.store.rows import address_digest, split

# Columns that hold words of the text, or of the page around it.
_OF_A_DOCUMENT = ("text", "title", "citation")
_OF_A_FIGURE = (
    "quote", "value_text", "source_term", "group_label", "group_role", "unit_reported", "claimed_source_text", "primary_basis",
    "perpetrator", "window_text", "place_text", "doubts",
)  # fmt: skip
_NUMBERS = ("value_low", "value_best", "value_high", "persons_est_low", "persons_est_high")
_TOUCHED = ("documents", "figures", "run_log", "fetches", "vanished")
_IDS = 500  # identities named at a time


@dataclass(frozen=True, slots=True)
class Extent:
    """What is erased beside the words: the `address` of the documents, the `numbers` of their figures."""

    address: bool = False
    numbers: bool = False


def erase(connection: sa.Connection, documents: Sequence[str], extent: Extent) -> None:
    """Erase the words of documents, of their figures and of what the log of runs says about them, within the transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    for some in _parts(documents):
        _erase_log(connection, some)
        _erase_figures(connection, some, extent)
        _erase_documents(connection, some, extent)


def let_texts_go(connection: sa.Connection, documents: Sequence[str]) -> None:
    """Erase the texts of documents whose licence keeps them no longer; titles, quotes and figures stay."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    for some in _parts(documents):
        connection.execute(sa.update(tables.documents).where(tables.documents.c.document_id.in_(some)).values(text=""))


def overwrite(engine: sa.Engine) -> str:
    """Write the database anew, so that no free page or log holds what was erased. Returns a sentence where that is not sure."""
    if file_of(engine) is None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in _TOUCHED:
                connection.exec_driver_sql(f"VACUUM FULL {name}")
        return "The server's own write-ahead log, its replicas and its backups are not reached from here; see that they expire."
    try:
        with closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        busy = bool(error)
    return "The log of the ledger could not be emptied while another crosscount has it open; stop it and run this again." if busy else ""


def taken_down(connection: sa.Connection) -> frozenset[str]:
    """The documents whose words were erased."""
    note = tables.corrections.c
    named = connection.scalars(sa.select(note.documents).where(note.kind == CorrectionKind.TAKEDOWN.value))
    return frozenset(identity for joined in named for identity in split(joined))


def refused(connection: sa.Connection, hashes: Sequence[str], addresses: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Which of these hashes of bytes, and of these digests of addresses, belong to a document that was taken down."""
    document, gone = tables.documents.c, sorted(taken_down(connection))
    found: tuple[set[str], set[str]] = set(), set()
    for some in _parts(gone):
        for sha256, digest in connection.execute(
            sa.select(document.archive_sha256, document.address_digest).where(document.document_id.in_(some))
        ):
            found[0].add(sha256)
            found[1].add(digest)
    return frozenset(hashes) & found[0], (frozenset(addresses) & found[1]) - {address_digest("")}


def _erase_documents(connection: sa.Connection, some: Sequence[str], extent: Extent) -> None:
    document = tables.documents.c
    connection.execute(
        sa.update(tables.documents)
        .where(document.document_id.in_(some))
        .values({**dict.fromkeys(_OF_A_DOCUMENT, ""), **({"url": ""} if extent.address else {})})
    )
    if extent.address:
        digests = sa.select(document.address_digest).where(document.document_id.in_(some))
        for table in (tables.fetches, tables.vanished):
            connection.execute(sa.update(table).where(table.c.address_digest.in_(digests)).values(url=""))
        connection.execute(sa.update(tables.fetches).where(tables.fetches.c.address_digest.in_(digests)).values(final_url=""))


def _erase_figures(connection: sa.Connection, some: Sequence[str], extent: Extent) -> None:
    figure, mine = tables.figures.c, tables.figures.c.document_id.in_(some)
    # A voice nobody describes is called by the report's own words.
    own_words = mine & (sa.func.lower(figure.claimed_source) == sa.func.lower(figure.claimed_source_text))
    connection.execute(sa.update(tables.figures).where(own_words).values(claimed_source=UNATTRIBUTED, independence_group=UNATTRIBUTED))
    erased = dict.fromkeys(_OF_A_FIGURE, "")
    numbers = {**dict.fromkeys(_NUMBERS), "value_status": ValueStatus.NO_NUMBER.value} if extent.numbers else {}
    connection.execute(sa.update(tables.figures).where(mine).values({**erased, **numbers, **({"url": ""} if extent.address else {})}))


def _erase_log(connection: sa.Connection, some: Sequence[str]) -> None:
    """Lines of run logs that name a document by identity, address or title."""
    document, line = tables.documents.c, tables.run_log.c
    rows = connection.execute(sa.select(document.document_id, document.url, document.title).where(document.document_id.in_(some))).all()
    for identity, url, title in rows:
        about = line.subject.startswith(identity, autoescape=True) | line.subject.in_([one for one in (url, title) if one])
        connection.execute(sa.update(tables.run_log).where(about).values(subject=identity, reason="Erased with its document."))


def _parts(identities: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(identities), _IDS):
        yield identities[start : start + _IDS]
