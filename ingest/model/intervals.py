"""Hedged numbers -> intervals, by one written table, for numbers read in a text and numbers given in a table alike."""

from typing import NamedTuple

from ingest.model.vocabulary import Qualifier, ValueStatus

VERSION = "1"
# "about" and "nearly" reach a tenth of the number, rounded up: our convention (OCHA's 48,500 became "nearly 50,000", 3 %).
TENTH = 10
# "more than 50" may be 50 rounded down; "more than 12" is 13 or more.
_ROUND_FROM = 20
_EXACT = f"{Qualifier.EXACT.value}/{VERSION}"


class Interval(NamedTuple):
    """low..high as the words allow (high None with `open_high`), the stated number, and the rule that says so."""

    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    rule: str
    status: ValueStatus = ValueStatus.STATED


def hedged(value: int, high: int | None, qualifier: Qualifier) -> Interval:
    """The interval of a number with its hedge; `high` is the second number of a range. Raises `KeyError` for a vague word."""
    if qualifier is Qualifier.EXACT:  # by far the most
        return Interval(value, value, value, False, _EXACT)
    reach = -(-value // TENTH)
    rounded = value >= _ROUND_FROM and value % TENTH == 0
    low, best, high, is_open = {
        Qualifier.AT_LEAST: (value, value, None, True),
        Qualifier.MORE_THAN: (value if rounded else value + 1, value, None, True),
        Qualifier.UP_TO: (0, None, value, False),
        Qualifier.FEWER_THAN: (0, None, max(value - 1, 0), False),
        Qualifier.NEARLY: (value - reach, value, value, False),
        Qualifier.ABOUT: (value - reach, value, value + reach, False),
        Qualifier.RANGE: (value, None, high, False),
    }[qualifier]
    return Interval(low, best, high, is_open, f"{qualifier.value}/{VERSION}")
