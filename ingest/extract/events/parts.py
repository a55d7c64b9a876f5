"""Parts of a total: lists after `including`, a colon or in brackets, and `three of them`."""

from typing import Final

from ingest.extract.events.clause_state import WIDE, PartList, State, is_side, status_of, words_at
from ingest.extract.events.triggers import settle
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.model.vocabulary import CASUALTIES, GroupStatus, Metric, PartOf

_JOINS: Final = bit.AND | bit.COMMA
_ASIDE: Final = bit.PREPOSITION | bit.DEFINITE | bit.PLACE_TYPE


def open_inclusion(state: State, here: int) -> None:
    """`including`, `as follows`: what comes next are parts of the last count."""
    if _stands_behind(state, here):
        return
    parent = state.last or (state.context.last_top if here < WIDE else None)
    if parent is not None:
        kind = "colon" if state.items[here].flags & bit.PARTITION else "include"
        state.lists.append(PartList(kind, parent))


def _stands_behind(state: State, here: int) -> bool:
    """`killed eight civilians, two children and a woman among them`: the parts stand between the total and the word."""
    told = [q for q in state.found if q.after <= here]
    if not told or told[-1].after != here or any(q.at == here + 1 for q in state.found):
        return False
    for at in range(len(told) - 2, -1, -1):
        whole, parts = told[at], told[at + 1 :]
        between = state.items[whole.after : parts[0].at]
        if not between or not all(item.flags & _JOINS or item.entry.hedge_before is not None for item in between):
            return False
        if any(item.flags & bit.COMMA for item in between) and whole.parent is None and sum(p.amount for p in parts) <= whole.amount:
            for part in parts:
                part.parent, part.part_of, part.rule = whole, PartOf.SUBSET, "named as some of the total before it"
            return True
    return False


def open_enumeration(state: State, here: int) -> None:
    """A colon or dash after a total with numbers behind it: they are its parts."""
    if state.open is not None and state.open[1] == here - 1:
        return  # `قتلى: 14 وجرحى: 30`: the colon belongs to the label before it
    following = state.items[here + 1 : here + 3]
    single = bit.ARTICLE | bit.ONE if state.items[here].flags & bit.COLON else 0
    counts = any(i.number is not None or i.entry.vague or i.flags & single for i in following)
    if state.last_top is not None and counts and state.last_top.amount > 1 and not _says_again(state, here):
        if state.last_top.metric is None:
            waits = state.last_top in state.pending and any(i.flags & bit.DASH for i in state.items[here + 1 :])
            settle(state)
            if waits:
                state.pending.append(state.last_top)  # "5,000 people - 2,600 of them children - fled"
        state.lists = [PartList("colon", state.last_top)]
        state.open = None


def _says_again(state: State, here: int) -> bool:
    """`5,000 families - about 26,000 people - fled`: the count behind the dash is the same one in the other unit."""
    behind = next((q for q in state.found if q.at > here), None)
    return behind is not None and state.last_top is not None and behind.people and behind.household != state.last_top.household


def close_list(state: State, kind: str) -> None:
    """Closes the innermost list of a kind and all inside it."""
    for position in range(len(state.lists) - 1, -1, -1):
        if state.lists[position].kind == kind:
            del state.lists[position:]
            return


def take_partitive(state: State, quantity: Quantity) -> None:
    """`three of them (were) children`: a part of the last total; with no total before it, nothing."""
    last = state.last.parent if state.last is not None and state.last.partitive else state.last
    if quantity.whole is not None:
        last = next((q for q in reversed((*state.context.recent, *state.found)) if q.amount == quantity.whole and q is not quantity), None)
        if last is None:
            state.pending.append(quantity)  # `six of the nine teachers died`: nothing happened to the nine
            state.last = quantity
            return
    parent = _named_whole(state, quantity) or last or state.context.last_top
    if parent is not None and parent.amount < quantity.amount:
        larger = (q for q in reversed(state.context.recent) if q.parent is None and q.amount >= quantity.amount)
        parent = state.last_top or next(larger, None)
    if parent is not None and parent.amount >= quantity.amount:
        quantity.parent, quantity.part_of, quantity.rule = parent, PartOf.SUBSET, "a part of the total just named"
        state.last = quantity
        state.last_metric = state.last_metric or parent.metric
        _take_open(state, quantity)
    elif parent is not None and state.open is not None and state.open[1] < quantity.at:
        quantity.metric, quantity.trigger = state.open[0], words_at(state, state.open[1])  # `lost nine men and killed 40 of the enemy`
        state.last = quantity
    elif parent is None and state.open is not None and state.open[1] == quantity.at - 1:
        quantity.metric, quantity.trigger = state.open[0], words_at(state, state.open[1])  # `forces killed 31 of them`
        state.last = quantity
    elif parent is None:
        state.pending.append(quantity)  # "3,000 of the displaced have returned", of whom no total is told
        state.last = quantity


def _take_open(state: State, quantity: Quantity) -> None:
    """`and freed 30 of them`: the word right before a part says what else happened to it."""
    if state.open is not None and state.open[1] == quantity.at - 1 and state.open[0] not in CASUALTIES:
        quantity.metric, quantity.trigger = state.open[0], words_at(state, state.open[1])


