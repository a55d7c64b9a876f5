"""How reports of movements say what others say of the dead in other words: tolls around their number, places of stay."""

from ingest.extract.clause_state import State, status_of
from ingest.extract.entries import BIT
from ingest.extract.quantity import Quantity
from ingest.model.vocabulary import GroupStatus, Metric

_NEAR = 4  # items between `number of` and the noun it counts
_FAR = 7  # items of "in 14 government-run evacuation centres"
_IN = frozenset({"in", "at", "inside", "into", "within"})

# What a stay says more exactly: evacuees in evacuation centres are sheltered.
_MAY_STAY = frozenset({Metric.NEWLY_DISPLACED, Metric.EVACUATED, Metric.DISPLACED_STOCK})
MOVEMENTS = frozenset(
    {
        Metric.NEWLY_DISPLACED,
        Metric.DISPLACED_STOCK,
        Metric.SECONDARY_DISPLACEMENT,
        Metric.SHELTERED,
        Metric.IDP_RETURNED,
        Metric.REFUGEE_RETURNED,
        Metric.REFUGEE_STOCK,
        Metric.CROSS_BORDER_DEPARTED,
        Metric.EVACUATED,
        Metric.AFFECTED,
        Metric.IN_NEED,
    }
)


def is_counted(state: State, here: int) -> bool:
    """`the number of individual IDPs across these sites was 52,000`: a noun behind `number of` counts like a toll."""
    for back in range(here - 1, max(here - _NEAR, -1), -1):
        item = state.items[back]
        if item.flags & BIT["count_of"]:
            return not (back and state.items[back - 1].flags & BIT["article"])  # "a number of"
        if item.number is not None or (item.flags and item.entry.group is None):
            return False
    return False


def is_brought_to(state: State, here: int) -> bool:
    """`brings to 61,000 the number of people displaced`: the number stands before its toll."""
    last = state.pending[-1] if state.pending else None
    if last is None or not last.bare:
        return False
    back = last.at - 1
    while back >= 0 and state.items[back].entry.hedge_before is not None:
        back -= 1
    led = back >= 0 and state.text.words[state.items[back].first].norm in ("to", "at")
    return led and all(i.flags & (BIT["definite"] | BIT["count_of"]) or not i.flags for i in state.items[last.after : here])


def stays(state: State, here: int) -> Quantity | None:
    """`12,000 people are living in 60 camps`: the people of a verb of staying whose place is one of shelter."""
    back = _verb_of_stay(state, here)
    if back is None:
        return None
    last = state.pending[-1] if state.pending else state.last
    if last is None or status_of(last) is GroupStatus.COMBATANT or last.after > back:
        return None
    verbs = BIT["be"] | BIT["have"] | BIT["stay"] | BIT["still"]
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
            return back - 1 if verb & (BIT["stay"] | BIT["be"]) else None
        if item.entry.metric is not None or item.entry.group is not None or item.flags & (BIT["boundary"] | BIT["comma"]):
            return None
    return None
