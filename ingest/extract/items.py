"""A sentence as a row of items: the longest phrase the lexicon knows at each word, numbers read, everything else plain."""

from dataclasses import dataclass

from ingest.extract.entries import BIT, Entry
from ingest.extract.lexicon import Lexicon
from ingest.extract.numbers import leads_to_scale, read
from ingest.extract.sentences import Sentence, Text
from ingest.extract.tokens import NUMBER
from ingest.extract.when import When

PLAIN = Entry(())
_AND, _ARTICLE = BIT["and"], BIT["article"]


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
    here, last, words = sentence.first, sentence.last, text.words
    while here < last:
        word = words[here]
        joined = _AND if "و" in word.prefix else 0  # Arabic wa- is glued to its word
        entry = (_longest(text, here, last) if word.longer else None) or word.own
        width = len(entry.phrase) if entry else 1
        article = bool(word.flags & _ARTICLE) and width == 1 and leads_to_scale(words, here, last)
        if (
            word.kind == NUMBER
            or article
            or (entry is not None and width == 1 and (entry.unit is not None or (entry.scale and entry.vague is None)))
        ):
            number = read(words, here, last, lexicon)
            if number is not None and number[0] - here >= width:
                flags = joined if article else word.flags | joined
                items.append(Item(here, number[0], PLAIN if article else entry or PLAIN, flags, number[1]))
                here = number[0]
                continue
        if entry is not None:
            # WHO the organisation is not who the pronoun
            flags = 0 if entry.acronym and word.text.isupper() else entry.flags
            items.append(Item(here, here + width, entry, flags | joined, entry.fraction))
        else:
            items.append(Item(here, here + 1, PLAIN, word.flags | joined))
        here += width
    return items


def organisation_of(item: Item, text: Text) -> str:
    """The organisation an item names, if any; an acronym names one only in capitals."""
    if item.entry.acronym and not text.words[item.first].text.isupper():
        return ""
    return item.entry.organisation


def _longest(text: Text, here: int, last: int) -> Entry | None:
    """The longest phrase of several words that starts at word `here`."""
    words = text.words
    longer = words[here].longer
    if longer is None or here + 1 >= last:
        return None
    following = words[here + 1]
    for entry in longer.get(following.norm) or longer.get(following.whole) or ():
        phrase = entry.phrase
        width = len(phrase)
        if here + width <= last and all(phrase[k] in (words[here + k].norm, words[here + k].whole) for k in range(2, width)):
            return entry
    return None
