"""Finds the words of time in a sentence's items and folds each into one item, so that its numbers are not read as figures."""

import re
from dataclasses import replace
from datetime import date, timedelta

from ingest.extract.entries import BIT, PLAIN
from ingest.extract.items import Item
from ingest.extract.sentences import Text
from ingest.extract.when import When, day_in_year, month_of, weekday_before, year_of
from ingest.model.vocabulary import DatePrecision

_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)$")
_DIGITS = BIT["digits"]
_SINCE, _AS_OF, _DURING = BIT["since"], BIT["as_of"], BIT["during"]
_LINKS = frozenset({"-", "–", "—", "to", "and", "until", "till", "through", "و", "الي", "حتي", "وحتي", "ل", "/"})
_BEFORE_YEAR = (
    BIT["preposition"] | BIT["since"] | BIT["during"] | BIT["of"] | BIT["start_of_year"] | BIT["years"] | BIT["by"] | BIT["as_of"]
)
_YEARS = (1945, 2060)
_ASIDE = 6  # items between `since` and the date in brackets behind what it names


def fold_dates(items: list[Item], text: Text, published: date) -> list[Item]:
    """The items with every expression of time folded into one item that carries `when`."""
    folded: list[Item] = []
    done = 0
    for here in [at for at, i in enumerate(items) if i.number is not None or i.flags & _DIGITS or i.entry.timed]:
        if here < done or (found := _at(items, here, text, published)) is None:
            continue
        after, when = found
        folded += items[done:here]
        folded.append(Item(items[here].first, items[after - 1].last, PLAIN, 0, None, when))
        done = after
    if not done:
        return items
    folded += items[done:]
    return _with_roles(folded, text, published)


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
    if _day(items, here, text) is not None:
        return _day_first(items, here, text, published)
    if entry.month:
        return _month_first(items, here, text, published)
    if item.number is not None and _is_year(items, here, text):
        return here + 1, year_of(item.number)
    return None


def _is_of_speech(items: list[Item], here: int) -> bool:
    """`said on Friday`: the day of the statement, not of the event."""
    lead = items[here - 1]
    last = here - 2 if lead.flags & (BIT["preposition"] | BIT["during"]) and here > 1 else here - 1
    # "told Rudaw on 3 December": at most a name stands between
    for back in range(last, max(last - 3, -1), -1):
        if items[back].flags & BIT["says"]:
            return True
        if items[back].flags or items[back].number is not None:
            return False
    return False


def _began(items: list[Item], here: int, text: Text) -> bool:
    """`since the offensive began on 27 November`, `in the offensive that began on 27 November`."""
    began = next((at for at in range(here - 1, max(here - 9, -1), -1) if items[at].flags & BIT["began"]), None)
    if began is None:
        return False
    return any(
        i.flags & (_SINCE | BIT["have"]) or text.words[i.first].norm in ("that", "which")
        for i in (*items[:began], *(j for j in items if j.flags & BIT["have"]))
    )


def _links(item: Item, text: Text) -> bool:
    return text.words[item.first].norm in _LINKS


def _day(items: list[Item], here: int, text: Text) -> int | None:
    if here >= len(items):
        return None
    item = items[here]
    if item.number is not None and item.last - item.first == 1 and 1 <= item.number <= 31 and item.flags & BIT["digits"]:
        return item.number
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
    if after < len(items) and items[after].flags & (BIT["of"] | BIT["drawn_from"]):
        after += 1
    if after + 1 < len(items) and _links(items[after], text) and _day(items, after + 1, text) is not None:
        second, after = _day(items, after + 1, text), after + 2
    if after >= len(items) or not items[after].entry.month or first is None:
        return None
    month = items[after].entry.month
    after += 1
    if after + 1 < len(items) and text.words[items[after].first].text == "/" and items[after + 1].entry.month == month:
        after += 2  # the month in both calendars' names: تشرين الثاني/نوفمبر
    year = _year(items, after, text)
    if year is not None:
        after = _skip_year(items, after, text)
    start = day_in_year(published, month, first, year)
    end = day_in_year(published, month, second, year) if second else start
    if start is None or end is None:
        return None
    return after, When(start, max(start, end), DatePrecision.DAY, "period" if end > start else "event")


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
        if after + 1 < len(items) and _links(items[after], text) and _day(items, after + 1, text) is not None:
            second, after = _day(items, after + 1, text), after + 2
        year = _year(items, after, text)
        start = day_in_year(published, month, first, year)
        end = day_in_year(published, month, second, year) if second else start
        if start is None or end is None:
            return None
        return (_skip_year(items, after, text) if year is not None else after), When(
            start, max(start, end), DatePrecision.DAY, "period" if end > start else "event"
        )
    year = _year(items, here + 1, text)
    if year is not None:
        return _skip_year(items, here + 1, text), month_of(published, month, year)
    ambiguous = word.norm in ("may", "march", "mar", "dec", "jan", "sep", "oct", "اب")
    if ambiguous and not (here and items[here - 1].flags & _BEFORE_YEAR):
        return None
    return here + 1, month_of(published, month, None)


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


def _with_roles(items: list[Item], text: Text, published: date) -> list[Item]:
    """`since`, `as of` and `from ... to ...` before a time say what it is."""
    for here, item in enumerate(items):
        if item.when is None or here == 0:
            continue
        lead = items[here - 1]
        if lead.flags & BIT["start_of_year"] and here > 1:
            lead = items[here - 2]
            item.when = replace(item.when, end=item.when.start)
        elif lead.flags & BIT["definite"] and here > 1:
            lead = items[here - 2]
        before = items[here - 2] if here > 1 else None
        if before is None or before.when is None or not _join(before, lead, item, text, published):
            item.when = _with_role(items, here, lead, text, published)
    return items


def _join(before: Item, lead: Item, item: Item, text: Text, published: date) -> bool:
    """Two times that say one thing: `from 27 November to 3 December`, `since 27 November until 3 December`, `in the five days since`."""
    first, second = before.when, item.when
    assert first is not None  # noqa: S101 - the caller looked
    assert second is not None  # noqa: S101 - the caller looked
    if _links(lead, text) and second.role == "event" and first.role == "since":
        before.when, item.when = replace(first, end=second.end), replace(second, role="as_of")
    elif _links(lead, text) and second.role == "event" and first.role == "event":
        before.when = item.when = When(min(first.start, second.start), max(first.end, second.end), first.precision, "period")
    elif lead.flags & _SINCE and first.role == "period":
        before.when = item.when = When(second.start, max(published, second.start), second.precision, "since")
    else:
        return False
    return True


def _with_role(items: list[Item], here: int, lead: Item, text: Text, published: date) -> When:
    """A single time with the role its lead gives it."""
    when = items[here].when
    assert when is not None  # noqa: S101 - the caller looked
    aside = lead.flags & BIT["open"] and any(
        i.flags & _SINCE for i in items[max(here - _ASIDE, 0) : here]
    )  # منذ وقف إطلاق النار (11 أكتوبر)
    if lead.flags & _SINCE or aside or _began(items, here, text):
        return When(when.start, max(published, when.start), when.precision, "since")
    if when.role != "event":
        return when
    if lead.flags & _AS_OF or any(i.entry.role == "toll" for i in items[:here]):
        return replace(when, role="as_of")  # also "put the death toll at 514 on Monday": what was known that day
    if _is_of_speech(items, here):
        return replace(when, role="said")
    return replace(when, role="period") if when.precision in (DatePrecision.MONTH, DatePrecision.YEAR) else when
