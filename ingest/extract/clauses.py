"""Says what happened to each quantity: pairs the numbers of a sentence with its triggers, and parts with their wholes.

A sentence is read once from left to right. Quantities wait for a trigger on their right (`four people were killed`) unless
one on their left is still open (`killing four people`). Lists after `including`, a colon or in brackets are parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.extract.entries import BIT, Entry
from ingest.extract.items import Item
from ingest.extract.quantities import Quantity, find
from ingest.extract.sentences import Text
from ingest.model.vocabulary import GroupStatus, Metric, PartOf, Qualifier

_CASUALTY = frozenset({Metric.KILLED, Metric.INJURED, Metric.KILLED_OR_INJURED})
_SUBJECT_BREAKS = BIT["boundary"] | BIT["says"]
_PROJECTS = frozenset({"projected", "projects", "projection", "forecast", "expects", "expected", "anticipates", "anticipated"})
# "they include 100,000 people who were displaced again": a metric that is always a part of another
_AGAIN: dict[Metric, set[Metric]] = {
    Metric.SECONDARY_DISPLACEMENT: {Metric.NEWLY_DISPLACED, Metric.DISPLACED_STOCK},
    Metric.SHELTERED: {Metric.NEWLY_DISPLACED, Metric.DISPLACED_STOCK},
}
_NAMED_AS = frozenset({"known", "such", "described", "identified", "well"})
_NUMBERS = frozenset({"number", "figure", "total", "toll"})
_WIDE = 6  # items between a total and the colon or dash that introduces its parts
_INCLUDES = frozenset({"included", "include", "were", "was", "are"})


@dataclass(slots=True)
class _List:
    """An open list of parts: `kind` is include, colon or bracket; `closing` is set once an `and` announced the last part."""

    kind: str
    parent: Quantity
    closing: bool = False
    parts: list[Quantity] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What one sentence hands to the next: the last total, for `of them ...` and for bullets, and the last metric."""

    last_top: Quantity | None = None
    introduced: tuple[Quantity, ...] = ()
    recent: tuple[Quantity, ...] = ()


@dataclass(slots=True)
class _State:
    items: list[Item]
    text: Text
    context: Context
    found: list[Quantity]
    pending: list[Quantity] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    open: tuple[Metric, int, Entry] | None = None
    last_metric: Metric | None = None
    last_trigger: tuple[int, int] | None = None
    last: Quantity | None = None
    last_top: Quantity | None = None
    modal: bool = False
    projects: bool = False
    negated: bool = False


def read_clauses(items: list[Item], text: Text, context: Context, *, bullet: bool) -> list[Quantity]:
    """The quantities of one sentence that something happened to, each with metric, trigger and parent where it has them."""
    quantities = find(items, text)
    starts = {q.at: q for q in quantities}
    state = _State(items, text, context, quantities)
    here = 0
    while here < len(items):
        if here in starts:
            _quantity(state, starts[here])
            here = max(starts[here].after, here + 1)
            continue
        here += _step(state, here)
    _finish(state)
    if bullet and context.introduced:
        _itemised(quantities, context.introduced)
    found = [q for q in quantities if _resolve(q) is not None]
    _partitions(found)
    if found:
        context.recent = tuple(found)
    return found + list(_unnumbered(state, found))


_CLAIMED = _CASUALTY | {Metric.NEWLY_DISPLACED, Metric.DETAINED, Metric.ABDUCTED, Metric.MISSING}


def _unnumbered(state: _State, found: list[Quantity]) -> Iterator[Quantity]:
    """Claims that give no number: `the displacement of residents`, `soldiers were wounded`. They matter where a source is silent on numbers."""
    taken = {q.trigger for q in found}
    for here, item in enumerate(state.items):
        metric = item.entry.metric
        if metric not in _CLAIMED or (item.first, item.last) in taken or _is_unsure(state, here):
            continue
        at = _people_after(state, here) if item.entry.role == "before" else _people_before(state, here)
        if item.entry.role == "head" and _is_claim(state, here):
            at = here
        if at is None:
            continue
        people = state.items[at]
        group = people.entry.group
        quantity = Quantity(at, at + 1, people.first, people.last, people.first, (people.first, people.last), groups=[group] if group else [])
        quantity.metric, quantity.trigger, quantity.rule = metric, (item.first, item.last), "people without a number"
        yield quantity


