"""A table read as one document whose rows are figures, each with its own evidence in the table's text.

The headings are the published columns, or others that `imported` understands. A table without sentences is evidence by its rows.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Crisis
from ingest.model.failures import say
from ingest.model.ids import digest, document_id
from ingest.model.records import Document, Figure, Rejection
from ingest.model.schema import FIGURES
from ingest.model.unreadable import Unreadable
from ingest.model.vocabulary import Qualifier
from ingest.places import Gazetteer
from ingest.store.claims import completed, named
from ingest.store.evidence import Evidence, evidence
from ingest.store.imported import Around, Headings, numbers, shipped, translate
from ingest.store.typed import nearest, typed
from ingest.text import read_delimited
from ingest.text.delimited import Cell, Delimited, Record

VERSION = "tidy/1"
CSV = "text/csv"
_COLUMNS = {column.name: column for column in FIGURES}
_NEEDED = ("metric", "kind")
# What may stand for a needed column under other headings.
_TOLD_BY = {"metric": {"measure"}, "kind": {"start", "end", "day", "year"}}
NUMBERS = ("value_best", "value_low", "value_high")
_CLAIMS = {*NUMBERS, "value_text", "value_status"}
LINKS = ("parent_figure_id", "restates", "supersedes")
# What the table itself is the answer to; in a table that was exported elsewhere these speak of that place's documents.
OURS = {
    *("document_id", "archive_sha256", "quote", "quote_start", "span_start", "span_end"),
    *("first_seen_at", "superseded_at", "known_at", "known_until"),
    *("correction_ids", "withdrawn_at", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a table beside its content: its name, when it was read, and who published it when, where that is known.

    `archive_sha256` is of the file it was taken from, where that is not the content itself; `media_type` says how it was taken.
    """

    name: str
    now: datetime
    source: str = "local"
    publisher: str = ""
    published: datetime | None = None
    archive_sha256: str = ""
    media_type: str = CSV

    def document(self, text: str, said: Callable[[str], str], newest: datetime | None, archive_sha256: str) -> Document:
        """The table as one document; `said` gives what all its rows say in a column, `newest` the latest day they were published."""
        publisher = self.publisher or said("publisher")
        return Document(
            document_id=document_id(self.source, publisher, "", text),
            source=self.source,
            publisher=publisher,
            title=self.name,
            text=text,
            language=said("language"),
            url="",
            published_at=self.published or newest or self.now,
            retrieved_at=self.now,
            media_type=self.media_type,
            archive_sha256=archive_sha256,
        )


@dataclass(frozen=True, slots=True)
class Way:
    """How a table of other headings is read: what they mean, the places it may name, and who is told of what was left out."""

    headings: Headings = field(default_factory=shipped)
    gazetteer: Gazetteer | None = None
    say: Callable[[str], None] = lambda _: None


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
        raise UnreadableDocument(say(Unreadable.NO_SUCH_FILE, name=path, answer=error.strerror)) from error
    return read_table(content, crisis, Origin(path.name, now, publisher=publisher, published=published))


def read_table(
    content: bytes, crisis: Crisis, origin: Origin, way: Way | None = None
) -> tuple[Document, tuple[Figure, ...], tuple[Rejection, ...]]:
    """The same for a table's bytes, such as a member of a zip, in the published columns or under other headings."""
    of_file = replace(origin, archive_sha256=origin.archive_sha256 or hashlib.sha256(content).hexdigest())
    return read_rows(read_delimited(content, origin.name), crisis, of_file, way)


def read_rows(
    table: Delimited, crisis: Crisis, origin: Origin, way: Way | None = None
) -> tuple[Document, tuple[Figure, ...], tuple[Rejection, ...]]:
    """The same for a table that was taken apart; its origin says what it is archived under."""
    way = way or Way()
    rows = iter(table.records)
    header = header_of(next(rows, None), origin.name, way)
    read = [_Row(record, header) for record in rows if not _is_hxl(record)]
    read = [replace(row, said=way.headings.said({name: cell.value for name, cell in row.cells().items()})) for row in read]
    told = translate([row.said for row in read], Around(crisis, way.gazetteer))
    read = [replace(row, told=one) for row, one in zip(read, told, strict=True)]
    document = _document(table.text, read, crisis, origin)
    figures, rejections = _figures(read, document, crisis, origin)
    return document, figures, rejections


def refused(record: Record, header: Sequence[str], document: Document, around: tuple[Crisis, Origin, Way]) -> str:
    """Why one row of a table is no figure; empty where it is one, as far as it tells by itself."""
    crisis, origin, way = around
    row = _Row(record, header)
    row = replace(row, said=way.headings.said({name: cell.value for name, cell in row.cells().items()}))
    row = replace(row, told=translate([row.said], Around(crisis, way.gazetteer))[0])
    _, rejections = _figures([row], document, crisis, origin)
    return rejections[0].reason if rejections else ""


class _Flaw(Exception):
    """Why one row is no figure."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its cells, what each says once the mapping is applied, and what they tell together, or why they tell nothing."""

    record: Record
    header: Sequence[str]
    said: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Any] | str = field(default_factory=dict)

    def cells(self) -> dict[str, Cell]:
        """The cells that say something, by column."""
        return {name: cell for name, cell in zip(self.header, self.record.cells, strict=False) if name and cell.value}

    def number(self) -> Cell | None:
        """The cell that states the number, in a table without sentences: there the row is what was claimed."""
        cells = self.cells()
        return None if {"quote", "value_text"} & {*self.header} else next((cells[name] for name in NUMBERS if name in cells), None)

    def values(self, crisis: Crisis) -> dict[str, Any]:
        """The typed values of the cells that say something. Raises `_Flaw` for the first that is not what its column promises."""
        if self.record.flaw:
            raise _Flaw(f"the row {self.record.flaw}")
        if any(cell.value for cell in self.record.cells[len(self.header) :]):
            raise _Flaw(
                f"the row has {len(self.record.cells)} cells for {len(self.header)} columns; put quotation marks around text with commas"
            )
        if isinstance(self.told, str):
            raise _Flaw(self.told)
        values = dict(self.told)
        for name, said in self.said.items():
            if name not in _COLUMNS:
                continue
            try:
                values[name] = typed(_COLUMNS[name], said, crisis.timezone)
            except ValueError as error:
                raise _Flaw(f"column {name}: {said[:60]!r} {error}") from error
        return values | numbers(values) if self.told else values


