"""Hedged numbers -> intervals, by one written table, for numbers read in a text and numbers given in a table alike."""

from dataclasses import dataclass

from ingest.model.vocabulary import Qualifier, ValueStatus

VERSION = "1"
# "about" and "nearly" reach a tenth of the number, rounded up: our convention (OCHA's 48,500 became "nearly 50,000", 3 %).
TENTH = 10
# "more than 50" may be 50 rounded down; "more than 12" is 13 or more.
_ROUND_FROM = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """low..high as the words allow (high None with `open_high`), the stated number, and the rule that says so."""

    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    rule: str
    status: ValueStatus = ValueStatus.STATED


def hedged(value: int, high: int | None, qualifier: Qualifier) -> Interval:
    """The interval of a number with its hedge; `high` is the second number of a range. Raises `KeyError` for a vague word."""
    reach = -(-value // TENTH)
    rounded = value >= _ROUND_FROM and value % TENTH == 0
    rule = f"{qualifier.value}/{VERSION}"
    table = {
        Qualifier.EXACT: Interval(value, value, value, False, rule),
        Qualifier.AT_LEAST: Interval(value, value, None, True, rule),
        Qualifier.MORE_THAN: Interval(value if rounded else value + 1, value, None, True, rule),
        Qualifier.UP_TO: Interval(0, None, value, False, rule),
        Qualifier.FEWER_THAN: Interval(0, None, max(value - 1, 0), False, rule),
        Qualifier.NEARLY: Interval(value - reach, value, value, False, rule),
        Qualifier.ABOUT: Interval(value - reach, value, value + reach, False, rule),
        Qualifier.RANGE: Interval(value, None, high, False, rule),
    }
    return table[qualifier]
