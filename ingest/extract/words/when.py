"""Words of time -> stretches of days, resolved against the day of publication in the crisis time zone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ingest.model.vocabulary import DatePrecision

Role = Literal["event", "since", "as_of", "period", "rate", "said", "aside"]


@dataclass(frozen=True, slots=True)
class When:
    """Days [start, end] as stated, how finely, and what the words say they are (`since` opens a window ending at publication, `said` is
    the day of a statement, `aside` of another event)."""

    start: date
    end: date
    precision: DatePrecision
    role: Role = "event"


def weekday_before(published: date, weekday: int) -> date:
    """The latest such weekday not after publication."""
    return published - timedelta((published.weekday() - weekday) % 7)


def day_in_year(published: date, month: int, day: int, year: int | None) -> date | None:
    """A day and month with its year, or the latest one not clearly after publication; None where there is no such day."""
    try:
        if year is not None:
            return date(year, month, day)
        found = date(published.year, month, day)
        # a report may speak of tomorrow, hardly of next month
        return found if found <= published + timedelta(31) else date(published.year - 1, month, day)
    except ValueError:
        return None


def month_of(published: date, month: int, year: int | None) -> When:
    """A whole month; without a year the latest one that has begun by publication."""
    if year is None:
        year = published.year if month <= published.month else published.year - 1
    start = date(year, month, 1)
    end = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(1)
    return When(start, end, DatePrecision.MONTH)


def year_of(year: int) -> When:
    """A whole year."""
    return When(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)
