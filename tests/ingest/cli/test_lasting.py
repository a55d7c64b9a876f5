"""What a program that runs long tells the collector of cycles."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from ingest.cli.lasting import settle


class _Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def settled() -> Iterator[None]:
    """A collector told to leave what is loaded alone; afterwards it is as it was."""
    before = gc.get_threshold()
    settle()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_loaded_is_looked_through_no_more(settled: None) -> None:
    """All that was there is set aside, and less is left to look through than that."""
    assert gc.get_freeze_count() > len(gc.get_objects())


def test_cycles_made_later_are_still_freed(settled: None) -> None:
    """What holds itself goes once nothing else holds it and the collector comes by, which is still on."""
    gone = weakref.ref(_Ring())
    gc.collect()
    assert gone() is None
    assert gc.isenabled()
