"""What looks like a count of people and is none: money, labels, clocks, ages, ratios, rates, years."""

from typing import Final

from ingest.extract.words import bit
from ingest.extract.words.entries import PLAIN
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import WORD
from ingest.model.vocabulary import Metric

_OLDEST, _FEW = 120, 10
_PARENTS: Final = frozenset({"mother", "father", "parent", "widow"})
_YOUNGER, _PLURAL = frozenset({"under", "below", "over", "above"}), ("s", "people", "men", "women", "children")
_NOT_PEOPLE_BEFORE: Final = bit.MONEY | bit.POPULATION | bit.SPARED
_LODGERS: Final = frozenset({Metric.DISPLACED_STOCK, Metric.REFUGEE_STOCK, Metric.NEWLY_DISPLACED})


def after_ages(items: list[Item], here: int) -> int:
    """`aged 3, 5 and 6`, `aged between 5 and 17`: every bare number of the list is an age."""
    while here < len(items) and (
        items[here].number is not None or items[here].flags & (bit.COMMA | bit.AND | bit.PREPOSITION | bit.DASH | bit.OR)
    ):
        if items[here].number is None and not any(i.number is not None for i in items[here + 1 : here + 3]):
            break
        if here + 1 < len(items) and items[here].number is not None and items[here + 1].entry.group is not None:
            break
        here += 1
    return here


def is_excluded_before(items: list[Item], here: int, text: Text) -> bool:
    """What stands before says that this is no count of people: money, labels, populations, agents, ages, people rescued."""
    back = here - 1
    while back >= 0 and items[back].entry.hedge_before is not None:
        back -= 1
    if back < 0:
        return False
    if items[back].flags & bit.DEFINITE and back:
        back -= 1 if items[back - 1].flags & bit.PERCENT else 0  # "a third of the 18 million inhabitants"
    before = items[back]
    if before.flags & bit.PERCENT and before.last - before.first > 1 and _is_population(items, here + 1):
        return True
    if before.flags & bit.POPULATION and here + 1 < len(items) and items[here + 1].entry.metric in _LODGERS:
        return False  # "home to 6,000 IDPs"
    if before.flags & _NOT_PEOPLE_BEFORE or before.flags & bit.BY:
        return True
    if _is_assisted(items, back) or _is_of_ruins(items, back):
        return True
    if before.flags & bit.LABEL:
        glued = text.starts[items[here].first] - text.ends[before.last - 1] <= 1
        return glued and not (here + 1 < len(items) and items[here + 1].entry.group is not None)
    return (
        before.flags & bit.ARTICLE > 0
        and items[here].number is not None
        and items[here].entry.unit is None
        and not items[here].entry.fraction
        and items[here].flags & bit.DIGITS > 0
        and _is_size(items, here)
    )


def _is_population(items: list[Item], here: int) -> bool:
    """What a share is of: `half of 23 million`, `a third of its 9,000 inhabitants`; but `half of the 640 families displaced` is a count."""
    group = items[here].entry.group if here < len(items) else None
    if group is None:
        return True
    happened = here + 1 < len(items) and items[here + 1].entry.metric is not None and items[here + 1].entry.role != "after"
    return not (group.household or group.others or happened)


def _is_of_ruins(items: list[Item], lead: int) -> bool:
    """`houses damaged 310`: the number counts what was damaged."""
    return bool(items[lead].flags & bit.RUINED) and lead > 0 and bool(items[lead - 1].flags & bit.THING)


def _is_assisted(items: list[Item], lead: int) -> bool:
    """`reached 34,000 people`, `interviewed 300 IDPs`; but `the number of IDPs reached 34,000` counts them."""
    if not items[lead].flags & bit.ASSIST:
        return False
    return bool(items[lead].flags & bit.AND) or not any(i.entry.metric is not None for i in items[:lead])


def _is_size(items: list[Item], here: int) -> bool:
    """`a 12 ...`: a measure of something, unless people follow."""
    return not (here + 1 < len(items) and (items[here + 1].entry.group is not None or items[here + 1].entry.metric is not None))


def is_clock(items: list[Item], here: int, text: Text) -> bool:
    """`4:30`, `5 am`."""
    if here + 1 < len(items):
        word = text.words[items[here + 1].first]
        if word.norm in ("am", "pm", "a.m", "p.m", "o'clock", "gmt"):
            return True
        if (
            word.text == ":"
            and here + 2 < len(items)
            and items[here + 2].number is not None
            and text.ends[items[here + 1].first] == text.starts[items[here + 2].first]
        ):
            return True
    return (
        here > 1
        and text.words[items[here - 1].first].text == ":"
        and items[here - 2].number is not None
        and text.ends[items[here - 1].first] == text.starts[items[here].first]
    )


def is_ratio(items: list[Item], here: int, text: Text) -> bool:
    """`one in six`, `one person in five`, `two out of three`; of the first number and of the second."""
    words = [text.words[i.first].norm for i in items[here + 1 : here + 3]]
    if words[:2] == ["out", "of"] or any(_is_share(items, at, text) for at in (here, here - 2) if at >= 0):
        return True
    return _is_one_in(items, here, text) or any(_is_one_in(items, here - back, text) for back in (2, 3) if here >= back)


def _is_share(items: list[Item], here: int, text: Text) -> bool:
    """`four in five casualties`, `nine in ten were children`: two words of number, nothing but `in` between them."""
    if here + 3 >= len(items):
        return False
    first, link, second, behind = items[here : here + 4]
    if first.number is None or second.number is None or not 0 < first.number < second.number <= _FEW:
        return False
    spelt = not (first.flags | second.flags) & bit.DIGITS and text.words[link.first].norm == "in"
    return spelt and (behind.entry.metric is not None or bool(behind.flags & (bit.BE | bit.OF)))


