"""The time of reading grows with the length of a text and no faster, whatever the text."""

import gc
import runpy
import time
from pathlib import Path

import pytest

from ingest.extract import Reader, read

from .conftest import document

_SHAPES = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "hostile.py"))
_LENGTH, _TIMES = 12_000, 4  # characters, and how many times longer the other text is
_AT_MOST = 6  # times the time; twice the length at four times the time would be 16
_ROUNDS = 3
_UNSURE = 0.02  # seconds that a clock and a busy machine may add


def seconds(text: str, reader: Reader) -> float:
    """Processor seconds to read a text."""
    report = document(text)
    gc.collect()
    start = time.process_time()
    read(report, reader)
    return time.process_time() - start


@pytest.mark.parametrize("unit", _SHAPES["HOSTILE"].values(), ids=_SHAPES["HOSTILE"].keys())
def test_four_times_the_text_takes_about_four_times_the_time(reader: Reader, unit: str) -> None:
    """Digits, brackets, lists without an end, one word without an end, in one sentence or in thousands of lines.

    A machine that is busy with something else is asked again: what grows too fast does so every time.
    """
    short, long = (_SHAPES["hostile"](unit, length) for length in (_LENGTH, _LENGTH * _TIMES))
    assert any(seconds(long, reader) < _AT_MOST * seconds(short, reader) + _UNSURE for _ in range(_ROUNDS))


def test_wholes_may_stand_in_one_another_without_end(reader: Reader) -> None:
    """`5 dead (5 dead (5 dead ...`: parts deeper in one another than calls may be are read like any."""
    assert len(read(document("5 dead (" * 3000), reader)) > 2000


def test_a_sentence_without_an_end_is_read_in_pieces(reader: Reader) -> None:
    """What stands thousands of words into a text without a full stop is read all the same."""
    text = "the road was long and " * 1000 + "four bakers were killed in Stonebridge"
    (reading,) = read(document(text), reader)
    assert (reading.figure.value_best, reading.figure.metric.value) == (4, "killed")
    assert len(reading.figure.quote) < len(text) / 10
