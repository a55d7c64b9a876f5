"""Where it happened: the places a sentence names, and which of them each quantity belongs to."""

from dataclasses import dataclass

from ingest.extract.entries import BIT
from ingest.extract.items import Item, organisation_of
from ingest.extract.lexicon import Word
from ingest.extract.quantities import Quantity
from ingest.extract.sentences import Sentence, Text
from ingest.extract.tokens import WORD
from ingest.model.vocabulary import PlacePrecision, PlaceRole
from ingest.places.folding import fold_after_proclitics, fold_token
from ingest.places.gazetteer import Gazetteer
from ingest.places.place import Resolved

_FUNCTION = (
    BIT["be"] | BIT["have"] | BIT["and"] | BIT["or"] | BIT["boundary"] | BIT["preposition"] | BIT["of"] | BIT["by"] | BIT["include"] | BIT["says"] | BIT["cites"] | BIT["since"] | BIT["modal"] | BIT["stop"] | BIT["as_of"]
)  # fmt: skip
_LEADS = frozenset("in at near on outside inside around across throughout within from over to into toward towards between and".split())
_ORIGIN = frozenset({"from", "من"})
_DESTINATION = frozenset({"to", "into", "toward", "towards", "الي", "نحو"})
_ARABIC_LEADS = frozenset("في ب من الي علي قرب شرق غرب شمال جنوب محيط داخل مدينه بلده قريه ريف محافظه منطقه حي مخيم".split())
# Nouns that belong to the place as written: "Jurin village", "western countryside of Aleppo".
_TYPES = frozenset(
    "village villages town city province governorate countryside district neighbourhood neighborhood suburb camp area region subdistrict county state island "
    "northern southern eastern western north south east west northwest northeast southwest southeast north-west north-east south-west south-east "
    "northwestern northeastern southwestern southeastern north-western north-eastern south-western south-eastern central rural greater "
    "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي ريف ريفي ارياف محافظه محافظتي مدينه مدينتي بلده قريه منطقه حي مخيم الشمالي الجنوبي الشرقي الغربي".split()
)
_LINKS = frozenset("of in the and".split())
_LONGEST_NAME = 5
_LISTED = 6  # words between two members of a list of places
_AND = frozenset({"and", ",", "&", "و", "،"})
_FILLERS = frozenset({"the", "its", "their", "in", "of"})


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
    return _joined(found, text, gazetteer)


def _joined(mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> list[Mention]:
    """`Aleppo and Idlib provinces`, `Idlib city, its countryside and the Aleppo countryside`: one area, written as a list."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is not None and last.resolved is not None and mention.resolved is not None and _is_list(last, mention, text):
            written = text.text[text.starts[last.first] : text.ends[mention.last - 1]]
            whole = gazetteer.resolve(written)
            if whole.coverage or whole.place is not None:
                joined[-1] = Mention(last.first, mention.last, last.at, whole, last.led, last.role)
                continue
        joined.append(mention)
    return joined


def _is_list(before: Mention, after: Mention, text: Text) -> bool:
    between = [text.words[at].norm for at in range(before.last, after.first)]
    return len(between) <= _LISTED and bool(set(between) & _AND) and all(word in _AND or word in _TYPES or word in _FILLERS for word in between)


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
    if item.flags & ~BIT["digits"] and word.own is not None:  # The, These, In: words with a job are no names
        return None
    known = _longest_known(text, sentence, gazetteer, here)
    led = _is_led(text, sentence, here)
    if known is not None and (led or item.entry.group is None):
        last, name = known
        if gazetteer.is_ordinary(name) and not _beside_type(text, sentence, here, last):
            return None
        first, last = _with_type(text, sentence, here, last)
        written = text.text[text.starts[first] : text.ends[last - 1]]
        resolved = gazetteer.resolve(written)
        if resolved.place is None and not resolved.candidates and not resolved.coverage:
            resolved = gazetteer.resolve(name)
        return Mention(first, last, at, resolved, led, _role(text, sentence, here))
    if latin and led and here > sentence.first and word.capital and word.own is None and item.entry.metric is None and item.entry.group is None:
        # an unknown name; `the Turkish offensive` names none
        last = here + 1
        while last < sentence.last and last - here < _LONGEST_NAME and text.words[last].capital and text.words[last].kind == WORD:
            last += 1
        if last < sentence.last and _is_plain(text.words[last]):
            return None
        first, last = _with_type(text, sentence, here, last)
        return Mention(first, last, at, None, led, _role(text, sentence, here))
    return None


def _is_plain(word: Word) -> bool:
    """A common noun behind a capitalised word: the word was an adjective."""
    return word.kind == WORD and not word.capital and word.norm not in _TYPES and not word.flags & _FUNCTION


def _beside_type(text: Text, sentence: Sentence, first: int, last: int) -> bool:
    """Whether a word such as village stands beside a name that is also an ordinary word."""
    return (first > sentence.first and text.words[first - 1].norm in _TYPES) or (last < sentence.last and text.words[last].norm in _TYPES)


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


def finest(mentions: list[Mention]) -> Mention:
    """The first mention that is no whole country: `Aleppo, Syria's largest city`."""
    return next((m for m in mentions if not _is_country(m)), mentions[0])


def _is_country(mention: Mention) -> bool:
    return mention.resolved is not None and mention.resolved.precision is PlacePrecision.COUNTRY


def place_of(quantity: Quantity, mentions: list[Mention], trigger_at: int | None, until: int) -> Mention | None:
    """The mention a quantity belongs to: the first one led in by a word of place after it or its trigger, else the last before.

    `until` is the item where the next quantity with a trigger of its own begins; what stands behind it is that one's.
    """
    if not mentions:
        return None
    finer = [m for m in mentions if not _is_country(m)] or mentions
    here_it_happened = [m for m in finer if m.role is PlaceRole.LOCATION] or finer
    led = [m for m in here_it_happened if m.led] or here_it_happened
    start = max(quantity.at, trigger_at) if trigger_at is not None else quantity.at
    after = [m for m in led if start <= m.at < until]
    between = [m for m in led if quantity.at < m.at < start]
    before = [m for m in led if m.at < quantity.at]
    if between:
        return between[0]
    if after:
        return after[0]
    return before[-1] if before else None