def _is_claim(state: _State, here: int) -> bool:
    """`leaving casualties`, `قتلى وجرحى`: people named only by what happened to them, by a sentence that tells of it."""
    before = state.items[here - 1] if here else None
    if before is None or before.number is not None or before.entry.vague is not None or before.entry.group is not None:
        return False
    told = before.flags & BIT["leave"] or (before.entry.metric is not None and before.entry.role in ("before", "head"))
    inside = any(q.at <= here < q.after for q in state.found)
    return bool(told) and not inside


def _is_unsure(state: _State, here: int) -> bool:
    return any(i.flags & (BIT["modal"] | BIT["negation"]) for i in state.items[max(here - 5, 0) : here])


def _people_after(state: _State, here: int) -> int | None:
    """`the displacement of residents`: the noun right behind, with nothing but `the` or an adjective between."""
    last = state.text.words[state.items[here].last - 1].norm
    if last.isascii() and last not in ("of", "among"):
        return None
    for at in range(here + 1, min(here + 4, len(state.items))):
        item = state.items[at]
        if _is_many(state, at):
            return at
        if item.entry.group is None and not item.flags & BIT["definite"]:
            return None
    return None


def _people_before(state: _State, here: int) -> int | None:
    """`residents near the edge fled`, `soldiers were wounded`: the subject, in the same clause and without a number."""
    role = state.items[here].entry.role
    if role == "head" or role == "toll" or (role == "either" and not _is_passive(state, here)):
        return None
    for at in range(here - 1, max(here - 8, -1), -1):
        item = state.items[at]
        if item.number is not None or item.entry.vague or item.entry.metric or item.flags & (BIT["boundary"] | BIT["comma"] | BIT["says"] | BIT["article"] | BIT["one"]):
            return None
        if _is_many(state, at):
            lead = state.items[at - 1] if at else None
            counted = lead is not None and (lead.number is not None or lead.entry.vague is not None or lead.entry.group is not None or lead.flags & (BIT["preposition"] | BIT["of"] | BIT["by"]))
            return None if counted else at
    return None


def _is_many(state: _State, at: int) -> bool:
    group = state.items[at].entry.group
    return group is not None and group.noun and not group.others and state.text.words[state.items[at].last - 1].norm.endswith(("s", "people", "men", "women", "children"))


def _step(state: _State, here: int) -> int:
    """Reads one item that is no quantity; returns how many items it used."""
    item, flags = state.items[here], state.items[here].flags
    if item.entry.metric is not None:
        _trigger(state, here)
    elif flags & (BIT["include"] | BIT["partition"]):
        _include(state, here)
    elif flags & BIT["modal"]:
        state.modal = True
        state.projects = state.projects or state.text.words[item.first].norm in _PROJECTS
    elif flags & BIT["negation"]:
        state.negated = True
    elif flags & BIT["open"] and state.last is not None:
        state.lists.append(_List("bracket", state.last))
    elif flags & BIT["close"]:
        _close(state, "bracket")
    elif flags & BIT["colon"] or (flags & BIT["dash"] and state.text.words[item.first].text in "–—-|" and state.last is not None):
        _colon(state, here)
    elif flags & BIT["pause"]:
        state.lists = [one for one in state.lists if one.kind == "colon"]
    elif flags & BIT["and"]:
        for one in state.lists:
            one.closing = True
    elif flags & _SUBJECT_BREAKS and not flags & BIT["include"]:
        _break(state, here)
    return 1


