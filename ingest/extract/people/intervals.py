"""The interval of a quantity as read. A vague word never becomes a point."""

from ingest.extract.people.quantity import Quantity
from ingest.model.intervals import VERSION, Interval, hedged
from ingest.model.vocabulary import ValueStatus


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
    return hedged(value, quantity.high, quantity.qualifier)
