"""Doubts are written and read back, and confidence is a product of counted shares."""

import tomllib
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import calibration
from ingest.model.doubts import ABOUT_THE_NUMBER, confidence, needs_a_look, parted, written
from ingest.model.schema import FIGURES
from ingest.model.vocabulary import DOUBTS, Doubt

COUNTS = tomllib.loads(resources.files("ingest.model").joinpath("confidence.toml").read_text(encoding="utf-8"))


@given(st.sampled_from(Doubt), st.lists(st.from_regex(r"[A-Za-z0-9_:.-]+", fullmatch=True)))
def test_a_doubt_is_read_back_as_it_was_written(doubt, candidates):
    """Reason and candidates survive the cell they are kept in."""
    assert parted(written(doubt, *candidates)) == (doubt, tuple(candidates))


def test_every_doubt_is_about_a_published_column():
    """What is doubted can be looked up in the row."""
    assert set(DOUBTS) == set(Doubt)
    assert {about.column for about in DOUBTS.values()} <= {column.name for column in FIGURES}


def test_only_doubts_about_the_number_lower_the_confidence():
    """The table counts doubts about number, metric, unit and kind, each with as many cases as it says."""
    about_the_number = {doubt.value for doubt in Doubt if DOUBTS[doubt].column in ABOUT_THE_NUMBER}
    assert about_the_number == set(COUNTS) - {"plain"}
    assert all(0 <= right <= of for right, of in COUNTS.values())


@given(st.lists(st.sampled_from(Doubt), unique=True))
def test_every_further_doubt_leaves_less_or_as_much(doubts):
    """Confidence never grows with a doubt, and stays a share."""
    sure = [confidence(doubts[:count]) for count in range(len(doubts) + 1)]
    assert all(0 < after <= before <= 1 for before, after in pairwise(sure))


def test_a_doubt_leaves_the_share_that_was_right_of_its_sort():
    """With a single doubt the confidence is the share counted, by the rule of succession."""
    right, of = COUNTS["no_noun"]
    assert confidence([Doubt.NO_NOUN]) == pytest.approx((right + 1) / (of + 2), abs=0.005)


def test_an_open_choice_needs_a_look_however_sure_the_number_is():
    """A place that could be two is chosen by a person."""
    assert needs_a_look(0.99, ["place_not_unique=A|B"])
    assert not needs_a_look(0.99, ["place_unknown"])
    assert needs_a_look(0.5, [])


def test_the_calibration_table_holds_confidence_against_outcomes():
    """Each bin says how many, how sure on average, and what share was right; empty bins are left out."""
    low, high = calibration.calibration([(0.4, True), (0.4, False), (0.97, True), (1.0, True)])
    assert (low.low, low.high, low.count, low.confidence, low.share) == (0.0, 0.5, 2, 0.4, 0.5)
    assert (high.low, high.high, high.count, high.share) == (0.95, 1.0, 2, 1.0)
    assert calibration.expected_error([low, high]) == pytest.approx((0.1 * 2 + 0.015 * 2) / 4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_the_calibration_table_counts_every_reading_once(judged):
    """No reading falls between two bins."""
    bins = calibration.calibration(judged)
    assert sum(one.count for one in bins) == len(judged)
    assert sum(one.right for one in bins) == sum(right for _, right in judged)
