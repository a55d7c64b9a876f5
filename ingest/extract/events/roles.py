"""What a quantity is in its clause: a part of an open list, the object of an open word, or one that waits for a word of its own."""

from ingest.extract.events.clause_state import State, resolve, status_of, words_at
from ingest.extract.events.joined import share_object
from ingest.extract.events.movement import MOVED_OR_AFFECTED
from ingest.extract.events.parts import attach, goes_on_partitive, holder_of, take_partitive
from ingest.extract.events.triggers import assign, is_passive
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.entries import Group
from ingest.model.vocabulary import CASUALTIES, PERSONAL, GroupStatus, Metric, PartOf


def take_role(state: State, quantity: Quantity) -> None:
    """A quantity met: a part of an open list, the object of an open trigger, or one that waits."""
    quantity.hypothetical = state.modal
    if quantity.guessed and _waits_or_fails(state, quantity):
        return
    _contain(state, quantity)
    if state.items[quantity.at].flags & bit.AND:
        for one in state.lists:
            one.closing = True
    same = quantity.others or (quantity.bare and _is_joined(state, quantity))
    if quantity.partitive:
        if same:
            _of_the_same_kind(state, quantity)
        take_partitive(state, quantity)
        _of_another_deed(state, quantity)
        return
    if goes_on_partitive(state, quantity):
        quantity.partitive = True
        take_partitive(state, quantity)
        return
    holder = holder_of(state, quantity)  # whom `others` are like is no noun of theirs: `including two women, and dozens more`
    if same:
        _of_the_same_kind(state, quantity)
    if holder is not None:
        attach(state, holder, quantity)
        _of_another_deed(state, quantity)
        return
    _happens(state, quantity)
    if not (quantity.definite and quantity.amount < 10 and quantity.own_metric is None):
        state.last_top = quantity
    state.last = quantity


def _happens(state: State, quantity: Quantity) -> None:
    """What is said of a quantity so far: by its own noun, by the word before it, or nothing yet."""
    weak = (quantity.weak and not _hosts(state, quantity)) or _died(state, quantity)
    if quantity.own_metric is not None and not (state.open and weak):
        assign(state, quantity, quantity.own_metric, None, "the noun itself says what is counted")
    elif state.open is not None and quantity.unknown and state.open[2].flags & bit.ALSO_OF_THINGS:
        return  # `burned three carts`
    elif state.open is not None and quantity.after < len(state.items) and tells(state, quantity, quantity.after):
        return  # `“We killed forty,” a commander said`
    elif state.open is not None and quantity.unknown and _is_aside(state, quantity, state.open[1]):
        return
    elif state.open is not None:
        metric, at, _ = state.open
        quantity.metric, quantity.trigger, quantity.rule = metric, words_at(state, at), "object of the word before it"
        if quantity.bare and state.last_top is not None and state.last_top.trigger == quantity.trigger:
            # "killed 27 civilians, Russian forces eight"
            quantity.groups, quantity.household = state.last_top.groups, state.last_top.household
        elif quantity.bare:
            _take_label(state, quantity, at)
        state.last_metric, state.last_trigger = metric, quantity.trigger
        share_object(state, quantity)
    else:
        state.pending.append(quantity)


def _died(state: State, quantity: Quantity) -> bool:
    """`توفي أربعة جرحى`: those who were hurt are dead now."""
    metric, at, _ = state.open or (None, 0, None)
    hurt = quantity.own_metric is Metric.INJURED and at == quantity.at - 1
    return metric is Metric.KILLED and hurt and not state.items[at].flags & bit.LEAVE


def _of_another_deed(state: State, quantity: Quantity) -> None:
    """`84,000 were affected, and أُجلي 6200 منهم`: the word right before a part says what happened to it; the hurt of the dead stay dead."""
    at = quantity.at - 1
    if at > 0 and state.items[at].flags & bit.INCLUDE:
        at -= 1  # توفي منهم ستة
    if state.open is None or state.open[1] != at or quantity.parent is None:
        return
    metric = state.open[0]
    if metric is Metric.KILLED and resolve(quantity.parent) is Metric.INJURED:
        quantity.parent = quantity.part_of = None  # استقبل المشفى 45 مصابا توفي منهم ستة: no part of the wounded any more
        quantity.metric, quantity.trigger = metric, words_at(state, state.open[1])
    elif not (metric in CASUALTIES and resolve(quantity.parent) in CASUALTIES):
        quantity.metric, quantity.trigger = metric, words_at(state, state.open[1])


