"""What must hold before anything is published. Each check names the first rows that fail it; one failure publishes nothing."""

import re
from itertools import groupby, islice
from typing import Any

import duckdb
import sqlalchemy as sa

from ingest.errors import PublishRefused
from ingest.model import vocabulary
from ingest.model.schema import TABLES
from ingest.model.vocabulary import ValueStatus
from ingest.publish.desk import Desk
from ingest.store import erasure, tables
from ingest.text.normalise import fold_digits

_SHOWN = 5  # identities named in a refusal
_DOCUMENTS = 200  # texts held at a time
_FETCHED = 5000
_SPACE = re.compile(r"\s+")


def check_words(opened: duckdb.DuckDBPyConnection, table: str, source: str) -> None:
    """Every value of a closed vocabulary in the rows of `source` is one of its words. Raises `PublishRefused`."""
    key = TABLES[table][0].name
    for column in TABLES[table]:
        if not column.closed:
            continue
        known = {word.value for word in getattr(vocabulary, column.closed)} | {""}
        for row in opened.execute(f"SELECT DISTINCT coalesce({column.name}, '') FROM {source}").fetchall():  # noqa: S608
            said = str(row[0])
            word = _first_strange(said, known) if column.type == "list" else said
            if word not in known:
                rows = opened.execute(f"SELECT {key} FROM {source} WHERE {column.name} = ? ORDER BY {key}", [said]).fetchall()  # noqa: S608
                raise PublishRefused(
                    f"Nothing was published: {_named([one for (one,) in rows])} of {table} say {word!r} in {column.name}, "
                    "which is not one of its words; update this program or reject the rows in review."
                )


def _first_strange(joined: str, known: set[str]) -> str:
    """The first word of a list that is not known; empty where all are."""
    return next((word for item in joined.split(";") if (word := item.partition("=")[0]) not in known), "")


def check_evidence(opened: duckdb.DuckDBPyConnection, source: str, ledger: sa.Connection) -> None:
    """Every figure's document exists, its quote stands in the text where it says, and its number in the quote. Raises `PublishRefused`.

    The number is compared with the words of the value after folding digits and white space: `at least 4` contains `4`. What was taken
    down has neither text nor quote, and a text that its licence kept no longer is empty: both are passed over. `source` holds the
    figures; a few hundred documents are looked at at a time.
    """
    columns = "document_id, figure_id, value_text, value_status, quote, quote_start, span_start, span_end"
    failed: list[str] = []
    orphans: list[str] = []
    erased = erasure.taken_down(ledger)
    with opened.cursor() as cursor:
        asked = cursor.execute(f"SELECT {columns} FROM {source} ORDER BY document_id, figure_id")  # noqa: S608 -- names of the schema
        rows = (row for rows in iter(lambda: asked.fetchmany(_FETCHED), []) for row in rows)
        of_document = groupby((row for row in rows if row[0] not in erased), key=lambda row: row[0])
        while batch := [(document, [row[1:] for row in found]) for document, found in islice(of_document, _DOCUMENTS)]:
            texts = _texts(ledger, [document for document, _ in batch])
            orphans += [row[0] for document, found in batch if document not in texts for row in found]
            failed += [row[0] for document, found in batch if texts.get(document) for row in found if not _stands(texts[document], row)]
    if orphans:
        raise PublishRefused(f"Nothing was published: the documents of {_named(orphans)} are not in the ledger; restore it from a backup.")
    if failed:
        raise PublishRefused(
            f"Nothing was published: the numbers of {_named(failed)} are not found in their documents where they should be; "
            "reject them in review, or read the documents again."
        )


def check_growth(desk: Desk) -> None:
    """Nothing that was published is missing from the ledger: rows leave only by review. Raises `PublishRefused`.

    Where the version before is continued, its figures are known to be there.
    """
    previous = desk.draft.previous
    if previous is None:
        return
    desk.named("known", "document_id", desk.ledger.scalars(sa.select(tables.documents.c.document_id)))
    for table, known in (*(() if desk.since else (("figures", "raw"),)), ("documents", "known")):
        key = TABLES[table][0].name
        lost = desk.listed(f"SELECT {key} FROM {desk.before(table)} ANTI JOIN {known} USING ({key}) ORDER BY {key}")  # noqa: S608
        if lost:
            raise PublishRefused(
                f"Nothing was published: the ledger lacks {_named(lost)} of {table} that {previous.name} holds; "
                f"check CROSSCOUNT_DATABASE, or remove {previous.parent} if the ledger was started afresh on purpose."
            )


def _texts(ledger: sa.Connection, documents: list[str]) -> dict[str, str]:
    document = tables.documents.c
    asked = sa.select(document.document_id, document.text).where(document.document_id.in_(documents))
    return {row.document_id: row.text for row in ledger.execute(asked)}


def _stands(text: str, row: tuple[Any, ...]) -> bool:
    _, said, status, quote, quote_start, start, end = row
    if not (0 <= quote_start <= start < end <= quote_start + len(quote) <= len(text)):
        return False
    if not text.startswith(quote, quote_start):
        return False
    if status in {ValueStatus.NO_NUMBER.value, ValueStatus.EXPLICIT_UNKNOWN.value}:
        return True
    return _folded(text[start:end]) in _folded(said)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", fold_digits(text)).casefold().strip()


def _named(identities: list[str]) -> str:
    """The first few of some identities, and how many more."""
    shown = [str(identity) for identity in identities[:_SHOWN]]
    more = len(identities) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
