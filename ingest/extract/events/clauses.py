"""Says what happened to each quantity: pairs the numbers of a sentence with its triggers, and parts with their wholes.

A sentence is read once from left to right. Quantities wait for a trigger on their right (`four people were killed`) unless
one on their left is still open (`killing four people`). Lists after `including`, a colon or in brackets are parts.
"""

from typing import Final

from ingest.extract.events.clause_state import Context, PartList, State, resolve, status_of, words_at
from ingest.extract.events.joined import speaks_of_one
from ingest.extract.events.movement import MOVED_OR_AFFECTED
from ingest.extract.events.parts import close_list, open_enumeration, open_inclusion
from ingest.extract.events.roles import take_role, tells
from ingest.extract.events.totals import (
    continue_total,
    itemise_metric,
    itemise_total,
    link_alone,
    link_back,
    link_partition,
    take_projection,
)
from ingest.extract.events.triggers import read_trigger, say_more, settle
from ingest.extract.events.unnumbered import unnumbered_claims
from ingest.extract.people.quantities import find
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.extract.words.bit import bits
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.model.vocabulary import GroupStatus, Metric

_RELATIVES: Final = frozenset({"who", "which", "whom", "الذي", "التي", "الذين"})
_SUBJECT_BREAKS: Final = bit.BOUNDARY | bit.SAYS


_VERBS: Final = bit.BE | bit.HAVE


_PROJECTS: Final = frozenset({"projected", "projects", "projection", "forecast", "expects", "expected", "anticipates", "anticipated"})


_PROJECTED: Final = frozenset(
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


_NAMED_AS: Final = frozenset({"known", "such", "described", "identified", "well"})


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
            take_role(state, starts[here])
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
    context.person = told_of or (context.person if told & bit.PRONOUNS and speaks_of_one(state) else None)
    if found:
        context.recent = tuple(found)
    return sorted(found + state.joined, key=lambda q: q.at) + list(unnumbered_claims(state, found))


# Every class that `_step` asks for; items of no other, which tell of nothing that happened, are passed over.
_STEPS: Final = bits(
    "include partition modal negation open close colon dash pause comma and boundary says shelter_place arrive spared rest"
)


_SAYS_MORE: Final = bits("shelter_place arrive spared rest")


def _step(state: State, here: int) -> None:
    """Reads one item that is no quantity."""
    item, flags = state.items[here], state.items[here].flags
    if flags & bit.COLON:
        state.pending = [q for q in state.pending if not q.guessed]
        state.negated = False  # `on a scale not seen since 2021: 96,000 people have fled`
    if item.entry.metric is not None:
        read_trigger(state, here)
    elif flags & (bit.INCLUDE | bit.PARTITION):
        open_inclusion(state, here)
    elif flags & bit.MODAL and _is_to_come(state, here) and not _is_of_somebody(state, here):
        state.modal = True
        state.projects = state.projects or state.text.words[item.first].norm in _PROJECTS
    elif flags & bit.NEGATION and not flags & bit.NOBODY:
        state.negated = True
    elif flags & bit.OPEN and state.last is not None:
        state.lists.append(PartList("bracket", state.last))
    elif flags & (bit.CLOSE | bit.PAUSE):
        _end_lists(state, flags)
    elif flags & bit.COLON or (flags & bit.DASH and state.text.words[item.first].text in "–—-|" and state.last is not None):
        open_enumeration(state, here)
    elif flags & bit.COMMA and state.modal and not (state.last is not None and state.last.hypothetical):
        state.modal = False  # `fearing a flood, the army evacuated 300 villagers`: the fear has ended
    elif flags & bit.AND:
        _join(state, flags)
    elif flags & _SUBJECT_BREAKS and not flags & bit.INCLUDE:
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
    if flags & bit.STOP:
        settle(state)
        state.open = None


def _end_lists(state: State, flags: int) -> None:
    """A bracket closes what it opened, a semicolon every list but that of a colon."""
    if flags & bit.CLOSE:
        close_list(state, "bracket")
    else:
        state.lists = [one for one in state.lists if one.kind == "colon"]
        # `two were caught in crossfire; one was killed`: the two have had their verb
        state.pending = [q for q in state.pending if not state.items[q.after].flags & _VERBS]
        if state.open is not None and state.last is not None and state.last.trigger == words_at(state, state.open[1]):
            state.open = None  # `abducted 11 villagers; three managed to escape`


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
    return quantity.metric in _PROJECTED and not any(i.flags & bit.INTENT for i in state.items)


def _is_to_come(state: State, here: int) -> bool:
    """Whether a modal word speaks of what is still to come: not `may have killed 80`, and not the month in `2019 May`."""
    word = state.text.words[state.items[here].first]
    if word.norm not in ("may", "might"):
        return True
    following = state.items[here + 1] if here + 1 < len(state.items) else None
    return not (word.capital and here > 0) and not (following is not None and following.flags & bit.HAVE)


def _is_of_somebody(state: State, here: int) -> bool:
    """`a nurse who tried to intervene was hurt`: what the one who waits wanted, not what may have happened."""
    waiting = state.pending[-1] if state.pending else None
    if waiting is None or not state.items[here].flags & bit.INTENT or here + 1 >= len(state.items):
        return False
    wanted = state.text.words[state.items[here + 1].first].norm == "to"
    return wanted and here - 1 == waiting.after and state.text.words[state.items[here - 1].first].norm in _RELATIVES


def _break(state: State, here: int) -> None:
    """A new clause: what waits for a trigger stays without one, and an open trigger takes no more."""
    norm = state.text.words[state.items[here].first].norm
    if norm == "that" or state.items[here].flags & bit.SAYS:
        state.pending = [q for q in state.pending if not (q.guessed or tells(state, q, here))]  # `..., a monitoring group, said that`
    aside = norm == "which" and here and state.items[here - 1].flags & bit.COMMA  # `..., which housed 96 people`: a thing did
    if norm in ("that", "who", "which", "whom") and state.pending and not state.open and not aside:
        return
    if norm in _RELATIVES and state.open is not None and state.open[2].role == "toll":
        return  # `the number of people who died rose to 40`: the number is still to come
    adjunct = state.items[here].flags & bit.ADJUNCT and here and not state.items[here - 1].flags & bit.COMMA
    if adjunct and state.open is not None and (state.last is None or state.last.at < state.open[1]):
        return  # `قتل جراء القصف خمسة`: the people are still to come
    if norm == "as" and (state.open or (here and state.text.words[state.items[here - 1].first].norm in _NAMED_AS)):
        return
    if state.items[here].flags & bit.BOUNDARY:
        settle(state)
        state.open = None
        state.negated = False
        state.modal = norm == "that" and here > 0 and bool(state.items[here - 1].flags & bit.MODAL)  # `it is feared that ...`
        state.lists = [one for one in state.lists if one.kind == "colon" and one.parts]


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
