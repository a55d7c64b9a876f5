"""The time a row speaks of, as its own cells give it: first and last day, whether it is a running total, and words about it."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.store.imported.words import lexicon, words_of

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:\d{2}.*)?")
_HOURS = re.compile(r"(?:last|past|آخر)\s+(\d+)\s*(?:h\b|hours?\b|hrs?\b|ساعة)", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:()]")
_YES = {"1": True, "true": True, "yes": True, "y": True, "0": False, "false": False, "no": False, "n": False}
_DECEMBER = 12
HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Span:
    """`first` and `last` day, None where not given; `running`: a total that goes on counting, None where the row does not say.

    `kinds` are the words of time it uses, those of the row itself first; `hours` the length of a stretch that its note gives;
    `window` what its note calls a window that has no first day.
    """

    first: date | None
    last: date
    running: bool | None
    kinds: tuple[str, ...]
    hours: int | None
    window: str

    @property
    def long(self) -> bool:
        """Whether it covers more than one day, as far as it says."""
        return self.first is not None and self.first < self.last


def span(row: Mapping[str, str], measured: tuple[str, ...]) -> Span:
    """The time of a row; `measured` are words of time among what it counts. Raises `ValueError` whose text says what is wrong."""
    row = {**row, "day": _day(row)}
    start, end, day, as_of = (_days(name, row.get(name, "")) for name in ("start", "end", "day", "as_of"))
    last = (end or day or as_of or start or (None, None))[1]
    if last is None:
        raise ValueError("no column gives a day; a claim needs the day it is of")
    # a month or a year alone is a span of its own
    alone = day or (end if start is None and end is not None and end[0] != end[1] else None)
    first = start[0] if start else alone[0] if alone else None
    if first is not None and first > last:
        raise ValueError(f"the first day, {first}, is after the last, {last}")
    note, running = row.get("note", ""), _yes(row)
    kinds = lexicon().lists["kind"]
    said = [word for name in ("span", "note", "series") for word in kinds.read(words_of(row.get(name, "")))[0]]
    hours = _HOURS.search(note)
    return Span(first, last, running, (*measured, *said), int(hours[1]) if hours else None, _window(note))


def _day(row: Mapping[str, str]) -> str:
    """The cell of the day; a month in it that has its year in another column as one word with it, and a year alone where it is empty."""
    day, year = row.get("day", ""), row.get("year", "")
    months, rest = lexicon().lists["month"].read(words_of(day))
    if year and len(months) == 1 and not rest:
        return f"{year}-{int(months[0]):02}"
    return day if day or {"start", "end", "as_of"} & {*row} else year


def _days(name: str, text: str) -> tuple[date, date] | None:
    """The first and last day that a day, a month (`2024-11`) or a year means; None for an empty cell."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"column {name}: {text[:60]!r} is not a date; write it like 2024-11-30, or 2024-11 for a month")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"column {name}: {text[:60]!r} is not a day of the calendar") from error
    if day:
        return first, first
    return first, date(first.year, month or _DECEMBER, calendar.monthrange(first.year, month or _DECEMBER)[1])


def _yes(row: Mapping[str, str]) -> bool | None:
    said = row.get("cumulative", "").casefold()
    if said and said not in _YES:
        raise ValueError(f"column cumulative: {said[:60]!r} is neither 1 nor 0")
    return _YES.get(said)


def _window(note: str) -> str:
    """The clauses of a note that speak of a window."""
    window = lexicon().lists["window"]
    clauses = (clause.strip(" .") for clause in _CLAUSES.split(note))
    return ", ".join(clause for clause in clauses if clause and window.first(clause))


def days_of(hours: int) -> timedelta:
    """A stretch of hours as days."""
    return timedelta(days=hours // HOURS_OF_A_DAY)
