"""Where it happened: the places a sentence names, and which of them each quantity belongs to."""

from dataclasses import dataclass, replace

from ingest.extract.entries import BIT, bits
from ingest.extract.items import Item, organisation_of
from ingest.extract.lexicon import Word
from ingest.extract.quantity import Quantity
from ingest.extract.sentences import Sentence, Text
from ingest.extract.tokens import WORD
from ingest.model.vocabulary import PlacePrecision, PlaceRole
from ingest.places.folding import fold, fold_after_proclitics, fold_token
from ingest.places.gazetteer import Gazetteer
from ingest.places.place import Resolved

_FUNCTION = bits("be have and or boundary preposition of by include says cites since modal stop as_of")
_LONGEST_NAME = 5
_ARTICLES = ("al-", "el-", "as-", "ar-", "ad-", "an-", "ash-", "at-", "az-")
_LISTED = 6  # words between two members of a list of places
_AND = BIT["and"] | BIT["comma"]
_TYPE = BIT["place_type"]
_FILLERS = BIT["definite"] | BIT["of"] | BIT["lead"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as written: words [first, last) of the text, what it comes to, and the item it stands at."""

    first: int
    last: int
    at: int
    resolved: Resolved | None
    led: bool = False
    role: PlaceRole = PlaceRole.LOCATION


def find(items: list[Item], text: Text, sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    """The places of one sentence in order: names the gazetteer knows, and capitalised names after a word of place."""
    found: list[Mention] = []
    for at, item in enumerate(items):
        if not _can_name(item, text):
            continue
        for here in range(item.first, item.last):
            if (found and here < found[-1].last) or not _looks_like_a_name(text.words[here]):
                continue
            led = _is_led(text, sentence, here)
            mention = _known(at, here, led or item.entry.group is None, text, sentence, gazetteer) or _unknown(at, here, text, sentence)
            if mention is not None:
                found.append(replace(mention, led=led, role=_role(text, sentence, here)))
    return _joined(found, text, gazetteer)


def _can_name(item: Item, text: Text) -> bool:
    """Times, numbers, organisations and words with a job (`The`, `These`, `In`) name no place."""
    if item.when is not None or item.number is not None or organisation_of(item, text):
        return False
    return not (item.flags & ~BIT["digits"] and text.words[item.first].own is not None)


def _looks_like_a_name(word: Word) -> bool:
    return word.kind == WORD and (not word.text[:1].isascii() or word.capital or word.text.startswith(_ARTICLES))


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
    between = text.words[before.last : after.first]
    return (
        len(between) <= _LISTED
        and any(word.flags & _AND for word in between)
        and all(word.flags & (_AND | _TYPE | _FILLERS) for word in between)
    )


def listed(mentions: list[Mention], text: Text, gazetteer: Gazetteer) -> list[list[Mention]]:
    """The places of a sentence by the lists they stand in, each place of a joined list for itself: `A, B and C`."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        members = _members(mention, text, gazetteer)
        if runs and _is_list(runs[-1][-1], members[0], text):
            runs[-1] += members
        else:
            runs.append(members)
    return runs


def _members(mention: Mention, text: Text, gazetteer: Gazetteer) -> list[Mention]:
    marks = [at for at in range(mention.first, mention.last) if text.words[at].flags & _AND]
    ends = zip([mention.first, *(at + 1 for at in marks)], [*marks, mention.last], strict=True)
    pieces = [(first, last, gazetteer.resolve(text.text[text.starts[first] : text.ends[last - 1]])) for first, last in ends if first < last]
    if len(pieces) < 2 or not all(resolved.place or resolved.candidates for _first, _last, resolved in pieces):
        return [mention]
    return [replace(mention, first=first, last=last, resolved=resolved) for first, last, resolved in pieces]


def _known(at: int, here: int, may: bool, text: Text, sentence: Sentence, gazetteer: Gazetteer) -> Mention | None:  # noqa: PLR0917
    """A name the gazetteer knows, with the words around it that say how finely it is meant."""
    known = _longest_known(text, sentence, gazetteer, here) if may else None
    if known is None or (gazetteer.is_ordinary(known[1]) and not _beside_type(text, sentence, here, known[0])):
        return None
    if not _is_led(text, sentence, here) and all(p.importance == 0 for p in gazetteer.by_folded.get(fold(known[1]), ())):
        return None  # a village called like a word is a village only where a word of place leads it in
    first, last = _with_type(text, sentence, here, known[0])
    resolved = gazetteer.resolve(text.text[text.starts[first] : text.ends[last - 1]])
    if resolved.place is None and not resolved.candidates and not resolved.coverage:
        resolved = gazetteer.resolve(known[1])
    return Mention(first, last, at, resolved)


def _unknown(at: int, here: int, text: Text, sentence: Sentence) -> Mention | None:
    """A capitalised name behind a word of place that the gazetteer does not know; `the Turkish offensive` names none."""
    word = text.words[here]
    if here == sentence.first or not word.capital or word.own is not None or not _is_led(text, sentence, here):
        return None
    last = here + 1
    while last < sentence.last and last - here < _LONGEST_NAME and text.words[last].capital and text.words[last].kind == WORD:
        last += 1
    if last < sentence.last and _is_plain(text.words[last]):
        return None
    first, last = _with_type(text, sentence, here, last)
    return Mention(first, last, at, None)


def _is_plain(word: Word) -> bool:
    """A common noun behind a capitalised word: the word was an adjective."""
    return word.kind == WORD and not word.capital and not word.flags & (_TYPE | _FUNCTION)


def _beside_type(text: Text, sentence: Sentence, first: int, last: int) -> bool:
    """Whether a word such as village stands beside a name that is also an ordinary word."""
    return (first > sentence.first and bool(text.words[first - 1].flags & _TYPE)) or (
        last < sentence.last and bool(text.words[last].flags & _TYPE)
    )


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
    if here == sentence.first or text.words[here].prefix:
        return True
    before = text.words[here - 1]
    if before.norm == "the" and here - 1 > sentence.first:
        before = text.words[here - 2]
    return bool(before.flags & (BIT["lead"] | _TYPE)) or "ب" in before.prefix


def _role(text: Text, sentence: Sentence, here: int) -> PlaceRole:
    for back in range(here - 1, max(here - 4, sentence.first - 1), -1):
        flags = text.words[back].flags
        if flags & BIT["origin"]:
            return PlaceRole.ORIGIN
        if flags & BIT["destination"]:
            return PlaceRole.DESTINATION
        if not flags & (_TYPE | BIT["place_link"]):
            break
    return PlaceRole.LOCATION


def _with_type(text: Text, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The name with the words that say what sort of place it is, on either side."""
    while last < sentence.last and text.words[last].flags & _TYPE:
        last += 1
    back = first
    while back > sentence.first and (
        text.words[back - 1].flags & _TYPE
        or (text.words[back - 1].flags & BIT["place_link"] and back - 1 > sentence.first and text.words[back - 2].flags & _TYPE)
    ):
        back -= 1
    return back, last


def finest(mentions: list[Mention]) -> Mention:
    """The first mention that is no whole country and nobody's origin: `Aleppo, Syria's largest city`."""
    here = [m for m in mentions if m.role is not PlaceRole.ORIGIN] or mentions
    return next((m for m in here if not _is_country(m)), here[0])


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
