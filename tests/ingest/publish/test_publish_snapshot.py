"""A publication is a whole version under its own name, the same bytes for the same rows, and a pointer that moves last."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.schema import TABLES
from ingest.model.snapshot import FIGURES_CSV, MANIFEST, POINTER
from ingest.model.vocabulary import Metric
from ingest.publish import current, snapshot
from ingest.store import Ledger, SourceState

Rows = Callable[[Path, str], list[dict[str, Any]]]
TYPES = {
    "string": "VARCHAR",
    "list": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP WITH TIME ZONE",
}


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_version_holds_every_table_and_says_so(newsroom: Any) -> None:
    """The manifest names each file with its hash and each table with its rows, when and by what it was made."""
    newsroom.add()
    newsroom.add()
    published = newsroom.publish()
    assert current(newsroom.root) == published.path
    assert published.path.name == published.id
    manifest = layout.manifest(published.path)
    assert manifest.rows["figures"] == manifest.rows["documents"] == published.tables["figures"] == 2
    assert dict(manifest.sha256) == _hashes(published.path)
    assert {layout.table_of(file) for file in manifest.sha256} == {*TABLES, FIGURES_CSV}
    assert {"figures/2024-11.parquet", f"{FIGURES_CSV}/2024-11.csv", "places.parquet"} <= set(manifest.sha256)
    assert (manifest.id, manifest.crisis, manifest.created_at, manifest.previous) == (published.id, "test", newsroom.clock, "")
    assert manifest.program.count(".") == 2
    assert dict(manifest.ledger) == dict(newsroom.ledger.high_water())


def test_columns_have_exactly_the_published_types(newsroom: Any) -> None:
    """Integers are BIGINT with NULLs, days DATE, moments with a zone, lists text; also in a table without rows."""
    newsroom.publish()
    newsroom.add(value_high=None, adm_level=4, lat=36.2)
    for published in (current(newsroom.root), newsroom.publish().path):
        for table, columns in TABLES.items():
            with duckdb.connect() as connection:
                found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [layout.pattern(published, table)]).fetchall()
            assert {name: kind for name, kind, *_ in found} == {column.name: TYPES[column.type] for column in columns}
            assert [name for name, *_ in found] == [column.name for column in columns]


def test_values_arrive_as_they_are(newsroom: Any, rows: Rows) -> None:
    """Numbers, days, moments, lists and what is not stated are in the Parquet file what they were in the ledger."""
    big = 2**53 + 1
    figure = newsroom.add(value_low=big, value_best=big, coverage_area=("SY02", "SY07"), lat=36.25, parts_complete=True)
    (row,) = rows(newsroom.publish().path, "figures")
    assert (row["value_low"], row["value_high"], row["adm_level"]) == (big, None, None)
    assert (row["event_start"], row["event_end"]) == (figure.event_start, None)
    assert row["first_seen_at"] == "2024-12-01 09:30:00+00"
    assert (row["coverage_area"], row["relayed_via"], row["group_sex"], row["perpetrator"]) == ("SY02;SY07", "", "", "")
    assert (row["lat"], row["lon"], row["parts_complete"], row["superseded_at"]) == (36.25, None, True, None)


def test_any_day_of_the_calendar_is_published(newsroom: Any, rows: Rows) -> None:
    """A mistyped year is somebody's to correct, and stops nothing."""
    newsroom.add(event_start=date.min, event_end=date.max)
    (row,) = rows(newsroom.publish().path, "figures")
    assert (row["event_start"], row["event_end"]) == (date.min, date.max)


def test_publishing_again_with_nothing_new_changes_no_byte(newsroom: Any) -> None:
    """The tables of a second publication are byte for byte those of the first; only the times of sources and runs move on."""
    for number in range(50):
        newsroom.add(adm1_id=f"SY0{number % 9}", event_start=datetime(2024, 11, 1 + number % 28, tzinfo=UTC).date())
    first = newsroom.publish()
    newsroom.ledger.save_source_state(SourceState("test", newsroom.clock, newsroom.clock))
    newsroom.ledger.finish_run(newsroom.ledger.begin_run("refresh", "test", newsroom.clock), "ok", {}, "Nothing new.", newsroom.clock)
    second = newsroom.publish()
    assert (first.changed, second.changed) == (True, False)
    assert second.id != first.id
    before, after = _hashes(first.path), _hashes(second.path)
    assert {name for name in before if before[name] != after[name]} == {"sources.parquet", "runs.parquet"}
    assert layout.manifest(second.path).previous == first.id


def test_where_nothing_at_all_changed_the_version_stands(newsroom: Any) -> None:
    """Not even the name of the version changes when not even a time moved on."""
    newsroom.add()
    first = newsroom.publish()
    second = newsroom.publish()
    assert (second.id, second.path, second.changed, second.tables) == (first.id, first.path, False, first.tables)
    assert [path.name for path in layout.versions(newsroom.root)] == [first.id]


