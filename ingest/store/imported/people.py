"""What is counted and of whom, from the words of a row: `killed_children`, `civilians`, `IDPs (families)`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.model.vocabulary import MOVEMENTS, Age, GroupStatus, Metric, Sex, Unit
from ingest.store.imported.words import Counted, lexicon, words_of

_TYPES = {"group_age": Age, "group_sex": Sex, "group_status": GroupStatus}


@dataclass(frozen=True, slots=True)
class Question:
    """What a row counts: the metric, or the two it may be, the group's columns, the unit, and the words about time among it."""

    counted: Counted
    group: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    kinds: tuple[str, ...] = ()

    def columns(self, *, flow: bool) -> dict[str, object]:
        """The published columns; `flow` says that the row counts over a span of days."""
        metric = Metric(self.counted.flow if flow and self.counted.flow else self.counted.metric)
        found: dict[str, object] = {name: _TYPES[name](value) if name in _TYPES else value for name, value in self.group.items()}
        # whoever moved is a civilian, so a count of "all" who moved says nothing of status
        if metric in MOVEMENTS and found.get("group_status") == GroupStatus.MIXED_TOTAL:
            del found["group_status"]
        return {"metric": metric, **found, **({"unit": self.unit} if self.unit else {})}


def question(row: Mapping[str, str]) -> Question:
    """What a row counts. Raises `ValueError` whose text says what is not understood."""
    lists = lexicon().lists
    measured = row.get("measure", "")
    if not measured and "metric" in row:
        return Question(Counted(row["metric"]), _group(row, ())[0])
    found, rest = lexicon().metric.read(words_of(measured))
    if not found:
        raise ValueError(f"column measure: {measured!r} is no quantity this program knows; say in a mapping file what it stands for")
    if len({one.metric for one in found}) > 1:
        raise ValueError(f"column measure: {measured!r} names two quantities; say in a mapping file which one it is")
    kinds, rest = lists["kind"].read(rest)
    group, units = _group(row, rest)
    return Question(found[0], group, Unit(units[0]) if units else None, tuple(kinds))


def _group(row: Mapping[str, str], more: tuple[str, ...]) -> tuple[dict[str, str], list[str]]:
    """The group's columns and the units among the words about people; `more` are such words of another cell."""
    group: dict[str, str] = {}
    units: list[str] = []
    others: list[str] = []
    for words in (more, *(words_of(row.get(name, "")) for name in ("population", "sex", "age"))):
        axes, left = lexicon().group.read(words)
        for one in axes:
            group |= one
        unit, left = lexicon().lists["unit"].read(left)
        units += unit
        others += lexicon().lists["nothing"].read(left)[1]
    # people nobody has a word for are still only some people, by the words of the row
    if others:
        group.setdefault("group_role", " ".join(others))
    return group, units
