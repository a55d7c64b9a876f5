"""Claims that give no number: `the displacement of residents`, `soldiers were wounded`."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.events.clause_state import State
from ingest.extract.events.triggers import is_passive
from ingest.extract.people.quantity import Quantity
from ingest.extract.words import bit
from ingest.model.vocabulary import CASUALTIES, Metric

_CLAIMED: Final = CASUALTIES | {Metric.NEWLY_DISPLACED, Metric.DETAINED, Metric.ABDUCTED, Metric.MISSING}


def unnumbered_claims(state: State, found: list[Quantity]) -> Iterator[Quantity]:
    """Claims that give no number: `the displacement of residents`, `soldiers were wounded`.

    They matter where a source is silent on numbers.
    """
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
        quantity = Quantity(
            at, at + 1, people.first, people.last, people.first, (people.first, people.last), groups=[group] if group else []
        )
        quantity.metric, quantity.trigger, quantity.rule = metric, (item.first, item.last), "people without a number"
        yield quantity


def _is_claim(state: State, here: int) -> bool:
    """`leaving casualties`, `قتلى وجرحى`: people named only by what happened to them, by a sentence that tells of it."""
    before = state.items[here - 1] if here else None
    if before is None or before.number is not None or before.entry.vague is not None or before.entry.group is not None:
        return False
    told = before.flags & bit.LEAVE or (before.entry.metric is not None and before.entry.role in ("before", "head"))
    inside = any(q.at <= here < q.after for q in state.found)
    return bool(told) and not inside


def _is_unsure(state: State, here: int) -> bool:
    return any(i.flags & (bit.MODAL | bit.NEGATION) for i in state.items[max(here - 5, 0) : here])


def _people_after(state: State, here: int) -> int | None:
    """`the displacement of residents`: the noun right behind, with nothing but `the` or an adjective between."""
    last = state.text.words[state.items[here].last - 1].norm
    if last.isascii() and last not in ("of", "among"):
        return None
    for at in range(here + 1, min(here + 4, len(state.items))):
        item = state.items[at]
        if _is_many(state, at):
            return at
        if item.entry.group is None and not item.flags & bit.DEFINITE:
            return None
    return None


def _people_before(state: State, here: int) -> int | None:
    """`residents near the edge fled`, `soldiers were wounded`: the subject, in the same clause and without a number."""
    role = state.items[here].entry.role
    if role in {"head", "toll"} or (role == "either" and not is_passive(state, here)):
        return None
    for at in range(here - 1, max(here - 8, -1), -1):
        item = state.items[at]
        if (
            item.number is not None
            or item.entry.vague
            or item.entry.metric
            or item.flags & (bit.BOUNDARY | bit.COMMA | bit.SAYS | bit.ARTICLE | bit.ONE)
        ):
            return None
        if _is_many(state, at):
            lead = state.items[at - 1] if at else None
            counted = lead is not None and (
                lead.number is not None
                or lead.entry.vague is not None
                or lead.entry.group is not None
                or lead.flags & (bit.PREPOSITION | bit.OF | bit.BY)
            )
            return None if counted else at
    return None


def _is_many(state: State, at: int) -> bool:
    item = state.items[at]
    group = item.entry.group
    if not state.text.words[item.last - 1].norm.isascii():
        return group is not None and not group.others and not item.flags & (bit.BARE | bit.DUAL)
    return (
        group is not None
        and group.noun
        and not group.others
        and state.text.words[state.items[at].last - 1].norm.endswith(("s", "people", "men", "women", "children"))
    )
