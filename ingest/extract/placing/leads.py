"""What leads a place in, and so whether something happened there: `in`, `shelled`, `the town of`, a heading, `sources in`."""

from enum import IntEnum
from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.lexicon import Word
from ingest.extract.words.sentences import Sentence, Text
from ingest.extract.words.tokens import MARK, WORD
from ingest.model.vocabulary import PlaceRole
from ingest.places.phrase import words as place_words

_TRANSPARENT: Final = bits("definite article demonym place_type")
_STOPS: Final = bits("boundary says pause colon")
_SKIPPED: Final = 4  # words between a preposition and its place: `in the rebel-held northern town`
_NEAR: Final = 2  # words between `positioned` and the place where somebody is
_BROUGHT: Final = 14  # words between the hospital people are taken to and the town it is in
_DATELINE: Final = 8  # words of `SOMEWHERE, Country, June 20 (Agency) -`
_PARTICIPLES: Final = ("ed", "-held", "-run", "-torn", "nearby")


class Lead(IntEnum):
    """How strongly words say that something happened at a place, the weakest first.

    ELSEWHERE is where somebody is, comes from or is taken; DATELINE where who tells it is; BARE a place only named; HEADING
    what stands over a report or a list item; LED a place with a word of place or of attack before it.
    """

    ELSEWHERE = 0
    DATELINE = 1
    BARE = 2
    HEADING = 3
    LED = 4


def lead_of(text: Text, sentence: Sentence, first: int, last: int, *, typed: bool) -> Lead:
    """How the place at words [first, last) is led in; `typed` says that a word such as `town` or a glued `in` stands before its name."""
    here = _governor(text, sentence, first)
    if here < sentence.first:
        return _opening(text, sentence, last)
    if _is_elsewhere(text, sentence, here):
        return Lead.ELSEWHERE
    word = text.words[here]
    if (word.flags & bit.LEAD or not word.text.isascii()) and _speaks(text.words[max(here - 2, sentence.first) : here + 1]):
        return Lead.DATELINE
    return Lead.LED if typed or word.flags & bit.LEAD or "ب" in text.words[first].prefix else Lead.BARE


def _speaks(words: list[Word]) -> bool:
    """`sources in`, `مدير صحة`."""
    return any(word.flags & bit.SPOKEN_FROM for word in words)


def _governor(text: Text, sentence: Sentence, first: int) -> int:
    """The word before a place that says how it is meant: `in` of `in the besieged town`."""
    here = first - 1
    while here >= sentence.first and first - here <= _SKIPPED and _is_transparent(text.words[here]):
        here -= 1
    return here


def _is_transparent(word: Word) -> bool:
    nationality = word.own is not None and word.own.group is not None and word.own.group.adjective
    return bool(word.flags & _TRANSPARENT or nationality) or (
        word.kind == WORD and not word.flags & bit.LEAD and not word.trigger and word.norm.endswith(_PARTICIPLES)
    )


def _is_elsewhere(text: Text, sentence: Sentence, here: int) -> bool:
    """`gunmen positioned in ...`, `taken to hospitals in ...`: the place of people, not of what happened."""
    words = text.words
    reach = _NEAR if words[here].flags & (bit.LEAD | bit.PREPOSITION) else 0
    for back in range(here, max(here - _BROUGHT, sentence.first) - 1, -1):
        flags = words[back].flags
        if flags & bit.ELSEWHERE and here - back <= reach:
            return True
        if flags & bit.SITUATED and here - back <= reach:
            subject = words[back - 1].own if back > sentence.first else None
            return subject is not None and (subject.group is not None or bool(subject.flags & bit.ARMED))
        if flags & bit.HOSPITAL:
            return any(w.flags & bit.DESTINATION for w in words[max(back - 3, sentence.first) : back])
        if flags & _STOPS:
            return False
    return False


def _opening(text: Text, sentence: Sentence, last: int) -> Lead:
    """A name that opens its sentence: `Northmark province:` is a heading, `NORTHMARK, June 20 (Agency) -` a dateline."""
    words = text.words
    for at in range(last, min(last + _DATELINE, sentence.last)):
        word = words[at]
        if word.flags & bit.COLON or word.text == "|":
            return Lead.HEADING
        if word.flags & bit.DASH:
            return Lead.DATELINE
        if word.kind == WORD and not word.capital and word.text.isascii():
            break
        if not word.text.isascii() and word.kind != MARK and not word.flags & bit.DIGITS:
            break
    after = words[last] if last < sentence.last else None
    # copies that lost their marks: `Northmark Two people were hurt`
    return Lead.HEADING if after is not None and after.capital and after.own is not None else Lead.BARE


def role_of(text: Text, sentence: Sentence, first: int) -> PlaceRole:
    """Whether people were at the place, came from it or went there; `the road to X` and `to the north of X` are where it was."""
    here = _governor(text, sentence, first)
    if here < sentence.first:
        return PlaceRole.LOCATION
    flags = text.words[here].flags
    before = text.words[here - 1].flags if here > sentence.first else 0
    side = first + 1 < sentence.last and text.words[first + 1].flags & bit.OF and place_words().direction(text.words[first].norm)
    if side or before & bit.SITE:
        return PlaceRole.LOCATION
    if flags & bit.ORIGIN:
        return PlaceRole.LOCATION if before & bit.LEAD else PlaceRole.ORIGIN  # `بالقرب من`
    return PlaceRole.DESTINATION if flags & bit.DESTINATION else PlaceRole.LOCATION
