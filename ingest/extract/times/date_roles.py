"""What a time in a sentence is: when it happened, since when, as of when, over what, or when it was said."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from ingest.extract.times.openings import BEFORE, before_dash
from ingest.extract.words import bit
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.when import When, day_in_year
from ingest.model.vocabulary import DatePrecision

_LINKS: Final = frozenset({"-", "–", "—", "to", "and", "until", "till", "through", "و", "الي", "حتي", "وحتي", "ل", "/"})
_STATED: Final = 9  # items between a word of speech and the day before its `that`
_STATEMENT: Final = bit.ACCOUNT | bit.ARTICLE | bit.PREPOSITION
_PARTED: Final = bit.COMMA | bit.BOUNDARY | bit.PAUSE | bit.COLON
_CLAUSE: Final = 12  # items between `since` and the day its clause ends with
_ASIDE: Final = 6  # items between `since` and the date in brackets behind what it names: منذ الهدنة (3 آذار)
_AHEAD: Final = timedelta(31)  # a report may speak of tomorrow, hardly of next month


def with_roles(items: list[Item], text: Text, published: date) -> list[Item]:
    """`since`, `as of` and `from ... to ...` before a time say what it is."""
    for here, item in enumerate(items):
        if item.when is None:
            continue
        if _is_of_the_report(items, here, text):
            item.when = replace(item.when, role="said")
            continue
        if here == 0:
            if not _dates_an_entry(items):
                item.when = _as_period(item.when)  # `Last year, 26 were killed`, `May: 15 people`
            continue
        lead = items[here - 1]
        if lead.flags & bit.START_OF_YEAR and here > 1:
            lead = items[here - 2]
            item.when = replace(item.when, end=item.when.start)
        elif lead.flags & bit.DEFINITE and here > 1:
            lead = items[here - 2]
        before = items[here - 2] if here > 1 else None
        if before is None or before.when is None or not _join(before, lead, item, text, published):
            item.when = _with_role(items, here, lead, text, published)
    return items


def _is_of_the_report(items: list[Item], here: int, text: Text) -> bool:
    """`NORTHMARK, 20 June (Agency) - Nine people were killed`: the day the report is of. `Northmark, 20 June - nine killed` may be one of
    a list of days on which it happened, but where another time follows the dash.
    """
    if here > BEFORE:
        return False
    dash = before_dash(text, (items[0].first, items[-1].last), items[here])
    if dash is None:
        return False
    agency = any(item.flags & bit.OPEN for item in items[here + 1 :] if item.first < dash)
    return agency or any(item.when is not None and item.first > dash for item in items[here + 1 :])


def _join(before: Item, lead: Item, item: Item, text: Text, published: date) -> bool:
    """Two times that say one thing: `from 27 November to 3 December`, `since 27 November until 3 December`, `in the five days since`."""
    first, second = before.when, item.when
    assert first is not None  # noqa: S101 - the caller looked
    assert second is not None  # noqa: S101 - the caller looked
    if first.precision is DatePrecision.WEEK and second.precision is DatePrecision.DAY and first.start <= second.start <= first.end:
        before.when = item.when = second  # a Hijri day and the same day of our calendar
    elif links(lead, text) and second.role == "event" and first.role == "since":
        before.when, item.when = replace(first, end=second.end), replace(second, role="as_of")
    elif links(lead, text) and second.role == "event" and first.role == "event":
        before.when = item.when = _range(first, second, published)
    elif lead.flags & bit.SINCE and first.role == "period":
        before.when = item.when = When(second.start, max(published, second.start), second.precision, "since")
    else:
        return False
    return True


def _range(first: When, second: When, published: date) -> When:
    """From the first to the second; where that would run backwards, across the end of a year (`28 December to 3 January`)."""
    start, end = first.start, second.end
    if end < start:
        later = day_in_year(published, end.month, end.day, end.year + 1)
        earlier = day_in_year(published, start.month, start.day, start.year - 1)
        if later is not None and later <= published + _AHEAD:
            end = later
        elif earlier is not None:
            start = earlier
    return When(min(start, end), max(start, end), first.precision, "period")


def _with_role(items: list[Item], here: int, lead: Item, text: Text, published: date) -> When:
    """A single time with the role its lead gives it."""
    when = items[here].when
    assert when is not None  # noqa: S101 - the caller looked
    in_bracket = lead.flags & bit.OPEN and any(i.flags & bit.SINCE for i in items[max(here - _ASIDE, 0) : here])
    if lead.flags & bit.SINCE and _tells_when(items, here + 1, text):
        return _as_period(when)
    if lead.flags & bit.SINCE or in_bracket or _began(items, here, text) or _ends_since(items, here):
        return When(when.start, max(published, when.start), when.precision, "since")
    if when.role != "event":
        return when
    during = lead.flags & bit.DURING and when.precision in (DatePrecision.MONTH, DatePrecision.YEAR)
    if lead.flags & bit.AS_OF or (not during and any(i.entry.role == "toll" for i in items[:here])):
        return replace(when, role="as_of")  # also "put the death toll at 514 on Monday": what was known that day
    if _is_of_speech(items, here):
        return replace(when, role="said")
    return _as_period(when)


def _dates_an_entry(items: list[Item]) -> bool:
    """`May 2021: A nurse was abducted`: a register of single incidents, each with its month and year."""
    return len(items) > 1 and bool(items[1].flags & bit.COLON) and items[0].last - items[0].first > 1


def _as_period(when: When) -> When:
    """What happened in a month or a year happened over it."""
    long = when.role == "event" and when.precision in (DatePrecision.MONTH, DatePrecision.YEAR)
    return replace(when, role="period") if long else when


def _tells_when(items: list[Item], after: int, text: Text) -> bool:
    """`the deadliest day since March, when 16 people died`: they died then, not since."""
    following = items[after : after + 2]
    return len(following) > 1 and bool(following[0].flags & bit.COMMA) and text.words[following[1].first].norm == "when"


def _ends_since(items: list[Item], here: int) -> bool:
    """`since fighting resumed on 20 May`: the day ends a short clause that `since` begins."""
    if not items[here - 1].flags & bit.PREPOSITION:
        return False
    for back in range(here - 2, max(here - _CLAUSE, -1), -1):
        if items[back].flags & bit.SINCE:
            return True
        if items[back].flags & _PARTED or items[back].number is not None or items[back].when is not None:
            return False
    return False


def _is_of_speech(items: list[Item], here: int) -> bool:
    """`said on Friday`, `on Friday said`, `said in a statement on Friday that`: the day of the statement, not of the event."""
    if here + 1 < len(items) and items[here + 1].flags & bit.SAYS and not items[here + 1].flags & bit.NOUN_TOO:
        return True
    told = here + 1 < len(items) and bool(items[here + 1].flags & bit.THAT)
    lead = items[here - 1]
    last = here - 2 if lead.flags & (bit.PREPOSITION | bit.DURING) and here > 1 else here - 1
    # "told Rudaw on 3 December": at most a name stands between
    for back in range(last, max(last - (_STATED if told else 3), -1), -1):
        item = items[back]
        if item.flags & bit.SAYS:
            return True
        if item.number is not None or (item.flags and not (told or item.flags & _STATEMENT)):
            return False
    return False


def _began(items: list[Item], here: int, text: Text) -> bool:
    """`since the offensive began on 27 November`, `in the offensive that began on 27 November`."""
    began = next((at for at in range(here - 1, max(here - 9, -1), -1) if items[at].flags & bit.BEGAN), None)
    if began is None:
        return False
    return any(
        i.flags & (bit.SINCE | bit.HAVE) or text.words[i.first].norm in ("that", "which")
        for i in (*items[:began], *(j for j in items if j.flags & bit.HAVE))
    )


def links(item: Item, text: Text) -> bool:
    """Whether a word joins two days to a range."""
    return text.words[item.first].norm in _LINKS
