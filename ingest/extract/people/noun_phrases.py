"""Whom a number counts: the noun phrase behind it, or that it counts things and not people."""

from dataclasses import dataclass
from typing import Final

from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.entries import Group
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import NUMBER, WORD
from ingest.model.vocabulary import GroupStatus

_ENDS_PHRASE: Final = bits(
    "be have and or boundary preposition by comma open close colon leave modal include partition dash cites pronouns "
    "stop of article definite negation one says"
)


RELATIVES: Final = Group(status=GroupStatus.CIVILIAN)


_ARMED: Final = Group(status=GroupStatus.COMBATANT)


_LONGEST_PHRASE: Final = 9
_COMPOUND: Final = 3  # words of a compound noun behind its first


@dataclass(frozen=True, slots=True)
class _Step:
    """How far one step of a noun phrase reaches: items used, whether the phrase ends there, whether it counts things."""

    used: int
    ends: bool = False
    things: bool = False
    plain: bool = False


_NEXT: Final = _Step(1)
_PLAIN: Final = _Step(1, plain=True)
_STOP: Final = _Step(0, ends=True)
_THINGS: Final = _Step(0, ends=True, things=True)


def read_noun_phrase(items: list[Item], here: int, text: Text, quantity: Quantity) -> bool:
    """Reads whom a number counts from item `here` on; False when it counts things, not people."""
    start, plain = here, False
    here = _after_hedges(items, here, quantity)
    if here == start and here + 1 < len(items) and items[here].flags & bit.OF and items[here + 1].flags & bit.POSSESSIVE:
        start = here = here + 2  # `two of his sons`: not some of those told of before
    if here < len(items) and here == start and _is_partitive(items, here):
        quantity.partitive = True
        here = _read_partitive(items, here, quantity)
    else:
        while here < len(items) and here - start < _LONGEST_PHRASE:
            step = _step(items, here, text, quantity, plain=plain)
            if step.things:
                return False
            here, plain = here + step.used, plain or step.plain
            if step.ends:
                break
    if quantity.household and not text.words[items[here - 1].first].norm.isascii():
        quantity.groups = [group._replace(sex=None) for group in quantity.groups]  # 700 عائلة مهجرة: it only agrees
    quantity.after = here
    quantity.label = (items[start].first, items[here - 1].last) if here > start else (0, 0)
    headless = here > start and items[here - 1].entry.group is None and all(g.adjective for g in quantity.groups)
    quantity.unknown = plain and headless and not (quantity.household or quantity.others)
    quantity.bare = here == start
    return True


def _after_hedges(items: list[Item], here: int, quantity: Quantity) -> int:
    """Past `at least` and `more` right behind the number."""
    if here < len(items) and (hedge := items[here].entry.hedge_after) is not None and not items[here].flags & bit.AND:
        quantity.qualifier = hedge
        here += 1
    if here < len(items) and items[here].entry.hedge_before is not None and items[here].entry.group is None:
        here += 1
    return here


def _is_partitive(items: list[Item], here: int) -> bool:
    # `3 منهم` are a part of those before, `3 بينهم طفل` are three
    following = items[here + 1] if here + 1 < len(items) else None
    if _is_of_those(items[here]):
        return True
    if items[here].flags & bit.DRAWN_FROM and following is not None and following.entry.role == "head" and following.entry.group is None:
        return True  # 6 من القتلى
    return bool(items[here].flags & bit.INCLUDE and not items[here].flags & bit.AMONG) or (
        bool(items[here].flags & bit.OF) and _of_people(items, here)
    )


def _is_of_those(item: Item) -> bool:
    """`of the dead`, where the lexicon has it as one phrase."""
    return bool(item.flags & bit.BACK) and item.last - item.first > 1 and item.entry.phrase[:1] == ("of",)