def header_of(first: Record | None, name: str, way: Way) -> tuple[str, ...]:
    """What each column means, empty for one that is left out; the columns left out are told in a sentence."""
    columns = [cell.value.strip() for cell in first.cells] if first else []
    while columns and not columns[-1]:
        columns.pop()
    repeated = [column for column, count in Counter(map(str.lower, columns)).items() if column and count > 1]
    if repeated:
        raise UnreadableDocument(say(Unreadable.COLUMN_TWICE, name=name, wanted=repr(repeated[0])))
    header, left_out = way.headings.read(columns)
    found = {*header, *way.headings.fixed}
    missing = [column for column in _NEEDED if not found & {column, *_TOLD_BY[column]}]
    if left_out and (missing or not found & _CLAIMS):
        like = nearest(left_out[0], list(_COLUMNS))
        cause = Unreadable.LIKELY_COLUMN if like else Unreadable.STRANGE_COLUMN
        raise UnreadableDocument(say(cause, name=name, wanted=repr(left_out[0]), answer=repr(like)))
    if missing:
        raise UnreadableDocument(say(Unreadable.NO_COLUMN, name=name, wanted=repr(missing[0])))
    if left_out:
        columns_are = f"the columns {', '.join(left_out)} are" if len(left_out) > 1 else f"the column {left_out[0]} is"
        way.say(f"{name}: {columns_are} not known and kept out; --columns FILE says what they mean.")
    return header


def _is_hxl(record: Record) -> bool:
    """A row of HXL tags: every cell that says something begins with #."""
    said = [cell.value for cell in record.cells if cell.value]
    return bool(said) and all(value.startswith("#") for value in said)


def _document(text: str, rows: Sequence[_Row], crisis: Crisis, origin: Origin) -> Document:
    def only(name: str) -> str:
        """What every row says, where they agree."""
        said = {row.cells()[name].value if name in row.cells() else "" for row in rows}
        return said.pop() if len(said) == 1 else ""

    return origin.document(text, only, _newest(rows, crisis), origin.archive_sha256)


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
    return tuple(named(figures, labels, LINKS)), tuple(rejections)


def _figure(row: _Row, values: dict[str, Any], document: Document, crisis: Crisis) -> Figure:
    """A row as a figure without identity, with everything that follows from what it says. Raises `_Flaw`."""
    for name in _NEEDED:
        if name not in values:
            raise _Flaw(f"column {name} is empty")
    given = {name: value for name, value in values.items() if name not in OURS}
    try:
        figure, stated = completed(given, document, crisis)
    except ValueError as error:
        raise _Flaw(str(error)) from error
    cells = row.cells()
    number = row.number()
    found = (
        Evidence((row.record.start, row.record.end), (number.start, number.end))
        if number
        else evidence(document.text, row.record, quote=cells.get("quote"), said=cells.get("value_text"), numbers=stated)
    )
    if found is None:
        raise _Flaw(_unfounded(cells, stated))
    written = document.text[slice(*found.span)] if number or stated else ""
    return replace(
        figure,
        document_id=document.document_id,
        value_text=figure.value_text or as_written(figure, written, {name: cell.value for name, cell in cells.items()}),
        quote=document.text[slice(*found.quote)],
        quote_start=found.quote[0],
        span_start=found.span[0],
        span_end=found.span[1],
        archive_sha256=document.archive_sha256,
        extractor_version=figure.extractor_version or VERSION,
    )


def as_written(figure: Figure, number: str, cells: Mapping[str, str]) -> str:
    """The number of a row without words for it; a range has its two cells."""
    if figure.qualifier is Qualifier.RANGE and figure.value_best is None and {"value_low", "value_high"} <= {*cells}:
        return f"{cells['value_low']}–{cells['value_high']}"
    return number


def _unfounded(cells: Mapping[str, Cell], numbers: Sequence[int]) -> str:
    if not cells.get("quote") and not cells.get("value_text"):
        return "column quote is empty and so is value_text; one of them has to state the number"
    stated = " or ".join(map(str, numbers)) or "what it claims"
    return f"column quote does not state {stated} and neither does value_text; every number is found verbatim or left out"


def is_ours(label: str) -> bool:
    """Whether an identity in a table is one that this program gave."""
    return len(label) == len("f" + digest("")) and label[0] == "f" and set(label[1:]) <= set("0123456789abcdef")


def _identity(label: str, row: _Row, figure: Figure, seen: Counter[str]) -> str:
    """An identity of ours is kept, so that an export can be read back; otherwise what the row says is its identity.

    The document has no part in it: a table that comes again with one row more brings one new figure.
    """
    if is_ours(label):
        return label
    said = sorted((name, cell.value) for name, cell in row.cells().items() if name not in {"figure_id", *LINKS})
    if not {"metric", "measure"} & {*row.header}:
        said.append(("metric", figure.metric.value))  # of a table that counts several things in columns of their own
    content = digest(figure.crisis, *(part for pair in said for part in pair))
    seen[content] += 1
    return "f" + digest(content, seen[content])
