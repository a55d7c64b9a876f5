"""Counts told apart that add up to one told before: a headline's five, then three at the gate and two on the road."""

from itertools import islice
from typing import Final

from ingest.extract.figures import Found, merged
from ingest.extract.people.quantity import Quantity
from ingest.model.vocabulary import GroupStatus, Kind, Metric, PartOf, PlacePrecision

# The sum that a headline gives where the text tells the dead from the injured.
_SUMS: Final = {Metric.KILLED_OR_INJURED: frozenset({Metric.KILLED, Metric.INJURED, Metric.KILLED_OR_INJURED})}
_RUN: Final = 12  # counts behind a total that may be its parts
_AHEAD: Final = 100  # counts of any sort among which they are looked for
_NEAR: Final = 4  # sentences behind a total in which a place nobody knows may lie in that of the total
_ONE_EVENT: Final = frozenset({Kind.INCIDENT, Kind.DAILY, Kind.RATE_24H})


def link_sums(found: list[Found], headings: frozenset[int]) -> None:
    """Makes the counts that follow a total its parts where they add up to it, one after the other, nothing left out.

    A total in a heading (`headings` are sentence numbers) may be told apart anywhere below; another only within its place.
    """
    for position in range(len(found) - 1, -1, -1):  # the last first, so that what adds up to a share is not taken for one itself
        total = found[position]
        quantity = total.quantity
        if quantity.parent is not None or quantity.value is None or quantity.high is not None or quantity.amount < 2:
            continue
        parts = _parts(total, found[position + 1 : position + 1 + _AHEAD], heading=quantity.sentence in headings)
        for part in parts:
            part.parent, part.part_of, part.rule = quantity, PartOf.PARTITION, "the counts told apart add up to the total before them"
        quantity.parts_complete = quantity.parts_complete or bool(parts)


def complete_parts(found: list[Found]) -> None:
    """Parts that the text only calls some of a total, and that add up to it, are its partition: `19 of the 20 in raids, one by shells`."""
    of: dict[int, list[Quantity]] = {}
    for one in found:
        if one.quantity.parent is not None and one.quantity.partitive:
            of.setdefault(id(one.quantity.parent), []).append(one.quantity)
    for parts in of.values():
        whole = parts[0].parent
        if whole is not None and len(parts) > 1 and sum(part.amount for part in parts) == whole.value:
            for part in parts:
                part.part_of = PartOf.PARTITION


def _parts(total: Found, later: list[Found], *, heading: bool) -> list[Quantity]:
    metrics = _SUMS.get(total.quantity.metric, frozenset({total.quantity.metric})) if total.quantity.metric else frozenset()
    run: list[Quantity] = []
    told = 0
    for one in islice((f for f in later if f.quantity.metric in metrics and f.quantity.parent is None), _RUN):
        quantity = one.quantity
        if quantity.restates is not None or quantity.zero or quantity.sentence == total.quantity.sentence:
            continue
        if not _fits(total, one, heading=heading):
            break
        run.append(quantity)
        told += quantity.amount
        if told >= total.quantity.amount:
            break
    return run if len(run) > 1 and told == total.quantity.amount else []


def _fits(total: Found, part: Found, *, heading: bool) -> bool:
    whole, own = total.quantity, part.quantity
    if own.value is None or own.household is not whole.household or own.amount >= whole.amount:
        return False
    if total.times.kind is not part.times.kind and not {total.times.kind, part.times.kind} <= _ONE_EVENT:
        return False
    stated, status = merged(whole.groups).status, merged(own.groups).status
    if GroupStatus.UNSTATED not in (stated, status) and stated is not status:
        return False
    near = own.sentence - whole.sentence <= _NEAR and part.mention is not None and part.mention.resolved is None
    return heading or near or within(part, total)


def within(part: Found, total: Found) -> bool:
    """Whether a part's place is the total's, or lies in it."""
    inner, outer = part.mention, total.mention
    if inner is None or outer is None or inner == outer:
        return True
    if inner.resolved is None or outer.resolved is None:
        return False
    if outer.resolved.precision is PlacePrecision.COUNTRY:
        return True
    area, place = outer.resolved.place, inner.resolved.place
    # the codes of divisions begin with those of the divisions they lie in
    return area is not None and place is not None and (area.id in (place.id, place.adm1) or place.parent.startswith(area.id))
