"""Where it happened: the places a sentence names, and which of them each quantity belongs to."""

from dataclasses import dataclass

from ingest.extract.entries import BIT
from ingest.extract.items import Item, organisation_of
from ingest.extract.quantities import Quantity
from ingest.extract.sentences import Sentence, Text
from ingest.extract.tokens import WORD
from ingest.model.vocabulary import PlaceRole
from ingest.places.folding import fold_after_proclitics, fold_token
from ingest.places.gazetteer import Gazetteer
from ingest.places.place import Resolved

_LEADS = frozenset("in at near on outside inside around across throughout within from of over to into toward towards of between and on fi".split())
_ORIGIN = frozenset({"from", "من"})
_DESTINATION = frozenset({"to", "into", "toward", "towards", "الي", "نحو"})
_ARABIC_LEADS = frozenset("في ب من الي علي قرب شرق غرب شمال جنوب محيط داخل مدينه بلده قريه ريف محافظه منطقه حي مخيم".split())
# Nouns that belong to the place as written: "Jurin village", "western countryside of Aleppo".
_TYPES = frozenset(
    "village villages town city province governorate countryside district neighbourhood neighborhood suburb camp area region subdistrict county state island "
    "northern southern eastern western north south east west northwest northeast southwest southeast north-west north-east south-west south-east "
    "northwestern northeastern southwestern southeastern central rural greater".split()
)
_LINKS = frozenset("of in the and".split())
_LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as written: words [first, last) of the text, what it comes to, and the item it stands at."""

    first: int
    last: int
    at: int
    resolved: Resolved | None
    led: bool
    role: PlaceRole


def find(items: list[Item], text: Text, sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    """The places of one sentence in order: names the gazetteer knows, and capitalised names after a word of place."""
    item_at = _item_index(items, sentence)
    found: list[Mention] = []
    here = sentence.first
    while here < sentence.last:
        mention = _at(items, text, sentence, gazetteer, here, item_at)
        if mention is None:
            here += 1
            continue
        found.append(mention)
        here = max(mention.last, here + 1)
    return found


def _item_index(items: list[Item], sentence: Sentence) -> list[int]:
    index = [0] * (sentence.last - sentence.first)
    for position, item in enumerate(items):
        for word in range(item.first, item.last):
            index[word - sentence.first] = position
    return index


def _at(items: list[Item], text: Text, sentence: Sentence, gazetteer: Gazetteer, here: int, item_at: list[int]) -> Mention | None:
    word = text.words[here]
    if word.kind != WORD:
        return None
    latin = word.norm.isascii() or not word.prefix
    if word.text[:1].isascii() and not word.capital and not word.text.startswith(("al-", "el-", "as-", "ar-", "ad-", "an-", "ash-", "at-", "az-")):
        return None
    at = item_at[here - sentence.first]
    item = items[at]
    if item.when is not None or item.number is not None or organisation_of(item, text):
        return None
    known = _longest_known(text, sentence, gazetteer, here)
    led = _is_led(text, sentence, here)
    if known is not None and (led or item.entry.group is None):
        last, name = known
        first, last = _with_type(text, sentence, here, last)
        return Mention(first, last, at, gazetteer.resolve(name), led, _role(text, sentence, here))
    if latin and led and word.capital and item.entry.metric is None and item.entry.group is None and not item.flags & (BIT["stop"] | BIT["says"] | BIT["thing"]):
        last = here + 1
        while last < sentence.last and last - here < _LONGEST_NAME and text.words[last].capital and text.words[last].kind == WORD:
            last += 1
        first, last = _with_type(text, sentence, here, last)
        return Mention(first, last, at, None, led, _role(text, sentence, here))
    return None


def _longest_known(text: Text, sentence: Sentence, gazetteer: Gazetteer, here: int) -> tuple[int, str] | None:
    """(word after it, name) of the longest run of words from `here` that the gazetteer knows."""
    limit = min(sentence.last, here + gazetteer.max_words + 2)
    by_folded = gazetteer.by_folded
    for _left, first in fold_after_proclitics(text.words[here].text):
        folded, best = first, None
        if folded in by_folded:
            best = (here + 1, folded)
        for last in range(here + 1, limit):
            following = text.words[last]
            if following.kind != WORD or not (following.capital or not following.text.isascii() or following.norm in ("al", "of", "el")):
                break
            piece = fold_token(following.text)
            folded = f"{folded} {piece}" if piece else folded
            if folded in by_folded:
                best = (last + 1, folded)
        if best is not None:
            return best[0], _as_written(text, here, best[0], best[1])
    return None


def _as_written(text: Text, first: int, last: int, folded: str) -> str:
    written = text.text[text.starts[first] : text.ends[last - 1]]
    return written if not written[:1] or written.isascii() else folded


def _is_led(text: Text, sentence: Sentence, here: int) -> bool:
    """Whether a word of place stands before: `in`, `near`, `the town of`, or the name opens a dateline (`Aleppo province:`)."""
    if here == sentence.first:
        return True
    before = text.words[here - 1]
    if before.prefix and "ب" in before.prefix:
        return True
    norm = before.norm
    if norm == "the" and here - 1 > sentence.first:
        norm = text.words[here - 2].norm
    return norm in _LEADS or norm in _TYPES or norm in _ARABIC_LEADS or bool(text.words[here].prefix)


def _role(text: Text, sentence: Sentence, here: int) -> PlaceRole:
    for back in range(here - 1, max(here - 4, sentence.first - 1), -1):
        norm = text.words[back].norm
        if norm in _ORIGIN:
            return PlaceRole.ORIGIN
        if norm in _DESTINATION:
            return PlaceRole.DESTINATION
        if norm not in _TYPES and norm not in _LINKS:
            break
    return PlaceRole.LOCATION


def _with_type(text: Text, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The name with the words that say what sort of place it is, on either side."""
    while last < sentence.last and text.words[last].norm in _TYPES:
        last += 1
    back = first
    while back > sentence.first and (text.words[back - 1].norm in _TYPES or (text.words[back - 1].norm in _LINKS and back - 1 > sentence.first and text.words[back - 2].norm in _TYPES)):
        back -= 1
    return back, last


def place_of(quantity: Quantity, mentions: list[Mention], trigger_at: int | None, until: int) -> Mention | None:
    """The mention a quantity belongs to: the first one led in by a word of place after it or its trigger, else the last before.

    `until` is the item where the next quantity with a trigger of its own begins; what stands behind it is that one's.
    """
    if not mentions:
        return None
    led = [m for m in mentions if m.led] or mentions
    start = max(quantity.at, trigger_at) if trigger_at is not None else quantity.at
    after = [m for m in led if start <= m.at < until]
    between = [m for m in led if quantity.at < m.at < start]
    before = [m for m in led if m.at < quantity.at]
    if between:
        return between[0]
    if after:
        return after[0]
    return before[-1] if before else None