def _step(items: list[Item], here: int, text: Text, quantity: Quantity, *, plain: bool) -> _Step:
    """What the next item does to the phrase: the first of these rules that applies."""
    item, entry, flags = items[here], items[here].entry, items[here].flags
    word = text.words[item.first]
    arabic = not word.norm.isascii()
    if arabic and here > quantity.at and (flags & bit.AND or word.prefix.removesuffix("ال")):
        return _STOP  # وجرحى: the next member of the list; بانفجار: by what
    if entry.metric is not None and not (entry.group is not None and _names_people(items, here)):
        return _happening(items, here, text, quantity)
    if arabic and flags & bit.THING and entry.group is not None and quantity.at < here and not quantity.implicit:
        return _THINGS  # إلى 31 مدرسة: schools, although one such word is also a woman who teaches
    if entry.group is not None:
        # the noun counted comes first in Arabic: `20 خرقا لقوات ...` counts no troops
        return _STOP if arabic and plain else _person(items, here, text, quantity)
    if (
        item.number is not None
        and quantity.implicit
        and here + 1 < len(items)
        and text.words[items[here + 1].first].norm.startswith("year")
    ):
        return _Step(2)  # an 11 year-old child
    if flags & bit.THING:
        return _NEXT if not arabic and _leads_to_person(items, here + 1) else _THINGS  # school children, but schools
    if flags & (bit.PERCENT | bit.MONEY) or word.norm.startswith(("year-old", "years-old", "-year")):
        return _THINGS
    if flags & bit.AND and plain and not quantity.groups and _joins_adjectives(items, here):
        return _NEXT
    if flags & bit.DRAWN_FROM and _draws_people(items, here + 1):
        return _Step(_complement(items, here + 1, text, quantity) - here, ends=True)
    if flags & _ENDS_PHRASE or item.number is not None or item.when is not None or entry.vague is not None:
        return _STOP
    if word.kind not in (WORD, NUMBER) and not flags & bit.QUOTE:
        return _STOP
    return _NEXT if flags & bit.QUOTE else _PLAIN


def _happening(items: list[Item], here: int, text: Text, quantity: Quantity) -> _Step:
    """A word of what happened: the noun itself (`four fatalities`), or a participle before it (`four wounded men`)."""
    entry = items[here].entry
    if items[here].flags & bit.COUNTABLE and here == quantity.at + 1 and not _counts_more(items, here):
        quantity.own_metric = entry.metric
        return _Step(1, ends=True)
    if entry.role != "head" and not (entry.role in ("either", "after") and _is_adjectival(items, here)):
        return _STOP
    following = items[here + 1] if here + 1 < len(items) else None
    compound = following is not None and bool(following.flags & bit.THING) and following.entry.group is None
    if entry.role == "head" and compound and text.words[items[here].first].norm.isascii():
        return _THINGS  # 41 IDP sites
    # "wounded" before a noun and nouns such as refugees say what people are; a verb that follows says what happened to them
    adjectival = entry.role != "head" or entry.group is not None or _is_adjectival(items, here)
    quantity.own_metric, quantity.weak = entry.metric, adjectival
    if entry.group is not None:
        quantity.groups.append(entry.group)
    # `four IDP leaders`: a noun for what happened before a noun of people
    return _Step(1, ends=entry.role == "head" and not _is_adjectival(items, here) and not _is_drawn(items, here + 1))


def _counts_more(items: list[Item], here: int) -> bool:
    """`مقتل 5 وإصابة 12`, also without wa-: the verbal noun counts the number behind it."""
    following = items[here + 1] if here + 1 < len(items) else None
    if items[here].flags & bit.AND or following is None:
        return bool(items[here].flags & bit.AND)
    return following.number is not None or following.entry.vague is not None or bool(following.flags & bit.COLON)


def _is_drawn(items: list[Item], here: int) -> bool:
    return here < len(items) and bool(items[here].flags & bit.DRAWN_FROM) and _draws_people(items, here + 1)


def _draws_people(items: list[Item], here: int) -> bool:
    """`من عناصر الشرطة`, `من عائلة واحدة`: whether people stand behind, not a place they are from."""
    item = items[here] if here < len(items) else None
    return item is not None and (item.entry.group is not None or bool(item.entry.side) or bool(item.flags & (bit.ARMED | bit.KIN)))


def _person(items: list[Item], here: int, text: Text, quantity: Quantity) -> _Step:
    """A noun of people; it ends the phrase unless another noun or `members of ...` follows."""
    group = items[here].entry.group
    assert group is not None  # noqa: S101 - the caller looked
    quantity.others |= group.others
    quantity.household |= group.household
    if not group.others and not group.household:
        quantity.groups.append(group)
    after = here + 1
    if _goes_on(items, after, group):
        return _NEXT
    if after < len(items) and _has_members(text, items[here]) and items[after].flags & (bit.OF | bit.ARMED):
        after = _complement(items, after + bool(items[after].flags & bit.OF), text, quantity)
    elif _is_drawn(items, after):
        after = _complement(items, after + 1, text, quantity)
    return _Step(after - here, ends=True)


def _leads_to_person(items: list[Item], here: int) -> bool:
    """`hospital maintenance worker`: whether the word of a thing only says what sort of person follows."""
    for item in items[here : here + _COMPOUND]:
        if item.entry.group is not None:
            return not item.entry.group.others and not item.flags & bit.AND
        if item.flags & ~bit.THING or item.number is not None or item.when is not None or item.entry.metric is not None:
            return False
    return False


