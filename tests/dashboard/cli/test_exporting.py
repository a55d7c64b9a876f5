"""`export` in the forms that the pages offer."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from ingest.model.schema import TABLES
from tests.dashboard.published import CRISIS

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, write_snapshot: Callable[..., Path]) -> Path:
    """The small snapshot in a data folder."""
    return write_snapshot(tmp_path / "published")


@pytest.fixture
def export(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the verb over that folder."""
    monkeypatch.setenv("CROSSCOUNT_CRISIS", CRISIS)
    return lambda *words: CliRunner().invoke(main, ["--data", str(tmp_path), "export", *map(str, words)])


def test_a_workbook_has_its_readme_in_the_language_asked_for(export: Run, tmp_path: Path) -> None:
    """Sheets README, the rows and the columns; the citation is French."""
    out = tmp_path / "figures.xlsx"
    done = export("figures", "--format", "xlsx", "--lang", "fr", "--out", out)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(out) as book:
        sheets = [name for name in ("README", "figures", "columns") if f'name="{name}"' in book.read("xl/workbook.xml").decode()]
        texts = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheets == ["README", "figures", "columns"]
    assert "Syrie, novembre" in texts


def test_a_zip_has_its_data_package_and_geojson_its_points(export: Run, tmp_path: Path) -> None:
    """The same files as a page offers."""
    out = tmp_path / "incidents.zip"
    assert export("incidents", "--format", "zip", "--out", out).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("datapackage.json"))["resources"][0]["path"] == "incidents.csv"
    points = json.loads(export("incidents", "--format", "geojson").stdout_bytes)
    assert points["type"] == "FeatureCollection" and points["features"]


def test_a_form_that_a_table_cannot_have_is_said(export: Run) -> None:
    """With the forms it can be had in."""
    done = export("runs", "--format", "geojson")
    assert done.exit_code and "runs cannot be had as geojson" in done.stderr and "xlsx" in done.stderr


def test_an_older_snapshot_is_exported_with_the_new_column_empty(export: Run, folder: Path, tmp_path: Path) -> None:
    """Whoever updated the program has the same columns in every export."""
    path = folder / "discrepancies.parquet"
    duckdb.read_parquet(str(path)).project("* EXCLUDE (sentence_fr)").write_parquet(str(tmp_path / "older.parquet"))
    (tmp_path / "older.parquet").replace(path)
    out = tmp_path / "out.csv"
    assert export("discrepancies", "--out", out).exit_code == 0
    head = duckdb.read_csv(str(out), all_varchar=True)
    assert [column.name for column in TABLES["discrepancies"]] == head.columns[: len(TABLES["discrepancies"])]
    assert head.aggregate("count(sentence_en), count(sentence_fr)").fetchall()[0][1] == 0
