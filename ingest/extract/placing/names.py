"""How far a name of a place reaches in a sentence, and the words around it that say what sort of place it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.lexicon import ARTICLES, Word
from ingest.extract.words.sentences import Sentence, Text
from ingest.extract.words.tokens import WORD
from ingest.places.folding import fold_token
from ingest.places.gazetteer import Gazetteer
from ingest.places.phrase import words as place_words

TYPE: Final = bit.PLACE_TYPE
SITE_WORD: Final = bit.SITE
_LONGEST_NAME: Final = 5
_LONGEST_SITE: Final = 3
_PARTICLES: Final = frozenset(["al", "el", "de", "du", "da", "la", "des"])
_SITE_ADJECTIVES: Final = frozenset(["international", "military", "civil", "main", "old", "central", "refugee", "idp", "displacement"])
_ARABIC_SITE_ADJECTIVES: Final = frozenset(["الدولي", "العسكري", "المدني", "الوطني", "الجامعي", "المركزي"])


@dataclass(frozen=True, slots=True)
class Known:
    """A name the gazetteer knows: the word after it, the name, what stands in the text, and the Arabic particles glued before."""

    last: int
    name: str
    written: str
    glued: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one sentence, by their first word."""

    text: Text
    sentence: Sentence
    gazetteer: Gazetteer

    def known(self, here: int) -> Known | None:
        """The longest run of words from `here` that the gazetteer knows.

        Behind a word such as `village` a name may be one that is also an ordinary word; a region may be made of such words.
        """
        words, gazetteer = self.text.words, self.gazetteer
        start = words[here]
        openings = gazetteer.openings(start.text)
        if not openings:
            return None
        by_folded = gazetteer.index.folded if self._behind_type(here) else gazetteer.by_folded
        common = bool(start.flags & TYPE) or (start.text[:1].islower() and not start.text.startswith(ARTICLES))
        for left, first in openings:
            folded, best = first, None
            if folded in by_folded and not common:
                best = (here + 1, folded)
            for last in range(here + 1, min(self.sentence.last, here + gazetteer.max_words + 2)):
                following = words[last]
                if following.kind != WORD or not (common or _may_follow(following)):
                    break
                piece = fold_token(following.text)
                folded = f"{folded} {piece}" if piece else folded
                if folded in by_folded:
                    best = (last + 1, folded)
            if best is not None:
                written = self.text.text[self.text.starts[here] + left : self.text.ends[best[0] - 1]]
                return Known(best[0], written if written.isascii() else best[1], written, start.text[:left])
        return None

    def is_ordinary(self, here: int, known: Known) -> bool:
        """Whether a name is an ordinary word without a word such as village beside it."""
        if not self.gazetteer.is_ordinary(known.written):
            return False
        behind = known.last < self.sentence.last and bool(self.text.words[known.last].flags & TYPE)
        return not (behind or self._behind_type(here))

    def _behind_type(self, here: int) -> bool:
        return here > self.sentence.first and bool(self.text.words[here - 1].flags & TYPE)

    def end_of_unknown(self, here: int) -> int:
        """The word after a name nobody knows: its capitalised words, or in Arabic one word with its elements and adjectives."""
        words, end = self.text.words, here + 1
        limit = min(self.sentence.last, here + _LONGEST_NAME)
        latin = words[here].text[:1].isascii()
        while end < limit and (self._goes_on(end, limit) if latin else _goes_on_in_arabic(words[end - 1], words[end])):
            end += 1
        return end

    def _goes_on(self, at: int, limit: int) -> bool:
        word = self.text.words[at]
        if word.norm in _PARTICLES and at + 1 < limit and self.text.words[at + 1].capital:
            return True
        return word.kind == WORD and (word.capital or word.text.startswith(ARTICLES)) and _says_nothing(word)

    def with_type(self, first: int, last: int, *, directions: bool = False) -> tuple[int, int]:
        """The name with the words that say what sort of place it is, on either side; `directions` takes no others behind it."""
        words = self.text.words
        while last < self.sentence.last and _is_of_the_name(words[last], directions=directions):
            last += 1
        while (back := self._type_before(first)) < first:
            first = back
        if words[first].flags & SITE_WORD and last < self.sentence.last and words[last].whole in _ARABIC_SITE_ADJECTIVES:
            last += 1
        return first, last

    def is_typed(self, first: int) -> bool:
        """Whether a word that says what sort of place it is stands before a name."""
        return self._type_before(first) < first

    def _type_before(self, first: int) -> int:
        """`north and east Northmark`, `town in the north of Northmark`; but not `its countryside and Northmark`."""
        words, links = self.text.words, first
        while links > self.sentence.first and words[links - 1].flags & bit.PLACE_LINK and first - links < 2:
            links -= 1
        if links == self.sentence.first or not _says_which_sort(words[links - 1]):
            return first
        both = any(word.flags & bit.AND for word in words[links:first])
        return first if both and not words[first].flags & TYPE else links - 1

    def with_site(self, last: int) -> int:
        """The end of `Northmark international airport`, `Stonebridge gas field`, `Kolonga refugee camp`."""
        words, end = self.text.words, last
        while end < self.sentence.last and end - last < _LONGEST_SITE and _belongs_to_site(words[end]):
            end += 1
        return end if end > last and words[end - 1].flags & (SITE_WORD | TYPE) else last

    def describes_people(self, last: int) -> bool:
        """`the Northmark University student`, `Northmark residents`: the name says who, not where."""
        words, end = self.text.words, self.with_site(last)
        while end < self.sentence.last and words[end].capital and words[end].own is None:
            end += 1
        own = words[end].own if end < self.sentence.last else None
        return own is not None and own.group is not None and words[end].text.isascii()

    def around(self, first: int, last: int, name: tuple[int, int]) -> Iterator[Word]:
        """The words of [first, last) that are not the name itself."""
        yield from self.text.words[first : name[0]]
        yield from self.text.words[name[1] : last]


def _may_follow(word: Word) -> bool:
    article = word.norm in ("al", "of", "el") or word.text.startswith(ARTICLES)
    return word.capital or not word.text.isascii() or article or _belongs_to_site(word)


def _belongs_to_site(word: Word) -> bool:
    return bool(word.flags & (SITE_WORD | TYPE)) or word.norm in _SITE_ADJECTIVES


def _goes_on_in_arabic(before: Word, word: Word) -> bool:
    return word.kind == WORD and word.own is None and (before.text in place_words().elements or word.text.startswith("ال"))


def _says_nothing(word: Word) -> bool:
    """Whether a capitalised word can go on a name: not `Monday`, `Killed`, `Army`."""
    own = word.own
    return own is None or not (own.flags or own.metric or own.group or own.weekday is not None or own.month or own.organisation)


def _is_of_the_name(word: Word, *, directions: bool) -> bool:
    """A word of sort behind a name; in `حي الحمدانية بمدينة حلب`, `إدلب ومخيم قربها` the next place begins there."""
    return bool(word.flags & TYPE) and not word.prefix.removesuffix("ال") and (not directions or bool(place_words().direction(word.norm)))


def _says_which_sort(word: Word) -> bool:
    """`town`; also `Lake`, and in Arabic `hospital`, which stand before the name."""
    return bool(word.flags & (TYPE | SITE_WORD if word.capital or not word.text.isascii() else TYPE))
