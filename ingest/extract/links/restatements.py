"""Which figures of a document repeat an earlier one: the headline, the lead and the body tell one count, not three."""

from ingest.extract.figures import Found, merged
from ingest.extract.links.sums import within
from ingest.model.vocabulary import GroupStatus


def link_restatements(found: list[Found]) -> None:
    """Marks a later figure with the same metric, value and a compatible group as a restatement of the first such one.

    A different number is a new version, never a restatement. A count of one needs the same group to be a repeat.
    """
    seen: dict[tuple[object, ...], list[Found]] = {}
    for one in found:
        quantity = one.quantity
        key = (quantity.metric, quantity.value, quantity.high, quantity.vague, quantity.household, quantity.zero)
        earlier = next((e for e in seen.get(key, ()) if _repeats(e, one)), None)
        if earlier is not None:
            quantity.restates = earlier.quantity
        else:
            seen.setdefault(key, []).append(one)


def _repeats(earlier: Found, later: Found) -> bool:
    first, second = earlier.quantity, later.quantity
    if first.parent is not None and first.parent is second.parent:
        return False  # two members of two groups, in one list
    if first.sentence == second.sentence or ((first.parent is None) != (second.parent is None) and first.value == 1):
        return False
    if earlier.times.kind is not later.times.kind or not _may_be_one_place(earlier, later):
        return False
    one, other = merged(first.groups), merged(second.groups)
    if one.status is not other.status and GroupStatus.UNSTATED not in (one.status, other.status):
        return False
    if first.amount <= 1 or first.parent is not None:
        return (one.age, one.sex, one.role, one.side) == (other.age, other.sex, other.role, other.side)
    return True


def _may_be_one_place(earlier: Found, later: Found) -> bool:
    """Two in the north and two in the south are two events; a place nobody knows tells nothing apart."""
    return (
        within(earlier, later) or within(later, earlier) or any(f.mention is None or f.mention.resolved is None for f in (earlier, later))
    )
