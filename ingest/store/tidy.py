"""A table in the published columns, read as one document whose rows are figures, each with its own evidence in the table's text."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Crisis
from ingest.model.ids import digest, document_id
from ingest.model.records import Document, Figure, Rejection
from ingest.model.schema import FIGURES
from ingest.store.claims import completed, named
from ingest.store.delimited import Cell, Record, delimiter_of, records
from ingest.store.evidence import evidence
from ingest.store.rows import storable
from ingest.store.typed import nearest, typed

VERSION = "tidy/1"
_COLUMNS = {column.name: column for column in FIGURES}
_NEEDED = ("metric", "kind")
_LINKS = ("parent_figure_id", "restates", "supersedes")
# What the table itself is the answer to; in a table that was exported elsewhere these speak of that place's documents.
_OURS = {"document_id", "archive_sha256", "quote", "quote_start", "span_start", "span_end", "first_seen_at", "superseded_at"}


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a table beside its content: its name, when it was read, and who published it when, where that is known."""

    name: str
    now: datetime
    source: str = "local"
    publisher: str = ""
    published: datetime | None = None


def read_csv(
    path: Path, crisis: Crisis, *, now: datetime, publisher: str = "", published: datetime | None = None
) -> tuple[Document, tuple[Figure, ...], tuple[Rejection, ...]]:
    """Read a tidy CSV file: comma, semicolon or tab, UTF-8, an optional HXL row.

    Returns the table as a document, its rows as figures, and the rows that are not, each with line, column and reason.
    Raises `UnreadableDocument` where no row can be read: no text, a column that the schema does not know, none that is needed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read ({error.strerror}); check that it exists and is readable.") from error
    return read_table(content, crisis, Origin(path.name, now, publisher=publisher, published=published))


def read_table(content: bytes, crisis: Crisis, origin: Origin) -> tuple[Document, tuple[Figure, ...], tuple[Rejection, ...]]:
    """The same for a table's bytes, such as a member of a zip."""
    text = _decoded(content, origin.name)
    rows = records(text, delimiter_of(text), origin.name)
    header = _header(next(rows, None), origin.name)
    read = [_Row(record, header) for record in rows if not _is_hxl(record)]
    document = _document(text, content, read, crisis, origin)
    figures, rejections = _figures(read, document, crisis, origin)
    return document, figures, rejections


class _Flaw(Exception):
    """Why one row is no figure."""


@dataclass(frozen=True, slots=True)
class _Row:
    record: Record
    header: Sequence[str]

    def cells(self) -> dict[str, Cell]:
        """The cells that say something, by column."""
        return {name: cell for name, cell in zip(self.header, self.record.cells, strict=False) if cell.value}

    def values(self, crisis: Crisis) -> dict[str, Any]:
        """The typed values of the cells that say something. Raises `_Flaw` for the first that is not what its column promises."""
        if self.record.flaw:
            raise _Flaw(f"the row {self.record.flaw}")
        if any(cell.value for cell in self.record.cells[len(self.header) :]):
            raise _Flaw(
                f"the row has {len(self.record.cells)} cells for {len(self.header)} columns; put quotation marks around text with commas"
            )
        values = {}
        for name, cell in self.cells().items():
            try:
                values[name] = typed(_COLUMNS[name], cell.value, crisis.timezone)
            except ValueError as error:
                raise _Flaw(f"column {name}: {cell.value[:60]!r} {error}") from error
        return values


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{name} is not UTF-8 at byte {error.start}; save it as “CSV UTF-8” and read it again.") from error
    if not text.strip():
        raise UnreadableDocument(f"{name} is empty; a tidy table begins with a line of column names.")
    return storable(text)


def _header(first: Record | None, name: str) -> tuple[str, ...]:
    columns = [cell.value.strip().lower() for cell in first.cells] if first else []
    while columns and not columns[-1]:
        columns.pop()
    for column in columns:
        if column not in _COLUMNS:
            like = nearest(column, list(_COLUMNS))
            advice = f"rename it if {like!r} is meant" if like else "take a name from the data dictionary"
            raise UnreadableDocument(f"{name} has a column {column!r} that is not known; {advice}, or remove it.")
    repeated = [column for column, count in Counter(columns).items() if count > 1]
    if repeated:
        raise UnreadableDocument(f"{name} has the column {repeated[0]!r} twice; remove one.")
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise UnreadableDocument(f"{name} has no column {missing[0]!r}, without which no row is a claim; add it.")
    return tuple(columns)


