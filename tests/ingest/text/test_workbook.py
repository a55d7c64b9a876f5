"""Workbooks: sheets as tables of text."""

import io
import struct
import zipfile
from datetime import date

import pytest

from ingest.errors import UnreadableDocument
from ingest.text import XLSX, media_type_of, read, read_sheets
from tests.ingest.workbooks import packed, sheet_part, workbook

PLAIN = (("Place", "Day", "Killed"), ("Northvale", date(2024, 12, 1), 6))


def _text(rows: object, merged: tuple[str, ...] = ()) -> str:
    (sheet,) = read_sheets(workbook({"One": rows}, merged), "it.xlsx")  # type: ignore[dict-item]
    return sheet.text


def _with_sheet(part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook({"One": ()}))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    return packed({**parts, "xl/worksheets/s1.xml": part})


def test_cells_are_written_as_people_read_them() -> None:
    """Whole numbers without a point, days as days, a formula by the value saved with it, a cell of two lines on one."""
    rows = (("Place", "Day", "Killed", "Rate", "Note"), ("North\nvale", date(2024, 12, 1), ("SUM(A1:A9)", 6), 0.5, "a, b"))
    assert _text(rows) == 'Place,Day,Killed,Rate,Note\nNorth vale,2024-12-01,6,0.5,"a, b"'


def test_lines_have_the_numbers_of_rows() -> None:
    """Titles and blank rows above the head are left out, and their lines stay empty."""
    rows = (("Invented title",), (), ("As of", 45627), *PLAIN)
    assert _text(rows) == "\n\n\nPlace,Day,Killed\nNorthvale,2024-12-01,6"


def test_a_head_of_several_rows_is_made_one() -> None:
    """What stands above a column, from top to bottom, each word once; a title over all columns is none of it."""
    rows = (("Title",), ("Place", "Killed", "", "Hurt"), ("", "Men", "Women", ""), ("Northvale", 3, 2, 4))
    assert _text(rows, ("A1:D1", "A2:A3", "B2:C2", "D2:D3")).split("\n")[2:] == ["Place,Killed Men,Killed Women,Hurt", "Northvale,3,2,4"]


def test_a_label_over_several_rows_is_said_in_each_and_a_number_once() -> None:
    """Every row is quoted alone, and a number counts once."""
    rows = (("Place", "Killed", "Who"), ("Northvale", 5, "men"), ("", "", "women"))
    assert _text(rows, ("A2:A3", "B2:B3")).split("\n")[1:] == ["Northvale,5,men", "Northvale,,women"]


def test_days_that_lost_their_format_are_days_under_a_heading_that_says_so() -> None:
    """By the heading or its HXL tag; a year, and the same number under another heading, stay what they are."""
    rows = (("Date of event", "When", "Killed", "Day"), ("#x", "#date+start", "#affected+killed", ""), (45627, 45628, 45627, 2024))
    assert _text(rows).split("\n")[-1] == "2024-12-01,2024-12-02,45627,2024"


def test_a_document_of_a_sheet_is_read_again_from_the_workbook() -> None:
    """By the sheet that its media type names; a workbook as such is no report."""
    content = workbook({"Notes": (("Only words",),), "One two": PLAIN, "Lists": PLAIN}, hidden=("Lists",))
    (sheet,) = read_sheets(content, "it.xlsx")
    assert media_type_of("it.bin", content) == XLSX
    assert read(content, f'{XLSX}; sheet="{sheet.name}"', "it.xlsx").text == sheet.text
    with pytest.raises(UnreadableDocument, match=r"it\.xlsx has no sheet 'Lists' with a table"):
        read(content, f"{XLSX}; sheet=Lists", "it.xlsx")
    with pytest.raises(UnreadableDocument, match=r"it\.xlsx is a workbook, not a report; hand it in as a table"):
        read(content, XLSX, "it.xlsx")


def test_broken_and_hostile_workbooks_get_a_sentence() -> None:
    """Cut off, locked, without its parts, a cell in the last corner of a sheet, parts that unpack to more than is read."""
    sound = workbook({"One": PLAIN})
    corner = _with_sheet(sheet_part(PLAIN).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
    bomb = bytearray(packed({"xl/workbook.xml": "x", "big": "0" * 1000}))
    at = bomb.index(b"PK\x01\x02", bomb.index(b"PK\x01\x02") + 4)
    bomb[at + 24 : at + 28] = struct.pack("<I", 3_000_000_000)
    told = {
        sound[:400]: "is damaged, or no workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900: "is damaged, or no workbook",
        packed({"xl/workbook.xml": "<workbook"}): "cannot be opened",
        corner: "(cells that are read|within memory)",
        bytes(bomb): "unpacks to 3,000 MB, more than the 500 MB",
    }
    for content, sentence in told.items():
        with pytest.raises(UnreadableDocument, match=rf"bad\.xlsx .*{sentence}"):
            read_sheets(content, "bad.xlsx")
    assert read_sheets(sound, "good.xlsx")
