"""What is known at one point of a sentence while it is read from left to right."""

from dataclasses import dataclass, field
from typing import Final

from ingest.extract.people.quantity import Quantity
from ingest.extract.words.entries import Entry
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.model.vocabulary import GroupStatus, Metric

WIDE: Final = 6  # items between a total and the colon or dash that introduces its parts


@dataclass(slots=True)
class PartList:
    """An open list of parts: `kind` is include, colon or bracket; `closing` is set once an `and` announced the last part."""

    kind: str
    parent: Quantity
    closing: bool = False
    parts: list[Quantity] = field(default_factory=list)


@dataclass(slots=True)
class Context:
    """What one sentence hands to the next: the last total, for `of them ...` and for bullets, the last metric,
    the last one person told of, and the metric that a line without a count introduces a list of, with whether it counts families."""

    last_top: Quantity | None = None
    introduced: tuple[Quantity, ...] = ()
    listed: tuple[Metric, bool] | None = None
    person: Quantity | None = None
    recent: tuple[Quantity, ...] = ()


@dataclass(slots=True)
class State:
    """The items of a sentence, what waits for a trigger (`pending`), what a second one took up (`joined`),
    the lists and the trigger still open, and what came last."""

    items: list[Item]
    text: Text
    context: Context
    found: list[Quantity]
    joined: list[Quantity] = field(default_factory=list)
    pending: list[Quantity] = field(default_factory=list)
    lists: list[PartList] = field(default_factory=list)
    open: tuple[Metric, int, Entry] | None = None
    last_metric: Metric | None = None
    last_trigger: tuple[int, int] | None = None
    last: Quantity | None = None
    last_top: Quantity | None = None
    modal: bool = False
    projects: bool = False
    negated: bool = False


def words_at(state: State, at: int) -> tuple[int, int]:
    """The words of the text at which an item stands."""
    return state.items[at].first, state.items[at].last


def status_of(quantity: Quantity) -> GroupStatus | None:
    """Civilian or combatant, as the noun phrase says; None where it does not."""
    for group in reversed(quantity.groups):
        if group.status is not GroupStatus.UNSTATED:
            return group.status
    return None


def is_side(item: Item) -> bool:
    """Whether an item names a side of the crisis."""
    return bool(item.entry.side or (item.entry.group is not None and item.entry.group.side))


def resolve(quantity: Quantity) -> Metric | None:
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


def opens(state: State, how: int) -> bool:
    """Whether one of the first items of the sentence is of a class, given by its bit."""
    return any(i.flags & how for i in state.items[:4])
