"""The places a sentence names: names the gazetteer knows, countries, and names only a word of place makes known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extract.entries import BIT, bits
from ingest.extract.items import Item, organisation_of
from ingest.extract.leads import Lead, lead_of, role_of
from ingest.extract.lexicon import Word
from ingest.extract.sentences import Sentence, Text
from ingest.extract.tokens import WORD
from ingest.model.vocabulary import PlacePrecision, PlaceRole
from ingest.places.folding import fold, fold_after_proclitics, fold_token
from ingest.places.gazetteer import Gazetteer
from ingest.places.phrase import COUNTRYSIDE
from ingest.places.phrase import words as place_words
from ingest.places.place import Resolved

_TYPE = BIT["place_type"]
_SITE = BIT["site"]
_ABROAD = BIT["country"] | BIT["territory"]
_NAMES = bits("digits country territory owner")
_GOES_ON = bits("be have and or boundary preposition of by include says cites since modal stop as_of leave place_type site tells lead")
_LONGEST_NAME = 5
_ARTICLES = ("al-", "el-", "as-", "ar-", "ad-", "an-", "ash-", "at-", "az-")
_PARTICLES = frozenset(["al", "el", "de", "du", "da", "la", "des"])
_SITE_ADJECTIVES = frozenset(["international", "military", "civil", "main", "old", "central"])
_TITLED = 0.6  # share of capitalised words above which capitals say nothing

# From coarse to fine; a countryside is as fine as the division it is read as.
_FINENESS = {
    PlacePrecision.COUNTRY: 0, PlacePrecision.CROSS_BORDER: 0, PlacePrecision.REGION_INFORMAL: 1, PlacePrecision.GOVERNORATE: 2,
    PlacePrecision.DISTRICT: 3, PlacePrecision.SUBDISTRICT: 4, PlacePrecision.CITY_OR_TOWN: 5, PlacePrecision.NEIGHBOURHOOD: 6,
    PlacePrecision.SITE: 7, PlacePrecision.POINT: 8,
}  # fmt: skip
COUNTRY, AREA, TOWN, SITE = 0, 2, 5, 7


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as written: words [first, last) of the text, the item it starts at, what it comes to, and how it is led in.

    `fineness` runs from 0 (a country) over 2 (a first-level division) and 5 (a town) to 8 (a point).
    """

    first: int
    last: int
    at: int
    resolved: Resolved | None
    fineness: int
    lead: Lead
    role: PlaceRole = PlaceRole.LOCATION


def as_written(mention: Mention, text: Text) -> str:
    """The words of a place, less an Arabic particle glued to the first (`بريف`) and the mark of an owner on the last (`Northmark's`)."""
    first, last = text.words[mention.first], text.words[mention.last - 1]
    start, end = text.starts[mention.first], text.ends[mention.last - 1]
    glued = first.prefix.removesuffix("ال")
    if glued and text.text.startswith(glued, start):
        start += len(glued)
    ending = next((e for e in ("'s", "’s") if last.text.endswith(e)), "s" if last.flags & BIT["owner"] else "")
    return text.text[start : end - len(ending)]


def stated(first: int, last: int, resolved: Resolved, finely: PlacePrecision | None) -> Mention:
    """Words that are a place by where they stand, such as a cell under `District`; one that is not known stays as written."""
    precision = resolved.precision or finely
    known = resolved.place is not None or bool(resolved.candidates or resolved.coverage)
    return Mention(first, last, 0, resolved if known else None, TOWN if precision is None else _FINENESS[precision], Lead.LED)