def _is_aside(state: State, quantity: Quantity, trigger: int) -> bool:
    """`القبض على شخصين وبحوزتهما 5 ربطات`: an Arabic trigger has its people, and a noun we do not know is none of their list."""
    if state.last is None or state.last.at < trigger or state.text.words[state.items[quantity.after - 1].first].norm.isascii():
        return False
    before = state.items[quantity.at - 1]
    return not before.flags & (bit.AND | bit.COMMA) and before.entry.hedge_before is None and not state.items[quantity.at].flags & bit.AND


def _is_joined(state: State, quantity: Quantity) -> bool:
    """`..., and three wounded`, `captured nine fighters and killed two`."""
    back = quantity.at - 1
    if back > 0 and state.items[back].entry.metric is not None and not state.items[back].flags & bit.AND:  # وأصيب العشرات
        back -= 1
    return back >= 0 and bool(state.items[back].flags & bit.AND)


def _of_the_same_kind(state: State, quantity: Quantity) -> None:
    """`one soldier and two others`, `a guard was killed and three wounded`: fighters or civilians as those before, not their age."""
    if state.last_top is not None and status_of(quantity) is None:
        same = [Group(status=group.status, side=group.side) for group in state.last_top.groups if group.status is not GroupStatus.UNSTATED]
        quantity.groups = [*same, *quantity.groups]


def _hosts(state: State, quantity: Quantity) -> bool:
    """`The district hosts 41,000 IDPs`: where the noun says more than the verb."""
    return state.open is not None and state.open[0] is Metric.SHELTERED and quantity.own_metric in MOVED_OR_AFFECTED


def _waits_or_fails(state: State, quantity: Quantity) -> bool:
    """A noun nobody listed waits for a verb, or is the object of one said of people alone, right before it: `killed a tailor`."""
    if state.open is None:
        state.pending.append(quantity)
        return True
    return state.open[0] not in PERSONAL or not (state.open[1] == quantity.at - 1 or _is_one_more(state, quantity))


def _is_one_more(state: State, quantity: Quantity) -> bool:
    """`killed two teachers and a janitor`: the last member of a list of people, unless a verb of its own follows."""
    last, lead = state.last, state.items[quantity.at - 1]
    if last is None or state.open is None or not lead.flags & bit.AND or last.trigger != words_at(state, state.open[1]):
        return False
    following = state.items[quantity.after] if quantity.after < len(state.items) else None
    return last.after == quantity.at - 1 and (following is None or not following.flags & (bit.BE | bit.HAVE))


def _take_label(state: State, quantity: Quantity, trigger: int) -> None:
    """`the number of women killed as three`, `Families displaced: 340`, `Killed (women): 3`: the people stand beside the trigger."""
    items, end = state.items, trigger + 1
    if any(item.flags & bit.COLON for item in items[trigger + 1 : quantity.at]):
        end = quantity.at
    elif items[end].entry.group is not None:
        end += 1  # "displaced families total 2,100"
    active = all(item.entry.hedge_before is not None for item in items[trigger + 1 : quantity.at])  # `Northern forces killed six`
    named = next(
        (at for at in (*(() if active else (trigger - 1,)), *range(trigger + 1, end)) if at >= 0 and items[at].entry.group is not None),
        None,
    )
    own = items[trigger].entry.group  # `the number of IDPs (in the camps) was 430`
    quantity.groups = [own] if own is not None else []
    group = items[named].entry.group if named is not None else None
    if named is None or group is None:
        return
    if group.household:
        quantity.household, quantity.label = True, words_at(state, named)
    else:
        quantity.groups.append(group)


def _contain(state: State, quantity: Quantity) -> None:
    """`three women among the 71 civilians`: the number before is a part of the one that is already known."""
    part, lead = state.last, state.items[max(quantity.at - 2, 0)]
    among = quantity.definite and state.text.words[lead.last - 1].norm in ("among", "of")
    lead_in = state.found[0]
    if lead_in is not quantity and lead_in.definite and state.items[0].flags & bit.OF and 0 < quantity.amount <= lead_in.amount:
        quantity.parent, quantity.part_of, quantity.rule = lead_in, PartOf.SUBSET, "some of those the sentence begins with"
        quantity.household = quantity.household or (quantity.bare and lead_in.household)
    if among and part is not None and part.parent is None and part.amount < quantity.amount and part.after >= quantity.at - 2:
        part.parent, part.part_of, part.rule = quantity, PartOf.SUBSET, "named as some of the total behind it"


def tells(state: State, quantity: Quantity, here: int) -> bool:
    """`the mayor speaks of 37 dead, and a doctor at the hospital said`: one who speaks, not one of those counted."""
    if not quantity.implicit or not state.items[here].flags & bit.SAYS or is_passive(state, here):
        return False
    return not any(i.flags & bit.COMMA for i in state.items[quantity.after : here])
