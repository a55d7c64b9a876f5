"""A source is late by its own cadence."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.model.freshness import freshness
from ingest.model.vocabulary import Freshness

NOW = datetime(2024, 12, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cadences", "word"),
    [(0, "fresh"), (1, "fresh"), (1.01, "due"), (2, "due"), (2.01, "overdue"), (3, "overdue"), (3.01, "delinquent"), (-5, "fresh")],
)
@pytest.mark.parametrize("hours", [3, 24, 24 * 30])
def test_cadences_that_passed_say_how_late_a_source_is(cadences: float, word: str, hours: float) -> None:
    """Up to one is fresh, up to two due, up to three overdue, more is delinquent; a clock that was set back makes nobody late."""
    assert freshness(hours, NOW - timedelta(hours=hours * cadences), NOW) is Freshness(word)


def test_what_never_had_anything_is_not_late() -> None:
    """Nobody knows yet what is usual for it."""
    assert freshness(24, None, NOW) is None
