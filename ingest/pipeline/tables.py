"""Tables that sources and people hand over: rows to figures, each with its row as its evidence; of a workbook, sheet by sheet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ingest.errors import UnreadableDocument
from ingest.model.crisis import Crisis
from ingest.model.records import Document, Figure, Rejection, Table
from ingest.pipeline.intake import Intake, Run, Tally
from ingest.store.delimited import delimiter_of, records
from ingest.store.imported import Headings, mapping, tagged
from ingest.store.tidy import CSV, Origin, Way, read_table
from ingest.text import XLSX, MediaType, media_type_of, read_sheets
from ingest.text.record import is_hxl


@dataclass(frozen=True, slots=True)
class Into:
    """Where a table goes: the ledger's intake, the crisis it is read for, the run and the source it counts for, and who is told."""

    intake: Intake
    crisis: Crisis
    run: Run
    source: str
    say: Callable[[str], None]


def keep_table(table: Table, into: Into, headings: Headings | None = None) -> Tally:
    """Add the rows of a table; `headings` say what its columns mean, else its own mapping does.

    Sheets of a workbook that are no such table are told. Raises `UnreadableDocument` where there is no table, or none is understood.
    """
    headings = headings or mapping(table.mapping, table.name)
    tally, kept, refused = Tally(), False, list[UnreadableDocument]()
    for piece, media_type in _pieces(table):
        try:
            document, figures, rejections = _figures(piece, media_type, into, headings)
        except UnreadableDocument as error:
            refused.append(error)
            continue
        for rejection in rejections:
            into.say(rejection.reason)
        tally += into.intake.keep(document, figures, rejections, into.run)
        kept = True
    if not kept:
        raise next(iter(refused), UnreadableDocument(f"{table.name} has no sheet with a table{_that_matches(table)}; check what it holds."))
    for left in refused:
        into.say(str(left))
    return tally


def _pieces(table: Table) -> Iterator[tuple[Table, str]]:
    """The table with its media type; of a workbook each sheet that is wanted, as the table it holds."""
    if media_type_of(table.name, table.content) != XLSX:
        yield table, CSV
        return
    for sheet in read_sheets(table.content, table.name):
        if re.search(table.sheet, sheet.name, re.IGNORECASE):
            piece = replace(table, content=sheet.text.encode("utf-8"), name=f"{table.name}, sheet {sheet.name}")
            yield piece, str(MediaType(XLSX, {"sheet": sheet.name}))


def _that_matches(table: Table) -> str:
    return f" whose name matches {table.sheet!r}" if table.sheet else ""


def _figures(table: Table, media_type: str, into: Into, headings: Headings) -> tuple[Document, list[Figure], list[Rejection]]:
    """The table as a document, its rows as figures, and the rows that are none, with the reason."""
    origin = Origin(table.name, table.retrieved_at, into.source, table.publisher, table.published, table.archive_sha256, media_type)
    figures: dict[str, Figure] = {}
    rejections: list[Rejection] = []
    for way in _ways(table, headings):
        document, found, refused = read_table(table.content, into.crisis, origin, Way(way, into.intake.reader.gazetteer, into.say))
        figures |= {figure.figure_id: figure for figure in found}
        rejections += refused
    where = f", {table.url}" if table.url else ""
    document = replace(document, licence=table.licence, citation=f"{table.name}{where}")
    return document, list(figures.values()), rejections


def _ways(table: Table, headings: Headings) -> tuple[Headings, ...]:
    """What its columns mean: as explained, by HXL tags below the headings, else as headings usually do. Its address is every row's."""
    headings = replace(headings, fixed={"url": table.url, **headings.fixed} if table.url else headings.fixed)
    text = table.content.decode("utf-8-sig", "replace")
    first = [[cell.value for cell in row.cells] for row in islice(records(text, delimiter_of(text), table.name), 2)]
    if len(first) < 2 or not is_hxl(first[1]):
        return (headings,)
    return tagged(headings, *first)
