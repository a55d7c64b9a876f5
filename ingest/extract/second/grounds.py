"""A model's claims held against the text: each word it copied must stand there, and the number is read by our own number stage."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from ingest.extract.figures import Found
from ingest.extract.people import quantities
from ingest.extract.people.quantity import Quantity
from ingest.extract.placing.mentions import Mention, stated
from ingest.extract.reader import Reader
from ingest.extract.second.answer import Claimed, Unusable
from ingest.extract.second.pieces import Piece
from ingest.extract.speech.speakers import Speaker
from ingest.extract.speech.voices import Voice
from ingest.extract.times.dates import fold_dates
from ingest.extract.times.windows import Carried, times_of
from ingest.extract.words.items import Item, classes, itemise, organisation_of
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sentences import Sentence, Text
from ingest.model.vocabulary import CountingBasis, Metric, Unit

Words = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grounded:
    """A claim that stands in the text. `value` is the model's own, `linked` whether it said plainly which whole it belongs to."""

    found: Found
    value: int
    linked: bool = True


@dataclass(slots=True)
class Grounds:
    """One document the claims are held against; what it hands out is used once, so that repeated sentences are told apart."""

    text: Text
    lexicon: Lexicon
    reader: Reader
    published: date
    met: Counter[tuple[int, str, str, Metric]] = field(default_factory=Counter)
    seen: dict[int, tuple[list[Item], list[Quantity]]] = field(default_factory=dict)

    def grounded(self, claimed: Claimed, piece: Piece) -> Grounded:
        """The claim as our stages see it. Raises `Unusable` where its quote or its number does not stand in the piece."""
        first, last = self._number(claimed, piece)
        sentence = self._sentence(first)
        items, people = self._seen(sentence)
        quantity = replace(
            _quantity(items, people, (first, last)), metric=claimed.metric, household=claimed.unit is Unit.HOUSEHOLD, rule="second reader"
        )
        found = Found(
            quantity=quantity,
            times=times_of(quantity, items, Carried(), self.published, told=classes(items)),
            mention=self._mention(claimed.place, piece),
            voices=self._voices(claimed.source, piece),
            words=(sentence.first, sentence.last),
            perpetrator="",
            basis=CountingBasis.UNKNOWN,
            verified=False,
        )
        return Grounded(found, claimed.value)

    def _number(self, claimed: Claimed, piece: Piece) -> Words:
        """The words of the number. A sentence that the document repeats is met again at each claim of the same words."""
        key = (piece.start, claimed.quote, claimed.number, claimed.metric)
        quotes = list(islice(_stretches(piece.text, claimed.quote), self.met[key] + 1))
        if not quotes:
            raise Unusable("Its quote does not stand in the report.")
        self.met[key] += 1
        start, end = quotes[-1]
        stretches = ((start + a, start + b) for a, b in _stretches(piece.text[start:end], claimed.number))
        found = [words for a, b in stretches if (words := self._words(piece.start + a, piece.start + b)) is not None]
        if not found:
            raise Unusable("Its number does not stand in its quote.")
        if len(found) > 1:
            raise Unusable("Its number stands more than once in its quote, and nothing says which is meant.")
        return found[0]

    def _words(self, start: int, end: int) -> Words | None:
        """The words from one character to another, where whole words begin and end there: 12 does not stand in 120."""
        first, last = bisect_left(self.text.starts, start), bisect_left(self.text.ends, end)
        whole = first < len(self.text.starts) and self.text.starts[first] == start
        return (first, last + 1) if whole and last < len(self.text.ends) and self.text.ends[last] == end else None

    def _sentence(self, word: int) -> Sentence:
        position = bisect_right(self.text.sentences, word, key=lambda sentence: sentence.first) - 1
        sentence = self.text.sentences[position] if position >= 0 else None
        if sentence is None or word >= sentence.last:
            raise Unusable("Its number stands in no sentence.")
        return sentence

    def _seen(self, sentence: Sentence) -> tuple[list[Item], list[Quantity]]:
        """What our own stages see in a sentence: its items, and the quantities of people among them."""
        if sentence.first not in self.seen:
            items = fold_dates(itemise(self.text, sentence, self.lexicon), self.text, self.published)
            self.seen[sentence.first] = items, quantities.find(items, self.text)
        return self.seen[sentence.first]

    def _mention(self, written: str, piece: Piece) -> Mention | None:
        words = self._copied(written, piece)
        if words is None:
            return None
        copied = self.text.text[self.text.starts[words[0]] : self.text.ends[words[1] - 1]]
        return stated(*words, self.reader.gazetteer.resolve(copied), None)

    def _voices(self, written: str, piece: Piece) -> tuple[Voice, ...]:
        words = self._copied(written, piece)
        if words is None:
            return ()
        items = itemise(self.text, Sentence(*words, paragraph=0, bullet=False, heading=False, introduces=False, matters=True), self.lexicon)
        named = (organisation_of(item, self.text) or item.entry.speaker for item in items)
        return (Voice(Speaker(next(filter(None, named), ""), *words, at=0, whole=words), verb=0),)

    def _copied(self, written: str, piece: Piece) -> Words | None:
        """The words of a field that was copied from the piece; a field that was not is left aside."""
        stretches = _stretches(piece.text, written) if written else iter(())
        return next((words for a, b in stretches if (words := self._words(piece.start + a, piece.start + b)) is not None), None)


def _quantity(items: list[Item], people: list[Quantity], words: Words) -> Quantity:
    """The quantity of people our number stage sees at these words, or else the number that they are."""
    for quantity in people:
        if quantity.first_word < words[1] and words[0] < quantity.last_word:
            return quantity
    at = next((at for at, i in enumerate(items) if i.number is not None and i.first < words[1] and words[0] < i.last), None)
    if at is None:
        raise Unusable("Its number cannot be read as one.")
    return Quantity(at, at + 1, items[at].first, items[at].last, items[at].first, (0, 0), value=items[at].number)


def link(grounded: list[Grounded | None], wholes: list[int | None]) -> list[Grounded | None]:
    """Makes parts of wholes, as the model numbered them; a whole that is smaller, is not there, or ends in a circle is no whole."""
    linked = list(grounded)
    for position, whole in enumerate(wholes):
        one = grounded[position]
        if one is None or whole is None:
            continue
        total = grounded[whole] if whole < len(grounded) else None
        if total is None or total.found.quantity.amount < one.found.quantity.amount or one.found.quantity in _line(total.found.quantity):
            linked[position] = replace(one, linked=False)
        else:
            one.found.quantity.parent = total.found.quantity
    return linked


def _line(quantity: Quantity) -> Iterator[Quantity]:
    """A quantity and the wholes it is a part of."""
    whole: Quantity | None = quantity
    while whole is not None:
        yield whole
        whole = whole.parent


def _stretches(text: str, copied: str) -> Iterator[Words]:
    """Where copied words stand in a text, character by character; only white space may be of another kind."""
    pattern = r"\s+".join(map(re.escape, copied.split()))
    return (match.span() for match in re.finditer(pattern, text)) if pattern else iter(())