def _is_one_in(items: list[Item], here: int, text: Text) -> bool:
    if items[here].number != 1 or items[here].entry.unit != 1:
        return False
    lead = here + 2 if here + 1 < len(items) and items[here + 1].entry.group is not None else here + 1
    return lead + 1 < len(items) and text.words[items[lead].first].norm == "in" and items[lead + 1].number is not None


def is_rate(items: list[Item], after: int, text: Text) -> bool:
    """`two women a day`, `40 people per day`, `12 people daily`."""
    if after < len(items) and items[after].flags & bit.RATE:
        return True
    if after + 1 >= len(items):
        return False
    lead, unit = items[after], text.words[items[after + 1].first].norm
    return (bool(lead.flags & bit.ARTICLE) or text.words[lead.first].norm in ("per", "each", "every")) and unit in (
        "day",
        "week",
        "month",
        "hour",
        "year",
    )


def is_plain_year(items: list[Item], here: int, text: Text) -> bool:
    """Whether a number is written like a year."""
    word = text.words[items[here].first].text
    return len(word) == 4 and word.isdigit() and 1945 <= int(word) <= 2060


def is_of_a_parent(items: list[Item], here: int, text: Text) -> bool:
    """`a mother of four`, `father of three`: how many children somebody has."""
    return here > 1 and bool(items[here - 1].flags & bit.OF) and text.words[items[here - 2].last - 1].norm in _PARENTS


def is_age(items: list[Item], here: int, text: Text) -> bool:
    """`a man, 34, was killed`, `her son (6)`, `Farid Samir, 34,`, `children under five`: a bare number that says how old."""
    if not 0 < here < len(items) - 1 or (items[here].number or _OLDEST) >= _OLDEST:
        return False
    before, after = items[here - 1], items[here + 1]
    if text.words[before.first].norm in _YOUNGER:
        return here > 1 and items[here - 2].entry.group is not None and after.entry.group is None
    aside = (before.flags & bit.COMMA and after.flags & bit.COMMA) or (before.flags & bit.OPEN and after.flags & bit.CLOSE)
    return bool(aside) and here > 1 and _is_somebody(items, here - 2, text)


def _is_somebody(items: list[Item], at: int, text: Text) -> bool:
    """One person, by a noun in the singular or by a name of several words."""
    group, word = items[at].entry.group, text.words[items[at].last - 1]
    if group is not None:
        return group.noun and not group.others and not group.household and not word.norm.endswith(_PLURAL)
    first = text.words[items[at - 1].first] if at else word
    return at > 0 and word.capital and first.capital and word.own is None and first.own is None


def is_in_code(items: list[Item], here: int, text: Text) -> bool:
    """`12/05/2024`, `2024-05-12`, `24/7`: numbers joined by a stroke, or more than two by dashes."""

    def mark(at: int) -> str:
        inside = at > 0 and at + 1 < len(items) and items[at - 1].number is not None and items[at + 1].number is not None
        return text.words[items[at].first].text if inside else ""

    near = mark(here - 1), mark(here + 1)
    return "/" in near or near == ("-", "-") or (near[0], mark(here - 3)) == ("-", "-") or (near[1], mark(here + 3)) == ("-", "-")


def is_anaphora(items: list[Item], here: int, text: Text) -> bool:
    """`one of the two dead`, `two of the three men`: how many there are was said before."""
    return (
        here > 2
        and 1 < (items[here].number or _FEW) < _FEW
        and bool(items[here - 1].flags & bit.DEFINITE)
        and bool(items[here - 2].flags & bit.OF)
        and (items[here - 3].number is not None or bool(items[here - 3].flags & bit.ONE))
    )


def is_adjective(items: list[Item], here: int, text: Text) -> bool:
    """Arabic number words that count nothing new: behind their noun (`عائلة واحدة`, `شخصين اثنين`) and with the article (`الأيام الثلاثة`).

    Behind a hedge or a word of reaching the article is only style: `تجاوز الخمسين`.
    """
    item, before = items[here], items[here - 1] if here else None
    word = text.words[item.first]
    if before is None or item.entry.unit is None or word.norm.isascii():
        return False
    if word.prefix.endswith("ال"):
        if before.flags & bit.RELATIVES or is_object(items, here - 1):
            return False  # وأطفاله الثلاثة, إطلاق سراح المختطفين الثلاثة
        reached = any(
            i.entry.hedge_before is not None or i.flags & bit.REACH or i.entry.role == "toll" for i in items[max(here - 3, 0) : here]
        )
        return not reached
    if item.entry.unit == 10 and item.number == 10 and before.entry is PLAIN and text.words[before.first].norm.startswith("ال"):
        return True  # الثامنة عشرة
    if item.number not in (1, 2) or item.entry.unit != item.number or item.flags & bit.AND or before.entry.metric is not None:
        return False
    named = before.entry.group is not None or bool(before.flags & bit.THING) or before.when is not None
    return named or (item.number == 1 and before.entry is PLAIN and text.words[before.first].kind == WORD)


def is_object(items: list[Item], here: int) -> bool:
    """Whether a noun of people stands right behind a word of what happened."""
    lead = items[here - 1].entry if here > 0 else None
    return lead is not None and items[here].entry.group is not None and lead.metric is not None and lead.role == "before"


def is_aboard(items: list[Item], after: int) -> bool:
    """`60 people were aboard`: said of the journey, not of what happened; `all 60 people aboard died` is a count."""
    if after + 1 >= len(items) or not items[after].flags & bit.BE:
        return False
    return bool(items[after + 1].flags & bit.ABOARD)
