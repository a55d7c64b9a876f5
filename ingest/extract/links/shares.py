"""Shares of a total told in the sentences behind it: `149 civilians were killed. Regime forces killed 105, the SDF 27.`"""

from typing import Final

from ingest.extract.figures import Found, merged
from ingest.model.vocabulary import GroupStatus, PartOf

_NEXT: Final = 2  # sentences within which a total's shares follow


def link_shares(found: list[Found]) -> None:
    """Makes counts with a named perpetrator parts of the total without one that the sentences before gave.

    Shares that add up to the total are its partition; otherwise they are some of it and the rest stays unexplained.
    """
    behind = _behind(found)
    for position, total in enumerate(found):
        if total.quantity.parent is not None or total.perpetrator or total.quantity.amount <= 1:
            continue
        shares = _shares(total, found, behind[position])
        if len(shares) < 2:
            continue
        whole = sum(s.quantity.amount for s in shares) == total.quantity.amount
        for share in shares:
            share.quantity.parent = total.quantity
            share.quantity.part_of = PartOf.PARTITION if whole else PartOf.SUBSET
            share.quantity.groups = share.quantity.groups or total.quantity.groups
        total.quantity.parts_complete = total.quantity.parts_complete or whole


def _behind(found: list[Found]) -> list[int]:
    """For each count, where those of the next sentence begin: a table with thousands of cells is one sentence here."""
    behind = [len(found)] * len(found)
    for at in range(len(found) - 2, -1, -1):
        same = found[at].quantity.sentence == found[at + 1].quantity.sentence
        behind[at] = behind[at + 1] if same else at + 1
    return behind


def _shares(total: Found, found: list[Found], start: int) -> list[Found]:
    shares: list[Found] = []
    sentence = total.quantity.sentence
    for at in range(start, len(found)):
        one, quantity = found[at], found[at].quantity
        if quantity.sentence - sentence > _NEXT:
            break
        if quantity.parent is not None:
            continue
        fits = quantity.metric is total.quantity.metric and one.perpetrator and quantity.amount < total.quantity.amount
        own = merged(quantity.groups).status
        if not fits or own not in (GroupStatus.UNSTATED, merged(total.quantity.groups).status):
            break
        shares.append(one)
    return shares if sum(s.quantity.amount for s in shares) <= total.quantity.amount else []
