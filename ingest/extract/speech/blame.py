"""Who is held responsible: the side that a clause names as doing it, never our judgement."""

from typing import Final

from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item
from ingest.model.vocabulary import CASUALTIES

_REACH: Final = 9  # items between a count and the words that say who did it
_CLOSE: Final = 6  # items between a doer and a bare count that follows it
_PAUSES: Final = bits("comma boundary says pause")
_SUBJECT: Final = 14  # items between the doer and an active verb


def blamed(quantity: Quantity, items: list[Item], trigger: int | None, until: int, *, told: int) -> str:
    """The side (an id of the crisis) the sentence says did this; empty where it names none.

    Behind the count: `by regime forces`, `in Russian air strikes`, `attributed to`. Before an active verb: its subject.
    `told` are the classes of the items together.
    """
    start = max(quantity.after, (trigger or 0) + 1)
    for here in range(start, min(start + _REACH, until, len(items))):
        if (
            items[here].number is not None
            or items[here].flags & bit.REST
            or (items[here].flags & (bit.BOUNDARY | bit.COMMA) and not items[here].flags & bit.BY)
        ):
            break  # what stands behind the next number is told of that one
        if items[here].flags & (bit.BY | bit.PREPOSITION):
            side = _side(items, here + 1, min(here + 5, until))
            if side:
                return side
    if quantity.bare and (side := _right_before(items, quantity.at)):
        return side  # "regime forces killed 105, Russian forces eight"
    if trigger is not None and trigger < quantity.at and (side := _subject(items, trigger)):
        return side
    return _named_by(items, trigger) if told & bit.BY else ""


def _right_before(items: list[Item], at: int) -> str:
    """The side named since the last comma, number or verb."""
    for here in range(at - 1, max(at - 1 - _CLOSE, -1), -1):
        item = items[here]
        if item.number is not None or item.entry.metric is not None or item.flags & _PAUSES:
            break
        if side := _side(items, here, here + 1):
            return side
    return ""


def _subject(items: list[Item], trigger: int) -> str:
    """The side before an active verb: `Russian strikes killed five`, `insurgent missile attacks on the campus, killing four`."""
    for here in range(trigger - 1, max(trigger - 1 - _SUBJECT, -1), -1):
        if items[here].flags & (bit.BOUNDARY | bit.SAYS) or items[here].number is not None:
            break
        if side := _side(items, here, here + 1):
            return side
    return ""


def _named_by(items: list[Item], trigger: int | None) -> str:
    """`killed when strikes by the army hit the market`: one side named with `by` in a sentence that tells of one thing."""
    named = {side for at, i in enumerate(items) if i.flags & bit.BY and (side := _side(items, at + 1, at + 4))}
    if len(named) != 1:
        return ""
    told = {i.entry.metric for at, i in enumerate(items) if i.entry.metric is not None and i.entry.role != "head" and at != trigger}
    return named.pop() if len(told) <= 1 or told <= CASUALTIES else ""


def _side(items: list[Item], first: int, last: int) -> str:
    for item in items[first:last]:
        if item.number is not None or item.flags & (bit.COMMA | bit.BOUNDARY | bit.BY):
            return ""
        if item.entry.side or (item.entry.group is not None and item.entry.group.side):
            return item.entry.side or item.entry.group.side  # type: ignore[union-attr]
    return ""