def find(items: list[Item], text: Text, sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    """The single places of one sentence, in order."""
    found: list[Mention] = []
    titled = _is_titled(text, sentence)
    for at, item in enumerate(items):
        if not _can_name(item, text, sentence, gazetteer):
            continue
        for here in range(item.first, item.last):
            if (found and here < found[-1].last) or not _looks_like_a_name(text.words[here], gazetteer):
                continue
            attributive = item.entry.group is not None
            mention = next(
                filter(None, _candidates(at, here, items, text, sentence, gazetteer, attributive=attributive, titled=titled)), None
            )
            if mention is not None:
                found.append(_beside(found, mention, text))
    return found


def _candidates(  # noqa: PLR0917
    at: int, here: int, items: list[Item], text: Text, sentence: Sentence, gazetteer: Gazetteer, *, attributive: bool, titled: bool
) -> Iterator[Mention | None]:
    yield _known(at, here, text, sentence, gazetteer, attributive=attributive)
    if items[at].flags & _ABROAD:
        yield _abroad(at, items[at], text, sentence, gazetteer)
    elif not attributive:
        yield _unknown(at, here, text, sentence, gazetteer, titled=titled)


def _can_name(item: Item, text: Text, sentence: Sentence, gazetteer: Gazetteer) -> bool:
    """Times, numbers, organisations and words with a job (`The`, `These`, `In`) name no place.

    But a region can begin with such a word (`the southern region`), and in Arabic a name behind a word of place (`قرية الجديدة`).
    """
    if item.when is not None or item.number is not None or item.entry.metric is not None or organisation_of(item, text):
        return False
    word = text.words[item.first]
    if not item.flags & ~_NAMES or word.own is None or word.whole in gazetteer.region_starts:
        return True
    behind_type = item.first > sentence.first and bool(text.words[item.first - 1].flags & _TYPE)
    return behind_type and not item.flags & _TYPE and not word.text.isascii()


def _looks_like_a_name(word: Word, gazetteer: Gazetteer) -> bool:
    if word.kind != WORD:
        return False
    return not word.text[:1].isascii() or word.capital or word.text.startswith(_ARTICLES) or word.whole in gazetteer.region_starts


def _is_titled(text: Text, sentence: Sentence) -> bool:
    """Whether a sentence is a headline that capitalises its words."""
    words = [w for w in text.words[sentence.first : sentence.last] if w.kind == WORD and w.text.isascii() and len(w.text) > 3]
    return sum(w.capital for w in words) > _TITLED * len(words)


def _beside(found: list[Mention], mention: Mention, text: Text) -> Mention:
    """`in A and B`: the second is led in like the first."""
    last = found[-1] if found else None
    if last is None or mention.lead is not Lead.BARE:
        return mention
    between = text.words[last.last : mention.first]
    glued = not between and text.words[mention.first].text.startswith("و")
    joined = between and all(w.flags & (BIT["and"] | BIT["comma"] | BIT["definite"]) for w in between)
    return replace(mention, lead=last.lead, role=last.role) if glued or joined else mention


def _known(at: int, here: int, text: Text, sentence: Sentence, gazetteer: Gazetteer, *, attributive: bool) -> Mention | None:
    """A name the gazetteer knows, with the words around it that say how finely it is meant."""
    known = _longest_known(text, sentence, gazetteer, here)
    if known is None or (gazetteer.is_ordinary(known.name) and not _beside_type(text, sentence, here, known.last)):
        return None
    first, last = _with_type(text, sentence, here, known.last)
    lead = lead_of(text, sentence, first, last, typed=known.glued or first < here)
    if lead is Lead.BARE and (attributive or _describes_people(text, sentence, last)):
        return None
    if lead is Lead.BARE and all(p.importance == 0 for p in gazetteer.by_folded.get(fold(known.name), ())):
        return None  # a village called like a word is a village only where a word of place leads it in
    resolved = gazetteer.resolve(text.text[text.starts[first] : text.ends[last - 1]])
    if resolved.place is None and not resolved.candidates and not resolved.coverage:
        resolved = gazetteer.resolve(known.name)
    fineness = _FINENESS[resolved.precision] if resolved.precision is not None else TOWN
    end = _with_site(text, sentence, last)
    return Mention(first, end, at, resolved, fineness if end == last else SITE, lead, role_of(text, sentence, first))


def _describes_people(text: Text, sentence: Sentence, last: int) -> bool:
    """`the Northmark University student`, `Northmark residents`: the name says who, not where."""
    end = _with_site(text, sentence, last)
    while end < sentence.last and text.words[end].capital and text.words[end].own is None:
        end += 1
    own = text.words[end].own if end < sentence.last else None
    return own is not None and own.group is not None and text.words[end].text.isascii()


def _abroad(at: int, item: Item, text: Text, sentence: Sentence, gazetteer: Gazetteer) -> Mention | None:
    """A country or territory that the lexicon names."""
    word = text.words[item.first]
    if word.text[:1].isascii() and not word.capital:
        return None
    owner = bool(item.flags & BIT["owner"])
    first, last = _with_type(text, sentence, item.first, item.last, directions=owner)
    lead = lead_of(text, sentence, first, last, typed=first < item.first)
    if lead is Lead.BARE and _describes_people(text, sentence, last):
        return None
    resolved = gazetteer.resolve(" ".join(item.entry.phrase).removesuffix("s")) if owner else None
    inside = last - first > item.last - item.first or item.flags & BIT["territory"]
    known = resolved if resolved is not None and resolved.place is not None else None
    return Mention(first, last, at, known, 1 if inside else COUNTRY, lead, role_of(text, sentence, first))


def _unknown(at: int, here: int, text: Text, sentence: Sentence, gazetteer: Gazetteer, *, titled: bool) -> Mention | None:
    """A name behind a word of place that the gazetteer does not know; `the Turkish offensive` names none."""
    word = text.words[here]
    end = _end_of_name(text, sentence, here)
    first, last = _with_type(text, sentence, here, end)
    if word.own is not None or (first == here and gazetteer.is_ordinary(word.text)):
        return None
    typed, sited = (first, last) != (here, end), _with_site(text, sentence, last)
    if not word.text[:1].isascii():
        named = first < here
    elif here == sentence.first:
        named = typed and lead_of(text, sentence, first, last, typed=False) is Lead.HEADING
    else:
        named = ((typed or sited > last) and not (titled and first == here)) or _is_led_by_name(text, sentence, first)
        named = named and not (sited == last and last < sentence.last and _is_plain(text.words[last]))
        named = named and not (titled and not typed and last < sentence.last and text.words[last].kind == WORD)
    if not named:
        return None
    lead = lead_of(text, sentence, first, last, typed=first < here)
    fineness = SITE if sited > last else _unit_fineness(text.words[first:here], text.words[end:last])
    return Mention(first, sited, at, None, fineness, lead, role_of(text, sentence, first))


def _is_led_by_name(text: Text, sentence: Sentence, first: int) -> bool:
    """Whether a preposition makes a place of an unknown name; after `to`, `from` and `over` it is one only where people move."""
    before = first - 2 if text.words[first - 1].norm == "the" and first - 1 > sentence.first else first - 1
    flags = text.words[before].flags
    if not flags & BIT["lead"]:
        return False
    moves = any(w.trigger or w.flags & _SITE for w in text.words[max(before - 4, sentence.first) : before])
    return moves or not flags & (BIT["origin"] | BIT["destination"])


def _end_of_name(text: Text, sentence: Sentence, here: int) -> int:
    words, end = text.words, here + 1
    limit = min(sentence.last, here + _LONGEST_NAME)
    if not words[here].text[:1].isascii():
        elements = place_words().elements
        while (
            end < limit
            and words[end].kind == WORD
            and words[end].own is None
            and (words[end - 1].text in elements or words[end].text.startswith("ال"))
        ):
            end += 1
        return end
    while end < limit:
        word = words[end]
        particle = word.norm in _PARTICLES and end + 1 < limit and words[end + 1].capital
        if not particle and not (word.kind == WORD and (word.capital or word.text.startswith(_ARTICLES)) and _stays(word)):
            break
        end += 1
    return end


def _stays(word: Word) -> bool:
    """Whether a capitalised word can go on a name: not `Monday`, `Killed`, `Army`."""
    own = word.own
    return own is None or not (own.flags or own.metric or own.group or own.weekday is not None or own.month or own.organisation)


def _is_plain(word: Word) -> bool:
    """A common noun behind a capitalised word: the word was an adjective."""
    return word.kind == WORD and not word.capital and not word.trigger and not word.flags & _GOES_ON and not word.norm.endswith("ly")


def _unit_fineness(*around: list[Word]) -> int:
    """How fine an unknown name is by the unit beside it; without one it is taken for a town."""
    lexicon = place_words()
    for word in (w for some in around for w in some):
        unit = lexicon.unit(word.norm)
        if unit:
            return AREA if unit == COUNTRYSIDE else _FINENESS[PlacePrecision(unit)]
    return TOWN


def _beside_type(text: Text, sentence: Sentence, first: int, last: int) -> bool:
    """Whether a word such as village stands beside a name that is also an ordinary word."""
    return (first > sentence.first and bool(text.words[first - 1].flags & _TYPE)) or (
        last < sentence.last and bool(text.words[last].flags & _TYPE)
    )


@dataclass(frozen=True, slots=True)
class _Name:
    """The longest known name at a word: the word after it, the name, and whether Arabic `in` is glued to it."""

    last: int
    name: str
    glued: bool


def _longest_known(text: Text, sentence: Sentence, gazetteer: Gazetteer, here: int) -> _Name | None:
    limit = min(sentence.last, here + gazetteer.max_words + 2)
    start = text.words[here]
    behind_type = here > sentence.first and bool(text.words[here - 1].flags & _TYPE)
    by_folded = gazetteer.index.folded if behind_type else gazetteer.by_folded
    common = bool(start.flags & _TYPE) or (start.text[:1].islower() and not start.text.startswith(_ARTICLES))
    for left, first in fold_after_proclitics(start.text):
        folded, best = first, None
        if folded in by_folded and not common:
            best = (here + 1, folded)
        for last in range(here + 1, limit):
            following = text.words[last]
            if following.kind != WORD or not (common or _goes_on(following)):
                break
            piece = fold_token(following.text)
            folded = f"{folded} {piece}" if piece else folded
            if folded in by_folded:
                best = (last + 1, folded)
        if best is not None:
            return _Name(best[0], _as_written(text, here, best[0], best[1]), "ب" in start.text[:left])
    return None


def _goes_on(word: Word) -> bool:
    return (
        word.capital
        or not word.text.isascii()
        or word.norm in ("al", "of", "el")
        or word.norm in _SITE_ADJECTIVES
        or bool(word.flags & _SITE)
    )


def _as_written(text: Text, first: int, last: int, folded: str) -> str:
    written = text.text[text.starts[first] : text.ends[last - 1]]
    return written if not written[:1] or written.isascii() else folded


def _with_type(text: Text, sentence: Sentence, first: int, last: int, *, directions: bool = False) -> tuple[int, int]:
    """The name with the words that say what sort of place it is, on either side; `directions` takes no others behind it."""
    words = text.words
    while last < sentence.last and words[last].flags & _TYPE and (not directions or place_words().direction(words[last].norm)):
        last += 1
    back = first
    while back > sentence.first:
        links = back
        while links > sentence.first and words[links - 1].flags & BIT["place_link"] and back - links < 2:
            links -= 1
        if links == sentence.first or not _says_which_sort(words[links - 1]):
            break
        if any(w.flags & BIT["and"] for w in words[links:back]) and not words[back].flags & _TYPE:
            break  # `north and east Northmark`, but not `its countryside and Northmark`
        back = links - 1
    return back, last


def _says_which_sort(word: Word) -> bool:
    """`town`; in Arabic also `hospital`, which stands before the name there."""
    return bool(word.flags & (_TYPE if word.text.isascii() else _TYPE | _SITE))


def _with_site(text: Text, sentence: Sentence, last: int) -> int:
    """The end of `Northmark international airport`, `Stonebridge gas field`."""
    words, end = text.words, last
    while end < sentence.last and end - last < 3 and (words[end].flags & _SITE or words[end].norm in _SITE_ADJECTIVES):
        end += 1
    return end if end > last and words[end - 1].flags & _SITE else last
