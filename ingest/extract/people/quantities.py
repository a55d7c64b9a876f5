"""Numbers with their hedge and their noun phrase: how many of whom, before anything is said of what happened to them."""

from typing import Final

from ingest.extract.people import singles
from ingest.extract.people.look_alikes import (
    after_ages,
    is_aboard,
    is_adjective,
    is_age,
    is_anaphora,
    is_clock,
    is_excluded_before,
    is_in_code,
    is_object,
    is_of_a_parent,
    is_plain_year,
    is_rate,
    is_ratio,
)
from ingest.extract.people.noun_phrases import RELATIVES, read_noun_phrase
from ingest.extract.people.quantity import Quantity
from ingest.extract.people.unspoken import NOUN, denied, one_of, unspoken
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.entries import Group
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.model.vocabulary import CASUALTIES, Qualifier

_FEW: Final = 10
_WHERE: Final = frozenset({"in", "at", "across", "within"})


def find(items: list[Item], text: Text) -> list[Quantity]:
    """The quantities of a sentence that can be people, in order; numbers of things, dates, money and the like are left out."""
    found: list[Quantity] = []
    done = 0
    opens = True
    for here, item in enumerate(items):
        begins = opens or item.number is not None or item.flags & _BEGINS or item.entry.vague is not None
        opens = item.flags & singles.OPENS != 0 or item.when is not None
        if here < done or not begins:
            continue
        if item.flags & bit.LABEL and text.words[item.first].norm in ("aged", "ages", "age"):
            done = after_ages(items, here + 1)
            continue
        quantity = _at(items, here, text)
        if quantity is not None:
            found.append(quantity)
            done = quantity.after
    return found


# Every class that `_at` asks for; elsewhere only a number, a vague word or the beginning of a clause makes a quantity.
_BEGINS: Final = bits("article one one_of possessive negation definite label") | NOUN


def _at(items: list[Item], here: int, text: Text) -> Quantity | None:
    item = items[here]
    if item.number is not None:
        return _numbered(items, here, text)
    if item.entry.vague is not None:
        return _vague(items, here, text)
    if item.flags & (bit.ARTICLE | bit.ONE):
        return singles.with_article(items, here, text)
    if item.flags & bit.ONE_OF:
        return one_of(items, here, text)
    if item.flags & bit.POSSESSIVE:
        return singles.possessed(items, here, text)
    if item.flags & bit.NEGATION:
        return _none(items, here, text)
    if item.flags & NOUN:
        quantity = unspoken(items, here, text)
        if quantity is not None:
            _hedges(items, here, text, quantity)
        return quantity
    if item.flags & bit.DEFINITE:
        return singles.both(items, here, text) or singles.of_an_office(items, here, text)
    if not item.flags & ~bit.THING or item.entry.group is not None:
        return singles.without_article(items, here, text)
    return None


def _numbered(items: list[Item], here: int, text: Text) -> Quantity | None:
    item = items[here]
    after, high = here + 1, None
    if (
        is_excluded_before(items, here, text)
        or is_clock(items, here, text)
        or is_age(items, here, text)
        or is_of_a_parent(items, here, text)
    ):
        return None
    if is_in_code(items, here, text) or is_anaphora(items, here, text) or is_adjective(items, here, text):
        return None
    if (second := _range(items, here, text)) is not None:
        high, after = items[second].number, second + 1
    elif is_ratio(items, here, text):
        return None
    else:
        after = _after_repeat(items, after)
    quantity = Quantity(here, after, item.first, items[here if high is None else after - 1].last, item.first, (0, 0))
    quantity.value, quantity.high = item.number, high
    if not read_noun_phrase(items, after, text, quantity) or is_rate(items, quantity.after, text) or is_aboard(items, quantity.after):
        return None
    if quantity.bare:
        _predicate(items, quantity)
    if (kin := _told_before(items, here, text)) is not None:
        quantity.groups, quantity.bare = [kin, *quantity.groups], False
    if here and items[here - 1].flags & bit.FAMILY_OF:
        quantity.groups.insert(0, RELATIVES)
    led = here > 0 and bool(items[here - 1].flags & (bit.PREPOSITION | bit.DURING | bit.SINCE))
    if quantity.unknown and quantity.own_metric is None and here and text.words[items[here - 1].last - 1].norm in _WHERE:
        return None  # `7,750 people in nine townships`: where, and not of whom
    if is_plain_year(items, here, text) and not quantity.people and (quantity.own_metric is None or led):
        return None
    _hedges(items, here, text, quantity)
    if high is not None:
        quantity.qualifier = Qualifier.RANGE
    return quantity


def _told_before(items: list[Item], here: int, text: Text) -> Group | None:
    """Whom an Arabic number behind its noun counts: وأطفاله الثلاثة, إطلاق سراح المختطفين الثلاثة."""
    before = items[here - 1] if here else None
    if before is None or not (
        before.flags & bit.RELATIVES or (text.words[items[here].first].prefix.endswith("ال") and is_object(items, here - 1))
    ):
        return None
    return before.entry.group


