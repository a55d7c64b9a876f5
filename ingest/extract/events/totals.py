"""Sentences and lists that go on with a total told before: `they were ...`, `of the dead ...`, bullets, sums."""

from typing import Final

from ingest.extract.events.clause_state import State, opens
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.model.vocabulary import Metric, PartOf, Qualifier

_OPENING: Final = 6  # items of a sentence in which it says that it is of one place alone
_NUMBERS: Final = frozenset({"number", "figure", "total", "toll"})


# "they include 100,000 people who were displaced again": a metric that is always a part of another
_AGAIN: dict[Metric, set[Metric]] = {
    Metric.SECONDARY_DISPLACEMENT: {Metric.NEWLY_DISPLACED, Metric.DISPLACED_STOCK},
    Metric.SHELTERED: {Metric.NEWLY_DISPLACED, Metric.DISPLACED_STOCK, Metric.EVACUATED},
    Metric.NEWLY_DISPLACED: {Metric.DISPLACED_STOCK},
}


def continue_total(state: State) -> bool:
    """A sentence that says nothing happened and lists people goes on with the total before it: `They were 114 rebels and 21 soldiers.`"""
    if not state.pending or (any(i.entry.metric is not None for i in state.items if not i.flags & bit.SAYS) and not refers_back(state)):
        return False
    if state.last_metric is not None and not refers_back(state):
        return False
    total = _total_meant(state)
    if total is None:
        return False
    stated = [q for q in state.pending if not q.implicit]
    if not refers_back(state) and (len(stated) == 1 or not _adds_up(stated, total)):
        return False
    named = [q for q in state.found if q.own_metric is total.metric and q.metric is total.metric and refers_back(state)]
    waiting = [
        q
        for q in (*named, *state.pending)
        if q.parent is None and q.amount <= total.amount and (q.people or q.bare or q.others or q in named)
    ]
    if state.projects and len(waiting) == 1:
        return False
    some = opens(state, bit.SOME) or any(item.flags & bit.REST for item in state.items)
    for quantity in waiting:
        quantity.parent, quantity.rule = total, "goes on with the total before it"
        quantity.part_of = PartOf.SUBSET if some or quantity.partitive else PartOf.PARTITION
    if waiting and not some:
        total.parts_complete = True
    state.pending.clear()
    return bool(waiting)


def _adds_up(parts: list[Quantity], total: Quantity) -> bool:
    """Whether parts make up a total; one that is itself hedged (`around 200`) allows a tenth."""
    slack = 0 if total.qualifier is Qualifier.EXACT else total.amount // 10
    return abs(sum(q.amount for q in parts) - total.amount) <= slack


def link_back(state: State) -> None:
    """`The dead were 44 rebels and 37 soldiers`: what a sentence says of the dead of the one before are its parts."""
    opening = next((i for i in state.items[:3] if i.flags & (bit.BACK | bit.SOME)), None)
    if opening is None:
        return
    if opening.entry.metric is not None:
        mine = [q for q in state.found if q.parent is None and q.trigger == (opening.first, opening.last)]
        kinds = {opening.entry.metric}
    else:
        mine = [q for q in state.found if q.parent is None and q.metric in _AGAIN]
        kinds = _AGAIN.get(mine[0].metric, set()) if mine and mine[0].metric is not None else set()
    total = next((q for q in reversed(state.context.recent) if q.metric in kinds and q.parent is None), None)
    if not mine or total is None or sum(q.amount for q in mine) > total.amount:
        return
    complete = bool(opening.flags & bit.BACK)
    total.parts_complete = total.parts_complete or complete
    for quantity in mine:
        quantity.parent, quantity.part_of = total, PartOf.PARTITION if complete else PartOf.SUBSET
        if quantity.metric is Metric.NEWLY_DISPLACED:
            quantity.metric = total.metric  # "of these, 119,000 were displaced within the region" are IDPs


def link_alone(state: State) -> None:
    """`In Millford alone, 61 died`: some of those the sentence before counts; `last week alone` tells of a time, not of a share."""
    at = next((at for at, i in enumerate(state.items[1:_OPENING], 1) if i.flags & bit.ALONE), None)
    if at is None or any(i.when is not None or i.number is not None for i in state.items[:at]):
        return
    for quantity in state.found:
        if quantity.parent is None and quantity.metric is not None and quantity.at > at:
            wholes = (q for q in reversed(state.context.recent) if q.metric is quantity.metric and q.household == quantity.household)
            total = next((q for q in wholes if q.parent is None and q.amount > quantity.amount), None)
            if total is not None:
                quantity.parent, quantity.part_of, quantity.rule = total, PartOf.SUBSET, "told of one place alone, behind the total"


