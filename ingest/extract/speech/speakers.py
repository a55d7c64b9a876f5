"""The noun phrases beside a word of speech, and who in them can speak."""

from dataclasses import dataclass, replace
from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item, organisation_of
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import WORD

_LENGTH: Final = 12  # items of a noun phrase, complements included
_BRACKET: Final = 6
_POSSESSED: Final = 3
_SHORT: Final = 3
_PRONOUN: Final = 3
_ANYBODY: Final = frozenset({"anonymous_local", "informants"})
_CLAUSE_REACH: Final = 20  # items of a relative clause
_SUBJECT_REACH: Final = 14  # items between a speaker and its verb where something stands between them
_ENDS: Final = bits("comma boundary says cites colon dash quote open close pause stop modal be leave by percent that")
_BARE: Final = bits("and or of by preposition definite article have be that")
_NARROWS: Final = bits("of preposition and")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: an organisation or role id, empty for somebody we have no id for. `first`/`last` are the words that name them,
    `whole` the words of the noun phrase they stand in, `at` their item. A pronoun stands for somebody named before; a
    `definite` noun (`the reporter`) may.
    """

    source: str
    first: int
    last: int
    at: int
    whole: tuple[int, int]
    pronoun: bool = False
    definite: bool = False


def is_latin(item: Item, text: Text) -> bool:
    """Arabic verbs stand before their subject, Latin ones mostly after it."""
    return text.words[item.first].norm.isascii()


def is_addressed(items: list[Item], at: int, text: Text) -> bool:
    """Whether the item is spoken to: `told Crown News`, `لوكالة ...`, `لـ ...`."""
    words = text.words
    back = at - 1
    if back >= 0 and items[back].flags & bit.DEFINITE:
        back -= 1
    if back >= 0 and items[back].flags & bit.ADDRESSES:
        return True
    glued = words[items[at].first].prefix + (words[items[back].first].prefix if back >= 0 else "")
    if "ل" not in glued and (back < 0 or words[items[back].first].norm != "ل"):
        return False
    return not any(i.flags & bit.ACCOUNT for i in items[max(at - _POSSESSED, 0) : at])  # "حصيلة أولية للدفاع المدني"


def subject(items: list[Item], verb: int, text: Text, quoted: set[int]) -> Speaker | None:
    """Who a word of speech has before it: its noun phrase, looking through an apposition or an aside; else the nearest known
    speaker that nothing separates from it. `quoted` are items of speakers that somebody else quotes.
    """
    if (described := _relative(items, verb, text)) is not None:
        return described
    last = _skip_back(items, verb, text)
    aside: tuple[int, int] | None = None
    if last and items[last - 1].flags & bit.COMMA:
        aside = _before(items, last - 1)
        opens = aside[0] - 1
        if opens >= 0 and items[opens].flags & bit.CITES:
            opens, aside = opens - 1, None
        if opens > 0 and items[opens].flags & bit.COMMA:
            last = _skip_back(items, opens, text)
        elif aside is None or opens >= 0:
            return _nearest(items, verb, text, quoted)
    main = _before(items, last)
    speaker = _apposed(items, main, aside, text, quoted) if aside else _known(items, main, text, quoted)
    if speaker is None and (items[verb].flags & bit.TELLS or _is_name(items, main, text)):
        speaker = _unknown(items, main, text)
    return speaker or _nearest(items, verb, text, quoted)


def following(items: list[Item], verb: int, text: Text, *, unknown: bool) -> Speaker | None:
    """Who stands behind a word of speech: `according to X`, `, said X`, `قال X إن`; somebody we do not know only where allowed."""
    span = _after(items, verb, text)
    return _known(items, span, text, set()) or (_unknown(items, span, text) if unknown else None)


def is_named(items: list[Item], verb: int, text: Text) -> bool:
    """`أعلنت الرابطة مقتل ...`: a short subject with the article right between an Arabic verb and what it tells."""
    first, last = _after(items, verb, text)
    return 0 < last - first <= _SHORT and last < len(items) and items[last].entry.metric is not None and _has_article(items[first], text)


def _has_article(item: Item, text: Text) -> bool:
    return text.words[item.first].whole.startswith("ال")


def after_phrase(items: list[Item], verb: int, text: Text) -> int:
    """The item that ends the noun phrase behind a word of speech."""
    return _after(items, verb, text)[1]


def known_at(items: list[Item], first: int, last: int, text: Text) -> Speaker | None:
    """The speaker we know among the items."""
    return _known(items, (first, last), text, set())


def _ends(item: Item) -> bool:
    if item.entry.speaker or item.flags & (bit.PRONOUNS | (0 if item.flags & bit.SAYS else bit.ACCOUNT)):
        return False  # "reports" in "reports on Thursday said"
    return bool(item.flags & _ENDS) or item.number is not None or item.when is not None or item.entry.metric is not None


def _skip_back(items: list[Item], verb: int, text: Text) -> int:
    """Before `has`, `also`, `reluctantly`, `on Friday` and a bracket: where the subject ends."""
    last = verb
    while last > 0:
        item = items[last - 1]
        if item.flags & bit.CLOSE:
            opens = next((k for k in range(last - 2, max(last - 2 - _BRACKET, -1), -1) if items[k].flags & bit.OPEN), None)
            if opens is None:
                return last
            last = opens
        elif _qualifies(item, text) or (last < verb and item.flags & bit.PREPOSITION and items[last].when is not None):
            last -= 1
        else:
            return last
    return last


def _qualifies(item: Item, text: Text) -> bool:
    """`has`, `also`, `Friday`, `reluctantly`."""
    adverb = text.words[item.first].norm.endswith("ly") and item.entry.group is None
    return adverb or item.when is not None or bool(item.flags & (bit.HAVE | bit.ASIDE))


def _before(items: list[Item], last: int) -> tuple[int, int]:
    first = last
    while first > 0 and last - first < _LENGTH and not _ends(items[first - 1]):
        first -= 1
    return first, last


def _after(items: list[Item], verb: int, text: Text) -> tuple[int, int]:
    first = verb + 1
    if first < len(items) and items[first].flags & bit.QUOTE:
        first += 1  # names in quotation marks
    last = first
    while last < len(items) and last - first <= _LENGTH and not _ends(items[last]) and text.words[items[last].first].text not in ".!?":
        last += 1
    return first, last


def _candidate(items: list[Item], at: int, text: Text) -> tuple[str, bool] | None:
    """(source id, is a pronoun) of the item, if it can speak."""
    item = items[at]
    organisation = organisation_of(item, text)
    if organisation and not is_addressed(items, at, text):
        return organisation, False
    if item.entry.speaker:
        return item.entry.speaker, False
    if item.flags & bit.PRONOUNS:
        return "", True
    return None


def _known(items: list[Item], span: tuple[int, int], text: Text, quoted: set[int]) -> Speaker | None:
    """The speaker of a noun phrase: an organisation before a role before a pronoun, the first of a list."""
    found: dict[int, tuple[int, str]] = {}
    for at in range(*span):
        candidate = None if at in quoted else _candidate(items, at, text)
        if candidate is not None:
            found.setdefault(_rank(items[at], candidate), (at, candidate[0]))
    if not found:
        return None
    rank = min(found)
    at, source = found[rank]
    pronoun = rank == _PRONOUN
    if pronoun and span[1] - at > 2:  # a pronoun this far from the word of speech is somebody else's
        return None
    last = _end_of_name(items, at, span[1], text) if items[at].entry.speaker else at + 1
    return Speaker(source, items[at].first, items[last - 1].last, at, _words(items, span), pronoun)


def _rank(item: Item, candidate: tuple[str, bool]) -> int:
    if candidate[1]:
        return _PRONOUN
    if item.entry.organisation and not item.entry.speaker:
        return 0
    return 2 if item.entry.speaker in _ANYBODY else 1  # "a source at the police command"


def _end_of_name(items: list[Item], at: int, last: int, text: Text) -> int:
    """`activists and rescue workers`, `doctors at the town's hospital`: a role is named with what narrows it."""
    if at + 1 < last and not items[at + 1].flags & _NARROWS:
        return at + 1
    return _trimmed(items, at, last, text)


def _trimmed(items: list[Item], first: int, last: int, text: Text) -> int:
    while last > first + 1 and (items[last - 1].flags & (_BARE | bit.ACCOUNT) or text.words[items[last - 1].first].kind != WORD):
        last -= 1
    return last


def _words(items: list[Item], span: tuple[int, int]) -> tuple[int, int]:
    return items[span[0]].first, items[span[1] - 1].last


def _unknown(items: list[Item], span: tuple[int, int], text: Text) -> Speaker | None:
    """The noun phrase as somebody we have no id for."""
    first, last = span
    while first < last and items[first].flags & (bit.DEFINITE | bit.ARTICLE):
        first += 1
    definite = first > span[0] and bool(items[first - 1].flags & bit.DEFINITE)
    last = next((k for k in range(first, last) if organisation_of(items[k], text) and is_addressed(items, k, text)), last)
    account = last > first and bool(items[last - 1].flags & bit.ACCOUNT) and not any(i.flags & bit.PREPOSITION for i in items[first:last])
    last = _trimmed(items, first, last, text) if last > first else last
    if first >= last or items[first].flags & _BARE or not any(text.words[i.first].kind == WORD for i in items[first:last]):
        return None
    words = _words(items, (first, last))
    if account or items[span[0]].flags & bit.OWNERS:
        return Speaker("", *words, first, words, pronoun=True)  # "according to the latest figures", "its director": of whoever spoke last
    return Speaker("", *words, first, words, definite=definite and last == first + 1)


def _apposed(items: list[Item], main: tuple[int, int], aside: tuple[int, int], text: Text, quoted: set[int]) -> Speaker | None:
    """`X, an opposition war monitor, said`: the name; `N. N., a spokesman for X, said`: whom the person speaks for."""
    named, beside = _known(items, main, text, quoted), _known(items, aside, text, quoted)
    if named is not None and not named.pronoun:
        return named
    whole = (items[main[0]].first, items[aside[1] - 1].last) if main[1] > main[0] and aside[1] > aside[0] else None
    unknown = _unknown(items, main, text)
    if beside is None:
        return replace(unknown, last=whole[1], whole=whole) if unknown is not None and whole is not None else unknown
    if unknown is not None and beside.source and _is_kind(items, aside, beside.at):
        return unknown  # "the Relief Committee, another monitoring group"
    return Speaker(beside.source, beside.first, beside.last, beside.at, whole or beside.whole, beside.pronoun)


def _is_kind(items: list[Item], aside: tuple[int, int], at: int) -> bool:
    """`a war monitor`, `another agency`: says what somebody is, not for whom they speak (`a spokesman for the army`)."""
    first, last = aside
    indefinite = bool(items[first].flags & (bit.ARTICLE | bit.ONE)) or not items[at].entry.organisation
    return indefinite and at == last - 1 and not any(i.flags & _NARROWS for i in items[first:at])


def _relative(items: list[Item], verb: int, text: Text) -> Speaker | None:
    """`the Observatory, which relies on sources in the country, said`: what a relative clause before the verb tells of."""
    for at in range(verb - 1, max(verb - 1 - _CLAUSE_REACH, 0), -1):
        if items[at].flags & bit.SAYS or items[at].number is not None:
            return None
        if items[at].flags & bit.RELATIVE:
            head = at - 1 - bool(items[at - 1].flags & bit.COMMA)
            return _known(items, (head, head + 1), text, set()) if head >= 0 and _candidate(items, at + 1, text) is None else None
    return None


def _is_name(items: list[Item], span: tuple[int, int], text: Text) -> bool:
    """`the Relief Fund` in `the Relief Fund counted nine dead`: several words in capitals."""
    names = [i for i in items[span[0] : span[1]] if not i.flags & (bit.DEFINITE | bit.ARTICLE)]
    return len(names) > 1 and all(text.words[i.first].capital and text.words[i.first].norm.isascii() for i in names)


def _nearest(items: list[Item], verb: int, text: Text, quoted: set[int]) -> Speaker | None:
    """`the Observatory, which relies on a network of sources, said`: the nearest known speaker no other speech or number cuts off."""
    for at in range(verb - 1, max(verb - 1 - _SUBJECT_REACH, -1), -1):
        item = items[at]
        if at < verb - 1 and (item.flags & (bit.SAYS | bit.PAUSE) or item.number is not None):
            return None
        candidate = None if at in quoted else _candidate(items, at, text)
        if candidate is not None and not candidate[1]:
            return Speaker(candidate[0], item.first, item.last, at, (item.first, item.last))
    return None
