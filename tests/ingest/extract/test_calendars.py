"""Days in digits and of the Hijri calendar are what a careful reader takes them for, and never an error."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.times.calendars import hijri_day, hijri_month
from ingest.extract.times.stretches import part_of_month, part_of_year
from ingest.extract.words.when import month_of

PUBLISHED = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("29/11/2023", "2023-11-29"),
        ("11/29/2023", "2023-11-29"),
        ("3.6.2024", "2024-06-03"),
        ("2024-06-03", "2024-06-03"),
        ("2024/06/03", "2024-06-03"),
        ("03-06-24", "2024-06-03"),
        ("31/12/99", "1999-12-31"),
        ("٠٣/٠٦/٢٠٢٤", "2024-06-03"),
    ],
)
def test_days_in_digits(figures, written, day):
    """Day first unless that is impossible; two digits are a year near publication."""
    (figure,) = figures(f"Nine people were killed on {written}.")
    assert figure.event_start == date.fromisoformat(day)


@pytest.mark.parametrize("written", ["31/11/2023", "99/99/2023", "1.2", "0/0/00", "12/13/14/15", "30 February", "31 November 2023"])
def test_an_impossible_day_is_no_error(figures, written):
    """What is no day of the calendar gives no day of an event, and the count stays the count."""
    killed = [f for f in figures(f"Nine people were killed on {written}.") if f.value_best == 9]
    assert len(killed) == 1
    assert killed[0].event_start is None or killed[0].event_start != killed[0].event_end


def test_a_hijri_day_is_three_days():
    """The calculated day, and one on either side for the sighting of the moon."""
    when = hijri_day(25, 5, 1446, PUBLISHED)
    assert (when.start, when.end) == (date(2024, 11, 26), date(2024, 11, 28))


def test_a_hijri_day_without_a_year_is_the_latest():
    """1 Ramadan before June 2024 was in March."""
    when = hijri_day(1, 9, None, PUBLISHED)
    assert when.start <= date(2024, 3, 11) <= when.end


@given(st.integers(-5, 40), st.integers(-2, 15), st.integers(0, 3000), st.dates())
def test_no_hijri_day_is_an_error(day, month, year, published):
    """Nothing written as such a day breaks the reader."""
    for when in (hijri_day(day, month, year, published), hijri_day(day, month, None, published), hijri_month(max(month, 1), year)):
        assert when is None or when.start <= when.end


@given(st.integers(1, 12), st.integers(1945, 2060))
def test_parts_of_a_month_lie_in_it(month, year):
    """Early, middle, late and the weeks of a month never leave it."""
    whole = month_of(PUBLISHED, month, year)
    for first, last in ((1, 10), (11, 20), (21, -1), (22, 28), (-7, -1)):
        part = part_of_month(whole, first, last)
        assert whole.start <= part.start <= part.end <= whole.end


def test_quarters_make_a_year():
    """Four quarters follow one another."""
    quarters = [part_of_year(2024, first, first + 2) for first in (1, 4, 7, 10)]
    assert [q.start for q in quarters] == [date(2024, month, 1) for month in (1, 4, 7, 10)]
    assert quarters[-1].end == date(2024, 12, 31)