def _predicate(items: list[Item], quantity: Quantity) -> None:
    """`24 were civilians`: the noun stands behind the verb."""
    at = quantity.after
    if at + 1 < len(items) and items[at].flags & bit.BE and (group := items[at + 1].entry.group) is not None and group.noun:
        further = items[at + 2] if at + 2 < len(items) else None
        if further is None or further.entry.metric is None:
            quantity.groups, quantity.after, quantity.bare = [group], at + 2, False
            quantity.label = (items[at + 1].first, items[at + 1].last)


def _vague(items: list[Item], here: int, text: Text) -> Quantity | None:
    item = items[here]
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), vague=item.entry.vague, qualifier=Qualifier.VAGUE)
    quantity.unnumbered = bool(item.flags & bit.UNNUMBERED)
    quantity.others = text.words[item.last - 1].norm == "more"  # `dozens more`
    after = here + 1
    if after < len(items) and (items[after].flags & bit.OF or text.words[items[after].first].norm == "من"):
        after += 1  # `عشرات من الجرحى`
    if not read_noun_phrase(items, after, text, quantity) or is_excluded_before(items, here, text):
        return None
    quantity.partitive = False
    return quantity


def _none(items: list[Item], here: int, text: Text) -> Quantity | None:
    """`no casualties`, `no one was killed`: an explicit zero."""
    item = items[here]
    if not text.words[item.first].norm.isascii():
        return denied(items, here)
    if item.flags & bit.NOBODY:
        return _nobody(items, here)
    if not item.flags & bit.NOTHING:
        return None
    quantity = Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=0, zero=True)
    if not read_noun_phrase(items, here + 1, text, quantity):
        return None
    harm = items[here + 1].entry.metric if here + 1 < len(items) else None
    if quantity.own_metric is None and not quantity.groups and harm in CASUALTIES:
        quantity.own_metric, quantity.after, quantity.bare = harm, here + 2, False
        quantity.label = (items[here + 1].first, items[here + 1].last)  # دون إصابات: the noun is also one that leads its people
    return quantity if quantity.own_metric is not None or quantity.groups else None


def _nobody(items: list[Item], here: int) -> Quantity | None:
    """`No one was killed`, `the raid killed nobody`; but in `no one knows how many died` something else is denied."""
    item, after = items[here], here + 1
    object_of = here > 0 and items[here - 1].entry.metric is not None
    while after < len(items) and items[after].flags & (bit.BE | bit.HAVE):
        after += 1
    subject_of = after < len(items) and items[after].entry.metric is not None
    if not (subject_of or object_of):
        return None
    return Quantity(here, here + 1, item.first, item.last, item.first, (0, 0), value=0, zero=True)


def _hedges(items: list[Item], here: int, text: Text, quantity: Quantity) -> None:
    """Hedges right before the number; the first that says something wins, and the quoted value text begins there."""
    back = here - 1
    while back >= 0 and items[back].entry.hedge_before is not None:
        hedge = items[back].entry.hedge_before or Qualifier.EXACT
        quantity.text_word = items[back].first
        if hedge is not Qualifier.EXACT and quantity.qualifier is Qualifier.EXACT:
            quantity.qualifier = hedge
        back -= 1
    if back > 0 and items[back].entry.role == "toll" and quantity.qualifier is Qualifier.EXACT:
        quantity.qualifier = items[back - 1].entry.hedge_before or Qualifier.EXACT  # `تجاوز عدد القتلى الخمسين`
    # `the two`, but in `said that two were killed` nobody told of them before
    quantity.definite = back >= 0 and bool(items[back].flags & bit.DEFINITE) and not items[back].flags & bit.BOUNDARY
    if quantity.after < len(items):
        behind = items[quantity.after].entry.hedge_after
        if behind is not None and quantity.qualifier is Qualifier.EXACT and text.words[items[quantity.after].first].norm != "plus":
            quantity.qualifier = behind


def _range(items: list[Item], here: int, text: Text) -> int | None:
    """Index of the second number of `800,000 to 1 million`, `60,000-80,000`, `between 300 and 450`, `two or three`.

    `rose from 10 to 15` tells of two counts, not of one that is unsure.
    """
    first, before = items[here].number or 0, text.words[items[here - 1].first].norm if here else ""
    glued = items[here + 1] if here + 1 < len(items) else None
    if glued is not None and glued.number is not None and glued.flags & bit.AND and before == "بين" and glued.number > first:
        return here + 1
    if here + 2 >= len(items):
        return None
    second = items[here + 2].number
    if second is None or second <= first:
        return None
    link = text.words[items[here + 1].first].norm
    if link in ("-", "–", "—") or (link in ("or", "او") and second - first <= _FEW):
        return here + 2
    if link in ("to", "الي"):
        return None if any(i.flags & bit.CHANGE for i in items[max(here - _FEW, 0) : here]) else here + 2
    return here + 2 if link in ("and", "و") and before in ("between", "بين") else None


def _after_repeat(items: list[Item], here: int) -> int:
    """Past the same number once more in brackets: `seventeen (17) people`, `3 (three)`."""
    if here + 2 < len(items) and items[here].flags & bit.OPEN and items[here + 2].flags & bit.CLOSE:
        return here + 3 if items[here + 1].number == items[here - 1].number else here
    return here
