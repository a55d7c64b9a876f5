"""The forms a table can be had in, what names a file, and what tells that it has not changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Final

from dashboard.query.exports.bundle import bundle
from dashboard.query.exports.columnar import parquet
from dashboard.query.exports.lines import csv, geojson, json_rows
from dashboard.query.exports.selections import COLUMNS, Download, is_narrowed
from dashboard.query.exports.sheets import MOST_ROWS, xlsx
from dashboard.state import Filters
from ingest.model.ids import digest


@dataclass(frozen=True, slots=True)
class Form:
    """How rows become a file. `needs` names the columns without which it means nothing; `most` is the rows it can hold.

    A `slow` one takes so much writing that a reader who asks for many rows is told.
    """

    content_type: str
    make: Callable[[Download], Iterator[bytes]]
    needs: frozenset[str] = frozenset()
    most: int | None = None
    slow: bool = False

    def holds(self, rows: int) -> bool:
        """Whether it can hold so many rows."""
        return self.most is None or rows <= self.most


FORMS: Final[Mapping[str, Form]] = {
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx, most=MOST_ROWS, slow=True),
    "csv": Form("text/csv; charset=utf-8", csv),
    "json": Form("application/json", json_rows),
    "geojson": Form("application/geo+json", geojson, needs=frozenset({"lat", "lon"})),
    "parquet": Form("application/vnd.apache.parquet", parquet),
    "zip": Form("application/zip", bundle),
}
"""By the ending of the file, in the order they are offered."""


def forms_of(table: str) -> tuple[str, ...]:
    """Endings of the forms the table can be had in."""
    names = {column.name for column in COLUMNS[table]}
    return tuple(suffix for suffix, form in FORMS.items() if form.needs <= names)


def etag(download: Download, suffix: str) -> str:
    """Changes when the file could: with the snapshot's tables, what is chosen, the form, the language and the program.

    It is known without reading a row.
    """
    tables = (part for named in sorted(download.db.manifest.sha256.items()) for part in named)
    options = (suffix, f"bom={download.bom}", f"hxl={download.hxl}", download.filters.lang, version("crosscount"))
    return digest(*tables, download.table, _chosen(download), *options, length=32)


def filename(download: Download, suffix: str) -> str:
    """A name that says what is inside: crisis, table, `selection` when not everything, day of publication (UTC) and snapshot."""
    db, part = download.db, "-selection" if _chosen(download, "sort") else ""
    return f"crosscount-{db.crisis}-{download.table}{part}-{db.published_at:%Y-%m-%d}-{db.id}.{suffix}"


def _chosen(download: Download, *without: str) -> str:
    """The part of the query that decides rows and columns, empty for everything."""
    given = replace(download.filters.data(), columns=download.filters.columns if download.table == "figures" else ())
    told = given if is_narrowed(download.table) else Filters(known=given.known, clock=given.clock)
    return told.page_query("crisis", *without)