def _is_hxl(record: Record) -> bool:
    """A row of HXL tags: every cell that says something begins with #."""
    said = [cell.value for cell in record.cells if cell.value]
    return bool(said) and all(value.startswith("#") for value in said)


def _document(text: str, content: bytes, rows: Sequence[_Row], crisis: Crisis, origin: Origin) -> Document:
    def only(name: str) -> str:
        """What every row says, where they agree."""
        said = {row.cells()[name].value if name in row.cells() else "" for row in rows}
        return said.pop() if len(said) == 1 else ""

    publisher = origin.publisher or only("publisher")
    return Document(
        document_id=document_id(origin.source, publisher, "", text),
        source=origin.source,
        publisher=publisher,
        title=origin.name,
        text=text,
        language=only("language"),
        url="",
        published_at=origin.published or _newest(rows, crisis) or origin.now,
        retrieved_at=origin.now,
        media_type="text/csv",
        archive_sha256=hashlib.sha256(content).hexdigest(),
    )


def _newest(rows: Sequence[_Row], crisis: Crisis) -> datetime | None:
    """The newest publication time that a row names: the table is not older than that."""
    found: list[datetime] = []
    for row in rows:
        cell = row.cells().get("published_at")
        if cell:
            try:
                found.append(typed(_COLUMNS["published_at"], cell.value, crisis.timezone))
            except ValueError:
                continue  # the row is rejected for it, with the reason
    return max(found, default=None)


def _figures(rows: Sequence[_Row], document: Document, crisis: Crisis, origin: Origin) -> tuple[tuple[Figure, ...], tuple[Rejection, ...]]:
    figures: list[Figure] = []
    rejections: list[Rejection] = []
    labels: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for row in rows:
        try:
            values = row.values(crisis)
            label = values.pop("figure_id", "")
            figure = _figure(row, values, document, crisis)
            figure = replace(figure, figure_id=_identity(label, row, figure, seen))
            labels[label] = figure.figure_id
            figures.append(figure)
        except _Flaw as flaw:
            where = f"{origin.name}, line {row.record.line}"
            rejections.append(Rejection(document.document_id, where, f"{where}: {flaw}."))
    return tuple(named(figures, labels, _LINKS)), tuple(rejections)


def _figure(row: _Row, values: dict[str, Any], document: Document, crisis: Crisis) -> Figure:
    """A row as a figure without identity, with everything that follows from what it says. Raises `_Flaw`."""
    for name in _NEEDED:
        if name not in values:
            raise _Flaw(f"column {name} is empty")
    given = {name: value for name, value in values.items() if name not in _OURS}
    try:
        figure, numbers = completed(given, document, crisis)
    except ValueError as error:
        raise _Flaw(str(error)) from error
    cells = row.cells()
    found = evidence(document.text, row.record, quote=cells.get("quote"), said=cells.get("value_text"), numbers=numbers)
    if found is None:
        raise _Flaw(_unfounded(cells, numbers))
    return replace(
        figure,
        document_id=document.document_id,
        value_text=figure.value_text or (document.text[slice(*found.span)] if numbers else ""),
        quote=document.text[slice(*found.quote)],
        quote_start=found.quote[0],
        span_start=found.span[0],
        span_end=found.span[1],
        archive_sha256=document.archive_sha256,
        extractor_version=figure.extractor_version or VERSION,
    )


def _unfounded(cells: Mapping[str, Cell], numbers: Sequence[int]) -> str:
    if not cells.get("quote") and not cells.get("value_text"):
        return "column quote is empty and so is value_text; one of them has to state the number"
    stated = " or ".join(map(str, numbers)) or "what it claims"
    return f"column quote does not state {stated} and neither does value_text; every number is found verbatim or left out"


def _identity(label: str, row: _Row, figure: Figure, seen: Counter[str]) -> str:
    """An identity of ours is kept, so that an export can be read back; otherwise what the row says is its identity.

    The document has no part in it: a table that comes again with one row more brings one new figure.
    """
    if len(label) == len("f" + digest("")) and label[0] == "f" and set(label[1:]) <= set("0123456789abcdef"):
        return label
    said = sorted((name, cell.value) for name, cell in row.cells().items() if name not in {"figure_id", *_LINKS})
    content = digest(figure.crisis, *(part for pair in said for part in pair))
    seen[content] += 1
    return "f" + digest(content, seen[content])
