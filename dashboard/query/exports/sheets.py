"""A workbook: the rows with their types, what each column means, and a README that says what was chosen and what the rows are not.

Text goes in as text, never as a formula or a link, and with the apostrophe of the CSV, so that saving it as CSV wakes nothing.
"""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, Final

from dashboard.query.exports.notes import about
from dashboard.query.exports.selections import Download, selection
from ingest.model.cells import safe_cell
from ingest.model.schema import Column

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET_ROWS: Final = 1_048_576
"""Rows of a sheet, header and all (Excel's limit)."""
MOST_ROWS: Final = 200_000
"""Rows a workbook is made of while somebody waits: about a minute of one core, some 40 MB. A program that reads more takes CSV."""
_LONGEST: Final = 32_767
"""Characters of a cell (Excel's limit)."""
_CHUNK: Final = 1 << 16
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
Write = Callable[[int, int, Any], Any]


def xlsx(download: Download) -> Iterator[bytes]:
    """The workbook in chunks: sheets README, the table, and columns. It is written to a temporary file first."""
    with tempfile.TemporaryFile() as file:
        _write(download, file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _write(download: Download, file: IO[bytes]) -> None:
    import xlsxwriter  # noqa: PLC0415 - a twentieth of a second of every start, for what is asked now and then

    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": f"Crosscount {download.table}", "comments": about(download).citation})
        book.set_calc_mode("manual")
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
    columns, chosen = download.columns, selection(download)
    _widths(sheet, tuple(_WIDTHS[column.type] for column in columns))
    names = [[column.name for column in columns]] + ([[column.hxl for column in columns]] if download.hxl else [])
    for row, line in enumerate(names):
        for place, name in enumerate(line):
            sheet.write_string(row, place, name, head)
    sheet.freeze_panes(len(names), 1)
    sheet.autofilter(len(names) - 1, 0, len(names) - 1 + download.rows, len(columns) - 1)
    row, writers = len(names), [_writer(sheet, column, moment) for column in columns]
    for some in download.db.stream(chosen.sql(", ".join(column.name for column in columns)), chosen.values):
        for values in some:
            for place, (write, value) in enumerate(zip(writers, values, strict=True)):
                if value is not None and value != "":
                    write(row, place, value)
            row += 1


def _writer(sheet: "Worksheet", column: Column, moment: "Format") -> Write:
    """How a value of the column is written: with its type, so that a number is a number and a day a day."""
    typed: dict[str, Write] = {
        "boolean": sheet.write_boolean,
        "integer": sheet.write_number,
        "number": sheet.write_number,
        "date": sheet.write_datetime,
        "datetime": lambda row, place, value: sheet.write_datetime(row, place, value, moment),
    }
    return typed.get(column.type, lambda row, place, text: sheet.write_string(row, place, safe_cell(text)[:_LONGEST]))


def _dictionary(download: Download, sheet: "Worksheet", head: "Format", wrapped: "Format") -> None:
    _widths(sheet, _DICTIONARY)
    lines = [("column", "type", "meaning", "words", "hxl"), *((c.name, c.type, c.meaning, c.closed, c.hxl) for c in download.columns)]
    for row, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(row, place, safe_cell(text), wrapped if row else head)


def _widths(sheet: "Worksheet", widths: tuple[int, ...]) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
