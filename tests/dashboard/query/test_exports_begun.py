"""Files that arrive while they are written."""

import io
import re
import shutil
import struct
import time
import zipfile
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard import query
from dashboard.query.exports import columnar, packing
from dashboard.query.growing import growing
from dashboard.state import Filters
from ingest.model import snapshot as layout
from tests.dashboard.query.test_exports import made, rows

FEW = 2048
"""Rows of the smallest group of a Parquet file."""


@pytest.fixture(scope="module")
def scattered(tmp_path_factory: pytest.TempPathFactory, published_10k: Path) -> query.Snapshot:
    """Ten thousand figures in a file of many parts, which several processors read side by side."""
    root = tmp_path_factory.mktemp("scattered") / "published"
    shutil.copytree(published_10k, root)
    (path,) = root.glob(f"*/*/{layout.TABLE_FILES['figures']}")
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"CREATE TABLE f AS FROM '{path}'")
        connection.execute(f"COPY f TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE {FEW})")
    return query.Snapshots(root, large=100_000).open("syria-2024")


@pytest.mark.parametrize("sort", ["", "-value"])
def test_rows_have_one_order_in_every_form(scattered: query.Snapshot, sort: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a file is written part by part, and whoever sorted the table finds it sorted."""
    monkeypatch.setattr(columnar, "GROUP", FEW)
    view = Filters(sort=sort, columns=("value",))
    order = [row["figure_id"] for row in rows(made(scattered, "csv", view))]
    assert len(set(order)) == 10_000
    path = tmp_path / "figures.parquet"
    path.write_bytes(made(scattered, "parquet", view))
    with duckdb.connect() as opened:
        groups = opened.execute(f"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{path}')").fetchall()[0][0]  # noqa: S608
        assert groups > 3
        assert [one for (one,) in opened.execute(f"SELECT figure_id FROM '{path}'").fetchall()] == order  # noqa: S608 - a path of this test
    with zipfile.ZipFile(io.BytesIO(made(scattered, "xlsx", view))) as book:
        assert re.findall(r'<c r="A\d+" t="inlineStr"><is><t>(f-[\w-]+)', book.read("xl/worksheets/sheet2.xml").decode()) == order


def test_rows_of_a_workbook_are_numbered_below_its_heads(db: query.Snapshot) -> None:
    """Each row and each of its cells says where it stands, also with the row of tags."""
    for hxl, heads in ((False, 1), (True, 2)):
        with zipfile.ZipFile(io.BytesIO(made(db, "xlsx", hxl=hxl))) as book:
            body = book.read("xl/worksheets/sheet2.xml").decode()
        numbers = [int(part.split('"')[0]) for part in body.split('<row r="')[1:]]
        assert numbers == list(range(1, 83 + heads + 1))
        assert f'<row r="{heads + 83}"><c r="A{heads + 83}" t="inlineStr">' in body


def test_a_workbook_is_counted_when_it_is_opened(db: query.Snapshot) -> None:
    """A yes or no is something LibreOffice counts, and of a workbook that is counted by hand it shows a naught for each."""
    with zipfile.ZipFile(io.BytesIO(made(db, "xlsx"))) as book:
        assert b"<calcPr" in book.read("xl/workbook.xml") and b"calcMode" not in book.read("xl/workbook.xml")


def test_a_growing_file_is_read_before_it_is_whole(tmp_path: Path) -> None:
    """Each part is handed on while its writer is at work; what came last is not left behind."""
    path, writing = tmp_path / "it", Future[Any]()
    stream = growing(path, writing)
    with path.open("wb", buffering=0) as file:
        file.write(b"one")
        assert next(stream) == b"one"
        file.write(b"two")
        assert next(stream) == b"two"
        file.write(b"three")
    writing.set_result(None)
    assert list(stream) == [b"three"]


def test_a_file_that_was_never_begun_is_empty(tmp_path: Path) -> None:
    """Its writer says why."""
    writing = Future[Any]()
    writing.set_exception(OSError("no room"))
    assert list(growing(tmp_path / "none", writing)) == []


def test_nobody_waits_for_a_file_that_was_left(db: query.Snapshot) -> None:
    """It is written to its end, and removed with its folder; a file that cannot be written says so."""
    stream = db.poured("SELECT i FROM range(10_000_000) t(i)", {}, "FORMAT csv")
    begun = b""
    while len(begun) < 6:  # the head may come before the rows
        begun += next(stream)
    assert begun.startswith(b"i\n0\n1\n")
    (folder,) = Path(db._desk.name).glob("tmp*")
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    patience = time.monotonic() + 60
    while folder.exists() and time.monotonic() < patience:
        time.sleep(0.01)
    assert not folder.exists()
    with pytest.raises(duckdb.Error, match="nowhere"):
        list(db.poured("SELECT nowhere", {}, "FORMAT csv"))


def _head(data: bytes) -> tuple[int, ...]:
    """Of the first part of a zip: version, flags, checksum, sizes packed and plain, length of the fields behind the name."""
    _, version, flags, _, _, _, checksum, small, size, _, extra = struct.unpack_from("<4s5H3I2H", data)
    return version, flags, checksum, small, size, extra


@pytest.mark.parametrize(("cells", "version", "width"), [(10, 20, "<4sIII"), (10**9, 45, "<4sIQQ")])
def test_a_part_has_the_head_that_spreadsheets_open(cells: int, version: int, width: str) -> None:
    """No size before it, and no field for one; behind it sizes of 64 bits where the version says so, else of 32."""
    data = b"".join(packing.packed([packing.Part("one.xml", [b"<a/>" * 1000], cells), packing.Part("two.xml", [b"", b"<b/>"])]))
    assert _head(data) == (version, 8, 0, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        one, two = opened.infolist()
        assert opened.read("one.xml") == b"<a/>" * 1000 and opened.read("two.xml") == b"<b/>"
    behind = struct.unpack_from(width, data, two.header_offset - struct.calcsize(width))
    assert behind == (b"PK\x07\x08", one.CRC, one.compress_size, one.file_size)


def test_a_zip_is_packed_as_hard_as_asked() -> None:
    """Quickly or well."""
    text = [b"".join(b"row %d of many, " % (number * number) for number in range(5000))]
    quick, well = (len(b"".join(packing.packed([packing.Part("it", text)], level))) for level in (1, 9))
    assert quick > well


def test_the_large_form_of_a_workbook_is_the_same_workbook(db: query.Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the directory at the end finds the same parts."""
    books = []
    for large in (packing._LARGE, 1):
        monkeypatch.setattr(packing, "_LARGE", large)
        with zipfile.ZipFile(io.BytesIO(made(db, "xlsx"))) as book:
            books.append({name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"})  # which has the time
    assert books[0] == books[1]
