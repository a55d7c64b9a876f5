"""The sample reports are read as the hand-written expectations say. How often each field is right has floors in tests/quality."""

import pytest

from tests.quality import sample


@pytest.fixture(scope="module")
def score() -> sample.Score:
    """The score of one pass over all reports."""
    return sample.score(sample.shipped_reader())


def test_every_expected_number_is_found(score):
    """Each number of the reports is read, in English and in Arabic."""
    assert score.missing == []


def test_nothing_else_is_read(score):
    """No report gives a figure that its expectations do not list."""
    assert score.extra == []


def test_every_number_found_means_what_it_says(score):
    """Metric, hedge, interval and unit of each are as expected."""
    assert score.wrong_number == []
