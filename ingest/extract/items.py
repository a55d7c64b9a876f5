"""A sentence as a row of items: the longest phrase the lexicon knows at each word, numbers read, everything else plain."""

from dataclasses import dataclass

from ingest.extract.entries import BIT, PLAIN, Entry
from ingest.extract.lexicon import Lexicon, Word, entry_flags
from ingest.extract.numbers import leads_to_scale, read
from ingest.extract.sentences import Sentence, Text
from ingest.extract.tokens import NUMBER
from ingest.extract.when import When

_ARTICLE = BIT["article"]


@dataclass(slots=True)
class Item:
    """Words [first, last) and what they are: an entry of the lexicon, a number, a time, or plain words."""

    first: int
    last: int
    entry: Entry
    flags: int
    number: int | None = None
    when: When | None = None


def itemise(text: Text, sentence: Sentence, lexicon: Lexicon) -> list[Item]:
    """The items of one sentence, in order, covering every word once."""
    items: list[Item] = []
    add = items.append
    here, last, words = sentence.first, sentence.last, text.words
    while here < last:
        word = words[here]
        longest = _longest(words, here, last) if word.longer is not None else None
        article = word.flags & _ARTICLE and longest is None and leads_to_scale(words, here, last)
        if article or (word.opens_number and (longest is None or word.kind == NUMBER)):
            number = read(words, here, last, lexicon)
            if number is not None and (longest is None or number[0] - here >= len(longest.phrase)):
                entry, flags = (PLAIN, 0) if article else (longest or word.entry, word.flags)
                add(Item(here, number[0], entry, flags | word.joined, number[1]))
                here = number[0]
                continue
        if longest is None:
            add(Item(here, here + 1, word.entry, word.item_flags, word.entry.fraction))
            here += 1
        else:
            after = here + len(longest.phrase)
            add(Item(here, after, longest, entry_flags(longest, word.text) | word.joined, longest.fraction))
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


def _longest(words: list[Word], here: int, last: int) -> Entry | None:
    """The longest phrase of several words that starts at word `here`."""
    longer = words[here].longer
    if longer is None or here + 1 >= last:
        return None
    following = words[here + 1]
    whole = _first_whole(words, here, last, longer.get(following.whole, ())) if following.prefix else None
    return whole or _first_whole(words, here, last, longer.get(following.norm, ()))


def _first_whole(words: list[Word], here: int, last: int, phrases: tuple[Entry, ...]) -> Entry | None:
    """The first of the phrases, which agree with the two words at `here`, whose further words are there too."""
    for entry in phrases:
        phrase = entry.phrase
        width = len(phrase)
        if here + width > last:
            continue
        at = 2
        while at < width and phrase[at] in (words[here + at].norm, words[here + at].whole):
            at += 1
        if at == width:
            return entry
    return None
