"""Finds the words of time in a sentence's items and folds each into one item, so that its numbers are not read as figures."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from ingest.extract.times import calendars, stretches
from ingest.extract.times.date_roles import links, with_roles
from ingest.extract.words import bit
from ingest.extract.words.entries import PLAIN
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.when import Role, When, day_in_year, month_of, weekday_before, year_of
from ingest.model.vocabulary import DatePrecision

_ORDINAL: Final = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)$")
_TIMED: Final = bit.DIGITS | bit.YEARS
_BEFORE_YEAR: Final = bit.PREPOSITION | bit.SINCE | bit.DURING | bit.OF | bit.START_OF_YEAR | bit.YEARS | bit.BY | bit.AS_OF
_LEADS_YEAR: Final = bit.OF | bit.DEFINITE | bit.YEARS | bit.PREPOSITION
_YEARS: Final = (1945, 2060)


def fold_dates(items: list[Item], text: Text, published: date, last: When | None = None) -> list[Item]:
    """The items with every expression of time folded into one item that carries `when`; `last` is the day `the next day` follows."""
    folded: list[Item] = []
    done = 0
    for here in [at for at, i in enumerate(items) if i.number is not None or i.flags & _TIMED or i.entry.timed]:
        if here < done or (found := _at(items, here, text, published)) is None:
            continue
        after, when = found
        if (shift := items[here].entry.calendar) is not None and shift[0] == "from":
            when = _shifted(shift[1], last, published)
        elif when.role == "event" and when.precision is DatePrecision.DAY:
            last = when
        folded += items[done:here]
        folded.append(Item(items[here].first, items[after - 1].last, PLAIN, 0, None, when))
        done = after
    if not done:
        return items
    folded += items[done:]
    return with_roles(folded, text, published)


def _shifted(days: int, last: When | None, published: date) -> When:
    """`the next day`, `a day earlier`: counted from the day told last, and without one from publication where that lies behind."""
    day = (last.start if last is not None else published) + timedelta(days)
    return When(day, day, DatePrecision.DAY, "event" if last is not None or days < 0 else "aside")


def _at(items: list[Item], here: int, text: Text, published: date) -> tuple[int, When] | None:
    item, entry = items[here], items[here].entry
    if entry.relative is not None:
        day = published + timedelta(entry.relative)
        return here + 1, When(day, day, DatePrecision.DAY)
    if entry.stretch:
        return here + 1, When(
            published - timedelta(entry.stretch), published, DatePrecision.DAY, "rate" if entry.stretch == 1 else "period"
        )
    if entry.weekday is not None:
        day = weekday_before(published, entry.weekday)
        return here + 1, When(day, day, DatePrecision.DAY)
    if (found := stretches.counted(items, here, published) or _by_calendar(items, here, text, published)) is not None:
        return found
    if item.flags & bit.DIGITS and (found := calendars.in_digits(items, here, text, published)) is not None:
        return found
    if _day(items, here, text) is not None:
        return _day_first(items, here, text, published)
    if entry.month:
        return _month_first(items, here, text, published)
    if item.number is not None and _is_year(items, here, text):
        when = year_of(item.number)
        another = here > 0 and items[here - 1].flags & bit.ARTICLE  # "after a 2019 strike": another event
        return here + 1, replace(when, role="aside") if another else when
    return None


def _by_calendar(items: list[Item], here: int, text: Text, published: date) -> tuple[int, When] | None:
    """`this year`, `late November 2024`, `the first quarter of 2024`, `in Ramadan 1445`."""
    entry = items[here].entry
    if items[here].flags & bit.YEARS and _since_start(items, here):
        return here + 1, year_of(published.year)
    if entry.calendar is None or entry.calendar[0] == "day":
        return None
    sort, first, last = entry.calendar
    after = here + 1 if not entry.month else here
    while after < len(items) and items[after].flags & (bit.OF | bit.DEFINITE | bit.YEARS | bit.PREPOSITION) and after - here <= 2:
        after += 1
    if sort == "part" and after < len(items) and items[after].entry.month:
        found = _whole_month(items, after, text, published)
        return found[0], replace(stretches.part_of_month(found[1], first, last), role=_role_of_part(items, here))
    if sort == "season":
        year = _year(items, after, text)
        return (_skip_year(items, after, text), stretches.part_of_year(year, first, last)) if year is not None else None
    if sort == "hijri":
        number = items[after].number if after < len(items) else None
        month = calendars.hijri_month(first, number) if number is not None and calendars.is_hijri_year(number) else None
        return (after + 1, month) if month is not None else None
    return stretches.at(items, here, published)


def _since_start(items: list[Item], here: int) -> bool:
    """`since the beginning of` the year, `منذ مطلع العام`."""
    lead = here - 1 - (here > 1 and bool(items[here - 1].flags & bit.START_OF_YEAR))
    return lead >= 0 and bool(items[lead].flags & bit.SINCE)


def _role_of_part(items: list[Item], here: int) -> Role:
    return "event" if here and items[here - 1].flags & (bit.SINCE | bit.AS_OF) else "period"


def _whole_month(items: list[Item], here: int, text: Text, published: date) -> tuple[int, When]:
    """A month with its year, if one stands behind it."""
    month = items[here].entry.month
    after = _skip_second_name(items, here + 1, month, text)
    year = _year(items, after, text)
    return (_skip_year(items, after, text) if year is not None else after), month_of(published, month, year)


def _skip_second_name(items: list[Item], after: int, month: int, text: Text) -> int:
    """The month in both calendars' names: تشرين الثاني/نوفمبر, تشرين الثاني (نوفمبر)."""
    if after + 1 < len(items) and text.words[items[after].first].text in "/(-" and items[after + 1].entry.month == month:
        after += 2
        if after < len(items) and items[after].flags & bit.CLOSE:
            after += 1
    return after


