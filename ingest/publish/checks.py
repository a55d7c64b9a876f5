"""What must hold before anything is published. Each check names the first rows that fail it; one failure publishes nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import sqlalchemy as sa

from ingest.errors import PublishRefused
from ingest.model import snapshot as layout
from ingest.model import vocabulary
from ingest.model.schema import TABLES
from ingest.model.vocabulary import ValueStatus
from ingest.publish.frames import quoted
from ingest.publish.tables import Contents
from ingest.store import erasure, tables
from ingest.text.normalise import fold_digits

_SHOWN = 5  # identities named in a refusal
_DOCUMENTS = 200  # texts held at a time
_SPACE = re.compile(r"\s+")


def check_words(contents: Contents) -> None:
    """Every value of a closed vocabulary is one of its words. Raises `PublishRefused`."""
    for table, frame in contents.frames.items():
        for column in TABLES[table]:
            if column.closed:
                known = {word.value for word in getattr(vocabulary, column.closed)} | {""}
                said = frame[column.name]
                if column.type == "list":
                    said = said.map({joined: _first_strange(joined, known) for joined in said.unique()})
                strange = frame[~said.isin(known)]
                if len(strange):
                    word = said[strange.index].iloc[0]
                    raise PublishRefused(
                        f"Nothing was published: {_named(strange.iloc[:, 0])} of {table} say {word!r} in {column.name}, "
                        "which is not one of its words; update this program or reject the rows in review."
                    )


def _first_strange(joined: str, known: set[str]) -> str:
    """The first word of a list that is not known; empty where all are."""
    return next((word for item in joined.split(";") if (word := item.partition("=")[0]) not in known), "")


def check_evidence(contents: Contents, connection: sa.Connection, crisis: str) -> None:
    """Every figure's document exists, its quote stands in the text where it says, and its number in the quote. Raises `PublishRefused`.

    The number is compared with the words of the value after folding digits and white space: `at least 4` contains `4`. What was taken
    down has neither text nor quote, and a text that its licence kept no longer is empty: both are passed over.
    """
    figures = contents.frames["figures"]
    columns = ["document_id", "figure_id", "value_text", "value_status", "quote", "quote_start", "span_start", "span_end"]
    by_document: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for document_id, *row in zip(*[figures[name].tolist() for name in columns], strict=True):
        by_document[document_id].append(tuple(row))
    failed: list[str] = []
    erased = erasure.taken_down(connection)
    for document_id, text in _texts(connection, crisis):
        rows = by_document.pop(document_id, ())
        failed.extend(row[0] for row in rows if text and document_id not in erased and not _stands(text, row))
    orphans = [row[0] for rows in by_document.values() for row in rows]
    if orphans:
        raise PublishRefused(f"Nothing was published: the documents of {_named(orphans)} are not in the ledger; restore it from a backup.")
    if failed:
        raise PublishRefused(
            f"Nothing was published: the numbers of {_named(failed)} are not found in their documents where they should be; "
            "reject them in review, or read the documents again."
        )


def check_growth(contents: Contents, previous: Path | None) -> None:
    """Nothing that was published is missing from the ledger: rows leave only by review. Raises `PublishRefused`."""
    if previous is None:
        return
    for table, known in contents.known.items():
        path = layout.pattern(previous, table)
        with duckdb.connect() as opened:
            key = TABLES[table][0].name
            published = opened.execute(f"SELECT {key} FROM read_parquet('{quoted(path)}')").df()[key]  # noqa: S608 -- a name of the schema
        lost = published[~published.isin(known)]
        if len(lost):
            raise PublishRefused(
                f"Nothing was published: the ledger lacks {_named(lost)} of {table} that {previous.name} holds; "
                f"check CROSSCOUNT_DATABASE, or remove {previous.parent} if the ledger was started afresh on purpose."
            )


def _texts(connection: sa.Connection, crisis: str) -> Iterator[tuple[str, str]]:
    document, figure = tables.documents.c, tables.figures.c
    read_for = document.document_id.in_(sa.select(figure.document_id).where(figure.crisis == crisis))
    query = sa.select(document.document_id, document.text).where(read_for).order_by(document.seq)
    for row in connection.execute(query, execution_options={"yield_per": _DOCUMENTS}):
        yield row[0], row[1]


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


def _named(identities: "pd.Series[str] | list[str]") -> str:
    """The first few of some identities, and how many more."""
    shown = [str(identity) for identity in identities[:_SHOWN]]
    more = len(identities) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
