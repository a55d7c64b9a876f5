"""Stretches of time told by their length or by the calendar: `three days ago`, `late November`, `the first quarter of 2024`."""

from datetime import date, timedelta
from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.items import Item
from ingest.extract.words.when import Role, When, month_of, year_of
from ingest.model.vocabulary import DatePrecision

_PRECISION: Final = {1: DatePrecision.DAY, 7: DatePrecision.WEEK, 30: DatePrecision.MONTH, 365: DatePrecision.YEAR}
_LONGEST: Final = 200 * 365
_DAY: Final = 1


def at(items: list[Item], here: int, published: date) -> tuple[int, When] | None:
    """`this year`, `last month`, and Arabic duals (`قبل يومين`), with the item after them."""
    calendar = items[here].entry.calendar
    if calendar is None:
        return None
    sort, first, last = calendar
    if sort in ("year", "month"):
        return here + 1, _calendar(sort, first, published)
    if sort == "from":
        return here + 1, When(published, published, DatePrecision.DAY)
    if sort == "days" and last:
        return _dual(items, here, published)
    return None


def counted(items: list[Item], here: int, published: date) -> tuple[int, When] | None:
    """`three days ago`, `the past two weeks`, `الأيام الثلاثة الماضية`: a number of days, weeks, months or years."""
    first, second = items[here], items[here + 1] if here + 1 < len(items) else None
    if second is None:
        return None
    number, unit = (first, second) if first.number is not None else (second, first)
    if number.number is None or unit.entry.calendar is None or unit.entry.calendar[0] not in ("days", "hours"):
        return None
    lead = items[here - 1].flags if here else 0
    behind = items[here + 2].flags if here + 2 < len(items) else 0
    sort, days = unit.entry.calendar[0], unit.entry.calendar[1]
    length = number.number * days // 24 if sort == "hours" else number.number * days
    if not 0 < length < _LONGEST:
        return None
    if (lead | behind) & bit.PAST:
        role: Role = "rate" if sort == "hours" and length == _DAY else "period"
        return here + 2 + bool(behind & bit.PAST), _ending(published, length, role)
    if behind & bit.AGO or lead & (bit.BEFORE | bit.SINCE):
        return here + 2 + bool(behind & bit.AGO), _back(published, length, days)
    return None


def _ending(published: date, length: int, role: Role) -> When:
    """So many days up to publication."""
    return When(published - timedelta(min(length, published.toordinal() - 1)), published, DatePrecision.DAY, role)


def _back(published: date, length: int, unit: int) -> When:
    """A day so many days before publication, as finely as its unit tells."""
    day = published - timedelta(min(length, published.toordinal() - 1))
    return When(day, day, _PRECISION.get(unit, DatePrecision.DAY))


def _dual(items: list[Item], here: int, published: date) -> tuple[int, When] | None:
    """`قبل يومين`, `خلال أسبوعين`: the number is in the ending."""
    calendar = items[here].entry.calendar
    lead = items[here - 1].flags if here else 0
    length = calendar[1] if calendar is not None else 0
    if lead & (bit.BEFORE | bit.SINCE):
        return here + 1, _back(published, length, length // 2)
    past = here + 1 < len(items) and bool(items[here + 1].flags & bit.PAST)
    if past or lead & bit.DURING:
        return here + 1 + past, _ending(published, length, "period")
    return None


def _calendar(sort: str, shift: int, published: date) -> When:
    """This or last year or month."""
    if sort == "year":
        return year_of(published.year + shift)
    months = published.year * 12 + published.month - 1 + shift
    return month_of(published, months % 12 + 1, months // 12)


def part_of_month(month: When, first: int, last: int) -> When:
    """`early`, `mid-` and `late`, the weeks of a month: from day `first` to day `last`, counted from the end where below zero."""
    days = month.end.day
    start, end = (day if day > 0 else days + 1 + day for day in (first, last))
    return When(month.start.replace(day=start), month.start.replace(day=min(end, days)), DatePrecision.WEEK)


def part_of_year(year: int, first: int, last: int) -> When:
    """Months `first` to `last` of a year: quarters and halves."""
    start, end = month_of(date(year, 1, 1), first, year), month_of(date(year, 1, 1), last, year)
    return When(start.start, end.end, DatePrecision.MONTH, "period")
