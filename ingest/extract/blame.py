"""Who is held responsible: the side that a clause names as doing it, never our judgement."""

from ingest.extract.entries import BIT
from ingest.extract.items import Item
from ingest.extract.quantity import Quantity

_REACH = 9  # items between a count and the words that say who did it
_SUBJECT = 8  # items between the doer and an active verb


def blamed(quantity: Quantity, items: list[Item], trigger: int | None, until: int) -> str:
    """The side (an id of the crisis) the sentence says did this; empty where it names none.

    Behind the count: `by regime forces`, `in Russian air strikes`, `attributed to`. Before an active verb: its subject.
    """
    start = max(quantity.after, (trigger or 0) + 1)
    for here in range(start, min(start + _REACH, until, len(items))):
        if items[here].number is not None or (items[here].flags & (BIT["boundary"] | BIT["comma"]) and not items[here].flags & BIT["by"]):
            break  # what stands behind the next number is told of that one
        if items[here].flags & (BIT["by"] | BIT["preposition"]):
            side = _side(items, here + 1, min(here + 5, until))
            if side:
                return side
    if quantity.bare and quantity.at and (side := _side(items, quantity.at - 1, quantity.at)):
        return side  # "regime forces killed 105, Russian forces eight"
    if trigger is not None and trigger < quantity.at:
        for here in range(trigger - 1, max(trigger - 1 - _SUBJECT, -1), -1):
            if items[here].flags & (BIT["boundary"] | BIT["says"] | BIT["and"]) or items[here].number is not None:
                break
            side = _side(items, here, here + 1)
            if side:
                return side
    return ""


def _side(items: list[Item], first: int, last: int) -> str:
    for item in items[first:last]:
        if item.number is not None or item.flags & (BIT["comma"] | BIT["boundary"] | BIT["by"]):
            return ""
        if item.entry.side or (item.entry.group is not None and item.entry.group.side):
            return item.entry.side or item.entry.group.side  # type: ignore[union-attr]
    return ""
