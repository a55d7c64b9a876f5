"""The sample reports are read as the hand-written expectations say. How often each field is right has floors in tests/quality."""

import pytest

from ingest.extract.explain import explain
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


@pytest.mark.parametrize(
    "written, place",
    [
        ("Maarrat al-Numan", "C3985"),
        ("Ma'arrat al-Nu'man", "C3985"),
        ("Jisr al-Shughur", "C4199"),
        ("Deir al-Zor", "SY09"),
        ("Deir ez-Zor", "SY09"),
        ("Ras al-Ain", "C4988"),
        ("Abu al-Duhur", "C3891"),
    ],
)
def test_an_article_within_the_name_of_a_town_does_not_end_it(written: str, place: str) -> None:
    """In lower case, as English writes it: what stands before it may be another place, such as a village of Marat."""
    readings = explain(f"Nine people were killed in {written} on Sunday.", sample.shipped_reader())
    assert [(one.figure.place_text, one.figure.place_id) for one in readings] == [(written, place)]
