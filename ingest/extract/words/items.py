"""A sentence as a row of items: the longest phrase the lexicon knows at each word, numbers read, everything else plain."""

from dataclasses import dataclass

from ingest.extract.words import bit
from ingest.extract.words.entries import PLAIN, Entry
from ingest.extract.words.lexicon import Lexicon, entry_flags, longest
from ingest.extract.words.numbers import leads_to_scale, read
from ingest.extract.words.sentences import Sentence, Text
from ingest.extract.words.tokens import NUMBER
from ingest.extract.words.when import When


@dataclass(slots=True, init=False)
class Item:
    """Words [first, last) and what they are: an entry of the lexicon, a number, a time, or plain words.

    Every word becomes one, so that the constructor is written out: the generated one is not compiled with the rest.
    """

    first: int
    last: int
    entry: Entry
    flags: int
    number: int | None
    when: When | None

    def __init__(self, first: int, last: int, entry: Entry, flags: int, number: int | None = None, when: When | None = None) -> None:  # noqa: PLR0917
        self.first = first
        self.last = last
        self.entry = entry
        self.flags = flags
        self.number = number
        self.when = when


def itemise(text: Text, sentence: Sentence, lexicon: Lexicon) -> list[Item]:
    """The items of one sentence, in order, covering every word once."""
    items: list[Item] = []
    add = items.append
    here, last, words = sentence.first, sentence.last, text.words
    while here < last:
        word = words[here]
        phrase, longer = None, word.longer
        if longer is not None and here + 1 < last:  # most words begin some phrase, few go on with it
            following = words[here + 1]
            if following.norm in longer or following.whole in longer:
                phrase = longest(words, here, last)
        article = word.flags & bit.ARTICLE and phrase is None and leads_to_scale(words, here, last)
        if article or (word.opens_number and (phrase is None or word.kind == NUMBER)):
            number = read(words, here, last, lexicon)
            if number is not None and (phrase is None or number[0] - here >= len(phrase.phrase)):
                entry, flags = (PLAIN, 0) if article else (phrase or word.entry, word.flags)
                add(Item(here, number[0], entry, flags | word.joined, number[1]))
                here = number[0]
                continue
        if phrase is None:
            add(Item(here, here + 1, word.entry, word.item_flags, word.entry.fraction))
            here += 1
        else:
            after = here + len(phrase.phrase)
            add(Item(here, after, phrase, entry_flags(phrase, word.text) | word.joined, phrase.fraction))
            here = after
    return items


def classes(items: list[Item]) -> int:
    """The classes of all items together: a rule that needs one is skipped where none has it."""
    found = 0
    for item in items:
        found |= item.flags
    return found


def organisation_of(item: Item, text: Text) -> str:
    """The organisation an item names, if any; an acronym names one only in capitals."""
    if item.entry.acronym and not text.words[item.first].text.isupper():
        return ""
    return item.entry.organisation
