"""A publication after a few figures came or changed compares what they touch, and is byte for byte a publication from nothing."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.model.snapshot import MANIFEST
from ingest.model.vocabulary import Kind, Metric, PlacePrecision, Review


def _files(folder: Path) -> dict[str, bytes]:
    """Every file of a version but the manifest, by name."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != MANIFEST}


def _says(newsroom: Any, voice: str, value: int, **said: Any) -> Any:
    """A voice reports a running total of one governorate."""
    fields = {
        "publisher": voice, "claimed_source": voice, "independence_group": voice, "claim_id": f"c{newsroom.reports}",
        "kind": Kind.CUMULATIVE, "event_start": None,
        "window_start": date(2024, 11, 27), "place_id": "SY02", "adm1_id": "SY02", "adm_level": 1,
        "place_precision": PlacePrecision.GOVERNORATE, "value_best": value, "value_low": value, "value_text": f"at least 4 {value}",
    }  # fmt: skip
    return newsroom.add(**{**fields, **said})


@pytest.fixture
def desk(newsroom: Any) -> Any:
    """A ledger with two voices on one question, two on another and two on a third, that is compared in earnest."""
    newsroom.compare = None
    for metric in (Metric.KILLED, Metric.DETAINED, Metric.RELEASED):
        for voice, value in (("sohr", 4), ("ocha", 9)):
            _says(newsroom, voice, value, metric=metric)
    return newsroom


def _from_nothing(newsroom: Any) -> dict[str, bytes]:
    """The files as a publication without any before it writes them."""
    shutil.rmtree(newsroom.root)
    return _files(newsroom.publish().path)


def _mark(folder: Path) -> None:
    """Let every verdict of a version say something that no comparison says."""
    for path in (folder / "discrepancies").iterdir():
        with duckdb.connect() as opened:
            opened.from_parquet(str(path)).project("* REPLACE ('as it stood' AS sentence_en)").write_parquet(str(folder / "marked"))
        (folder / "marked").replace(path)


def test_what_is_new_gives_the_file_a_full_comparison_gives(desk: Any) -> None:
    """Also where a figure was rejected in review, or another is in its place."""
    first = desk.publish()
    figure = _says(desk, "sohr", 12, as_of=date(2024, 12, 1))
    second = desk.publish()
    desk.ledger.add_review(figure.figure_id, Review.REJECTED, "reviewer", "", desk.clock)
    third = desk.publish()
    after = [_files(version.path) for version in (second, third)]
    assert after[0] != _files(first.path)
    assert after[1] == _from_nothing(desk)


def test_verdicts_nothing_touched_are_taken_over(desk: Any, rows: Any) -> None:
    """Only the question the new figure is about is told anew."""
    before = desk.publish()
    _mark(before.path)
    _says(desk, "sohr", 12, as_of=date(2024, 12, 1))
    told = {(row["metric"], row["sentence_en"] == "as it stood") for row in rows(desk.publish().path, "discrepancies")}
    assert ("detained", True) in told
    assert ("detained", False) not in told
    assert ("killed", False) in told


def test_another_program_or_other_rules_compare_everything(desk: Any, rows: Any) -> None:
    """A version that was compared by anything else lends no verdict."""
    before = desk.publish()
    _mark(before.path)
    manifest = json.loads((before.path / MANIFEST).read_text(encoding="utf-8"))
    (before.path / MANIFEST).write_text(json.dumps({**manifest, "compared": "by another program"}), encoding="utf-8")
    _says(desk, "sohr", 12, as_of=date(2024, 12, 1))
    assert all(row["sentence_en"] != "as it stood" for row in rows(desk.publish().path, "discrepancies"))


def test_a_place_or_voice_met_for_the_first_time_renames_nothing(desk: Any, rows: Any) -> None:
    """What stood goes on standing, and the file is the one a full comparison writes."""
    before = desk.publish()
    _mark(before.path)
    _says(desk, "snhr", 7, metric=Metric.KILLED, place_id="C1007", adm_level=4, place_precision=PlacePrecision.CITY_OR_TOWN)
    after = desk.publish()
    assert {row["place_id"] for row in rows(after.path, "places")} > {row["place_id"] for row in rows(before.path, "places")}
    assert {row["sentence_en"] for row in rows(after.path, "discrepancies") if row["metric"] != "killed"} == {"as it stood"}


def test_a_name_that_changed_is_told_everywhere(desk: Any, rows: Any) -> None:
    """A source described in the crisis file from now on is called so in every sentence."""
    desk.publish()
    ocha = replace(desk.crisis.organisations["sohr"], id="ocha", name={"en": "Coordination office"}, short="Coordination")
    desk.crisis = replace(desk.crisis, organisations={**desk.crisis.organisations, "ocha": ocha})
    assert all("Coordination" in row["sentence_en"] for row in rows(desk.publish().path, "discrepancies"))
