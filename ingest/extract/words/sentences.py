"""Tokens -> sentences. Publishers drop full stops, wrap lines and put figures into bullets: a line break usually ends a
sentence, except where the line was wrapped in the middle of one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from ingest.extract.words import bit
from ingest.extract.words.glued import part
from ingest.extract.words.labels import ends_pair
from ingest.extract.words.lexicon import Lexicon, Word, begins_phrase, longest
from ingest.extract.words.marks import ARTICLE, COUNTS, ENDS, LEADS, NUMBERED, PARTS, PERSON, TELLS
from ingest.extract.words.tokens import BREAK, MARK, STOPS, WORD, tokenise

_ABBREVIATIONS: Final = frozenset(
    (
        "mr mrs ms dr prof rev hon fr jr sr st mt gen lt col maj capt sgt cpl pvt brig cmdr adm supt insp govt dept dist univ "
        "incl no vs etc e.g i.e approx est u.s u.n jan feb mar apr jun jul aug sept sep oct nov dec"
    ).split()
)
_BULLET: Final = bit.BULLET | bit.DASH
_HEADING: Final = 26  # a line of fewer words without a full stop is a heading
_MAY_END: Final = ENDS | PARTS
_ONE: Final = ARTICLE | PERSON
_LEANT_ON: Final = NUMBERED | TELLS
_LONGEST: Final = 300  # words of a sentence; a longer one is cut, so that rules that look at a whole sentence stay linear in the text
# A line that was wrapped in the middle of a sentence: the next one goes on in lower case and is no row of a table (`al-Bab | 4`).
# So is a bare number under its label (`Injured:` / `174,009`). Replaced by a blank of the same width.
_WRAPPED: Final = re.compile(r"\n(?<![.!?:;\n•]\n)(?=[a-z])(?![^\n|]*\|)|\n(?:(?<=:\n)|(?<=: \n))(?=[\d,.،٬]{1,15}[ \t]*(?:\n|\Z))")


class Sentence(NamedTuple):
    """Words [first, last) of a text. `paragraph` counts blocks; `bullet` marks list items; `heading` short lines without a stop.

    `counts` says that it can hold a figure, `matters` that it can, or says something that a later one leans on: a speaker, a day.
    """

    first: int
    last: int
    paragraph: int
    bullet: bool
    heading: bool
    introduces: bool
    matters: bool
    counts: bool = True


@dataclass(slots=True)
class Text:
    """A text as parallel lists of words and offsets, with its sentences."""

    text: str
    words: list[Word]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]


def split(text: str, lexicon: Lexicon) -> Text:
    """Analyse the words of a text and find its sentences; linear in the text."""
    tokens, starts = tokenise(_WRAPPED.sub(" ", text))
    words = list(map(lexicon.words.__getitem__, tokens))
    if lexicon.seams and not lexicon.seams.keys().isdisjoint(tokens):
        tokens, starts = part(tokens, lexicon.seams, starts[0])
        words = list(map(lexicon.words.__getitem__, tokens))
    ends = [start + word.length for start, word in zip(starts, words, strict=False)]  # one start is that of the end
    return Text(text, words, starts, ends, _sentences(words, starts, ends))


def stretch(first: int, last: int, paragraph: int = 0) -> Sentence:
    """Some words read as a sentence, such as those of a cell."""
    return Sentence(first, last, paragraph, bullet=False, heading=False, introduces=False, matters=True)


def _sentences(words: list[Word], starts: list[int], ends: list[int]) -> list[Sentence]:
    found: list[Sentence] = []
    first, paragraph = 0, 0
    end = len(words) - 1
    for here in [at for at, word in enumerate(words) if word.mark & _MAY_END or at == end]:
        word = words[here]
        broken = word.kind == BREAK
        stop = bool(word.mark & ENDS) and not broken and _is_end(words, starts, ends, here)
        parted = bool(word.mark & PARTS) and ends_pair(words, first, here)
        if not (stop or broken or parted or here == end):
            continue
        last = here if broken or parted else here + 1
        if stop and here < end and words[here + 1].text in "\"”»’')":
            last = here + 2
        if last > first:
            found += _cut(words, first, last, paragraph, ends_line=broken)
            first = last
        if broken or parted:
            first = here + 1
            paragraph += broken
    return found


def _cut(words: list[Word], first: int, last: int, paragraph: int, *, ends_line: bool) -> Iterator[Sentence]:
    """The words [first, last) as one sentence, or as several where no person would write them as one."""
    while last - first > _LONGEST:
        yield _sentence(words, first, first + _LONGEST, paragraph, ends_line=False)
        first += _LONGEST
    yield _sentence(words, first, last, paragraph, ends_line=ends_line)


def _sentence(words: list[Word], first: int, last: int, paragraph: int, *, ends_line: bool) -> Sentence:
    bullet = last - first > 1 and bool(words[first].flags & _BULLET)
    tail = words[last - 1]
    heading = ends_line and not bullet and last - first < _HEADING and tail.text not in STOPS
    introduces = bool(tail.flags & bit.COLON)
    told = _told(words, first, last)
    counts = bullet or heading or introduces or bool(told & COUNTS) or told & _ONE == _ONE
    if not counts and told & NUMBERED:
        # a lone number of which nothing is said to have happened is no figure; several may be the parts of one
        counts = bool(words[first].flags & bit.OF) or sum(word.mark & NUMBERED != 0 for word in words[first:last]) > 1
    return Sentence(first + bullet, last, paragraph, bullet, heading, introduces, counts or told & _LEANT_ON != 0, counts)


def _told(words: list[Word], first: int, last: int) -> int:
    """What the words of a sentence say of it, each alone and together with those behind it."""
    told = 0
    for word in words[first:last]:
        told |= word.mark
    if told & LEADS and not told & COUNTS:
        for here in range(first, last - 1):
            if words[here].mark & LEADS and begins_phrase(words, here) and (entry := longest(words, here, last)) is not None:
                told |= entry.mark
                if told & COUNTS:
                    break  # nothing says more
    return told


def _is_end(words: list[Word], starts: list[int], ends: list[int], here: int) -> bool:
    """A full stop that is not part of an abbreviation, an initial or an address."""
    if words[here].text != ".":
        return True
    before = words[here - 1] if here else None
    after = words[here + 1] if here + 1 < len(words) else None
    if before is None or after is None or after.kind == BREAK:
        return True
    glued = starts[here + 1] == ends[here]
    if before.kind == WORD and (before.norm in _ABBREVIATIONS or len(before.text) == 1):
        return False
    return not glued or after.kind == MARK or (after.capital and not before.capital)
