"""Tables that sources and people hand over: rows to figures, each with its row as its evidence; of a workbook, sheet by sheet."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.errors import UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.model.crisis import Crisis
from ingest.model.failures import say
from ingest.model.records import Document, Figure, Rejection, Table
from ingest.model.unreadable import Unreadable
from ingest.pipeline.intake import Intake, Run, Tally
from ingest.places import Gazetteer
from ingest.store.imported import Headings, mapping, tagged
from ingest.store.tidy import CSV, Origin, Way, read_rows
from ingest.text import XLSX, MediaType, media_type_of, read_delimited, read_sheets
from ingest.text.delimited import Record
from ingest.text.record import is_hxl

Read = tuple[Document, list[Figure], list[Rejection]]
WAY = "way"
"""The parameter of a table's media type that names the note of how its columns were read (`ingest.text.media`)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table is read for and with: the crisis and its places, the source it counts for, and who is told of oddities.

    With an archive, how its columns were read is kept there, and named by the media type of its document.
    """

    crisis: Crisis
    gazetteer: Gazetteer
    source: str
    say: Callable[[str], None]
    archive: Archive | None = None


def keep_table(table: Table, intake: Intake, run: Run, reading: Reading, headings: Headings | None = None) -> Tally:
    """Add the rows of a table, as `figures_of_table` reads them. Raises as it does."""
    tally = Tally()
    for document, figures, rejections in figures_of_table(table, reading, headings):
        for rejection in rejections:
            reading.say(rejection.reason)
        tally += intake.keep(document, figures, rejections, run)
    return tally


def figures_of_table(table: Table, reading: Reading, headings: Headings | None = None) -> list[Read]:
    """The table as a document, of a workbook each sheet; its rows as figures; and the rows that are none, with the reason.

    `headings` say what its columns mean, else its own mapping does. Sheets that are no such table are told. Raises `UnreadableDocument`
    where there is no table, or none is understood.
    """
    headings = headings or mapping(table.mapping, table.name)
    read, refused = list[Read](), list[UnreadableDocument]()
    way = {WAY: reading.archive.put(_way(table, headings))} if reading.archive is not None else {}
    for piece, media_type in _pieces(table):
        try:
            read.append(_figures(piece, str(MediaType.parse(media_type).with_params(**way)), reading, headings))
        except UnreadableDocument as error:
            refused.append(error)
    if not read:
        raise next(iter(refused), UnreadableDocument(say(Unreadable.NO_TABLE_SHEET, name=table.name, said=_that_matches(table))))
    for left in refused:
        reading.say(str(left))
    return read


def _pieces(table: Table) -> Iterator[tuple[Table, str]]:
    """The table with its media type; of a workbook each sheet that is wanted, as the table it holds."""
    if media_type_of(table.name, table.content) != XLSX:
        yield table, CSV
        return
    for sheet in read_sheets(table.content, table.name):
        if re.search(table.sheet, sheet.name, re.IGNORECASE):
            piece = replace(table, content=sheet.text.encode("utf-8"), name=f"{table.name}, sheet {sheet.name}")
            yield piece, str(MediaType(XLSX, {"sheet": sheet.name}))


def _way(table: Table, headings: Headings) -> bytes:
    """All that the reading of a table depends on beside its bytes, the same bytes for the same way."""
    mapping_ = {"columns": dict(headings.explained), "values": dict(headings.values), "fixed": dict(headings.fixed)}
    published = table.published.isoformat() if table.published else ""
    way = {"name": table.name, "url": table.url, "publisher": table.publisher, "published": published, "mapping": mapping_}
    return json.dumps(way, ensure_ascii=False, sort_keys=True).encode()


def _that_matches(table: Table) -> str:
    return f" whose name matches {table.sheet!r}" if table.sheet else ""


def _figures(table: Table, media_type: str, reading: Reading, headings: Headings) -> Read:
    origin = Origin(table.name, table.retrieved_at, reading.source, table.publisher, table.published, table.archive_sha256, media_type)
    figures: dict[str, Figure] = {}
    rejections: list[Rejection] = []
    taken = read_delimited(table.content, table.name)
    for way in ways_of(taken.records[:2], table.url, headings):
        document, found, refused = read_rows(taken, reading.crisis, origin, Way(way, reading.gazetteer, reading.say))
        figures |= {figure.figure_id: figure for figure in found}
        rejections += refused
    where = f", {table.url}" if table.url else ""
    document = replace(document, licence=table.licence, citation=f"{table.name}{where}")
    return document, list(figures.values()), rejections


def ways_of(first: Iterable[Record], url: str, headings: Headings) -> tuple[Headings, ...]:
    """What the columns mean under these `first` two rows of a table: as explained, by HXL tags below the headings, else as headings
    usually do. Its address is every row's.
    """
    headings = replace(headings, fixed={"url": url, **headings.fixed} if url else headings.fixed)
    said = [[cell.value for cell in row.cells] for row in first]
    if len(said) < 2 or not is_hxl(said[1]):
        return (headings,)
    return tagged(headings, *said)
