"""The table of hedges: every number comes out where its words put it."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.model.intervals import hedged
from ingest.model.vocabulary import Qualifier

NUMBERS = st.integers(1, 10**9)


@given(NUMBERS)
def test_about_reaches_a_tenth_rounded_up_and_no_further(number):
    """70 is 63 to 77, 71 is 63 to 79: no rounding error of a machine adds one."""
    bounds = hedged(number, None, Qualifier.ABOUT)
    assert number * 10 <= (number + bounds.high - bounds.best) * 10
    assert (bounds.high - number) * 10 - number in range(10)
    assert number - bounds.low == bounds.high - number


@given(NUMBERS)
def test_at_least_and_more_than_are_open_above(number):
    """Open intervals say so and have no upper end."""
    for qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        bounds = hedged(number, None, qualifier)
        assert (bounds.high, bounds.open_high) == (None, True)


def test_a_round_number_may_be_rounded_down():
    """“More than 50” begins at 50, “more than 12” at 13."""
    assert hedged(50, None, Qualifier.MORE_THAN).low == 50
    assert hedged(12, None, Qualifier.MORE_THAN).low == 13


@given(NUMBERS)
def test_up_to_and_fewer_than_state_no_best(number):
    """A ceiling is no count."""
    assert hedged(number, None, Qualifier.UP_TO).best is None
    assert hedged(number, None, Qualifier.FEWER_THAN).high == number - 1
