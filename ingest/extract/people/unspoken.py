"""People counted without a number word in a language whose nouns say how many: the dual, and a singular that is called for.

`قتل مدنيان` are two, `بينهم طفل` is one; in `قال طبيب` nobody calls for the physician.
"""

from typing import Final

from ingest.extract.people.look_alikes import is_excluded_before
from ingest.extract.people.noun_phrases import read_noun_phrase
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.entries import PLAIN
from ingest.extract.words.items import Item
from ingest.extract.words.lexicon import Word
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import WORD
from ingest.model.vocabulary import CASUALTIES, PERSONAL

NOUN: Final = bit.DUAL | bit.BARE | bit.OBLIQUE | bit.COUNTABLE
_OF_THEM: Final = ("هم", "هما", "هن")
_CALLS: Final = bit.INCLUDE | bit.LEAVE | bit.PARTITION
_SETS_OFF: Final = bit.AND | bit.PREPOSITION | bit.BOUNDARY | bit.COMMA | bit.INCLUDE | bit.OPEN | bit.BY | bit.STOP
_BETWEEN: Final = bits(
    "quote comma open close place_type lead preposition boundary adjunct origin destination drawn_from thing occurs during by"
)
_ACCUSATIVE: Final = ("اً", "ًا")
_DOER: Final = bits("thing site place_type quote armed definite")
_DOERS: Final = 6  # items between a verb and its object
_REACH: Final = 8  # items between a noun that `and` joins and the people or the event it is joined to


def unspoken(items: list[Item], here: int, text: Text) -> Quantity | None:
    """The quantity that a noun of people is by itself; None where it only names somebody."""
    item = items[here]
    counted = item.entry.group is not None or item.entry.role == "head" or bool(item.flags & bit.COUNTABLE)
    value = _number(items, here, text) if counted else None
    if text.words[item.first].prefix == "ل" and here and items[here - 1].flags & bit.DUAL:
        return None  # إصابتين لشابين
    named = text.words[item.first].prefix.endswith("ال")
    if value is None or (named and not _is_named_victim(items, here, text)) or is_excluded_before(items, here, text):
        return None
    said = items[here + 1] if _spoken(items, here + 1) else item  # the word for the number where there is one
    quantity = Quantity(here, here + 1, said.first, said.last, item.first, (item.first, item.last), value=value, implicit=said is item)
    if not read_noun_phrase(items, here, text, quantity):
        return None
    if said is not item:
        quantity.after = max(quantity.after, here + 2)
    if item.entry.metric is not None and quantity.own_metric is None:
        quantity.own_metric = item.entry.metric
    return quantity