def _break(state: _State, here: int) -> None:
    """A new clause: what waits for a trigger stays without one, and an open trigger takes no more."""
    norm = state.text.words[state.items[here].first].norm
    if norm in ("that", "who", "which", "whom") and state.pending and not state.open:
        return
    if norm == "as" and (state.open or (here and state.text.words[state.items[here - 1].first].norm in _NAMED_AS)):
        return
    if state.items[here].flags & BIT["boundary"]:
        _settle(state)
        state.open = None
        state.modal = state.negated = state.projects = False
        state.lists = [one for one in state.lists if one.kind == "colon" and one.parts]


def _include(state: _State, here: int) -> None:
    parent = state.last or (state.context.last_top if here < _WIDE else None)
    if parent is not None:
        kind = "colon" if state.items[here].flags & BIT["partition"] else "include"
        state.lists.append(_List(kind, parent))


def _colon(state: _State, here: int) -> None:
    following = state.items[here + 1 : here + 3]
    single = BIT["article"] | BIT["one"] if state.items[here].flags & BIT["colon"] else 0
    counts = any(i.number is not None or i.entry.vague or i.flags & single for i in following)
    if state.last_top is not None and counts and state.last_top.amount > 1:
        if state.last_top.metric is None:
            _settle(state)
        state.lists = [_List("colon", state.last_top)]
        state.open = None


def _close(state: _State, kind: str) -> None:
    for position in range(len(state.lists) - 1, -1, -1):
        if state.lists[position].kind == kind:
            del state.lists[position:]
            return


def _quantity(state: _State, quantity: Quantity) -> None:
    """A quantity met: a part of an open list, the object of an open trigger, or one that waits."""
    quantity.hypothetical = state.modal
    if state.items[quantity.at].flags & BIT["and"]:
        for one in state.lists:
            one.closing = True
    if quantity.others and not quantity.groups and state.last_top is not None:
        quantity.groups = state.last_top.groups  # "one soldier and two others"
    if quantity.partitive:
        _partitive(state, quantity)
        return
    if _goes_on_partitive(state, quantity):
        quantity.partitive = True
        _partitive(state, quantity)
        return
    holder = _holder(state, quantity)
    if holder is not None:
        _attach(state, holder, quantity)
        return
    if quantity.own_metric is not None and not (state.open and quantity.own_metric not in _CASUALTY and state.open[0] in _CASUALTY | {Metric.RELEASED, Metric.EVACUATED}):
        _assign(state, quantity, quantity.own_metric, None, "the noun itself says what is counted")
        _settle_others(state, quantity)
    elif state.open is not None:
        metric, at, _ = state.open
        quantity.metric, quantity.trigger, quantity.rule = metric, _words(state, at), "object of the word before it"
        if quantity.bare and state.last_top is not None and state.last_top.trigger == quantity.trigger:
            quantity.groups = state.last_top.groups  # "killed 27 civilians, Russian forces eight"
        state.last_metric, state.last_trigger = metric, quantity.trigger
    else:
        state.pending.append(quantity)
    if not (quantity.definite and quantity.amount < 10 and quantity.own_metric is None):
        state.last_top = quantity
    state.last = quantity


def _settle_others(state: _State, quantity: Quantity) -> None:
    """`three soldiers and two dead civilians`: earlier ones still wait; a head noun speaks only for its own number."""
    del state, quantity


def _assign(state: _State, quantity: Quantity, metric: Metric, at: int | None, rule: str) -> None:
    quantity.metric, quantity.rule = metric, rule
    quantity.trigger = _words(state, at) if at is not None else None
    state.last_metric, state.last_trigger = metric, quantity.trigger


def _words(state: _State, at: int) -> tuple[int, int]:
    return state.items[at].first, state.items[at].last


def _partitive(state: _State, quantity: Quantity) -> None:
    """`three of them (were) children`: a part of the last total; with no total before it, nothing."""
    last = state.last.parent if state.last is not None and state.last.partitive else state.last
    parent = _named_whole(state, quantity) or last or state.context.last_top
    if parent is not None and parent.amount < quantity.amount:
        parent = state.last_top
    if parent is not None and parent.amount >= quantity.amount:
        quantity.parent, quantity.part_of, quantity.rule = parent, PartOf.SUBSET, "a part of the total just named"
        state.last = quantity
        state.last_metric = state.last_metric or parent.metric


