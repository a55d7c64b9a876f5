"""Workbooks (XLSX): each sheet as a table in comma-separated text, numbers and days written as people read them.

A number of a row of this text is the number of the row in the sheet, so that a sentence about a row is found there. What is above the
head (titles, notes) says nothing of the rows and is left out; a head of several rows, told by its merged cells, is made one. Formulas
give the value that was saved with them; nothing is calculated.
"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text.extracted import Extracted, Sheet
from ingest.text.media import MediaType
from ingest.text.record import is_hxl
from ingest.text.whitespace import flatten

_UNPACKED = 500_000_000  # bytes of all parts of a workbook together
_CELLS = 5_000_000  # of one sheet, empty ones counted: they are held in memory
_SHEETS = 200
_MOST_TEXT = 20_000_000  # characters of one sheet
_DEEPEST_HEAD = 6  # rows; below a merged cell that covers more there are no rows any more
_EPOCH = date(1899, 12, 30)  # the day 0 of spreadsheets, as from March 1900 on
_DAYS = range(36_526, 73_051)  # 2000 to 2099 as serial numbers: years and most counts are no such number
_SAYS_DAY = re.compile(r"\b(?:date|day|as of)\b|^#date|تاريخ|اليوم", re.IGNORECASE)

_Cells = list[list[str]]


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """The sheet that the media type names. Raises `UnreadableDocument` where it names none or the workbook has none of that name."""
    wanted = media.params.get("sheet", "")
    if not wanted:
        raise UnreadableDocument(say(Unreadable.WORKBOOK, name=name))
    for sheet in read_sheets(content, name):
        if sheet.name == wanted:
            return Extracted("", sheet.text)
    raise UnreadableDocument(say(Unreadable.NO_SHEET, name=name, wanted=repr(wanted)))


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets that people see and that hold a table. Raises `UnreadableDocument` for one that cannot be opened."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 -- few runs have workbooks

    _require_bounded(content, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [
            one.name for one in workbook.sheets_metadata if (one.typ, one.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
        ]
        if len(seen) > _SHEETS:
            raise UnreadableDocument(say(Unreadable.MANY_SHEETS, name=name, count=len(seen), most=_SHEETS))
        return tuple(sheet for one in seen if (sheet := _sheet(workbook.get_sheet_by_name(one), f"{name}, sheet {one}")) is not None)
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableDocument(say(Unreadable.BROKEN_WORKBOOK, name=name, answer=flatten(str(error)))) from error


def _require_bounded(content: bytes, name: str) -> None:
    """What its parts say of their size; a workbook that lies about it meets the bound on memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(say(Unreadable.NO_WORKBOOK, name=name, answer=error)) from error
    if unpacked > _UNPACKED:
        size = f"{unpacked // 1_000_000:,}"
        raise UnreadableDocument(say(Unreadable.LARGE_WORKBOOK, name=name, size=size, most=_UNPACKED // 1_000_000))


def _sheet(sheet: Any, name: str) -> Sheet | None:
    """The table of a sheet; None where it holds none."""
    if sheet.total_height * sheet.total_width > _CELLS:
        raise UnreadableDocument(say(Unreadable.WIDE_SHEET, name=name, most=f"{_CELLS:,}"))
    rows = [[_said(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = sheet.merged_cell_ranges or []
    head = _head(rows, merged)
    if head is None:
        return None
    _repeat_labels(rows, [one for one in merged if one[0][0] > head.stop - 1])
    columns = _columns(rows, head, merged)
    body = rows[head.stop :]
    _write_days(columns, body)
    lines = io.StringIO(newline="")
    # Empty lines stand for what is above, so that lines and rows have the same numbers.
    lines.write("\n" * (head.stop - 1))
    csv.writer(lines, lineterminator="\n").writerows([columns, *body])
    text = lines.getvalue().rstrip("\n,")
    if len(text) > _MOST_TEXT:
        raise UnreadableDocument(say(Unreadable.LONG_SHEET, name=name, most=_MOST_TEXT // 1_000_000))
    return Sheet(sheet.name, text)


def _said(value: Any) -> str:
    """A cell as people read it: whole numbers without a point, days and times as ISO 8601 writes them, on one line."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return flatten(str(value))


def _head(rows: _Cells, merged: Sequence[Any]) -> range | None:
    """The rows that name the columns: the first with two different words and no number, and those its merged cells open into."""
    first = next((number for number, row in enumerate(rows) if _names_columns(row)), None)
    if first is None:
        return None
    below = [bottom if right == left else max(bottom, first + 1) for (top, left), (bottom, right) in merged if top == first]
    last = min(max(below, default=first), first + _DEEPEST_HEAD - 1, len(rows) - 1)
    return range(first, last + 1)


def _names_columns(row: Sequence[str]) -> bool:
    said = {cell for cell in row if cell}
    return len(said) > 1 and not any(cell[0].isdigit() for cell in said) and not is_hxl(row)


def _columns(rows: _Cells, head: range, merged: Sequence[Any]) -> list[str]:
    """The head as one row: what stands above a column, from top to bottom, each word once."""
    for (top, left), (_, right) in merged:
        if top in head:
            for column in range(left, min(right + 1, len(rows[top]))):
                rows[top][column] = rows[top][left]
    return [" ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*(rows[number] for number in head), strict=True)]


def _repeat_labels(rows: _Cells, merged: Sequence[Any]) -> None:
    """A label over several rows is said in each, for every row is quoted alone; a number is written once, for it counts once."""
    for (top, left), (bottom, _) in merged:
        label = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for number in range(top + 1, min(bottom + 1, len(rows))) if label and not label[0].isdigit() else ():
            rows[number][left] = label


def _write_days(columns: Sequence[str], body: _Cells) -> None:
    """Days that lost their format: whole numbers under a heading that says day or date."""
    tags: Mapping[int, str] = dict(enumerate(body[0])) if body and is_hxl(body[0]) else {}
    for column, heading in enumerate(columns):
        if _SAYS_DAY.search(heading) or _SAYS_DAY.search(tags.get(column, "")):
            for row in body:
                if row[column].isdecimal() and int(row[column]) in _DAYS:
                    row[column] = (_EPOCH + timedelta(days=int(row[column]))).isoformat()
