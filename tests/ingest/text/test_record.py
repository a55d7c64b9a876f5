"""Records of tables and JSON answers as text."""

from decimal import Decimal

import pytest

from ingest.errors import UnreadableDocument
from ingest.text import read
from ingest.text.media import MediaType
from ingest.text.record import is_hxl, line_of, table_rows

CSV = MediaType("text/csv")


def test_a_record_is_one_line_with_each_value_as_it_was_sent() -> None:
    """Fields in the order asked for; empty ones are left out, line breaks and bars cannot part fields."""
    row = {"a": 5, "b": "two\nlines | bar", "c": None, "d": "", "e": Decimal("36.210"), "f": True, "g": ["x", Decimal("1.50")]}
    line = line_of(row, ("g", "e", "a", "b", "c", "d", "f", "missing"))
    assert line.text == 'g: ["x", "1.50"] | e: 36.210 | a: 5 | b: two lines / bar | f: true'
    assert {name: line.text[slice(*span)] for name, span in line.spans.items()} == {
        "g": '["x", "1.50"]',
        "e": "36.210",
        "a": "5",
        "b": "two lines / bar",
        "f": "true",
    }


def test_a_record_is_read_from_its_answer_again() -> None:
    """By a pointer in JSON, by its number in a table."""
    answer = b'{"data": [{"k": 1}, {"place": "North", "killed": 12, "lat": 36.0}]}'
    assert read(answer, 'application/json; record=/data/1; fields="killed,lat,place"', "it").text == "killed: 12 | lat: 36.0 | place: North"
    table = b'place;killed\n#adm1+name;#affected\n"North\nvale";12\nSouth;3\n'
    assert read(table, 'text/csv; delimiter=";"; record=0; fields="place,killed"', "it").text == "place: North vale | killed: 12"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'{"data": []}', "application/json; record=/data/0; fields=k"),
        (b'{"data": [4]}', "application/json; record=/data/0; fields=k"),
        (b"{", "application/json; record=/data/0; fields=k"),
        (b"a,b\n1,2\n", "text/csv; record=7; fields=a"),
        (b"\n\n", "text/csv; record=0; fields=a"),
    ],
)
def test_an_answer_without_the_record_is_no_text(content: bytes, media_type: str) -> None:
    """Another answer than the one it was read from is told as that."""
    with pytest.raises(UnreadableDocument):
        read(content, media_type, "The answer")


def test_a_table_is_read_by_the_names_of_its_head() -> None:
    """A byte order mark, lines before the head, a row of HXL tags and a row that is short are all known."""
    content = "\ufeffTitle of the export\nplace,killed,note\n#adm1,,#meta\nNorth,12\n,,\nSouth,3,x\n".encode()
    rows = list(table_rows(content, CSV.with_params(skip="1"), "it"))
    assert rows == [{"place": "North", "killed": "12"}, {"place": "South", "killed": "3", "note": "x"}]


@pytest.mark.parametrize("content", [b"a,b\n1,2,3\n", b'a\n"' + b"x" * 1_100_000 + b'"\n', b"", b"\n"])
def test_what_is_no_table_is_told(content: bytes) -> None:
    """More cells than columns, a cell without an end, nothing at all."""
    with pytest.raises(UnreadableDocument, match=r"^it "):
        list(table_rows(content, CSV, "it"))


def test_hxl_rows_are_known_by_their_tags() -> None:
    """Some cells may be empty; a number sign in one cell of words is none."""
    assert is_hxl(["", "#date+year", "", "#geo+lat"])
    assert not is_hxl(["#3 street", "North"])
    assert not is_hxl(["", ""])