def _day(items: list[Item], here: int, text: Text) -> int | None:
    if here >= len(items):
        return None
    item = items[here]
    if item.number is not None and item.last - item.first == 1 and 1 <= item.number <= 31 and item.flags & bit.DIGITS:
        return item.number
    if item.entry.calendar is not None and item.entry.calendar[0] == "day":
        return item.entry.calendar[1]  # السابع من أيار
    ordinal = _ORDINAL.match(text.words[item.first].norm)
    return int(ordinal[1]) if ordinal else None


def _year(items: list[Item], here: int, text: Text) -> int | None:
    if here < len(items) and text.words[items[here].first].text == ",":
        here += 1
    if here < len(items):
        number, word = items[here].number, text.words[items[here].first].text
        if number is not None and len(word) == 4 and _YEARS[0] <= number <= _YEARS[1]:
            return number
    return None


def _skip_year(items: list[Item], here: int, text: Text) -> int:
    return here + (2 if text.words[items[here].first].text == "," else 1)


def _day_first(items: list[Item], here: int, text: Text, published: date) -> tuple[int, When] | None:
    """`29 November 2024`, `27-28 November`, `26 to 29 November`, `27 November - 3 December`, `2024-11-29`."""
    first = _day(items, here, text)
    after, second = here + 1, None
    if after < len(items) and items[after].flags & (bit.OF | bit.DRAWN_FROM):
        after += 1 + (after + 1 < len(items) and text.words[items[after + 1].first].norm == "شهر")  # 18 من شهر أيار
    if after + 1 < len(items) and links(items[after], text) and _day(items, after + 1, text) is not None:
        second, after = _day(items, after + 1, text), after + 2
    if after >= len(items) or first is None:
        return None
    if (calendar := items[after].entry.calendar) is not None and calendar[0] == "hijri":
        return _hijri(items, after, first, calendar[1], published)
    if not items[after].entry.month:
        return None
    month = items[after].entry.month
    after = _skip_second_name(items, after + 1, month, text)
    year = _year(items, after, text)
    if year is not None:
        after = _skip_year(items, after, text)
    start = day_in_year(published, month, first, year)
    end = day_in_year(published, month, second, year) if second else start
    if start is None or end is None:
        return after, month_of(published, month, year)  # 31 November: some day of the month
    return after, When(start, max(start, end), DatePrecision.DAY, "period" if end > start else "event")


def _hijri(items: list[Item], at: int, day: int, month: int, published: date) -> tuple[int, When] | None:
    """`25 Jumada al-Ula 1446`; a month's name alone may be a person's, so that its year or era must follow."""
    following = items[at + 1] if at + 1 < len(items) else None
    if following is None or not (calendars.is_hijri_year(following.number) or following.flags & bit.HIJRI_ERA):
        return None
    when = calendars.hijri_day(day, month, following.number, published)
    if when is None:
        return None
    era = at + 2 < len(items) and bool(items[at + 2].flags & bit.HIJRI_ERA)
    return at + 2 + era, when


def _month_first(items: list[Item], here: int, text: Text, published: date) -> tuple[int, When] | None:
    """`November 29`, `Nov. 27-28, 2024`, `November 2024`, `in November`."""
    word = text.words[items[here].first]
    if word.text.isascii() and not word.capital:
        return None
    month, after = items[here].entry.month, here + 1
    if after < len(items) and text.words[items[after].first].text == ".":
        after += 1
    first = _day(items, after, text)
    if first is not None and not _counts_people(items, after + 1):
        after, second = after + 1, None
        if after + 1 < len(items) and links(items[after], text) and _day(items, after + 1, text) is not None:
            second, after = _day(items, after + 1, text), after + 2
        year = _year(items, after, text)
        start = day_in_year(published, month, first, year)
        end = day_in_year(published, month, second, year) if second else start
        if start is None or end is None:
            return (_skip_year(items, after, text) if year is not None else after), month_of(published, month, year)
        return (_skip_year(items, after, text) if year is not None else after), When(
            start, max(start, end), DatePrecision.DAY, "period" if end > start else "event"
        )
    year = _year(items, here + 1, text)
    if year is not None:
        return _skip_year(items, here + 1, text), month_of(published, month, year)
    ambiguous = word.norm in ("may", "march", "mar", "dec", "jan", "sep", "oct", "اب")
    if ambiguous and not (here and items[here - 1].flags & _BEFORE_YEAR) and not _heads_line(items, here):
        return None
    return here + 1, month_of(published, month, None)


def _heads_line(items: list[Item], here: int) -> bool:
    """`May: 15 people` in a list by month."""
    return here == 0 and len(items) > 1 and bool(items[1].flags & bit.COLON)


def _counts_people(items: list[Item], here: int) -> bool:
    return here < len(items) and (items[here].entry.group is not None or items[here].entry.metric is not None)


def _is_year(items: list[Item], here: int, text: Text) -> bool:
    """Four plain digits in the range of years, led in by a word of time or place, or not followed by people."""
    item = items[here]
    word = text.words[item.first].text
    if item.number is None or item.last - item.first != 1 or len(word) != 4 or not _YEARS[0] <= item.number <= _YEARS[1]:
        return False
    if _counts_people(items, here + 1):
        return False
    return here == 0 or bool(items[here - 1].flags & _BEFORE_YEAR) or not _hedged(items, here)


def _hedged(items: list[Item], here: int) -> bool:
    return items[here - 1].entry.hedge_before is not None
