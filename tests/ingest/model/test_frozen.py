"""A record whose constructor sets its slots directly is the frozen dataclass it was."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from ingest.model.frozen import set_directly


@set_directly
@dataclass(frozen=True, slots=True)
class Toll:
    """A record for these tests."""

    place: str
    dead: int
    hurt: int = 0


@dataclass(frozen=True, slots=True)
class Plain:
    """The same record with the constructor Python generates."""

    place: str
    dead: int
    hurt: int = 0


@pytest.mark.parametrize("given", [("Millford", 3), ("Millford", 3, 4)])
@pytest.mark.parametrize("named", [{}, {"hurt": 5}, {"place": "Stonebridge"}, {"missing": 1}])
@pytest.mark.parametrize("dropped", [0, 1])
def test_the_same_arguments_give_the_same_record_or_the_same_error(given, named, dropped):
    """Positions, names and defaults work as ever, and what is missing, doubled or unknown is refused in the same words."""

    def made(record):
        try:
            one = record(*given[dropped:], **named)
        except TypeError as error:
            return str(error).replace(record.__qualname__, "")
        return one.place, one.dead, one.hurt

    assert made(Toll) == made(Plain)


def test_it_stays_frozen_comparable_and_portable():
    """Equality, hash, `replace` and pickle are those of the dataclass, and no field can be set."""
    toll = Toll("Millford", dead=3)
    assert replace(toll, hurt=2) == Toll("Millford", 3, 2)
    assert hash(toll) == hash(Toll("Millford", 3))
    assert pickle.loads(pickle.dumps(toll)) == toll  # noqa: S301 - our own bytes
    with pytest.raises(FrozenInstanceError):
        toll.dead = 4  # type: ignore[misc]
