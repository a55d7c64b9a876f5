"""How reports of movements say what others say of the dead in other words: tolls around their number, places of stay."""

from typing import Final

from ingest.extract.events.clause_state import State, status_of
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.model.vocabulary import MOVEMENTS, GroupStatus, Metric

_NEAR: Final = 4  # items between `number of` and the noun it counts
_OPENING: Final = 3  # items of a noun that opens a sentence: "the new displacement"
_FAR: Final = 7  # items of "in 14 government-run evacuation centres"
_WHO: Final = frozenset({"who", "that", "الذين"})
_IN: Final = frozenset({"in", "at", "inside", "into", "within", "في", "داخل"})

# What a stay says more exactly: evacuees in evacuation centres are sheltered.
_MAY_STAY: Final = frozenset({Metric.NEWLY_DISPLACED, Metric.EVACUATED, Metric.DISPLACED_STOCK})

# what ends the words between people and the verb that says what became of them
_BREAKS: Final = bit.BOUNDARY | bit.AND | bit.COMMA | bit.COLON | bit.PAUSE | bit.SAYS | bit.OPEN | bit.DASH

MOVED_OR_AFFECTED: Final = MOVEMENTS | {Metric.AFFECTED, Metric.IN_NEED}

_ARRIVED: Final = {Metric.REFUGEE_STOCK: Metric.CROSS_BORDER_DEPARTED, Metric.DISPLACED_STOCK: Metric.NEWLY_DISPLACED}


def is_counted(state: State, here: int) -> bool:
    """`the number of individual IDPs in the nine sites was 52,000`: a noun behind `number of` counts like a toll."""
    for back in range(here - 1, max(here - _NEAR, -1), -1):
        item = state.items[back]
        if item.flags & bit.COUNT_OF:
            return not (back and state.items[back - 1].flags & bit.ARTICLE)  # "a number of"
        if item.number is not None or (item.flags and item.entry.group is None):
            return False
    return False


def past_origin(state: State, here: int) -> int:
    """Past `from Harrowdale`, which may stand between a noun that opens a sentence and its number: `Refugees from Exland: 118,000`."""
    if here > _OPENING or here >= len(state.items) or not state.items[here].flags & bit.ORIGIN:
        return here
    behind = range(here + 1, min(here + _NEAR, len(state.items)))
    return next((at for at in behind if state.items[at].flags & (bit.COLON | bit.BE)), here)


def is_brought_to(state: State, here: int) -> bool:
    """`brings to 61,000 the number of people displaced`: the number stands before its toll."""
    last = state.pending[-1] if state.pending else None
    if last is None or not (last.bare or last.unknown):
        return False
    back = last.at - 1
    while back >= 0 and state.items[back].entry.hedge_before is not None:
        back -= 1
    led = back >= 0 and state.text.words[state.items[back].first].norm in ("to", "at")
    return led and all(i.flags & (bit.DEFINITE | bit.COUNT_OF | bit.BACK) or not i.flags for i in state.items[last.after : here])


def stays(state: State, here: int) -> Quantity | None:
    """`12,000 people are living in 60 camps`: the people of a verb of staying whose place is one of shelter."""
    last = state.pending[-1] if state.pending else state.last
    if last is not None and last.metric is Metric.CROSS_BORDER_DEPARTED and last.after == here - 1:
        return last if state.text.words[state.items[here - 1].first].norm == "الي" else None  # لجأت 400 عائلة إلى المدارس
    back = _verb_of_stay(state, here)
    if back is None:
        return None
    if last is None or status_of(last) is GroupStatus.COMBATANT or last.after > back:
        return None
    verbs = bit.BE | bit.HAVE | bit.STAY | bit.STILL
    if state.pending:
        return last
    close = all(i.flags & verbs for i in state.items[last.after : back])
    return last if close and (last.metric in _MAY_STAY or (last.metric is None and last.parent is not None)) else None


def _verb_of_stay(state: State, here: int) -> int | None:
    """Where the verb begins that a place of shelter ends: `are living in 60 makeshift camps`."""
    for back in range(here - 1, max(here - _FAR, -1), -1):
        item = state.items[back]
        if state.text.words[item.first].norm in _IN:
            verb = state.items[back - 1].flags if back else 0
            return back - 1 if verb & (bit.STAY | bit.BE) else _verb_before(state, back)
        if item.entry.metric is not None or item.entry.group is not None or item.flags & (bit.BOUNDARY | bit.COMMA):
            return None
    return None


def _verb_before(state: State, back: int) -> int | None:
    """An Arabic verb of staying before its people: `live | 5,000 people | in the camps`."""
    last = state.pending[-1] if state.pending else None
    if last is None or last.after != back:
        return None
    verb = last.at - 1
    while verb >= 0 and state.items[verb].entry.hedge_before is not None:
        verb -= 1
    return back if verb >= 0 and state.items[verb].flags & bit.STAY else None


def retold(state: State, here: int) -> Quantity | None:
    """`4,000 people displaced by fighting returned`, `1,400 IDPs from the hills fled`: those whom a participle or noun names
    so far, when the verb at `here` says what became of them.
    """
    last = state.last
    if (
        last is None
        or last.parent is not None
        or last.metric not in MOVED_OR_AFFECTED
        or state.items[here].entry.metric not in MOVED_OR_AFFECTED
    ):
        return None
    if last.definite and last.at > 1 and state.items[last.at - 2].flags & (bit.OF | bit.PERCENT):
        return None  # "half of the 6,400 families displaced in April are back"
    start = last.after
    if last.own_metric is None:
        while state.items[start].entry.metric is None and (
            state.items[start].flags & (bit.STILL | bit.HAVE) or state.text.words[state.items[start].first].norm in _WHO
        ):
            start += 1  # "900 people already displaced", "4,000 people who had fled to Exland returned"
        if last.trigger is None or state.items[start].first != last.trigger[0]:
            return None
        start += 1
    between = state.items[start:here]
    return None if any(i.flags & _BREAKS or i.entry.metric is not None for i in between) else last


def arrives(state: State, here: int) -> tuple[Quantity, Metric] | None:
    """`12,000 refugees have arrived`, `1,400 IDPs arrived`: who arrives has just moved."""
    last = state.last
    moved = _ARRIVED.get(last.metric) if last is not None and last.metric is not None else None
    if last is None or moved is None or last.parent is not None or last.own_metric is None:
        return None
    close = not any(i.flags & _BREAKS for i in state.items[last.after : here])
    return (last, moved) if close else None