def _goes_on_partitive(state: _State, quantity: Quantity) -> bool:
    """`54 of them children and 39 women`: the second number shares the whole, unless a verb of its own follows."""
    last = state.last
    if last is None or not last.partitive or last.parent is None or quantity.others or not quantity.groups or quantity.amount > last.parent.amount:
        return False
    following = state.items[quantity.after] if quantity.after < len(state.items) else None
    between = state.items[last.after : quantity.at]
    joined = bool(between) and all(i.flags & BIT["and"] for i in between)
    return joined and (following is None or (following.entry.metric is None and not following.flags & BIT["be"]))


def _named_whole(state: _State, quantity: Quantity) -> Quantity | None:
    """`nineteen of the civilians`: the latest count of civilians, here or in the sentence before."""
    if not quantity.groups or state.items[quantity.at + 1].flags & BIT["include"]:
        return None
    status = _status(quantity)
    earlier = (*state.context.recent, *(q for q in state.found if q.at < quantity.at))
    return next((q for q in reversed(earlier) if status is not None and _status(q) is status and q.amount >= quantity.amount), None)


def _holder(state: _State, quantity: Quantity) -> _List | None:
    """The open list this quantity belongs to, closing those it cannot belong to."""
    while state.lists:
        top = state.lists[-1]
        if _fits(state, top, quantity):
            return top
        if top.kind == "bracket":
            return None
        state.lists.pop()
    return None


def _fits(state: _State, top: _List, quantity: Quantity) -> bool:
    parent = top.parent
    if quantity.household and not parent.household:
        return top.kind == "bracket"
    if quantity.value is not None and parent.value is not None and quantity.value > parent.value:
        return False
    if top.kind == "include":
        if quantity.others and not quantity.groups:
            return False
        if quantity.bare and quantity.at and _is_side(state.items[quantity.at - 1]):
            return False  # "..., including one woman, and unidentified parties four"
        if top.closing and top.parts and _comma_between(state, top.parts[-1], quantity):
            return False
        if _status(parent) is not None and _status(quantity) is not None and _status(parent) != _status(quantity):
            return False
        total = sum(p.amount for p in top.parts) + quantity.amount
        if parent.value is not None and len(top.parts) > 1 and total > parent.value and not _same_axis(top.parts, quantity):
            return False
    if top.kind == "colon" and _status(parent) is GroupStatus.CIVILIAN and _status(quantity) is GroupStatus.COMBATANT:
        return False
    return not (quantity.own_metric is not None and parent.metric is not None and quantity.own_metric is not parent.metric)


def _is_side(item: Item) -> bool:
    return bool(item.entry.side or (item.entry.group is not None and item.entry.group.side))


def _same_axis(parts: list[Quantity], quantity: Quantity) -> bool:
    del parts
    return bool(quantity.groups) and quantity.groups[-1].age is not None


def _comma_between(state: _State, before: Quantity, quantity: Quantity) -> bool:
    """Whether the list ended: `..., two women and a child, 18 fighters`."""
    between = state.items[before.after : quantity.at]
    return any(i.flags & BIT["comma"] for i in between) and not any(i.flags & BIT["and"] for i in between)


def _status(quantity: Quantity) -> GroupStatus | None:
    for group in reversed(quantity.groups):
        if group.status is not GroupStatus.UNSTATED:
            return group.status
    return None


def _attach(state: _State, holder: _List, quantity: Quantity) -> None:
    quantity.parent = holder.parent
    quantity.part_of = PartOf.PARTITION if holder.kind == "colon" else PartOf.SUBSET
    quantity.rule = {"include": "listed as included in the total", "colon": "listed after the total", "bracket": "in brackets after the total"}[holder.kind]
    if holder.kind == "bracket" and quantity.household != holder.parent.household:
        quantity.parent, quantity.part_of = None, None
        quantity.metric, quantity.trigger = holder.parent.metric, holder.parent.trigger
    holder.parts.append(quantity)
    holder.closing = holder.closing and holder.kind != "colon"
    state.last = quantity


