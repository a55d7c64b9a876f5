"""Says what happened to each quantity: pairs the numbers of a sentence with its triggers, and parts with their wholes.

A sentence is read once from left to right. Quantities wait for a trigger on their right (`four people were killed`) unless
one on their left is still open (`killing four people`). Lists after `including`, a colon or in brackets are parts.
"""

from ingest.extract.events.clause_state import Context, PartList, State, resolve, status_of, words_at
from ingest.extract.events.joined import share_object, speaks_of_one
from ingest.extract.events.movement import MOVED_OR_AFFECTED
from ingest.extract.events.parts import attach, close_list, goes_on_partitive, holder_of, open_enumeration, open_inclusion, take_partitive
from ingest.extract.events.totals import (
    continue_total,
    itemise_metric,
    itemise_total,
    link_alone,
    link_back,
    link_partition,
    take_projection,
)
from ingest.extract.events.triggers import assign, is_passive, read_trigger, say_more, settle
from ingest.extract.events.unnumbered import unnumbered_claims
from ingest.extract.people.quantities import find
from ingest.extract.people.quantity import Quantity
from ingest.extract.words.entries import BIT, Group, bits
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.model.vocabulary import CASUALTIES, PERSONAL, GroupStatus, Metric, PartOf

_RELATIVES = frozenset({"who", "which", "whom", "الذي", "التي", "الذين"})
_SUBJECT_BREAKS = BIT["boundary"] | BIT["says"]


_PROJECTS = frozenset({"projected", "projects", "projection", "forecast", "expects", "expected", "anticipates", "anticipated"})


_PROJECTED = frozenset(
    {
        Metric.NEWLY_DISPLACED,
        Metric.DISPLACED_STOCK,
        Metric.SECONDARY_DISPLACEMENT,
        Metric.IDP_RETURNED,
        Metric.REFUGEE_RETURNED,
        Metric.CROSS_BORDER_DEPARTED,
        Metric.REFUGEE_STOCK,
        Metric.AFFECTED,
        Metric.IN_NEED,
    }
)


_NAMED_AS = frozenset({"known", "such", "described", "identified", "well"})


def read_clauses(items: list[Item], text: Text, context: Context, *, bullet: bool, told: int) -> list[Quantity]:
    """The quantities of one sentence that something happened to, each with metric, trigger and parent where it has them.

    `told` are the classes of its items together.
    """
    quantities = find(items, text)
    starts = {q.at: q for q in quantities}
    state = State(items, text, context, quantities)
    done = 0
    for here, item in enumerate(items):
        if here < done:
            continue
        if here in starts:
            _quantity(state, starts[here])
            done = starts[here].after
        elif item.flags & _STEPS or item.entry.metric is not None:
            _step(state, here)
    _finish(state)
    if bullet and context.introduced:
        itemise_total(quantities, context.introduced, silent=not any(item.entry.metric for item in items))
    if bullet and context.listed is not None:
        itemise_metric(quantities, *context.listed, len(items))
    found = [q for q in quantities if resolve(q) is not None and _is_claimed(state, q)]
    link_partition(found)
    told_of = next((q for q in reversed(quantities) if q.value == 1 and q.parent is None), None)
    context.person = told_of or (context.person if told & BIT["pronouns"] and speaks_of_one(state) else None)
    if found:
        context.recent = tuple(found)
    return sorted(found + state.joined, key=lambda q: q.at) + list(unnumbered_claims(state, found))


# Every class that `_step` asks for; items of no other, which tell of nothing that happened, are passed over.
_STEPS = bits("include partition modal negation open close colon dash pause comma and boundary says shelter_place arrive spared rest")


_SAYS_MORE = bits("shelter_place arrive spared rest")


