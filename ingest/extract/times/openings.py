"""The place and day that open a report, before a dash: `NORTHMARK, Exland, 20 June (Agency) -`."""

from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item
from ingest.extract.words.lexicon import Word
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import MARK

BEFORE: Final = 7
"""Words before the day: `SOMEWHERE, Another Country, Thursday`."""
_BEHIND: Final = 10  # words between day and dash: `(One Agency / Another)`
_TELLS: Final = bits("lead preposition says since by")


def before_dash(text: Text, span: tuple[int, int], item: Item) -> int | None:
    """The dash that a day at the head of the words [first, last) stands before; None where more than names comes before or between."""
    words, (first, last) = text.words, span
    if item.first - first > BEFORE or not all(map(is_of_a_name, words[first : item.first])):
        return None
    for at in range(item.last, min(item.last + _BEHIND, last)):
        if words[at].flags & bit.DASH:
            return at
        if not is_of_a_name(words[at]):
            return None
    return None


def is_of_a_name(word: Word) -> bool:
    """Whether a word can be of a place or an agency: a mark, or written like a name and saying nothing of what happened."""
    if word.kind == MARK:
        return True
    return (word.capital or not word.text.isascii()) and not word.trigger and not word.flags & _TELLS
