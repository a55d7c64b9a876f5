"""A workbook: the rows with their types, what each column means, and a README that says what was chosen and what the rows are not.

Text goes in as text, never as a formula or a link, and with the apostrophe of the CSV, so that saving it as CSV wakes nothing.
The workbook is made without its rows; they are put into its sheet as the database writes them, while the reader takes it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final

from dashboard.query.exports.cells import rows
from dashboard.query.exports.notes import about
from dashboard.query.exports.packing import Part, packed
from dashboard.query.exports.selections import Download
from ingest.model.cells import safe_cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET_ROWS: Final = 1_048_576
"""Rows of a sheet, header and all (Excel's limit)."""
MOST_ROWS: Final = SHEET_ROWS - 2
"""Rows a sheet has room for below its header and the row of HXL tags."""
_QUICK: Final = 2
"""How hard the files are packed (zlib): a fourth larger than usual, in a third of the time."""
_SHEET: Final = "xl/worksheets/sheet2.xml"
_WIDTHS: Final = {"string": 18, "list": 18, "date": 12, "datetime": 18, "boolean": 9, "integer": 11, "number": 11}
_README: Final = (22, 110)
_DICTIONARY: Final = (24, 10, 90, 18, 28)
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_MODEL: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # any moment, to learn how the workbook formats one


def xlsx(download: Download) -> Iterator[bytes]:
    """The workbook in chunks: sheets README, the table, and columns."""
    return packed(_parts(download), _QUICK)


def _parts(download: Download) -> Iterator[Part]:
    """The files of the workbook, the sheet of the table with its rows as they are read."""
    bare = io.BytesIO()
    _write(download, bare)
    with zipfile.ZipFile(bare) as model:
        for name in model.namelist():
            given = model.read(name)
            yield Part(name, _filled(download, given), download.cells) if name == _SHEET else Part(name, [given])


def _filled(download: Download, sheet: bytes) -> Iterator[bytes]:
    """The XML of the sheet of the table with its rows in the place of the last, which shows how cells of a column are formatted."""
    text = sheet.decode()
    first = text.rindex("<row ")
    last = text.index("</sheetData>")
    styles = dict(re.findall(r'<c r="([A-Z]+)\d+" s="(\d+)"', text[first:last]))
    letters = [_letter(place) for place in range(len(download.columns))]
    yield text[:first].encode()
    yield from rows(download, letters, styles, 1 + download.hxl)
    yield text[last:].encode()


def _letter(place: int) -> str:
    """What a sheet calls its column of that number, from 0: A, B, ..., Z, AA."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _write(download: Download, file: IO[bytes]) -> None:
    """The workbook with one row for an example of each format."""
    import xlsxwriter  # noqa: PLC0415 - a twentieth of a second of every start, for what is asked now and then

    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": f"Crosscount {download.table}", "comments": about(download).citation})
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        _readme(download, book.add_worksheet("README"), wrapped)
        _rows(download, book.add_worksheet(download.table), head, moment)
        _dictionary(download, book.add_worksheet("columns"), head, wrapped)


def _readme(download: Download, sheet: "Worksheet", wrapped: "Format") -> None:
    if download.filters.lang == "ar":
        sheet.right_to_left()
    _widths(sheet, _README)
    for row, line in enumerate(about(download).lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, safe_cell(text), wrapped)


def _rows(download: Download, sheet: "Worksheet", head: "Format", moment: "Format") -> None:
    columns = download.columns
    _widths(sheet, tuple(_WIDTHS[column.type] for column in columns))
    names = [[column.name for column in columns]] + ([[column.hxl for column in columns]] if download.hxl else [])
    for row, line in enumerate(names):
        for place, name in enumerate(line):
            sheet.write_string(row, place, name, head)
    sheet.freeze_panes(len(names), 1)
    sheet.autofilter(len(names) - 1, 0, len(names) - 1 + download.rows, len(columns) - 1)
    sheet.write_boolean(len(names), 0, True)
    for place, column in enumerate(columns):
        if column.type == "date":
            sheet.write_datetime(len(names), place, _MODEL)
        elif column.type == "datetime":
            sheet.write_datetime(len(names), place, _MODEL, moment)


def _dictionary(download: Download, sheet: "Worksheet", head: "Format", wrapped: "Format") -> None:
    _widths(sheet, _DICTIONARY)
    told = ((c.name, c.type, download.translate(c.meaning), c.closed, c.hxl) for c in download.columns)
    lines = [("column", "type", "meaning", "words", "hxl"), *told]
    for row, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(row, place, safe_cell(text), wrapped if row else head)


def _widths(sheet: "Worksheet", widths: tuple[int, ...]) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
