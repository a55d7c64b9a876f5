"""Tokens -> sentences. Publishers drop full stops, wrap lines and put figures into bullets: a line break usually ends a
sentence, except where the line was wrapped in the middle of one.
"""

import re
from dataclasses import dataclass

from ingest.extract.entries import BIT
from ingest.extract.labels import BETWEEN, ends_pair
from ingest.extract.lexicon import Lexicon, Word
from ingest.extract.tokens import BREAK, MARK, WORD, tokenise

_ENDS = frozenset(".!?؟…")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "st",
        "no",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "approx",
        "est",
        "u.s",
        "u.n",
    ]
)
_BULLET = BIT["bullet"] | BIT["dash"]
_HEADING = 26  # a line of fewer words without a full stop is a heading
# A line that was wrapped in the middle of a sentence: the next one goes on in lower case and is no row of a table (`al-Bab | 4`).
# Replaced by a blank of the same width.
_WRAPPED = re.compile(r"(?<![.!?:;\n•])\n(?=[a-z])(?![^\n|]*\|)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words [first, last) of a text. `paragraph` counts blocks; `bullet` marks list items; `heading` short lines without a stop."""

    first: int
    last: int
    paragraph: int
    bullet: bool
    heading: bool
    introduces: bool


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
    words: list[Word] = []
    starts: list[int] = []
    ends: list[int] = []
    known = lexicon.word
    for kind, token, start, end in tokenise(_WRAPPED.sub(" ", text)):
        words.append(known(token if kind != BREAK else "\n", kind))
        starts.append(start)
        ends.append(end)
    return Text(text, words, starts, ends, _sentences(words, starts, ends))


def _sentences(words: list[Word], starts: list[int], ends: list[int]) -> list[Sentence]:
    found: list[Sentence] = []
    first, paragraph = 0, 0
    count = len(words)
    for here, word in enumerate(words):
        stop = word.text in _ENDS and _is_end(words, starts, ends, here)
        broken = word.kind == BREAK
        parted = word.text in BETWEEN and ends_pair(words, first, here)
        if not (stop or broken or parted or here == count - 1):
            continue
        last = here if broken or parted else here + 1
        if stop and here + 1 < count and words[here + 1].text in "\"”»’')":
            last = here + 2
        if last > first:
            found.append(_sentence(words, first, last, paragraph, ends_line=broken))
            first = last
        if broken or parted:
            first = here + 1
            paragraph += broken
    return found


def _sentence(words: list[Word], first: int, last: int, paragraph: int, *, ends_line: bool) -> Sentence:
    bullet = bool(words[first].flags & _BULLET) and last - first > 1
    tail = words[last - 1]
    heading = ends_line and tail.text not in _ENDS and not bullet and last - first < _HEADING
    return Sentence(first + bullet, last, paragraph, bullet, heading, bool(tail.flags & BIT["colon"]))


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
