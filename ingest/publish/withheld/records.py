"""Where a record or the row of a table names people: cells whose heading says that a person's name stands there, cells that look like a
name in a row of one person (by an age and a sex), and cells that are a name by their first word, or that look like one in a row which says
where and counts nobody but that one.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from ingest.places import fold
from ingest.publish.withheld import arabic, cues, english
from ingest.publish.withheld.lexicon import GIVEN, ROWS

Span = tuple[int, int]
Kept = Callable[[str], bool]

# "victim_name: Xxx | age: 30": the cells of a record with their names, as `ingest.text.record` writes them.
_CELL: Final = re.compile(r"(?:^|(?<= \| ))(?P<head>[^:|\n]{1,60}): (?P<value>[^|\n]+?)(?= \||\n|$)", re.MULTILINE)
# "Xxx Yyy | 34 | F | Oldbridge": those of a row without headings.
_BARE: Final = re.compile(r"(?:^|(?<= \| ))(?P<value>[^:|\n]+?)(?= \||\n|$)", re.MULTILINE)
_PARTS: Final = re.compile(r"['’]s\b|['’](?=\s|$)|[\s_.-]+")
_YEARS: Final = "|".join(map(re.escape, ROWS.years))
_DIGITS: Final = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_LETTERED: Final = re.compile(r"[^\W\d_](?:[^\d(]*[^\W\d_])?")
_AGE: Final = re.compile(rf"(?i)^(?:aged? )?{_DIGITS}{{1,3}}(?: ?(?:{_YEARS})(?: old)?)?$")
_COUNT: Final = re.compile(rf"^{_DIGITS}[\d.,'٬ ]*$")
_ONE: Final = re.compile("^[01\u0660\u0661\u06f0\u06f1]$")


@lru_cache(maxsize=4096)
def _plain(head: str) -> str:
    """A heading in small letters, its words parted by one space."""
    return " ".join(_PARTS.sub(" ", head.casefold()).split())


_WHOSE, _PLAIN, _PERSON = (frozenset(map(_plain, heads)) for heads in (ROWS.whose, ROWS.plain, ROWS.person))
_SEXES: Final = frozenset(map(str.casefold, ROWS.sexes))


def spans(text: str, kept: Kept) -> list[Span]:
    """The cells with people's names; `kept` says of words whether they are a place or an organisation."""
    if " | " not in text:
        return []
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if " | " in line:
            found += [(at + start, at + end) for start, end in (*_labelled(line, kept), *_bare(line, kept))]
        at += len(line) + 1
    return found


def _labelled(line: str, kept: Kept) -> Iterator[Span]:
    """A plain “name” is a person's where the record has an age or a sex, or where the cell is a name by its first word."""
    cells = [(_plain(cell["head"]), cell) for cell in _CELL.finditer(line)]
    of_a_person = any(head in _PERSON for head, _ in cells)
    for head, cell in cells:
        if head in _WHOSE or (head in _PLAIN and (of_a_person or _is_sure(cell["value"], kept))):
            yield from (span for span in [_lettered(cell)] if span)


def _lettered(cell: re.Match[str]) -> Span | None:
    """The cell up to its first number, which stays; None where it begins with one."""
    found = _LETTERED.match(cell["value"])
    return (cell.start("value"), cell.start("value") + found.end()) if found else None


def _bare(line: str, kept: Kept) -> Iterator[Span]:
    cells = [(cell["value"].strip(), cell) for cell in _BARE.finditer(line)]
    values = [value for value, _ in cells]
    of_a_person = any(map(_AGE.match, values)) and any(value.casefold() in _SEXES for value in values)
    of_one = any(map(kept, values)) and all(_ONE.match(value) for value in values if _COUNT.match(value))
    for value, cell in cells:
        if _is_sure(value, kept) or ((of_a_person or of_one) and english.is_name(value, kept)):
            yield cell.start("value"), cell.start("value") + len(cell["value"])


def _is_sure(value: str, kept: Kept) -> bool:
    """Whether a cell is a name by its first or, where the family's name comes first, its last word."""
    if english.is_name(value, kept):
        words = value.split()
        return fold(words[0]) in GIVEN or fold(words[-1]) in GIVEN
    return arabic.is_name(value, kept) or cues.is_name(value, kept)
