"""The places a sentence names: names the gazetteer knows, countries, and names only a word of place makes known."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.extract.placing.leads import Lead, lead_of, role_of
from ingest.extract.placing.names import SITE_WORD, TYPE, Known, Names
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item, organisation_of
from ingest.extract.words.lexicon import Word
from ingest.extract.words.sentences import Sentence, Text
from ingest.extract.words.tokens import WORD
from ingest.model.vocabulary import PlacePrecision, PlaceRole
from ingest.places.folding import fold
from ingest.places.gazetteer import Gazetteer
from ingest.places.phrase import COUNTRYSIDE
from ingest.places.phrase import words as place_words
from ingest.places.place import Importance, Resolved

_ABROAD: Final = bit.COUNTRY | bit.TERRITORY
_NAMES: Final = bits("digits country territory owner")
_JOINS: Final = bits("and comma definite")
_GOES_ON: Final = bits(
    "be have and or boundary preposition of by include says cites since modal stop as_of leave place_type site tells lead"
)
_CAUSES: Final = frozenset(["due", "because", "according", "owing", "thanks", "prior"])  # they go on the sentence behind a name
_ACRONYM: Final = 5  # letters
_TITLED: Final = 0.6  # share of capitalised words above which capitals say nothing

# From coarse to fine; a countryside is as fine as the division it is read as.
_FINENESS: Final = {
    PlacePrecision.COUNTRY: 0, PlacePrecision.CROSS_BORDER: 0, PlacePrecision.REGION_INFORMAL: 1, PlacePrecision.GOVERNORATE: 2,
    PlacePrecision.DISTRICT: 3, PlacePrecision.SUBDISTRICT: 4, PlacePrecision.CITY_OR_TOWN: 5, PlacePrecision.NEIGHBOURHOOD: 6,
    PlacePrecision.SITE: 7, PlacePrecision.POINT: 8,
}  # fmt: skip
_PARTICIPLES: Final = ("ed", "-run", "-held", "-led")
COUNTRY, REGION, AREA, TOWN, SITE = 0, 1, 2, 5, 7


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as written: words [first, last) of the text, the item it starts at, what it comes to, and how it is led in.

    `fineness` runs from 0 (a country) over 2 (a first-level division) and 5 (a town) to 8 (a point). `skip` is how many letters
    of the first word are a particle glued to the name.
    """

    first: int
    last: int
    at: int
    resolved: Resolved | None
    fineness: int
    lead: Lead
    role: PlaceRole = PlaceRole.LOCATION
    skip: int = 0


def as_written(mention: Mention, text: Text) -> str:
    """The words of a place, less an Arabic particle glued to the first (`بريف`) and the mark of an owner on the last (`Northmark's`)."""
    first, last = text.words[mention.first], text.words[mention.last - 1]
    start, end = text.starts[mention.first], text.ends[mention.last - 1]
    glued = first.prefix.removesuffix("ال")
    start += mention.skip or (len(glued) if text.text.startswith(glued, start) else 0)
    ending = next((e for e in ("'s", "’s") if last.text.endswith(e)), "s" if last.flags & bit.OWNER else "")
    return text.text[start : end - len(ending)]


def stated(first: int, last: int, resolved: Resolved, finely: PlacePrecision | None) -> Mention:
    """Words that are a place by where they stand, such as a cell under `District`; one that is not known stays as written."""
    precision = resolved.precision or finely
    known = resolved.place is not None or bool(resolved.candidates or resolved.coverage)
    return Mention(first, last, 0, resolved if known else None, TOWN if precision is None else _FINENESS[precision], Lead.LED)


