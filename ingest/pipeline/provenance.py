"""From every published figure back to the bytes it was read in: published row, ledger, archived bytes and their hash, text, quote.

Nothing is taken from one step that the next can tell: the text a quote is looked for in is the one its archived bytes give now.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.errors import StoreError, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.model import snapshot as layout
from ingest.model.records import Document, Figure
from ingest.model.withheld import says
from ingest.pipeline.texts import ArchivedTexts
from ingest.pipeline.verify import verified
from ingest.publish.frames import connection, quoted
from ingest.store import Ledger

# What a published row rests on beside its quote; each must be in the ledger as it is published.
_RESTS_ON = (
    "figure_id", "quote_start", "span_start", "span_end",
    "value_text", "value_low", "value_best", "value_high", "archive_sha256",
)  # fmt: skip
_FETCHED = 2000  # published rows read at a time


class Finding(StrEnum):
    """What came of following a figure, or a published file."""

    FOUND = "found"
    LET_GO = "let_go"
    TAKEN_DOWN = "taken_down"
    FILE_CHANGED = "file_changed"
    NOT_IN_LEDGER = "not_in_ledger"
    NO_BYTES = "no_bytes"
    UNREADABLE = "unreadable"
    NOT_IN_TEXT = "not_in_text"


SOUND = frozenset({Finding.FOUND, Finding.LET_GO, Finding.TAKEN_DOWN})
"""Findings that are no fault: bytes whose time in the archive was over, or that were taken down, are gone on purpose."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Some figures of one document, or one published file, with the same finding; `note` is a sentence where it is a fault."""

    finding: Finding
    figures: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What following figures takes. `expired` are the hashes of bytes that the rules of retention no longer keep."""

    folder: Path
    ledger: Ledger
    archive: Archive
    expired: Set[str] = frozenset()
    _texts: ArchivedTexts = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Texts are read in the order of their bytes."""
        object.__setattr__(self, "_texts", ArchivedTexts(self.archive))

    def files(self) -> Iterator[Followed]:
        """The files of the snapshot whose bytes are not those of its manifest."""
        for name, sha256 in layout.manifest(self.folder).sha256.items():
            path = self.folder / name
            if not path.is_file() or _sha256(path) != sha256:
                note = f"{path} is not what was published; run crosscount publish --whole, then verify again."
                yield Followed(Finding.FILE_CHANGED, 0, note)

    def figures(self) -> Iterator[Followed]:
        """Every published figure, document by document."""
        for document_id, rows in groupby(self._published(), key=lambda row: row["document_id"]):
            yield from self._of_document(document_id, list(rows))

    def _published(self) -> Iterator[Mapping[str, Any]]:
        """The published rows by the bytes they rest on and their documents, however many there are."""
        columns = ("document_id", "quote", *_RESTS_ON)
        path = quoted(layout.pattern(self.folder, "figures"))
        with tempfile.TemporaryDirectory() as spill, connection(Path(spill)) as opened:
            order = "archive_sha256, document_id, figure_id"
            asked = opened.execute(f"SELECT {', '.join(columns)} FROM read_parquet('{path}') ORDER BY {order}")  # noqa: S608
            while rows := asked.fetchmany(_FETCHED):
                yield from (dict(zip(columns, row, strict=True)) for row in rows)

    def _of_document(self, document_id: str, rows: list[Mapping[str, Any]]) -> Iterator[Followed]:
        document = self.ledger.document(document_id)
        if document is None:
            yield Followed(
                Finding.NOT_IN_LEDGER,
                len(rows),
                f"Document {document_id} is published and not in the ledger; run crosscount publish --whole.",
            )
            return
        if self.archive.taken_down(document.archive_sha256):
            yield Followed(Finding.TAKEN_DOWN, len(rows))
            return
        if not self.archive.has(document.archive_sha256) and document.archive_sha256 in self.expired:
            yield Followed(Finding.LET_GO, len(rows))
            return
        try:
            document = replace(document, text=self._texts.of(document))
        except StoreError as error:
            yield Followed(Finding.NO_BYTES, len(rows), f"{_named(document)}: {error}")
            return
        except UnreadableDocument as error:
            yield Followed(Finding.UNREADABLE, len(rows), str(error))
            return
        kept = {figure.figure_id: figure for figure in self.ledger.figures_of(document_id)}
        yield from (_followed(row, kept.get(row["figure_id"]), document) for row in rows)


def _followed(row: Mapping[str, Any], kept: Figure | None, document: Document) -> Followed:
    """One published row, held against the ledger's and against the text of the archived bytes."""
    figure_id = row["figure_id"]
    if kept is None or not says(row["quote"], kept.quote) or any(getattr(kept, name) != row[name] for name in _RESTS_ON):
        told = f"{figure_id} of {_named(document)} is published otherwise than the ledger has it; run crosscount publish --whole."
        return Followed(Finding.NOT_IN_LEDGER, 1, told)
    if kept.archive_sha256 != document.archive_sha256:
        told = f"{figure_id} names other bytes than its document {_named(document)}; restore the ledger from a backup."
        return Followed(Finding.NOT_IN_LEDGER, 1, told)
    refused = verified(kept, document)
    if refused is not None:
        return Followed(Finding.NOT_IN_TEXT, 1, f"{figure_id} of {_named(document)}, as its archived bytes are read: {refused.reason}")
    return Followed(Finding.FOUND, 1)


def _named(document: Document) -> str:
    return document.url or document.title or document.document_id


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