def one_of(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`مقتل أحد المدنيين`, `بينهم أحد القادة`: one, where something calls for a count; in `قال أحد السكان` nothing does."""
    item = items[here]
    if text.words[item.first].prefix.endswith("ال"):
        return None
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=1, implicit=True)
    if text.words[item.first].norm.endswith(_OF_THEM):
        quantity.partitive = True  # أفرجت عن أحدهم
        return quantity if _called(items, here, text) else None
    if not read_noun_phrase(items, here + 1, text, quantity) or quantity.bare or quantity.unknown or quantity.household:
        return None
    quantity.own_metric, quantity.weak = None, False  # وفاة أحد المصابين
    return quantity if _called(items, here, text) else None


def denied(items: list[Item], here: int) -> Quantity | None:
    """`لا إصابات`, `دون وقوع قتلى`: an explicit zero. In `لم ترد أنباء عن إصابات` nobody knows, and nothing is denied."""
    item, at = items[here], here + 1
    while at < min(here + _REACH, len(items)) and items[at].flags & bit.OCCURS:
        at += 1
    people = items[at] if at < len(items) else None
    if people is None or people.entry.metric not in CASUALTIES or not (people.entry.role == "head" or people.flags & bit.COUNTABLE):
        return None
    return Quantity(
        here, at + 1, item.first, item.last, item.first, (people.first, people.last), value=0, zero=True, own_metric=people.entry.metric
    )


def _is_named_victim(items: list[Item], here: int, text: Text) -> bool:
    """`وفاة الشاب مروان ...`: a definite noun with a name behind it is one person where a word of what happened stands right before."""
    before, following = items[here - 1] if here else None, items[here + 1] if here + 1 < len(items) else None
    if before is None or following is None or not items[here].flags & bit.BARE:
        return False
    if following.flags & bit.QUOTE and here + 2 < len(items):
        following = items[here + 2]
    happened = before.entry.metric in CASUALTIES and before.entry.role == "before"
    return happened and following.entry is PLAIN and _is_name(text.words[following.first])


def _is_name(word: Word) -> bool:
    """A word we do not know without the article: `القيادي الثاني` names nobody."""
    return word.kind == WORD and not word.prefix and not word.norm.startswith("ال")


def _number(items: list[Item], here: int, text: Text) -> int | None:
    """Two for a dual or a noun with `اثنين`, one for a singular with `واحد` or one that something calls for."""
    item = items[here]
    spoken = _spoken(items, here + 1)
    if item.flags & bit.COUNTABLE:
        return 1 if spoken == 1 else None  # إصابة واحدة
    if item.flags & bit.DUAL or (spoken == 2 and item.flags & (bit.OBLIQUE | bit.DUAL)):
        return 2
    if not item.flags & bit.BARE:
        return None
    return 1 if spoken == 1 or _called(items, here, text) or (item.entry.role == "head" and _is_headline(items, here)) else None


def _spoken(items: list[Item], here: int) -> int | None:
    """`شخص واحد`, `مدنيين اثنين`: the number word that repeats what the noun says."""
    following = items[here] if here < len(items) else None
    if following is None or following.number not in (1, 2) or following.flags & bit.AND:
        return None
    return following.number if following.entry.unit == following.number else None


def _called(items: list[Item], here: int, text: Text) -> bool:
    """Whether what stands before calls for a count: what happened, `among them`, or `and` behind people already counted."""
    back = here - 1
    joined = bool(items[here].flags & bit.AND)
    if back >= 0 and items[back].flags & bit.JOIN:
        joined, back = True, back - 1
    while back >= 0 and (items[back].when is not None or items[back].flags & bit.ADVERB or items[back].entry.hedge_before is not None):
        back -= 1
    if _suffers(items, here + 1):
        return True
    if back < 0:
        return False
    before = items[back]
    if before.flags & _CALLS or (before.entry.metric is not None and before.entry.role != "head"):
        return True
    if text.words[items[here].first].text.endswith(_ACCUSATIVE) and _is_object(items, here):
        return True
    return joined and not items[here].flags & bit.VERBAL and _joins_people(items, back)


def _is_object(items: list[Item], here: int) -> bool:
    """`اختطف مسلحون مجهولون طبيبا`: behind a verb and those who did it, a noun in the accusative is to whom it was done."""
    for back in range(here - 2, max(here - _DOERS, -1), -1):
        if items[back].entry.metric in PERSONAL:
            return items[back].entry.role in ("before", "either") and not items[back].flags & (bit.COUNTABLE | bit.VERBAL)
        if items[back].flags & ~_DOER or items[back].number is not None or items[back].entry.metric is not None:
            return False
    return False


def _suffers(items: list[Item], here: int) -> bool:
    """`ومواطن استشهد`: the verb of what happened stands right behind the noun."""
    following = items[here] if here < len(items) else None
    if following is None or following.entry.metric not in CASUALTIES or following.flags & bit.AND:
        return False
    return following.entry.role != "head"


def _joins_people(items: list[Item], back: int) -> bool:
    """Whether `and` joins a noun to people, a number or an event, with nothing but names and places in between."""
    for at in range(back, max(back - _REACH, -1), -1):
        one = items[at]
        if one.entry.metric is not None or one.entry.group is not None or one.number is not None or one.flags & _CALLS:
            return True
        if one.flags & ~_BETWEEN:
            return False
    return False


def _is_headline(items: list[Item], here: int) -> bool:
    """`شهيد وثلاثة جرحى في ...`: the word for the dead or hurt opens the sentence or its list, and no name follows it."""
    following = items[here + 1] if here + 1 < len(items) else None
    beyond = items[here + 2] if here + 2 < len(items) else None
    if following is not None and beyond is not None and following.flags & bit.AND and (beyond.number is not None or following.flags & NOUN):
        return True  # وصل شهيد و17 مصابا
    if here and not items[here - 1].flags & (bit.COLON | bit.DASH):
        return False
    return here + 1 == len(items) or bool(items[here + 1].flags & _SETS_OFF)