def take_projection(state: State) -> bool:
    """`It projects that the number could rise to 1.5 million`: the number meant is the last total's."""
    total = state.context.last_top
    if (
        not state.projects
        or total is None
        or len(state.pending) != 1
        or not any(state.text.words[i.last - 1].norm in _NUMBERS for i in state.items)
    ):
        return False
    quantity = state.pending.pop()
    quantity.metric, quantity.household, quantity.hypothetical = total.metric, total.household, True
    quantity.rule = "the number that is projected is that of the total before it"
    return True


def refers_back(state: State) -> bool:
    """The sentence opens with `they`, `of the dead`, `the total`, `the other 218`."""
    return (
        opens(state, bit.BACK)
        or any(i.flags & bit.SOME and i.last - i.first > 1 for i in state.items)
        or opens(state, bit.SOME)
        or (bool(state.items[0].flags & bit.OF) and any(i.entry.group for i in state.items[1:3]))
    )


def _total_meant(state: State) -> Quantity | None:
    """The total a sentence goes on with: the latest that can hold what it lists, of the group it names (`of the fighters`)."""
    listed = sum(q.amount for q in state.pending if q.parent is None)
    lead = [i.entry.group for i in state.items[:4] if i.entry.group is not None and state.items[0].flags & bit.OF]
    recent = [q for q in state.context.recent if q.metric is not None and q.amount >= max(q.amount for q in state.pending)]
    recent = [q for q in recent if q.metric in _harm_named(state)] or recent
    if lead:
        named = [q for q in recent if any(g.status is lead[0].status and g.age is lead[0].age for g in q.groups)]
        if named:
            return named[-1]
    exact = [q for q in recent if q.amount == listed]
    tops = [q for q in recent if q.parent is None]
    if exact:
        return exact[0]
    return tops[-1] if tops else None


def _harm_named(state: State) -> set[Metric]:
    """What happened to those a sentence goes on with: `three nurses are among the dead`."""
    named = (w.own.metric for i in state.items if i.flags & bit.SOME for w in state.text.words[i.first : i.last] if w.own is not None)
    return {metric for metric in named if metric is not None}


def itemise_total(quantities: list[Quantity], totals: tuple[Quantity, ...], *, silent: bool) -> None:
    """Items of a list belong to the total that introduced it: that of their own metric, or the first where they name none.

    In a `silent` item no word says what happened, so that its first number is of the total even without a noun: `Northmark: 22`.
    """
    for quantity in quantities:
        if quantity.parent is not None or quantity.zero:
            continue
        total = _listed(quantity, totals)
        if total is not None and (quantity.metric or quantity.people or (silent and quantity is quantities[0])):
            quantity.parent, quantity.part_of, total.parts_complete = total, PartOf.PARTITION, True
            quantity.rule = quantity.rule or "item of the list its total introduces"


def _listed(quantity: Quantity, totals: tuple[Quantity, ...]) -> Quantity | None:
    """The total whose list an item stands in: of the nearest sentence that has one of its metric, the first."""
    fitting = [t for t in totals if quantity.metric in (None, t.metric) and t.amount >= quantity.amount]
    return next((t for t in fitting if t.sentence == fitting[-1].sentence), None)


def itemise_metric(quantities: list[Quantity], metric: Metric, families: bool, end: int) -> None:
    """`Displaced families by district:` and a list of `Millford: 310`: the line that introduces it says what all items count.

    An item may also begin with its number: `22 in Northmark, including seven women`.
    """
    for quantity in quantities:
        alone = quantity.bare and (quantity.after == end or quantity.at == 0)
        if quantity.metric is None and quantity.parent is None and (quantity.people or alone):
            quantity.metric, quantity.rule = metric, "counted as the line before the list says"
            quantity.household = quantity.household or (families and quantity.bare)


def link_partition(found: list[Quantity]) -> None:
    """A total followed by parts that add up to it, without a word saying so: `311 people, 183 fighters, 100 soldiers, 28 civilians`."""
    tops = [q for q in found if q.parent is None and q.value is not None and q.high is None]
    for position, total in enumerate(tops):
        rest = [q for q in tops[position + 1 :] if q.metric is total.metric and q.household == total.household and not q.bare]
        if len(rest) > 1 and sum(q.amount for q in rest) == total.value and total.amount > rest[0].amount:
            for part in rest:
                part.parent, part.part_of, part.rule = total, PartOf.PARTITION, "the parts add up to the total before them"
            total.parts_complete = True
            return
