"""Days written in digits (`29/11/2024`), and days and months of the Hijri calendar."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from hijridate import Gregorian, Hijri

from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import NUMBER
from ingest.extract.words.when import When
from ingest.model.vocabulary import DatePrecision

_SEPARATORS: Final = frozenset("-/.")
_POINTED: Final = re.compile(r"\d{1,2}\.\d{1,2}")
_HIJRI_YEARS: Final = range(1343, 1501)  # what the Umm al-Qura tables cover
# The month begins with the sighting of the moon, so that countries differ by a day from the calculated calendar.
_SIGHTING: Final = timedelta(1)


def in_digits(items: list[Item], here: int, text: Text, published: date) -> tuple[int, When] | None:
    """`2024-11-29`, `29/11/2024`, `29.11.2024`, `29/11/24`: day first unless that is impossible; None where it is no date."""
    words, first = text.words, items[here].first
    parts = words[first].norm.split(".") if _POINTED.fullmatch(words[first].norm) else [words[first].norm]
    separator, last = "." if len(parts) > 1 else "", first + 1
    while len(parts) < 3:
        if last + 1 >= min(len(words), items[-1].last) or words[last].text not in _SEPARATORS or separator not in ("", words[last].text):
            return None
        if text.starts[last] != text.ends[last - 1] or text.starts[last + 1] != text.ends[last]:
            return None
        separator = words[last].text
        parts.append(words[last + 1].norm)
        last += 2
    if _goes_on(text, first - 2) or _goes_on(text, last - 1):
        return None
    after = next((at for at in range(here + 1, len(items) + 1) if at == len(items) or items[at].first >= last), len(items))
    if items[after - 1].last != last or not all(part.isdigit() and len(part) in (1, 2, 4) for part in parts):
        return None
    day = _day(parts, published)
    return (after, When(day, day, DatePrecision.DAY)) if day is not None else None


def _goes_on(text: Text, at: int) -> bool:
    """Whether a separator glues the words around it together: `12/13/14/15` is no date."""
    words = text.words
    if at < 0 or at + 2 >= len(words) or words[at + 1].text not in _SEPARATORS:
        return False
    glued = text.starts[at + 1] == text.ends[at] and text.starts[at + 2] == text.ends[at + 1]
    return glued and words[at].kind == NUMBER and words[at + 2].kind == NUMBER


def _day(parts: list[str], published: date) -> date | None:
    one, two, three = map(int, parts)
    orders = [(one, two, three)] if len(parts[0]) == 4 else [(three, two, one), (three, one, two)]
    return next((day for order in orders if (day := _valid(order, published)) is not None), None)


def _valid(order: tuple[int, int, int], published: date) -> date | None:
    year, month, day = order
    if year < 100:
        year += 2000 if year <= published.year % 100 + 1 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hijri_day(day: int, month: int, year: int | None, published: date) -> When | None:
    """A day of the Hijri calendar, give or take one; without a year the latest one not after publication."""
    years = [year] if year is not None else [_hijri_year(published), _hijri_year(published) - 1]
    for one in years:
        found = _converted(one, month, day)
        if found is not None and (year is not None or found <= published + _SIGHTING):
            return When(found - _SIGHTING, found + _SIGHTING, DatePrecision.WEEK)
    return None


def hijri_month(month: int, year: int) -> When | None:
    """A whole month of the Hijri calendar, give or take a day."""
    first = _converted(year, month, 1)
    following = _converted(year + month // 12, month % 12 + 1, 1)
    return When(first, following - timedelta(1), DatePrecision.MONTH) if first is not None and following is not None else None


def is_hijri_year(number: int | None) -> bool:
    """Whether a number can be a year of the calendar."""
    return number is not None and number in _HIJRI_YEARS


@lru_cache(maxsize=1024)
def _converted(year: int, month: int, day: int) -> date | None:
    try:
        one = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(one.year, one.month, one.day)


@lru_cache(maxsize=1024)
def _hijri_year(published: date) -> int:
    try:
        return int(Gregorian(published.year, published.month, published.day).to_hijri().year)
    except (ValueError, OverflowError):
        return 0
