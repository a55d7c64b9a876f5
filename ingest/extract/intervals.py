"""Hedged and vague numbers -> intervals, by one written table. A vague word never becomes a point."""

from dataclasses import dataclass
from math import ceil

from ingest.extract.quantity import Quantity
from ingest.model.vocabulary import Qualifier, ValueStatus

# "about" and "nearly" reach 10 % of the number, rounded up: our convention (OCHA's 48,500 became "nearly 50,000", a 3 % rounding).
REACH = 0.10
# "more than 50" may be 50 rounded down; "more than 12" is 13 or more.
_ROUND_FROM = 20
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Interval:
    """low..high as the words allow (high None with `open_high`), the stated number, and the rule that says so."""

    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    rule: str
    status: ValueStatus = ValueStatus.STATED


def interval(quantity: Quantity, language: str) -> Interval:
    """The interval of a quantity. Vague words follow the floor convention of the language they were read in."""
    if quantity.zero:
        return Interval(0, 0, 0, False, f"none/{VERSION}", ValueStatus.EXPLICIT_ZERO)
    if quantity.vague is not None:
        low, high = quantity.vague
        if low is None:
            return Interval(None, None, None, False, f"unnumbered-{language}/{VERSION}", ValueStatus.NO_NUMBER)
        status = ValueStatus.NO_NUMBER if quantity.unnumbered else ValueStatus.STATED
        return Interval(low, None, high, high is None, f"vague-floor-{language}/{VERSION}", status)
    value = quantity.value
    if value is None:
        return Interval(None, None, None, False, f"unnumbered-{language}/{VERSION}", ValueStatus.NO_NUMBER)
    return _hedged(value, quantity.high, quantity.qualifier)


def _hedged(value: int, high: int | None, qualifier: Qualifier) -> Interval:
    reach = ceil(value * REACH)
    rounded = value >= _ROUND_FROM and value % 10 == 0
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
