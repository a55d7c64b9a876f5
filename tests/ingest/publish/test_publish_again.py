"""A publication after a few figures came or changed compares what they touch, and is byte for byte a publication from nothing."""

import json
import random
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.errors import PublishRefused, StoreError
from ingest.model import snapshot as layout
from ingest.model.snapshot import MANIFEST
from ingest.model.vocabulary import CorrectionKind, Kind, Metric, PlacePrecision, Review
from ingest.publish import grounds, silent
from ingest.store import Correction, Ledger


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


def test_whatever_happens_the_files_are_those_of_a_publication_from_nothing(
    desk: Any, dice: random.Random, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Totals and incidents of any month in any order, later editions with and without figures, records, reviews, proposals, notes, pages
    that are gone, runs, other crises: after each few of them, what is carried on and worked out in small parts is byte for byte what is
    written anew in one.
    """
    elsewhere = replace(desk, settings=replace(desk.settings, data=tmp_path / "elsewhere"))
    for number in range(ROUNDS):
        for happens in dice.sample(HAPPENS, dice.randint(2, 5)):
            happens(desk, dice)
        with monkeypatch.context() as small:
            small.setattr(grounds, "CLAIMS", 12)
            small.setattr(silent, "FIGURES", 8)
            carried = _files(desk.publish().path)
        elsewhere.clock = desk.clock - timedelta(minutes=1)
        shutil.rmtree(elsewhere.root, ignore_errors=True)
        anew = _files(elsewhere.publish().path)
        assert {name for name in carried.keys() | anew.keys() if carried.get(name) != anew.get(name)} == set(), f"round {number}"


def _any_figure(newsroom: Any, dice: random.Random) -> Any:
    return dice.choice(sorted(newsroom.ledger.figures("test"), key=lambda figure: figure.figure_id))


def _new(newsroom: Any, dice: random.Random, **said: Any) -> None:
    day = datetime(2024, 10, 1, 12, tzinfo=UTC) + timedelta(days=dice.randrange(120))
    counted = dice.choice(({"window_start": date(2024, 9, 1)}, {"kind": Kind.DAILY, "window_start": None, "event_start": day.date()}))
    fields = {"metric": dice.choice(METRICS), "published_at": day, "as_of": day.date(), **counted, **dice.choices(*AREAS)[0]}
    _says(newsroom, dice.choice(("sohr", "ocha", "snhr")), 4 + dice.randrange(9), **{**fields, **said})


def _incident(newsroom: Any, dice: random.Random) -> None:
    """One event of a day, somewhere or other, told by one of several voices, sometimes with coordinates."""
    day = datetime(2024, 11, 28, 12, tzinfo=UTC) + timedelta(days=dice.randrange(40))
    town = dice.choice(
        (
            {"place_id": "C1007", "adm_level": 4, "place_precision": PlacePrecision.CITY_OR_TOWN},
            {"place_id": "", "adm_level": None, "place_precision": PlacePrecision.SITE, "place_text": dice.choice(("a school", "a mill"))},
            {"place_id": "SY", "adm1_id": "", "adm_level": 0, "place_precision": PlacePrecision.COUNTRY},
        )
    )
    spot = dice.choice(({}, {}, {"lat": 36.2 + dice.randrange(3) / 100, "lon": 37.1}))
    fields = {"kind": Kind.INCIDENT, "event_start": day.date(), "window_start": None, "published_at": day, "as_of": day.date()}
    _says(newsroom, dice.choice(("sohr", "ocha", "snhr")), 3 + dice.randrange(3), **{**fields, **town, **spot})


def _run(newsroom: Any, dice: random.Random) -> None:
    run = newsroom.ledger.begin_run("refresh", "test", newsroom.clock)
    newsroom.ledger.finish_run(run, dice.choice(("ok", "failed")), {}, "", newsroom.clock)


def _edition(newsroom: Any, dice: random.Random, *, figures: bool = True, **said: Any) -> None:
    """A later edition of a document, whose figure replaces that of the one before."""
    before = _any_figure(newsroom, dice)
    newsroom.reports += 1
    text = f"Edition {newsroom.reports}: at least 4 civilians were killed."
    document = newsroom.a_document(text, url=before.url, revises=before.document_id, **said)
    figure = newsroom.a_figure(document, "4 ", supersedes=before.figure_id, published_at=before.published_at, metric=before.metric)
    newsroom.clock += timedelta(seconds=1)
    newsroom.ledger.add([document], [replace(figure, span_end=figure.span_end - 1)] if figures else [], newsroom.clock)


def _review(newsroom: Any, dice: random.Random) -> None:
    verdict = dice.choice([Review.REJECTED, Review.HUMAN_CHECKED])
    newsroom.ledger.add_review(_any_figure(newsroom, dice).figure_id, verdict, "reviewer", "", newsroom.clock)


def _note(newsroom: Any, dice: random.Random) -> None:
    figure, kind = _any_figure(newsroom, dice), dice.choice(list(CorrectionKind))
    named = ((figure.figure_id,), ()) if kind is CorrectionKind.CORRECTION else ((), (figure.document_id,))
    newsroom.clock += timedelta(seconds=1)
    newsroom.ledger.add_correction(Correction(kind, *named, ("Said otherwise.", "", ""), "desk", newsroom.clock))


def _gone(newsroom: Any, dice: random.Random) -> None:
    newsroom.ledger.mark_vanished("test", _any_figure(newsroom, dice).url, newsroom.clock)


ROUNDS = 5
METRICS = (Metric.KILLED, Metric.DETAINED, Metric.INJURED, Metric.NEWLY_DISPLACED, Metric.KILLED_OR_INJURED)
AREAS = (  # and how often: the last two reach over others, so that they tie what was apart
    (
        {"place_id": "SY02", "adm1_id": "SY02"},
        {"place_id": "SY07", "adm1_id": "SY07"},
        {"place_id": "SY08", "adm1_id": "SY08"},
        {"place_id": "C1007", "adm_level": 4, "place_precision": PlacePrecision.CITY_OR_TOWN},
        {"place_id": "", "adm1_id": "", "coverage_area": ("SY02", "SY07"), "place_precision": PlacePrecision.REGION_INFORMAL},
        {"place_id": "SY", "adm1_id": "", "adm_level": 0, "place_precision": PlacePrecision.COUNTRY},
    ),
    (6, 6, 6, 4, 1, 1),
)
HAPPENS = (
    _new,
    _incident,
    _run,
    partial(_new, doubts=("second_only",)),
    partial(_new, crisis="another"),
    _edition,
    partial(_edition, figures=False),
    partial(_edition, media_type="text/csv; record=1"),
    _review,
    _note,
    _gone,
)


def test_after_a_run_that_brought_nothing_all_but_the_tables_of_times_are_the_files_they_were(desk: Any, dice: random.Random) -> None:
    """Neither figures nor verdicts are looked at again, and without any run there is no other version."""
    first = desk.publish()
    assert desk.publish().id == first.id
    _run(desk, dice)
    second = desk.publish()
    same = {name for name in _files(second.path) if (first.path / name).samefile(second.path / name)}
    assert not second.changed
    assert {layout.table_of(name) for name in _files(second.path).keys() - same} <= {"runs", "sources", "silence"}
    assert layout.table_of("runs.parquet") not in {layout.table_of(name) for name in same}
    assert _files(second.path) == _from_nothing(desk)


def test_where_crisis_or_places_changed_all_is_looked_at_again(desk: Any, rows: Any) -> None:
    """The ledger is the same, and what follows from it is not."""
    desk.publish()
    desk.crisis = replace(desk.crisis, sides=(), withhold_names=False)
    first = desk.publish()
    desk.crisis = replace(desk.crisis, organisations={})
    assert {row["organisation"]: row["name_en"] for row in rows(desk.publish().path, "organisations")}["sohr"] != "Observatory"
    assert {row["organisation"]: row["name_en"] for row in rows(first.path, "organisations")}["sohr"] == "Observatory"


def test_a_whole_publication_reads_what_somebody_changed_in_the_ledger(desk: Any, rows: Any) -> None:
    """What was carried on is then read too, and every file is written, also where a version with the same rows stands."""
    first = desk.publish()
    with desk.ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE figures SET place_name = 'Elsewhere'")
    assert desk.publish().id == first.id
    second = desk.publish(whole=True)
    assert {row["place_name"] for row in rows(second.path, "figures")} == {"Elsewhere"}
    assert desk.publish(whole=True).id not in {first.id, second.id}


@pytest.mark.parametrize("whole", [False, True])
def test_a_damaged_version_is_named_and_once_removed_published_anew(desk: Any, whole: bool) -> None:
    """What stood cannot be held against what comes, so a person removes it; it is told by name."""
    before = desk.publish().path
    (damaged, *_) = (before / "figures").iterdir()
    damaged.write_bytes(b"PAR1")
    for _ in range(2):  # with nothing new, and with a figure that is
        with pytest.raises(StoreError, match=r"is damaged .* remove the folder and publish again") as refused:
            desk.publish(whole=whole)
        assert str(before) in str(refused.value)
        _says(desk, "snhr", 12)
    shutil.rmtree(before)
    assert desk.publish(whole=whole).tables["figures"] == desk.reports


def test_another_ledger_that_holds_as_much_is_read_whole(desk: Any, tmp_path: Path) -> None:
    """Its last entry is another, so nothing of the version before is taken for it; here it lacks what was published."""
    desk.publish()
    with Ledger.open(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        strange = replace(desk, ledger=other)
        for metric in (Metric.KILLED, Metric.DETAINED, Metric.RELEASED):
            for voice, value in (("sohr", 5), ("ocha", 8)):
                _says(strange, voice, value, metric=metric)
        assert other.high_water() == desk.ledger.high_water()
        with pytest.raises(PublishRefused, match="the ledger lacks"):
            strange.publish()
