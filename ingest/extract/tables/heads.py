"""What the words of a table's head, labels and caption say of the numbers they stand over or beside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from ingest.extract.tables.layout import Cell
from ingest.extract.words import bit
from ingest.extract.words.entries import Group, phrase, read_table
from ingest.extract.words.items import Item
from ingest.extract.words.sentences import Text
from ingest.extract.words.tokens import WORD
from ingest.model.vocabulary import Metric, PlacePrecision

_LONGEST: Final = 4  # words of a form in tables.toml
_UNCOUNTED: Final = bit.PERCENT | bit.MONEY | bit.POPULATION | bit.MODAL
# Forms that say something only where they are all that stands in a cell: "people" counts, "people killed" says more.
_ALONE: Final = frozenset({"count", "source", "perpetrator"})
_SUMS: Final = frozenset({"total", "subtotal", "count"})
_METRICS: Final = frozenset(Metric)


@dataclass(frozen=True, slots=True)
class Sense:
    """What some words say: the metric and the words that say it, the people, their unit, and what else a column can be.

    `kinds` are the classes of tables.toml that the words are of; `finely` is how finely a column of places places; `things`
    says that things are counted; `side` is who is said to have done it; `mixed` that two metrics are named, or a number too.
    """

    items: tuple[Item, ...] = ()
    metric: Metric | None = None
    term: tuple[int, int] | None = None
    groups: tuple[Group, ...] = ()
    label: tuple[int, int] | None = None
    household: bool = False
    kinds: frozenset[str] = frozenset()
    finely: PlacePrecision | None = None
    things: bool = False
    side: str = ""
    mixed: bool = False

    @property
    def timed(self) -> bool:
        """Whether the words name a time."""
        return any(item.when is not None for item in self.items)


@lru_cache
def _forms(language: str) -> Mapping[tuple[str, ...], str]:
    table = read_table(language, "tables")
    classes = {**table["places"], **table["voices"], **table["metrics"], **table["rows"], **table["columns"]}
    return {phrase(form): sort for sort, forms in classes.items() for form in forms}


@lru_cache
def _places(language: str) -> frozenset[str]:
    return frozenset(read_table(language, "tables")["places"])


def sense_of(cells: list[Cell], text: Text, language: str) -> Sense:
    """What one or more cells say together, such as those of one column in a head of two rows."""
    items = tuple(item for cell in cells for item in cell.items)
    kinds, finely = _kinds(cells, text, language)
    happenings = [item for item in items if item.entry.metric is not None and not item.flags & bit.SAYS]
    told = [item for item in happenings if item.entry.group is None] or happenings
    named = {item.entry.metric for item in told if item.entry.metric is not None}
    counted = bool(told) and any(item.number is not None for item in items)  # `Killed 3` is no head
    metric, mixed = _one_metric(named or {metric for cell in cells if (metric := _noun(cell, text, language)) is not None})
    sense = Sense(items, metric, kinds=kinds, finely=finely, mixed=mixed or counted)
    if metric is not None:
        where = next((cell for cell in cells if told and cell.first <= told[0].first < cell.last), cells[0])
        sense = replace(sense, term=(where.first, where.last))
    # "schools hit" counts things, "killed in schools" counts people
    things = next((at for at, item in enumerate(items) if _is_thing(item, text, language)), None)
    first = next((at for at, item in enumerate(items) if any(item is one for one in told)), len(items))
    things_counted = (things is not None and things < first) or any(item.flags & _UNCOUNTED and not item.entry.month for item in items)
    return replace(_with_people(sense), things=things_counted)


def _is_thing(item: Item, text: Text, language: str) -> bool:
    sums = _forms(language).get((text.words[item.first].whole,)) in _SUMS
    return bool(item.flags & bit.THING) and item.entry.group is None and not sums


def _noun(cell: Cell, text: Text, language: str) -> Metric | None:
    """The metric of a noun that tells one only in a head or caption: `Displacement by district`."""
    forms = _forms(language)
    for words in _phrases(cell, text):
        if (sort := forms.get(words)) is not None and sort in _METRICS:
            return Metric(sort)
    return None


def _phrases(cell: Cell, text: Text) -> Iterator[tuple[str, ...]]:
    """The runs of up to four words of a cell."""
    words = [word.whole for word in text.words[cell.first : cell.last] if word.kind == WORD]
    for at in range(len(words)):
        for width in range(min(_LONGEST, len(words) - at), 0, -1):
            yield tuple(words[at : at + width])


def _one_metric(named: set[Metric]) -> tuple[Metric | None, bool]:
    """`Killed / injured` over one number is the sum of both; other pairs are not one metric."""
    if named == {Metric.KILLED, Metric.INJURED}:
        return Metric.KILLED_OR_INJURED, False
    return (next(iter(named)), False) if len(named) == 1 else (None, bool(named))


def _with_people(sense: Sense) -> Sense:
    groups: list[Group] = []
    label: tuple[int, int] | None = None
    household, by, side = False, False, ""
    for item in sense.items:
        by = by or bool(item.flags & bit.BY)
        group = item.entry.group
        if by:  # "killed by crown forces"
            side = side or item.entry.side or (group.side if group is not None else "")
        elif group is not None:
            household = household or group.household
            groups += [] if group.household or group.others else [group]
            label = label or (item.first, item.last)
    return replace(sense, groups=tuple(groups), label=label, household=household, side=side)


def _kinds(cells: list[Cell], text: Text, language: str) -> tuple[frozenset[str], PlacePrecision | None]:
    forms, places = _forms(language), _places(language)
    found: set[str] = set()
    finely: PlacePrecision | None = None
    for cell in cells:
        whole = sum(word.kind == WORD for word in text.words[cell.first : cell.last])
        for words in _phrases(cell, text):
            sort = forms.get(words)
            if sort is None or sort in _METRICS or (len(words) < whole and (sort in _ALONE or words == ("all",))):
                continue
            if sort in places:
                finely = PlacePrecision(sort) if sort != "place" else None
                sort = "place"
            found.add(sort)
    return frozenset(found), finely
