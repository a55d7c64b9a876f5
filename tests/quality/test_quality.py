"""Reading is as good as it has been, and the floors that say so only go up."""

from pathlib import Path

import pytest

from tests.quality import floors
from tests.quality.__main__ import outcomes
from tests.quality.floors import Floors
from tests.quality.measures import Share, calibration_table, measure
from tests.quality.outcomes import Extra, Wanted, form_of, of_case


@pytest.fixture(scope="module")
def found():
    """What came of reading everything that is measured."""
    return outcomes()


def test_no_measure_is_below_its_floor(found):
    """Each share is at least what it has been on the same corpus."""
    assert floors.fallen(floors.reached(measure(found)), floors.load()) == {}


def test_the_floors_are_those_of_this_corpus(found):
    """Floors say nothing of a corpus they were not measured on; `python -m tests.quality --raise` measures again."""
    kept = floors.load()
    assert kept.digests == floors.digests()
    wanted = {(where, name) for where, shares in floors.reached(measure(found), floors.FEWEST).shares.items() for name in shares}
    floored = {(where, name) for where, shares in kept.shares.items() for name in shares}
    assert {(where, name) for where, name in wanted - floored if name.startswith("recall")} == set()


def test_confidence_means_something(found):
    """Readings that are surer are right more often, and confidence is near the share that is right."""
    *_, apart = calibration_table(found)
    assert float(apart.split()[-4]) <= 0.1


def test_a_figure_is_found_once_and_what_is_left_is_too_much(reader):
    """One reading answers one expectation; fields are judged only where the figure was found."""
    case = {
        "text": "Nine people were killed and six injured in Stonebridge.",
        "reads": ["killed 9", "killed 9", "missing 6"],
        "place": ["C1"] * 3,
    }
    first, second, third, extra = of_case(case, "en", reader)
    assert (first.found, first.fields["place"]) == (True, True)
    assert not second.found and not third.found
    assert isinstance(extra, Extra) and extra.metric == "injured"


def test_shares_count_what_was_wanted_and_what_was_read():
    """Recall is over the wanted figures, precision over the readings."""
    outcomes_ = [
        Wanted("own", "en", "killed", "digit", "", found=True, confidence=0.9, fields={"place": False}),
        Wanted("own", "en", "killed", "word", "", found=False),
        Extra("own", "en", "injured", "digit", "", 0.5),
    ]
    shares = measure(outcomes_)["own", "en"]
    assert (shares["recall"], shares["precision"], shares["recall: word"]) == (Share(1, 2), Share(1, 2), Share(0, 1))
    assert (shares["field: place"], shares["precision: injured"]) == (Share(0, 1), Share(0, 1))


@pytest.mark.parametrize(
    ("line", "text", "language", "form"),
    [
        ("killed 12", "12 people were killed", "en", "digit"),
        ("newly_displaced 36000", "36k fled", "en", "digit"),
        ("newly_displaced 1080000-1320000 about", "about 1.2 million fled", "en", "digit"),
        ("killed 12", "twelve people were killed", "en", "word"),
        ("killed 1", "A child was killed", "en", "implicit one"),
        ("killed 1", "one child was killed", "en", "word"),
        ("killed 2", "مقتل طفلين", "ar", "dual"),
        ("killed 12-99 vague", "dozens were killed", "en", "vague"),
        ("killed 3-4 range", "three or four were killed", "en", "range"),
        ("killed 0", "no one was killed", "en", "zero"),
    ],
)
def test_the_form_of_a_number_is_told_from_the_text(line, text, language, form):
    """Whether it was read or not."""
    assert form_of(line, text, language) == form


def test_floors_come_back_as_written(tmp_path: Path):
    """What is written is what is loaded."""
    kept = Floors({"own": "abc"}, {("own", "en"): {"recall": 0.95, "recall: digit": 1.0}})
    floors.write(kept, tmp_path / "floors.toml")
    assert floors.load(tmp_path / "floors.toml") == kept


def test_a_measure_that_is_gone_has_fallen():
    """Dropping the cases of a measure is no way around its floor; a sort that is read no more has no false readings."""
    kept = Floors({}, {("own", "en"): {"recall": 0.9, "recall: dual": 0.8, "precision: dual": 0.6}})
    assert floors.fallen(Floors({}, {("own", "en"): {"recall": 0.92}}), kept) == {"own, en: recall: dual": (0.8, 0.0)}


def test_a_lowered_floor_is_told_in_the_newest_section_of_the_changelog(tmp_path: Path):
    """Which floor, from what to what, and why."""
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changes\n\n## 0.2.0\n\n- New.\n\n## 0.1.0\n\n- Old.\n", encoding="utf-8")
    floors.tell_changelog(changelog, "harder texts were added", {"own, en: recall": (0.95, 0.9)})
    newest, old = changelog.read_text(encoding="utf-8").split("## 0.1.0")
    assert "own, en: recall 0.95 to 0.9" in newest and "harder texts were added" in newest and "- New.\n- Floors" in newest
    assert old == "\n\n- Old.\n"
