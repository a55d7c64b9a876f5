"""Arabic nouns of people in every number, gender and case, so that one row of a lexicon is one noun.

`مدني` gives مدنيون/مدنيين (and the constructs مدنيو/مدنيي), مدنيان, مدنيا(ً), مدنية, مدنيات, مدنيتان/مدنيتين. The oblique dual of
a noun with a sound plural is written like the plural and is read as one; of a noun with a broken plural it is a dual.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

_OWNERS: Final = ("ه", "ها", "هما", "هم")


class Form(NamedTuple):
    """One written form: how many it says by itself (1, 2, or 0 for many), and whether it says that they are female."""

    text: str
    says: int
    female: bool = False


def sound(noun: str) -> Iterator[Form]:
    """A noun with the plural in -un/-in, and its feminine: `مسعف`, `مسعفة`."""
    yield from masculine(noun)
    yield from feminine(noun + "ة")


def masculine(noun: str) -> Iterator[Form]:
    """A noun with the plural in -un/-in, whose feminine is an adjective of things: `عسكري`."""
    yield from (Form(noun, 1), Form(noun + "ا", 1), Form(noun + "ان", 2))
    yield from (Form(noun + ending, 0) for ending in ("ون", "ين", "و", "ي"))


def feminine(noun: str) -> Iterator[Form]:
    """A feminine noun with the plural in -at: `سيدة`; one that is not written with ة just adds it."""
    stem = noun.removesuffix("ة")
    closed = stem + "ت" if noun.endswith("ة") else noun
    yield Form(noun, 1, female=True)
    yield from (Form(closed + ending, 2, female=True) for ending in ("ان", "ين"))
    yield Form(stem + "ات", 0, female=True)


def broken(noun: str, plurals: list[str]) -> Iterator[Form]:
    """A noun with a plural of its own: `طفل`, `أطفال`."""
    yield from (Form(noun, 1), Form(noun + "ا", 1), Form(noun + "ان", 2), Form(noun + "ين", 2))
    for plural in plurals:
        yield Form(plural, 0)
        yield Form(plural + "ا", 0)


def kin(noun: str) -> Iterator[Form]:
    """A relative told by whose they are: `ابنه`, `ابنتهما`, and two of them (`ابناه`, `ابنتيها`)."""
    female = noun.endswith("ة")
    stem = noun.removesuffix("ة") + "ت" if female else noun
    for owner in _OWNERS:
        yield Form(stem + owner, 1, female)
        yield from (Form(stem + ending + owner, 2, female) for ending in ("ا", "ي"))


def forms(row: dict[str, Any]) -> Iterator[Form]:
    """Every form of a lexicon row: nouns by the kind of their plural, and `forms` as they are written."""
    for noun in row.get("sound", ()):
        yield from sound(noun)
    for noun in row.get("masculine", ()):
        yield from masculine(noun)
    for noun in row.get("feminine", ()):
        yield from feminine(noun)
    for noun, plurals in row.get("broken", {}).items():
        yield from broken(noun, plurals)
    for noun in row.get("kin", ()):
        yield from kin(noun)
    count = 2 if row.get("dual") else 1 if row.get("bare") else 0
    yield from (Form(form, count) for form in row.get("forms", ()))