def test_the_bytes_do_not_depend_on_the_order_of_arrival(newsroom: Any, tmp_path: Path) -> None:
    """Two ledgers that were given the same rows in another order publish the same figures and documents."""
    figures = [newsroom.add() for _ in range(20)]
    first = newsroom.publish()
    with Ledger.open(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        for figure in reversed(figures):
            other.add(
                [newsroom.ledger.document(figure.document_id)], [figure], figure.first_seen_at or datetime(2024, 12, 1, 9, 30, tzinfo=UTC)
            )
        elsewhere = replace(newsroom, ledger=other, settings=replace(newsroom.settings, data=tmp_path / "elsewhere"))
        second = elsewhere.publish()
    assert second.path != first.path
    for file in ("figures/2024-11.parquet", "documents/2024-11.parquet"):
        assert _hashes(second.path)[file] == _hashes(first.path)[file]


def test_figures_are_sorted_as_stated(newsroom: Any, rows: Rows) -> None:
    """By metric, first-level division, day, identity."""
    for number in range(30):
        newsroom.add(
            metric=(Metric.KILLED, Metric.INJURED)[number % 2],
            adm1_id=f"SY0{number % 3}",
            event_start=None if number % 5 else newsroom.clock.date(),
        )
    found = rows(newsroom.publish().path, "figures")
    key = [(row["metric"], row["adm1_id"], str(row["event_start"] or row["as_of"]), row["figure_id"]) for row in found]
    assert key == sorted(key)


def test_a_new_figure_makes_a_new_version(newsroom: Any) -> None:
    """What is new is published under another name, and the version before stays as it was."""
    newsroom.add()
    first = newsroom.publish()
    kept = _hashes(first.path)
    newsroom.add()
    second = newsroom.publish()
    assert second.changed
    assert layout.number(second.id) == layout.number(first.id) + 1
    assert current(newsroom.root) == second.path
    assert _hashes(first.path) == kept


def test_the_comparison_is_given_what_is_published(newsroom: Any, rows: Rows) -> None:
    """It gets the figures with the published columns and types, organisations and places, and its verdicts are published."""
    newsroom.add()
    newsroom.add()
    given: dict[str, Any] = {}

    def compare(figures: Any, **told: Any) -> Any:
        given.update(told, figures=figures)
        pair = {
            "figure_a": figures["figure_id"][0],
            "figure_b": figures["figure_id"][1],
            "gap": 3,
            "ratio": 1.5,
            "day": newsroom.clock.date(),
        }
        return snapshot.frames.frame("discrepancies", [{"discrepancy_id": "x1", "code": "relay", "comparability": "comparable", **pair}])

    newsroom.compare = compare
    (row,) = rows(newsroom.publish().path, "discrepancies")
    assert (row["discrepancy_id"], row["gap"], row["ratio"], row["day"], row["severity"]) == ("x1", 3, 1.5, newsroom.clock.date(), "")
    assert list(given["figures"].columns) == [column.name for column in TABLES["figures"]]
    assert str(given["figures"]["value_high"].dtype) == "Int64"
    assert list(given["places"].columns) == [column.name for column in TABLES["places"]]
    assert list(given["organisations"]["organisation"]) == ["sohr"]
    assert given["sides"] == {"government": {"en": "Government", "ar": "الحكومة"}}


def test_the_real_comparison_runs_by_default(newsroom: Any) -> None:
    """Without another one given, the verdicts are those of the program's own comparison."""
    newsroom.add(claimed_source="sohr", publisher="sohr")
    newsroom.add(claimed_source="sohr", publisher="afp")
    newsroom.compare = None
    assert newsroom.publish().tables["discrepancies"] >= 1


def test_another_crisis_is_not_published(newsroom: Any, rows: Rows) -> None:
    """Only the crisis's figures; its documents are those of its figures and those without any figure."""
    newsroom.add()
    newsroom.add(crisis="another")
    newsroom.ledger.add([newsroom.a_document("Nothing counted.", url="https://example.org/none")], [], newsroom.clock)
    published = newsroom.publish()
    assert [row["crisis"] for row in rows(published.path, "figures")] == ["test"]
    assert sorted(row["figures"] for row in rows(published.path, "documents")) == [0, 1]


def test_a_disk_that_fills_up_leaves_the_last_version(newsroom: Any, small_disk: Path) -> None:
    """The publication fails with a sentence, readers keep what they had, and with space again it succeeds."""
    newsroom.settings = replace(newsroom.settings, data=small_disk)
    newsroom.add()
    first = newsroom.publish()
    newsroom.add()
    ballast = small_disk / "ballast"
    free = 3 * 1024 * 1024 - sum(path.stat().st_size for path in small_disk.rglob("*") if path.is_file())
    ballast.write_bytes(b"x" * (free - 60_000))
    with pytest.raises(StoreError, match="the disk is full; free some space, then publish again, the last snapshot still stands"):
        newsroom.publish()
    assert current(newsroom.root) == first.path
    assert dict(layout.manifest(first.path).sha256) == _hashes(first.path)
    assert {path.name for path in newsroom.root.iterdir()} == {first.id, POINTER, ".publish.lock"}
    ballast.unlink()
    assert newsroom.publish().tables["figures"] == 2


def test_a_folder_that_cannot_be_made_is_told(newsroom: Any, tmp_path: Path) -> None:
    """A file in the way of the folder is named with the sentence."""
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    newsroom.settings = replace(newsroom.settings, data=blocked)
    with pytest.raises(StoreError, match=r"could not be written to .*blocked"):
        newsroom.publish()


def test_a_path_with_quotes_is_no_sql(newsroom: Any, tmp_path: Path) -> None:
    """A data folder whose name holds a quotation mark is written like any other."""
    newsroom.settings = replace(newsroom.settings, data=tmp_path / 'Amal\'s "data"; DROP')
    newsroom.add()
    assert newsroom.publish().tables["figures"] == 1


def test_the_manifest_is_plain_json(newsroom: Any) -> None:
    """Any program can read it: keys in order, moments in ISO 8601."""
    table = json.loads((newsroom.publish(later=timedelta()).path / MANIFEST).read_text())
    assert list(table) == sorted(table)
    assert table["created_at"] == "2024-12-01T09:30:00+00:00"
