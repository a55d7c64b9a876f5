"""One record while it is taken apart, and what was unexpected in the records of one source."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ingest.errors import SourceUnavailable
from ingest.fetch.request import FetchRequest
from ingest.model.advice import advise
from ingest.model.changes import Change, Defect
from ingest.model.failures import Failure, say

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_DIGITS = re.compile(r"\d+(?:\.0+)?")
_MOST_DIGITS = 15  # of a count of people, and of what is taken for a number at all
_TOLD = 20  # different flaws of one source that are told
_SHOWN = 60  # characters of a value that is told


class Flaw(Exception):
    """Why one record cannot be read; the text completes "a record ..."."""


@dataclass(slots=True)
class Audit:
    """What was unexpected in the records of one source: told once each, with how often it came."""

    title: str
    new: Counter[str] = field(default_factory=Counter)
    flaws: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def leave(self, why: str) -> None:
        """Count a record that is left aside on purpose."""
        self.aside[why] += 1

    def doubt(self, what: str) -> None:
        """Count a record that is taken without something in it that nobody confirmed; `what` completes "records ..."."""
        self.doubts[what] += 1

    def close(self, request: FetchRequest) -> None:
        """Tell what was noticed. Raises `SourceUnavailable` where there were records and none could be read."""
        for name, times in sorted(self.new.items()):
            request.progress(f"{self.title} changed: the field “{name}” is new ({times} records); check whether its reader must follow.")
        for why, times in sorted(self.aside.items()):
            request.progress(f"{self.title}: {times} records left aside: {why}.")
        for what, times in sorted(self.doubts.items()):
            request.progress(f"{self.title}: {times} records {what}.")
        for flaw, times in self.flaws.most_common(_TOLD):
            request.progress(f"{self.title}: {times} records left out: a record {flaw}.")
        if self.flaws and not self.read:
            raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.RECORD, title=self.title, defect=next(iter(self.flaws)))))


@dataclass(slots=True)
class Row:
    """One record while it is taken apart. Each method reads one field and raises `Flaw` where it is missing or of another type."""

    left: dict[str, Any]

    def raw(self, name: str) -> Any:
        """The value as it was sent."""
        if name not in self.left:
            raise Flaw(advise(Defect.NO_FIELD, part=name))
        return self.left.pop(name)

    def text(self, name: str) -> str:
        """Words on one line; empty where the field is empty."""
        value = self.raw(name)
        if value is not None and not isinstance(value, str):
            raise _other(Defect.NO_TEXT, name, value)
        return " ".join((value or "").split())

    def whole(self, name: str, unknown: tuple[str, ...] = ()) -> int | None:
        """A count; None where the field is empty or says one of `unknown`. Negative and broken numbers are none."""
        value = self.raw(name)
        if value is None or (isinstance(value, str) and value.strip() in {"", *unknown}):
            return None
        if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
            value = int(value.strip().partition(".")[0][: _MOST_DIGITS + 1])
        elif isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS and value == int(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**_MOST_DIGITS:
            raise _other(Defect.NO_COUNT, name, value)
        return value

    def number(self, name: str) -> float | None:
        """A number with or without a point, such as a coordinate; None where the field is empty."""
        value = self.raw(name)
        if value is None or value == "":
            return None
        try:
            number = float("nan") if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise _other(Defect.NO_NUMBER, name, value) from error
        if not abs(number) < 10**_MOST_DIGITS:
            raise _other(Defect.NO_NUMBER, name, value)
        return number

    def day(self, name: str) -> date | None:
        """A day, of a time the day it is written with; None where the field is empty."""
        value = self.text(name)
        if not value:
            return None
        found = _DAY.fullmatch(value)
        try:
            return date.fromisoformat(found[1] if found else value)
        except ValueError as error:
            raise _other(Defect.NO_DAY, name, value) from error

    def one_of(self, name: str, known: Mapping[Any, Any]) -> Any:
        """What one of the known words stands for. Raises `Flaw` for any other word: it is not guessed at."""
        value = self.raw(name)
        if not isinstance(value, str | int | None) or value not in known:
            raise _other(Defect.STRANGE_WORD, name, value)
        return known[value]

    def skip(self, *names: str) -> None:
        """Fields that are known and not needed; they may be missing."""
        for name in names:
            self.left.pop(name, None)

    def has(self, name: str) -> bool:
        """Whether the record has the field."""
        return name in self.left


def _other(defect: Defect, name: str, value: Any) -> Flaw:
    return Flaw(advise(defect, part=name, answer=repr(str(value)[:_SHOWN])))


def needed(name: str, value: Any) -> Any:
    """The value of a field without which a record says nothing. Raises `Flaw` where it is empty."""
    if value in (None, ""):
        raise Flaw(advise(Defect.EMPTY, part=name))
    return value