def find(items: list[Item], text: Text, sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    """The single places of one sentence, in order."""
    finder = _Finder(text, Names(text, sentence, gazetteer))
    words, regions = text.words, gazetteer.region_starts
    for at, item in enumerate(items):
        first, last = item.first, item.last
        if last - first == 1 and not (words[first].named or words[first].whole in regions):
            continue
        if _can_name(item, text, sentence, gazetteer):
            for here in range(first, last):
                if here >= finder.end and (words[here].named or words[here].whole in regions):
                    finder.read(at, here, item)
    return finder.found


@dataclass(slots=True)
class _Finder:
    """The places found so far in a sentence."""

    text: Text
    names: Names
    found: list[Mention] = field(default_factory=list)
    _titled: bool | None = None

    @property
    def titled(self) -> bool:
        """Whether the sentence is a headline whose capitals say nothing."""
        if self._titled is None:
            self._titled = _is_titled(self.text, self.names.sentence)
        return self._titled

    @property
    def end(self) -> int:
        """The word after the last place found."""
        return self.found[-1].last if self.found else 0

    def read(self, at: int, here: int, item: Item) -> None:
        """Reads the word `here` of an item as the first of a place's name, if it is one."""
        who = item.entry.group is not None
        mention = self._known(at, here, attributive=who)
        if mention is None and item.flags & _ABROAD:
            mention = self._abroad(at, item)
        elif mention is None and not who:
            mention = self._unknown(at, here)
        if mention is not None:
            listed = mention.lead is Lead.BARE and self._joins(mention.first)
            self.found.append(replace(mention, lead=self.found[-1].lead, role=self.found[-1].role) if listed else mention)

    def _joins(self, first: int) -> bool:
        """Whether only `and` or a comma stands between the last place and the word: `in A and B`."""
        if not self.found:
            return False
        between = self.text.words[self.end : first]
        return all(w.flags & _JOINS for w in between) if between else self.text.words[first].text.startswith("و")

    def _known(self, at: int, here: int, *, attributive: bool) -> Mention | None:
        """A name the gazetteer knows, with the words around it that say how finely it is meant."""
        names, gazetteer = self.names, self.names.gazetteer
        known = names.known(here)
        if known is None or names.is_ordinary(here, known) or self._is_cut_out(here, known):
            return None
        first, last = names.with_type(here, known.last)
        lead = lead_of(self.text, names.sentence, first, last, typed="ب" in known.glued or first < here)
        if lead is Lead.BARE and (attributive or names.describes_people(last)):
            return None
        if not self._is_known_enough(here, first, known, lead):
            return None
        resolved = gazetteer.resolve(self.text.text[self.text.starts[first] : self.text.ends[last - 1]])
        if resolved.place is None and not resolved.candidates and not resolved.coverage:
            resolved = gazetteer.resolve(known.name)
        end = names.with_site(last)
        fineness = SITE if end > last else _FINENESS[resolved.precision] if resolved.precision is not None else TOWN
        skip = len(known.glued) if first == here and "ل" not in known.glued else 0
        return Mention(first, end, at, resolved, fineness, lead, role_of(self.text, names.sentence, first), skip)

    def _is_cut_out(self, here: int, known: Known) -> bool:
        """`لبنان` is the country, and no village of Banan behind a glued particle."""
        word = self.text.words[here]
        glued = len(known.glued) > len(word.prefix.removesuffix("ال"))
        return glued and word.own is not None and bool(word.own.flags & _ABROAD)

    def _is_known_enough(self, here: int, first: int, known: Known, lead: Lead) -> bool:
        """A village called like a word is a village only where a word of place leads it in; behind a bare `in` a town (الباب) is."""
        best = max((p.importance for p in self.names.gazetteer.by_folded.get(fold(known.name), ())), default=0)
        if self.text.words[here].own is not None and first == here and not self.text.words[here].flags & _NAMES:
            return best >= Importance.THIRD and lead is Lead.LED
        if best == 0 and known.last < self.names.sentence.last and self.names.end_of_unknown(here) > known.last:
            return self.names.known(known.last) is not None  # `Karbi Anglong` is not the village of Karbi
        return best > 0 or lead is not Lead.BARE

    def _abroad(self, at: int, item: Item) -> Mention | None:
        """A country or territory that the lexicon names."""
        word, names, owner = self.text.words[item.first], self.names, bool(item.flags & bit.OWNER)
        if word.text[:1].isascii() and (not word.capital or (not owner and self._is_body(item.last))):
            return None
        first, last = names.with_type(item.first, item.last, directions=owner)
        lead = lead_of(self.text, names.sentence, first, last, typed=first < item.first)
        if lead is Lead.BARE and names.describes_people(last):
            return None
        resolved = names.gazetteer.resolve(" ".join(item.entry.phrase).removesuffix("s")) if owner else None
        if resolved is not None and resolved.place is None:
            resolved = None
        whole = (first, last) == (item.first, item.last) and not item.flags & bit.TERRITORY
        return Mention(first, last, at, resolved, COUNTRY if whole else REGION, lead, role_of(self.text, names.sentence, first))

    def _is_body(self, last: int) -> bool:
        """`the Exland People's Movement`: a country's name goes on as that of a body."""
        after = self.text.words[last] if last < self.names.sentence.last else None
        return after is not None and after.capital and after.own is None and not self.titled

    def _unknown(self, at: int, here: int) -> Mention | None:
        """A name behind a word of place that the gazetteer does not know; `the Turkish offensive` names none."""
        word, names = self.text.words[here], self.names
        latin = word.text[:1].isascii()
        if word.own is not None or not (latin or self._is_named_behind(here)):
            return None
        name = (here, names.end_of_unknown(here))
        first, last = names.with_type(*name)
        if first == here and names.gazetteer.is_ordinary(word.text):
            return None
        end = names.with_site(last)
        if _is_adjective(word) or (word.text.isupper() and len(word.text) <= _ACRONYM and self._is_acronym(here, last, end)):
            return None
        if latin and not self._is_placed(name, (first, last), end):
            return None
        lead = lead_of(self.text, names.sentence, first, last, typed=first < here)
        fineness = SITE if end > last else _unit_fineness(names.around(first, last, name))
        return Mention(first, end, at, None, fineness, lead, role_of(self.text, names.sentence, first))

    def _is_placed(self, name: tuple[int, int], typed: tuple[int, int], end: int) -> bool:
        """Whether capitalised words are a place by the words around them; `typed` is the name with its words of sort."""
        sentence, (first, last) = self.names.sentence, typed
        after = self.text.words[end] if end < sentence.last else None
        if name[0] == sentence.first:
            return typed != name and lead_of(self.text, sentence, first, last, typed=False) is Lead.HEADING
        if end == last and after is not None and _is_plain(after):
            return False
        if self.titled and (typed == name or first == name[0]):
            return self._is_led(first) and (typed != name or after is None or after.kind != WORD)
        return typed != name or end > last or self._is_led(first) or self._is_listed(first, after)

    def _is_named_behind(self, here: int) -> bool:
        """Arabic: `قرية الزيتونية` names a village, `الأحياء السكنية` describes one."""
        return self.names.is_typed(here) and not self.text.words[here - 1].prefix.endswith("ال")

    def _is_acronym(self, here: int, last: int, end: int) -> bool:
        """`the LNA`, `an NGO clinic`: short capitals that name a body; `FATA` alone may be a place."""
        return end > last or (here > self.names.sentence.first and self.text.words[here - 1].norm == "the")

    def _is_listed(self, first: int, after: Word | None) -> bool:
        """`A and B`, and the second of `A, B and C`; in `A, B News reported` and `A, and B said` it is who speaks."""
        if not self._joins(first) or (after is not None and after.flags & bit.TELLS):
            return False
        joined = any(word.flags & bit.AND for word in self.text.words[self.end : first])
        return joined or (after is not None and bool(after.flags & bit.AND))

    def _is_led(self, first: int) -> bool:
        """Whether a preposition makes a place of an unknown name; after `to` and `from` it is one only where people move."""
        words, start = self.text.words, self.names.sentence.first
        before = first - 2 if words[first - 1].norm == "the" and first - 1 > start else first - 1
        flags = words[before].flags
        if not flags & bit.LEAD or words[before].norm == "between":  # `between A and B`: those who fight
            return False
        moves = any(w.trigger or w.flags & SITE_WORD for w in words[max(before - 4, start) : before + 1])
        return moves or not flags & (bit.ORIGIN | bit.DESTINATION)


def _can_name(item: Item, text: Text, sentence: Sentence, gazetteer: Gazetteer) -> bool:
    """Times, numbers, organisations and words with a job (`The`, `These`, `In`) name no place.

    But a region can begin with such a word (`the southern region`), and in Arabic a name behind a word of place (`قرية الجديدة`).
    """
    if item.when is not None or item.number is not None or item.entry.metric is not None or organisation_of(item, text):
        return False
    word = text.words[item.first]
    if not item.flags & ~_NAMES or word.own is None or word.whole in gazetteer.region_starts:
        return True
    behind_type = item.first > sentence.first and bool(text.words[item.first - 1].flags & TYPE)
    return (behind_type or word.prefix.endswith("ال")) and not item.flags & TYPE and not word.text.isascii()


def _is_titled(text: Text, sentence: Sentence) -> bool:
    """Whether a sentence is a headline that capitalises its words."""
    words = [w for w in text.words[sentence.first : sentence.last] if w.kind == WORD and w.text.isascii() and len(w.text) > 3]
    return sum(w.capital for w in words) > _TITLED * len(words)


def _is_plain(word: Word) -> bool:
    """A common noun behind a capitalised word: the word was an adjective."""
    common = word.kind == WORD and not word.capital and not word.trigger and not word.flags & _GOES_ON
    return common and word.norm not in _CAUSES and not word.norm.endswith("ly")


def _is_adjective(word: Word) -> bool:
    """`INGO-supported`, `Kurdish-run`."""
    return "-" in word.text and word.text.rpartition("-")[2].islower() and word.norm.endswith(_PARTICIPLES)


def _unit_fineness(around: Iterator[Word]) -> int:
    """How fine an unknown name is by the unit beside it; without one it is taken for a town."""
    lexicon = place_words()
    units = (lexicon.unit(word.norm) for word in around)
    unit = next(filter(None, units), "")
    if not unit:
        return TOWN
    return AREA if unit == COUNTRYSIDE else _FINENESS[PlacePrecision(unit)]
