"""Where an Arabic sentence names victims. The script has no capitals, so a name begins with a common given name where only people stand."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from ingest.publish.withheld.lexicon import ARABIC as WORDS
from ingest.text.normalise import fold

Span = tuple[int, int]

_WORD: Final = re.compile(r"[\u0621-\u0652\u0670-\u06d3\u06d5]+")
_PARTS: Final = frozenset(map(fold, ("عبد", "أبو", "أبي", "أم", "بن", "ابن", "بنت", "آل", "الدين", "الله", "ولد")))
_LEADS: Final = frozenset(map(fold, ("عبد", "أبو", "أم", "آل")))
_MOST: Final = 5  # words of a name
# A comma, a dash, or the next line with its number or dash.
_BETWEEN: Final = re.compile(r"(?:\s*\([^)]{0,40}\))?\s*(?:[،,؛]|-|–|\n)?\s*(?:(?:[0-9٠-٩]{1,3}[.)-]|[-–•*])\s*)?")
_GIVEN, _TITLES, _VERBS = ({fold(one) for one in words} for words in (WORDS.given, WORDS.titles, WORDS.verbs))
_ENDS, _SPEECH, _CARRIERS = ({fold(one) for one in words} for words in (WORDS.ends, WORDS.speech, WORDS.carriers))
_LISTS: Final = re.compile("(?:" + "|".join(map(re.escape, sorted(WORDS.lists, key=len, reverse=True))) + r")\s*[:：]\s*")


def spans(text: str) -> list[Span]:
    """The names of victims in a text, in order."""
    words = [(match.start(), match.end(), fold(match[0])) for match in _WORD.finditer(text)]
    found: set[Span] = set()
    for at, (_, end, word) in enumerate(words):
        if _is_cue(word) and not _carried(words, at):
            found.update(_names(text, end))
    for match in _LISTS.finditer(text):
        found.update(_names(text, match.end()))
    return sorted(found)


def is_name(cell: str, kept: Callable[[str], bool]) -> bool:
    """Whether the whole of a cell is a name of two words or more."""
    return " " in cell and _name(cell, 0) == (0, len(cell)) and not kept(cell)


def _is_cue(word: str) -> bool:
    """A title or a verb, also behind one of the particles that are written with it."""
    bare = word[1:] if word[:1] in "وفبل" else word
    return word in _TITLES or word in _VERBS or bare in _TITLES or bare in _VERBS or ("ال" + word[2:] in _TITLES and word.startswith("لل"))


def _carried(words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether a place carries the name, or the person is one who tells of it."""
    before = [word for _, _, word in words[max(at - 3, 0) : at]]
    return any(word in _SPEECH for word in before) or bool(before and before[-1] in _CARRIERS)


def _names(text: str, at: int) -> Iterator[Span]:
    """The name that begins here, and those that go on behind it in one list."""
    while name := _next(text, at):
        yield name
        at = name[1]


def _next(text: str, at: int) -> Span | None:
    """The name behind what may stand between two names; one may begin with the letter that also means “and”."""
    skipped = _BETWEEN.match(text, at)
    here = skipped.end() if skipped else at
    return _name(text, here) or (_name(text, here + 1) if text[here : here + 1] == "و" else None)


def _name(text: str, at: int) -> Span | None:
    """The words of a name from here on: a given name, then what belongs to it."""
    end, taken, expecting = at, 0, False
    while taken < _MOST:
        match = _WORD.match(text, end + (1 if taken and text[end : end + 1] == " " else 0))
        if match is None:
            break
        word = fold(match[0])
        if taken == 0 and (match[0] in WORDS.ends or (word not in _GIVEN and word not in _LEADS)):
            return None
        if taken and (word in _ENDS or word in _TITLES or (word.startswith("و") and fold(word[1:]) in _GIVEN)):
            break
        if taken and not expecting and not _belongs(word):
            break
        expecting = word in _PARTS
        end, taken = match.end(), taken + 1
    if not taken or (taken == 1 and fold(text[at:end]) in _LEADS):
        return None
    return at, end


def _belongs(word: str) -> bool:
    """A further part of a name: a given name, a family's name with its article, or a particle."""
    return word in _GIVEN or word in _PARTS or (word.startswith("ال") and len(word) > 3)
