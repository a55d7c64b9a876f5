"""The day over a report: told from days within it, and given a year where it names none."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from ingest.extract import Reader, dateline
from ingest.extract.explain import explain
from ingest.model.records import Figure

CRISIS = (date(2024, 6, 10), date(2024, 8, 31))
TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "NORTHMARK, 20 June (Agency) - Nine people were killed.", (date(2024, 6, 20), "20 June", False)),
        ("en", "Northmark, Jul. 2, 2024 — Nine people were killed.", (date(2024, 7, 2), "Jul. 2, 2024", True)),
        ("en", "Nine die in the north\nNORTHMARK, Exland, 20 June 2024 (One/Another) – Nine", (date(2024, 6, 20), "20 June 2024", True)),
        ("en", "Published: Monday, 1 July 2024 14:30\n\nNine people were killed.", (date(2024, 7, 1), "1 July 2024", True)),
        ("en", "2024-07-01\nNine people were killed.", (date(2024, 7, 1), "2024-07-01", True)),
        ("en", "Northmark, 1/7/24 - Nine people were killed.", (date(2024, 7, 1), "1/7/24", True)),
        ("ar", "نورثمارك، 20 حزيران (وكالة) - قُتل تسعة مدنيين.", (date(2024, 6, 20), "20 حزيران", False)),
        ("ar", "تاريخ النشر: 1 تموز 2024\nقُتل تسعة مدنيين.", (date(2024, 7, 1), "1 تموز 2024", True)),
    ],
)
def test_the_day_over_a_text_is_its_day(reader: Reader, language: str, text: str, said: tuple[date, str, bool]) -> None:
    """Behind a place and before a dash, with an agency between or none; or alone in its line, with its year."""
    found = dateline(text, reader.lexicon(language), CRISIS, TODAY)
    assert found is not None
    assert (found.day, found.words, found.year_stated) == said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nine people were killed on 20 June 2024."),
        ("en", "On 20 June - nine people were killed."),
        ("en", "Friday - nine people were killed."),
        ("en", "20 June\nNine killed\n21 June\nFour killed"),
        ("en", "Nine Killed In Northmark 20 June 2024\nMore follows."),
        ("en", "Northmark | 20 June 2024 | 9\nSouthvale | 21 June 2024 | 4"),
        ("en", "Flash update (as of 20 June 2024)\nNine people were killed."),
        ("en", "NORTHMARK, 20 June 2031 (Agency) - Nine people were killed."),
        ("ar", "قُتل تسعة مدنيين في 20 حزيران - بينهم طفل."),
        ("ar", "أعلنت الوزارة في 20 حزيران 2024 - مقتل تسعة"),
        ("en", ""),
    ],
)
def test_another_day_is_not(reader: Reader, language: str, text: str) -> None:
    """Days of what happened, of a headline, a list or a table, weekdays, and days that have not come."""
    assert dateline(text, reader.lexicon(language), CRISIS, TODAY) is None


@pytest.mark.parametrize(
    ("said", "crisis", "today", "day"),
    [
        ("5 June", CRISIS, TODAY, date(2024, 6, 5)),
        ("5 January", CRISIS, TODAY, date(2025, 1, 5)),
        ("20 June", (date(2024, 6, 10), None), TODAY, date(2025, 6, 20)),
        ("29 February", CRISIS, TODAY, date(2024, 2, 29)),
        ("20 June", CRISIS, date(2024, 6, 19), None),
    ],
)
def test_a_day_without_a_year_is_the_nearest_to_the_crisis(
    reader: Reader, said: str, crisis: tuple[date, date | None], today: date, day: date | None
) -> None:
    """Shortly before it began or after it ended; the latest where it goes on; none rather than a year early where it has not come."""
    found = dateline(f"NORTHMARK, {said} (Agency) - Nine people were killed.", reader.lexicon("en"), crisis, today)
    assert (found.day if found else None) == day


PUBLISHED = datetime(2024, 6, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "happened", "as_of"),
    [
        ("STONEBRIDGE, 22 June (Agency) - Nine people were killed on Friday.", date(2024, 6, 21), date(2024, 6, 22)),
        ("Stonebridge, June 22, 2024 — Nine people were killed on Friday.", date(2024, 6, 21), date(2024, 6, 22)),
        ("STONEBRIDGE, 22 June (Agency) - Nine people were killed.", None, date(2024, 6, 22)),
        ("Stonebridge, 20 June - nine people were killed.", date(2024, 6, 20), date(2024, 6, 22)),
    ],
)
def test_the_day_of_the_report_is_not_the_day_it_happened(
    figures: Callable[..., tuple[Figure, ...]], text: str, happened: date | None, as_of: date
) -> None:
    """Beside an agency, or where another day is told; alone before a dash it may be one of a list of days."""
    (figure,) = figures(text, published=PUBLISHED)
    assert (figure.event_start, figure.as_of) == (happened, as_of)


def test_the_words_of_a_time_are_those_of_what_happened(reader: Reader) -> None:
    """Not those of the day the count is of, where both stand in the sentence."""
    (reading,) = explain("STONEBRIDGE, 22 June (Agency) - Nine people were killed on Friday.", reader, published=PUBLISHED)
    assert next(step.text for step in reading.steps if step.stage == "time") == "Friday"