def _joins_adjectives(items: list[Item], here: int) -> bool:
    """`54 government and allied troops`."""
    ahead = items[here + 1 : here + 3]
    return (
        len(ahead) > 1
        and not ahead[0].flags
        and ahead[0].number is None
        and ahead[0].entry.metric is None
        and ahead[1].entry.group is not None
    )


def _goes_on(items: list[Item], here: int, group: Group) -> bool:
    """Whether the noun phrase continues after this noun: adjectives need a noun, and nouns pile up (`police officers`)."""
    if here >= len(items):
        return False
    following = items[here]
    if following.flags & bit.AND:
        return False
    if group.others or group.household:
        return following.entry.group is not None or following.entry.role == "head"  # `four more bodies`
    if following.entry.group is not None and not following.flags & bit.THING:
        return True
    return (
        group.adjective
        and not following.flags & (_ENDS_PHRASE | bit.STOP | bit.OF)
        and following.entry.metric is None
        and following.when is None
    )


def _names_people(items: list[Item], here: int) -> bool:
    """Whether a noun of what happened only says what the next noun is: `three refugee children`, but `300 refugee families`."""
    return (_is_adjectival(items, here) and not _of_families(items, here)) or items[here].entry.role == "before"


def _of_families(items: list[Item], here: int) -> bool:
    """`300 refugee families` are refugees, `three refugee children` are children."""
    following = items[here + 1].entry.group if here + 1 < len(items) else None
    return following is not None and following.household


def _is_adjectival(items: list[Item], here: int) -> bool:
    """`three wounded soldiers`: the participle stands before its noun."""
    following = items[here + 1] if here + 1 < len(items) else None
    return (
        following is not None and following.entry.group is not None and not following.entry.group.others and following.entry.metric is None
    )


def _of_people(items: list[Item], here: int) -> bool:
    """`two of the dead`, `three of their fighters`."""
    rest = items[here + 1 : here + 4]
    if rest and rest[0].flags & bit.BACK and rest[0].last - rest[0].first > 1:
        return True  # `33 of the victims`
    return (
        bool(rest)
        and bool(rest[0].flags & (bit.DEFINITE | bit.PRONOUNS))
        and (any(i.entry.group or i.number is not None for i in rest) or any(i.entry.metric for i in rest[1:2]))
    )


def _read_partitive(items: list[Item], here: int, quantity: Quantity) -> int:
    """After `three of them`: `(were) children` says which part."""
    here += 1
    start = here
    while here < len(items) and here - start < 4:
        item = items[here]
        if item.flags & bit.BACK and item.last - item.first > 1:
            return here + 1
        if item.number is not None:
            quantity.whole = item.number
        if item.entry.group is not None:
            quantity.groups.append(item.entry.group)
            return here + 1
        if item.entry.metric is not None and (item.entry.role == "head" or _is_noun(items, here) or items[here - 1].flags & bit.DEFINITE):
            return here + 1  # `three of the dead`, `two of those arrested`
        if not item.flags & (bit.BE | bit.ARTICLE | bit.DEFINITE | bit.STOP) and item.number is None:
            break
        here += 1
    return start


def _is_noun(items: list[Item], here: int) -> bool:
    """`of the displaced`, `of the two dead`: a participle behind `the` names people, unless a noun of people follows."""
    lead = items[here - 2] if items[here - 1].number is not None else items[here - 1]
    return bool(lead.flags & bit.DEFINITE) and not _is_adjectival(items, here)


def _has_members(text: Text, item: Item) -> bool:
    return bool(text.words[item.last - 1].flags & bit.MEMBERS)


def _complement(items: list[Item], here: int, text: Text, quantity: Quantity) -> int:
    """`members of the Internal Security Forces`: whatever the complement says of sides and armed groups counts."""
    start = here
    while here < len(items) and here - start < _LONGEST_PHRASE:
        item = items[here]
        if item.flags & bit.KIN:
            quantity.groups.insert(0, RELATIVES)
        elif item.number == 1 and here + 1 < len(items) and items[here + 1].flags & bit.KIN:
            pass  # `seven members of one family`
        elif item.flags & bit.ARMED and not item.flags & bit.AND:
            quantity.groups.insert(0, _ARMED)
        elif item.entry.group is not None:
            quantity.groups.insert(0, item.entry.group)
        elif (
            item.entry.metric is not None
            or item.number is not None
            or item.when is not None
            or (item.flags & (_ENDS_PHRASE | bit.STOP) and not item.flags & (bit.DEFINITE | bit.QUOTE | bit.ARTICLE))
        ):
            break
        here += 1
    return here
