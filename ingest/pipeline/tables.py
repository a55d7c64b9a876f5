"""Tables that sources hand over, on the way of tables that people hand in: rows to figures, each with its row as its evidence."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from ingest.model.crisis import Crisis
from ingest.model.records import Document, Figure, Rejection, Table
from ingest.pipeline.intake import Intake, Run, Tally
from ingest.places import Gazetteer
from ingest.store.delimited import delimiter_of, records
from ingest.store.imported import Headings, mapping, tagged
from ingest.store.tidy import Origin, Way, read_table
from ingest.text.record import is_hxl


def keep_table(intake: Intake, table: Table, crisis: Crisis, run: Run, *, source: str, say: Callable[[str], None]) -> Tally:
    """Add the rows of a table. Raises `UnreadableDocument` where it is no table, or its columns are not understood."""
    document, figures, rejections = figures_of_table(table, crisis, intake.reader.gazetteer, source=source, say=say)
    for rejection in rejections:
        say(rejection.reason)
    return intake.keep(document, figures, rejections, run)


def figures_of_table(
    table: Table, crisis: Crisis, gazetteer: Gazetteer, *, source: str, say: Callable[[str], None]
) -> tuple[Document, list[Figure], list[Rejection]]:
    """The table as a document, its rows as figures, and the rows that are none, with the reason."""
    origin = Origin(table.name, table.retrieved_at, source, table.publisher, table.published)
    figures: dict[str, Figure] = {}
    rejections: list[Rejection] = []
    for headings in _headings(table):
        document, found, refused = read_table(table.content, crisis, origin, Way(headings, gazetteer, say))
        figures |= {figure.figure_id: figure for figure in found}
        rejections += refused
    where = f", {table.url}" if table.url else ""
    document = replace(document, archive_sha256=table.archive_sha256, licence=table.licence, citation=f"{table.name}{where}")
    return document, list(figures.values()), rejections


def _headings(table: Table) -> tuple[Headings, ...]:
    """What its columns mean: by the mapping, by HXL tags below the headings, else as headings usually do. Its address is every row's."""
    headings = mapping(table.mapping, table.name)
    headings = replace(headings, fixed={"url": table.url, **headings.fixed} if table.url else headings.fixed)
    text = table.content.decode("utf-8-sig", "replace")
    first = [[cell.value for cell in row.cells] for row in islice(records(text, delimiter_of(text), table.name), 2)]
    if len(first) < 2 or not is_hxl(first[1]):
        return (headings,)
    return tagged(headings, table.mapping.get("columns", {}), *first)