def _trigger(state: _State, here: int) -> None:
    """A word that says what happened. Decides whether its people stand before it or after it."""
    item, role = state.items[here], state.items[here].entry.role
    metric = item.entry.metric
    assert metric is not None  # noqa: S101 - the caller looked
    if state.negated and not any(q.zero for q in state.pending):
        state.negated = False
        state.pending.clear()
        return
    waiting = [q for q in state.pending if not q.zero or role != "before"]
    if role in ("before", "toll") or (role == "head" and _leads_to_number(state, here)):
        if role == "before" and _is_passive(state, here) and waiting:
            role = "after"
        else:
            _settle(state)
            state.open = (metric, here, item.entry)
            state.lists = [one for one in state.lists if one.kind == "bracket"]
            return
    if role == "head":
        return
    if _modifies_part(state, here) and state.last is not None:
        if metric not in _CASUALTY:
            state.last.metric, state.last.trigger = metric, _words(state, here)
        return
    overridden = _adjacent(state, here)
    if overridden is not None and (state.open is not None or overridden.adjectival):
        _reassign(state, overridden, metric, here)
        state.open = None
        return
    passive = _is_passive(state, here)
    if waiting and (role == "after" or passive or not _object_follows(state, here) or _next_has_own(state, here)):
        _take(state, metric, here)
        state.open = None
        state.lists = [one for one in state.lists if one.kind == "bracket"]
        return
    if role == "after" or (passive and not _object_follows(state, here)):
        if state.last is not None and state.last.partitive and state.last.trigger is None:
            state.last.trigger = _words(state, here)
        return
    state.pending.clear()
    state.lists.clear()
    state.open = (metric, here, item.entry)


def _is_passive(state: _State, here: int) -> bool:
    for back in range(here - 1, max(here - 4, -1), -1):
        flags = state.items[back].flags
        if flags & BIT["be"]:
            return True
        if flags & (BIT["and"] | BIT["comma"]) or state.items[back].number is not None:
            return False
    return False


def _object_follows(state: _State, here: int) -> bool:
    """Whether a number or an indefinite person stands right behind the trigger."""
    for ahead in state.items[here + 1 : here + 5]:
        if ahead.number is not None or ahead.entry.vague is not None or ahead.flags & (BIT["article"] | BIT["one"]):
            return True
        if ahead.entry.hedge_before is None and not ahead.flags & BIT["definite"]:
            return False
    return False


def _next_has_own(state: _State, here: int) -> bool:
    """`6 citizens killed 22 injured`: the number behind the trigger has a trigger of its own right behind it."""
    for position in range(here + 1, min(here + 6, len(state.items))):
        item = state.items[position]
        if item.entry.metric is not None:
            return item.entry.role in ("either", "after")
        if item.flags & (BIT["comma"] | BIT["and"] | BIT["preposition"] | BIT["boundary"]):
            return False
    return False


def _leads_to_number(state: _State, here: int) -> bool:
    following = state.items[here + 1 : here + 4]
    return bool(following) and bool(following[0].flags & (BIT["reach"] | BIT["colon"])) and any(i.number is not None or i.entry.vague for i in following)


def _adjacent(state: _State, here: int) -> Quantity | None:
    """A quantity that an earlier trigger took and that ends right before this one: `killed 4 people and 5 injured`."""
    last = state.last
    if last is None or last.metric is None or last.parent is not None or (last.own_metric is not None and not last.adjectival):
        return None
    between = state.items[last.after : here]
    return last if all(i.flags & (BIT["be"] | BIT["have"]) or i.entry.group for i in between) else None


def _modifies_part(state: _State, here: int) -> bool:
    """`including 128,000 newly displaced and 39,000 displaced twice`: the word right behind a part speaks of that part only."""
    last = state.last
    return last is not None and last.parent is not None and last.after == here and _resolve(last.parent) is not None


