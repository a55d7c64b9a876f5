"""The text of a cell as the type its column promises, or in a few words why it is none."""

import difflib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ingest.model import vocabulary
from ingest.model.schema import Column
from ingest.store.rows import LARGEST, SEPARATOR

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"\d+(?:\.0+)?")  # a spreadsheet may have made 4 into 4.0
_YES = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def words_of(column: Column) -> type[StrEnum] | None:
    """The vocabulary a column is drawn from."""
    words = getattr(vocabulary, column.closed, None) if column.closed else None
    return words if isinstance(words, type) and issubclass(words, StrEnum) else None


def typed(column: Column, text: str, timezone: ZoneInfo) -> Any:
    """The value of a cell that is not empty. Raises `ValueError` whose text completes "column x: 'text' ..."."""
    words = words_of(column)
    if words and column.type == "list":
        return _listed(words, text)
    if words:
        return _word(words, text)
    if column.type == "datetime":
        return _moment(text, timezone)
    readers: dict[str, Callable[[str], Any]] = {
        "integer": _integer,
        "number": _number,
        "boolean": _boolean,
        "date": _date,
        "list": _list,
        "string": str,
    }
    return readers[column.type](text)


def nearest(name: str, known: list[str]) -> str:
    """The known name most like this one, for a person who mistyped it; empty where none is like it."""
    return next(iter(difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)), "")


def _word(words: type[StrEnum], text: str) -> StrEnum:
    values = [word.value for word in words]
    if text in values:
        return words(text)
    like = nearest(text, values)
    advice = f"write {like!r} if that is meant" if like else f"they are {', '.join(values)}"
    raise ValueError(f"is not one of the words allowed; {advice}")


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("is not a whole number; write it in digits only, like 1100")
    value = int(text.partition(".")[0])
    if value > LARGEST:
        raise ValueError("is larger than any count of people")
    return value


def _number(text: str) -> float:
    value = float(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None
    if value is None:
        raise ValueError("is not a number; write it with a point, like 36.2")
    return value


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def _listed(words: type[StrEnum], text: str) -> tuple[str, ...]:
    """A list whose items begin with a word of the vocabulary; what follows `=` is theirs."""
    items = _list(text)
    for item in items:
        _word(words, item.partition("=")[0])
    return items


def _boolean(text: str) -> bool:
    if text.lower() not in _YES:
        raise ValueError("is neither true nor false")
    return _YES[text.lower()]


def _date(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is not a day of the calendar") from error
    raise ValueError("is not a date; write it like 2024-11-30")


def _moment(text: str, timezone: ZoneInfo) -> datetime:
    """A moment in UTC. A day alone is noon of that day in the crisis's time zone, so that it stays that day everywhere near it."""
    if _DAY.fullmatch(text):
        return datetime.combine(_date(text), time(12), timezone).astimezone(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("is not a time; write it like 2024-11-30T14:00:00+00:00") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