def goes_on_partitive(state: State, quantity: Quantity) -> bool:
    """`54 of them children and 39 women`, `14 of them in the market and nine on the road`: the second number shares the whole,
    unless a verb of its own follows.
    """
    last = state.last
    if last is None or not last.partitive or last.parent is None or quantity.others or quantity.amount > last.parent.amount:
        return False
    following = state.items[quantity.after] if quantity.after < len(state.items) else None
    if following is not None and (following.entry.metric is not None or following.flags & bit.BE):
        return False
    between = state.items[last.after : quantity.at]
    if quantity.bare:  # a place or a doer may stand between
        joined = any(i.flags & _JOINS for i in between)
        return joined and all(i.flags & (_JOINS | _ASIDE) or not i.flags or is_side(i) for i in between)
    return bool(quantity.groups and between) and all(i.flags & bit.AND for i in between)


def _named_whole(state: State, quantity: Quantity) -> Quantity | None:
    """`nineteen of the civilians`, `three of the dead`: the latest count of civilians or dead, here or in the sentence before."""
    if (harmed := _harmed_whole(state, quantity)) is not None:
        return harmed
    if not quantity.groups or state.items[quantity.at + 1].flags & bit.INCLUDE:
        return None
    status = status_of(quantity)
    earlier = (*state.context.recent, *(q for q in state.found if q.at < quantity.at))
    return next((q for q in reversed(earlier) if status is not None and status_of(q) is status and q.amount >= quantity.amount), None)


def _harmed_whole(state: State, quantity: Quantity) -> Quantity | None:
    """The latest count of the dead or hurt that `33 of the dead` are some of."""
    words = state.text.words[slice(*quantity.label)]
    harm = next((w.own.metric for w in words if w.own is not None and w.own.metric in CASUALTIES), None)
    if harm is None:
        return None
    earlier = (*state.context.recent, *(q for q in state.found if q.at < quantity.at))
    return next((q for q in reversed(earlier) if q.metric is harm and q.parent is None and q.amount >= quantity.amount), None)


def holder_of(state: State, quantity: Quantity) -> PartList | None:
    """The open list this quantity belongs to, closing those it cannot belong to."""
    if (outer := _completed(state, quantity)) is not None:
        while state.lists[-1] is not outer:
            state.lists.pop()
        return outer
    while state.lists:
        top = state.lists[-1]
        if _fits(state, top, quantity):
            return top
        if top.kind == "bracket":
            return None
        state.lists.pop()
    return None


def _completed(state: State, quantity: Quantity) -> PartList | None:
    """The list behind a colon that this quantity makes complete: `eight people: five drivers, including a woman, three guards`."""
    for one in state.lists[:-1]:
        told = sum(part.amount for part in one.parts)
        if one.kind == "colon" and told and told + quantity.amount == one.parent.value:
            return one
    return None


def _fits(state: State, top: PartList, quantity: Quantity) -> bool:
    parent = top.parent
    if quantity.household and not parent.household:
        return top.kind == "bracket"
    if quantity.value is not None and parent.value is not None and quantity.value > parent.value:
        return False
    if top.kind == "include":
        if quantity.others and not quantity.groups:
            return False
        if quantity.bare and quantity.at and is_side(state.items[quantity.at - 1]):
            return False  # "..., including one woman, and unidentified parties four"
        if top.closing and top.parts and _comma_between(state, top.parts[-1], quantity):
            return False
        if status_of(parent) is not None and status_of(quantity) is not None and status_of(parent) != status_of(quantity):
            return False
        total = sum(p.amount for p in top.parts) + quantity.amount
        if parent.value is not None and len(top.parts) > 1 and total > parent.value and not _tells_age(quantity):
            return False
    if top.kind == "colon" and quantity.implicit and quantity.at and state.items[quantity.at - 1].flags & bit.BOUNDARY:
        return False  # `..., and one in the market, where a sniper shot a driver`
    if top.kind == "colon" and status_of(parent) is GroupStatus.CIVILIAN and status_of(quantity) is GroupStatus.COMBATANT:
        return False
    if quantity.own_metric is Metric.KILLED_OR_INJURED and parent.metric in CASUALTIES:
        return True  # `75 killed, including two victims of torture`
    return not (quantity.own_metric is not None and parent.metric is not None and quantity.own_metric is not parent.metric)


def _tells_age(quantity: Quantity) -> bool:
    """Children overlap with every other part, so they may make a list of parts longer than its whole."""
    return bool(quantity.groups) and quantity.groups[-1].age is not None


def _comma_between(state: State, before: Quantity, quantity: Quantity) -> bool:
    """Whether the list ended: `..., two women and a child, 18 fighters`."""
    between = state.items[before.after : quantity.at]
    return any(i.flags & bit.COMMA for i in between) and not any(i.flags & bit.AND for i in between)


def attach(state: State, holder: PartList, quantity: Quantity) -> None:
    """Makes a quantity a part of a list; a bracket in another unit (`68,700 households`) is the same count again."""
    quantity.parent = holder.parent
    quantity.part_of = PartOf.PARTITION if holder.kind == "colon" else PartOf.SUBSET
    quantity.rule = {
        "include": "listed as included in the total",
        "colon": "listed after the total",
        "bracket": "in brackets after the total",
    }[holder.kind]
    if holder.kind == "bracket" and quantity.household != holder.parent.household:
        quantity.parent, quantity.part_of = None, None
        quantity.metric, quantity.trigger = holder.parent.metric, holder.parent.trigger
        if quantity.metric is None:
            state.pending.append(quantity)  # "22,500 people (4,500 families) were affected"
    holder.parts.append(quantity)
    holder.closing = holder.closing and holder.kind != "colon"
    state.last = quantity