def _step(state: State, here: int) -> None:
    """Reads one item that is no quantity."""
    item, flags = state.items[here], state.items[here].flags
    if flags & BIT["colon"]:
        state.negated = False  # `on a scale not seen since 2021: 96,000 people have fled`
    if item.entry.metric is not None:
        read_trigger(state, here)
    elif flags & (BIT["include"] | BIT["partition"]):
        open_inclusion(state, here)
    elif flags & BIT["modal"] and _is_to_come(state, here):
        state.modal = True
        state.projects = state.projects or state.text.words[item.first].norm in _PROJECTS
    elif flags & BIT["negation"] and not flags & BIT["nobody"]:
        state.negated = True
    elif flags & BIT["open"] and state.last is not None:
        state.lists.append(PartList("bracket", state.last))
    elif flags & (BIT["close"] | BIT["pause"]):
        _end_lists(state, flags)
    elif flags & BIT["colon"] or (flags & BIT["dash"] and state.text.words[item.first].text in "–—-|" and state.last is not None):
        open_enumeration(state, here)
    elif flags & BIT["comma"] and state.modal and not (state.last is not None and state.last.hypothetical):
        state.modal = False  # `fearing a flood, the army evacuated 300 villagers`: the fear has ended
    elif flags & BIT["and"]:
        _join(state, flags)
    elif flags & _SUBJECT_BREAKS and not flags & BIT["include"]:
        _break(state, here)
    elif flags & _SAYS_MORE:
        say_more(state, here)


def _fled(state: State, quantity: Quantity) -> bool:
    """Whether people moved by themselves: the word for it stands only behind them, as in `fled`."""
    return any(quantity.trigger == (i.first, i.last) and i.entry.role == "after" for i in state.items)


def _join(state: State, flags: int) -> None:
    """The next member of every list is its last; Arabic wa- before a verb of something else ends the clause (`واستهدف القصف`)."""
    for one in state.lists:
        one.closing = True
    if flags & BIT["stop"]:
        settle(state)
        state.open = None


def _end_lists(state: State, flags: int) -> None:
    """A bracket closes what it opened, a semicolon every list but that of a colon."""
    if flags & BIT["close"]:
        close_list(state, "bracket")
    else:
        state.lists = [one for one in state.lists if one.kind == "colon"]


def _is_claimed(state: State, quantity: Quantity) -> bool:
    """What happened, or what somebody projects: displacement that is to come is estimated, deaths to come are only feared.

    One who moves is a story and no movement: `the president returned`.
    """
    if quantity.implicit and quantity.value == 1 and quantity.metric in MOVED_OR_AFFECTED and not quantity.household:
        return False
    if quantity.metric is Metric.NEWLY_DISPLACED and status_of(quantity) is GroupStatus.COMBATANT and _fled(state, quantity):
        return False  # soldiers who flee are not displaced
    if not quantity.hypothetical or state.projects:
        return True
    return quantity.metric in _PROJECTED and not any(i.flags & BIT["intent"] for i in state.items)


def _is_to_come(state: State, here: int) -> bool:
    """Whether a modal word speaks of what is still to come: not `may have killed 80`, and not the month in `2019 May`."""
    word = state.text.words[state.items[here].first]
    if word.norm not in ("may", "might"):
        return True
    following = state.items[here + 1] if here + 1 < len(state.items) else None
    return not (word.capital and here > 0) and not (following is not None and following.flags & BIT["have"])


def _break(state: State, here: int) -> None:
    """A new clause: what waits for a trigger stays without one, and an open trigger takes no more."""
    norm = state.text.words[state.items[here].first].norm
    if norm == "that" or state.items[here].flags & BIT["says"]:
        state.pending = [q for q in state.pending if not (q.guessed or _tells(state, q, here))]  # `..., a monitoring group, said that`
    aside = norm == "which" and here and state.items[here - 1].flags & BIT["comma"]  # `..., which housed 96 people`: a thing did
    if norm in ("that", "who", "which", "whom") and state.pending and not state.open and not aside:
        return
    if norm in _RELATIVES and state.open is not None and state.open[2].role == "toll":
        return  # `the number of people who died rose to 40`: the number is still to come
    adjunct = state.items[here].flags & BIT["adjunct"] and here and not state.items[here - 1].flags & BIT["comma"]
    if adjunct and state.open is not None and (state.last is None or state.last.at < state.open[1]):
        return  # `قتل جراء القصف خمسة`: the people are still to come
    if norm == "as" and (state.open or (here and state.text.words[state.items[here - 1].first].norm in _NAMED_AS)):
        return
    if state.items[here].flags & BIT["boundary"]:
        settle(state)
        state.open = None
        state.negated = False
        state.modal = norm == "that" and here > 0 and bool(state.items[here - 1].flags & BIT["modal"])  # `it is feared that ...`
        state.lists = [one for one in state.lists if one.kind == "colon" and one.parts]


