"""Labels with numbers in one line, each read for itself: `Killed: 12 / Injured: 30 / Missing: 4`."""

from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.lexicon import Word
from ingest.extract.words.tokens import NUMBER, WORD

_GIVES: Final = frozenset(":=-–—")  # marks between a label and its number
_LONGEST_LABEL: Final = 7
_LONGEST_PAIR: Final = 24  # words back to the number of the pair before: `killed: 12, including three children from ..., injured: 30`


def ends_pair(words: list[Word], first: int, here: int) -> bool:
    """Whether the mark at `here` parts two pairs of a number and the label before it that says what is counted.

    Lists of places (`Northmark: 4, Southmark: 3`) stay together: they are parts of one total.
    """
    return _pair_ahead(words, here + 1) and _pair_behind(words, first, here)


def _pair_ahead(words: list[Word], start: int) -> bool:
    told = False
    for here in range(start, min(start + _LONGEST_LABEL, len(words) - 1)):
        word = words[here]
        if word.text in _GIVES:
            return told and _is_amount(words, here + 1)
        if word.kind != WORD and word.text not in "()":
            return False
        told = told or _tells(word)
    return False


def _pair_behind(words: list[Word], first: int, here: int) -> bool:
    for back in range(here - 2, max(first, here - _LONGEST_PAIR), -1):
        if words[back].text in _GIVES and _is_amount(words, back + 1) and words[back - 1].kind != NUMBER:
            return any(map(_tells, words[max(first, back - _LONGEST_LABEL) : back]))
    return False


def _tells(word: Word) -> bool:
    """A word of what happened, or of things counted beside people: `Killed: 3 / Houses destroyed: 34`."""
    return word.trigger or bool(word.flags & bit.THING)


def _is_amount(words: list[Word], here: int) -> bool:
    """A number, perhaps with a hedge before it: `Killed: at least 12`."""
    return any(bool(word.flags & bit.DIGITS) for word in words[here : here + 3])