def _reassign(state: _State, quantity: Quantity, metric: Metric, here: int) -> None:
    quantity.metric, quantity.trigger, quantity.rule = metric, _words(state, here), "subject of the word right behind it"
    state.last_metric, state.last_trigger = metric, quantity.trigger


def _take(state: _State, metric: Metric, here: int) -> None:
    """Everything that waits gets this metric."""
    for quantity in state.pending:
        _assign(state, quantity, metric, here, "subject of the word after it")
        quantity.hypothetical = quantity.hypothetical or state.modal
    state.pending.clear()
    state.modal = False


def _settle(state: _State) -> None:
    """What waits at the end of a clause goes with the last metric when it continues its list: `three in A, two in B`."""
    if state.last_metric is not None:
        for quantity in state.pending:
            if (quantity.bare or quantity.others or quantity.people) and _continues(state, quantity):
                _assign_same(state, quantity)
    state.pending.clear()


def _assign_same(state: _State, quantity: Quantity) -> None:
    quantity.metric, quantity.trigger, quantity.rule = state.last_metric, state.last_trigger, "continues the list before it"
    earlier = next((q for q in reversed(state.found) if q.at < quantity.at and q.metric is state.last_metric), None)
    if earlier is not None and quantity.bare:
        quantity.groups, quantity.parent, quantity.part_of = earlier.groups, earlier.parent, earlier.part_of


def _continues(state: _State, quantity: Quantity) -> bool:
    """The words before a left-over quantity are those of a list: a comma, `and`, a place."""
    before = state.items[quantity.at - 1] if quantity.at else None
    while before is not None and before.entry.hedge_before is not None and quantity.at > 1:
        quantity_at = state.items.index(before)
        before = state.items[quantity_at - 1] if quantity_at else None
    return before is not None and bool(before.flags & (BIT["comma"] | BIT["and"] | BIT["colon"] | BIT["dash"]))


def _finish(state: _State) -> None:
    if not _continue_total(state) and not _projected(state):
        _settle(state)
    for one in state.lists:
        if one.kind == "colon" and one.parts:
            one.parent.parts_complete = True
    _link_back(state)
    if state.last_top is not None and _resolve(state.last_top) is not None:
        state.context.last_top = state.last_top


def _continue_total(state: _State) -> bool:
    """A sentence that says nothing happened and lists people goes on with the total before it: `They were 114 rebels and 21 soldiers.`"""
    if not state.pending or any(i.entry.metric is not None for i in state.items if not i.flags & BIT["says"]) and not _refers_back(state):
        return False
    if state.last_metric is not None and not _refers_back(state):
        return False
    total = _total_meant(state)
    if total is None:
        return False
    stated = [q for q in state.pending if not q.implicit]
    if not _refers_back(state) and (len(stated) == 1 or not _adds_up(stated, total)):
        return False
    named = [q for q in state.found if q.own_metric is total.metric and q.metric is total.metric and _refers_back(state)]
    waiting = [q for q in (*named, *state.pending) if q.parent is None and q.amount <= total.amount and (q.people or q.bare or q.others or q in named)]
    if state.projects and len(waiting) == 1:
        return False
    for quantity in waiting:
        quantity.parent, quantity.rule = total, "goes on with the total before it"
        quantity.part_of = PartOf.SUBSET if _opens(state, "some") or quantity.partitive else PartOf.PARTITION
    if waiting and not _opens(state, "some"):
        total.parts_complete = True
    state.pending.clear()
    return bool(waiting)


def _adds_up(parts: list[Quantity], total: Quantity) -> bool:
    """Whether parts make up a total; one that is itself hedged (`around 200`) allows a tenth."""
    slack = 0 if total.qualifier is Qualifier.EXACT else total.amount // 10
    return abs(sum(q.amount for q in parts) - total.amount) <= slack