def _tells(state: State, quantity: Quantity, here: int) -> bool:
    """`the mayor speaks of 37 dead, and a doctor at the hospital said`: one who speaks, not one of those counted."""
    if not quantity.implicit or not state.items[here].flags & BIT["says"] or is_passive(state, here):
        return False
    return not any(i.flags & BIT["comma"] for i in state.items[quantity.after : here])


def _quantity(state: State, quantity: Quantity) -> None:
    """A quantity met: a part of an open list, the object of an open trigger, or one that waits."""
    quantity.hypothetical = state.modal
    if quantity.guessed and _waits_or_fails(state, quantity):
        return
    _contain(state, quantity)
    if state.items[quantity.at].flags & BIT["and"]:
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
    elif state.open is not None and quantity.unknown and state.open[2].flags & BIT["also_of_things"]:
        return  # `burned three carts`
    elif state.open is not None and quantity.after < len(state.items) and _tells(state, quantity, quantity.after):
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
    return metric is Metric.KILLED and hurt and not state.items[at].flags & BIT["leave"]


def _of_another_deed(state: State, quantity: Quantity) -> None:
    """`84,000 were affected, and أُجلي 6200 منهم`: the word right before a part says what happened to it; the hurt of the dead stay dead."""
    if state.open is None or state.open[1] != quantity.at - 1 or quantity.parent is None:
        return
    metric = state.open[0]
    if not (metric in CASUALTIES and resolve(quantity.parent) in CASUALTIES):
        quantity.metric, quantity.trigger = metric, words_at(state, state.open[1])


def _is_aside(state: State, quantity: Quantity, trigger: int) -> bool:
    """`القبض على شخصين وبحوزتهما 5 ربطات`: an Arabic trigger has its people, and a noun we do not know is none of their list."""
    if state.last is None or state.last.at < trigger or state.text.words[state.items[quantity.after - 1].first].norm.isascii():
        return False
    before = state.items[quantity.at - 1]
    return (
        not before.flags & (BIT["and"] | BIT["comma"])
        and before.entry.hedge_before is None
        and not state.items[quantity.at].flags & BIT["and"]
    )


def _is_joined(state: State, quantity: Quantity) -> bool:
    """`..., and three wounded`, `captured nine fighters and killed two`."""
    back = quantity.at - 1
    if back > 0 and state.items[back].entry.metric is not None:
        back -= 1
    return back >= 0 and bool(state.items[back].flags & BIT["and"])


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
    return state.open[0] not in PERSONAL or state.open[1] != quantity.at - 1


def _take_label(state: State, quantity: Quantity, trigger: int) -> None:
    """`the number of women killed as three`, `Families displaced: 340`, `Killed (women): 3`: the people stand beside the trigger."""
    items, end = state.items, trigger + 1
    if any(item.flags & BIT["colon"] for item in items[trigger + 1 : quantity.at]):
        end = quantity.at
    elif items[end].entry.group is not None:
        end += 1  # "displaced families total 2,100"
    named = next((at for at in (trigger - 1, *range(trigger + 1, end)) if at >= 0 and items[at].entry.group is not None), None)
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
    if lead_in is not quantity and lead_in.definite and state.items[0].flags & BIT["of"] and 0 < quantity.amount <= lead_in.amount:
        quantity.parent, quantity.part_of, quantity.rule = lead_in, PartOf.SUBSET, "some of those the sentence begins with"
        quantity.household = quantity.household or (quantity.bare and lead_in.household)
    if among and part is not None and part.parent is None and part.amount < quantity.amount and part.after >= quantity.at - 2:
        part.parent, part.part_of, part.rule = quantity, PartOf.SUBSET, "named as some of the total behind it"


def _finish(state: State) -> None:
    if not continue_total(state) and not take_projection(state):
        settle(state)
    for one in state.lists:
        if one.kind == "colon" and one.parts:
            one.parent.parts_complete = True
    link_back(state)
    link_alone(state)
    if state.last_top is not None and resolve(state.last_top) is not None:
        state.context.last_top = state.last_top