def _link_back(state: _State) -> None:
    """`The dead were 44 rebels and 37 soldiers`: what a sentence says of the dead of the one before are its parts."""
    opening = next((i for i in state.items[:3] if i.flags & (BIT["back"] | BIT["some"])), None)
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
    complete = bool(opening.flags & BIT["back"])
    total.parts_complete = total.parts_complete or complete
    for quantity in mine:
        quantity.parent, quantity.part_of = total, PartOf.PARTITION if complete else PartOf.SUBSET


def _projected(state: _State) -> bool:
    """`It projects that the number could rise to 1.5 million`: the number meant is the last total's."""
    total = state.context.last_top
    if not state.projects or total is None or len(state.pending) != 1 or not any(state.text.words[i.last - 1].norm in _NUMBERS for i in state.items):
        return False
    quantity = state.pending.pop()
    quantity.metric, quantity.household, quantity.hypothetical = total.metric, total.household, True
    quantity.rule = "the number that is projected is that of the total before it"
    return True


def _refers_back(state: _State) -> bool:
    """The sentence opens with `they`, `of the dead`, `the total`, `the other 218`."""
    return _opens(state, "back") or any(i.flags & BIT["some"] and i.last - i.first > 1 for i in state.items) or _opens(state, "some") or (bool(state.items[0].flags & BIT["of"]) and any(i.entry.group for i in state.items[1:3]))


def _opens(state: _State, how: str) -> bool:
    return any(i.flags & BIT[how] for i in state.items[:4])


def _total_meant(state: _State) -> Quantity | None:
    """The total a sentence goes on with: the latest that can hold what it lists, of the group it names (`of the fighters`)."""
    listed = sum(q.amount for q in state.pending if q.parent is None)
    lead = [i.entry.group for i in state.items[:4] if i.entry.group is not None and state.items[0].flags & BIT["of"]]
    recent = [q for q in state.context.recent if q.metric is not None and q.amount >= max(q.amount for q in state.pending)]
    if lead:
        named = [q for q in recent if any(g.status is lead[0].status and g.age is lead[0].age for g in q.groups)]
        if named:
            return named[-1]
    exact = [q for q in recent if q.amount == listed]
    tops = [q for q in recent if q.parent is None]
    return (exact or tops or [None])[0 if exact else -1]  # type: ignore[list-item]


def _resolve(quantity: Quantity) -> Metric | None:
    """The metric of a quantity: its own, or that of the whole it is a part of."""
    seen: set[int] = set()
    whole: Quantity | None = quantity
    while whole is not None and whole.metric is None and id(whole) not in seen:
        seen.add(id(whole))
        whole = whole.parent
    quantity.metric = whole.metric if whole is not None else None
    if whole is not None and quantity.trigger is None:
        quantity.trigger = whole.trigger
    return quantity.metric


def _itemised(quantities: list[Quantity], totals: tuple[Quantity, ...]) -> None:
    """Items of a list belong to the total that introduced it: that of their own metric, or the first where they name none."""
    for quantity in quantities:
        if quantity.parent is not None or quantity.zero:
            continue
        total = next((t for t in totals if t.metric is quantity.metric), None) if quantity.metric else totals[0]
        if total is not None and total.amount >= quantity.amount and (quantity.metric or quantity.people):
            quantity.parent, quantity.part_of, total.parts_complete = total, PartOf.PARTITION, True
            quantity.rule = quantity.rule or "item of the list its total introduces"


def _partitions(found: list[Quantity]) -> None:
    """A total followed by parts that add up to it, without a word saying so: `311 people, 183 fighters, 100 soldiers, 28 civilians`."""
    tops = [q for q in found if q.parent is None and q.value is not None and q.high is None]
    for position, total in enumerate(tops):
        rest = [q for q in tops[position + 1 :] if q.metric is total.metric and q.household == total.household]
        if len(rest) > 1 and sum(q.amount for q in rest) == total.value and total.amount > rest[0].amount:
            for part in rest:
                part.parent, part.part_of, part.rule = total, PartOf.PARTITION, "the parts add up to the total before them"
            total.parts_complete = True
            return
