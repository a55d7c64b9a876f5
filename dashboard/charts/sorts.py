"""Sorts of count: claims that may share an axis, in the order a reader looks for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts.lines import Line, lines
from dashboard.charts.look import Claim

EMPTY: Final = "No claim in this selection. Widen the dates, or choose another metric, group or place."

_TITLES: Final = {
    "total": "Running totals, as each source reported them",
    "event": "Single events and days",
    "period": "Counts of a stated period",
    "level": "Levels at a date",
    "projection": "Projections: what may happen, not what did",
    "enemy": "Claims of parties about their enemy",
}
_ALONE: Final = "Running totals that only one source gives"
UNIT_LABELS: Final = {"person": "people", "household": "households", "count": "count"}
TITLES: Final = (*_TITLES.values(), _ALONE)
UNIT_WORDS: Final = tuple(UNIT_LABELS.values())
_FULL: Final = 8
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """Claims that may share an axis: one sort of count in one unit, parties' claims about their enemy apart.

    `people` names the group where the panel holds only one. `alone` is true of totals that one voice only gives.
    """

    key: str
    unit: str
    claims: tuple[Claim, ...]
    lines: tuple[Line, ...]
    people: str = ""
    alone: bool = False

    @property
    def title(self) -> str:
        """What it shows, in English."""
        return _ALONE if self.alone else _TITLES[self.key]

    @property
    def stepped(self) -> bool:
        """Whether the claims of a voice follow on one another, so that a line may join them."""
        return self.key in ("total", "level")

    @property
    def pixels(self) -> int:
        """Height of the plot: tall for a full one, low for a few marks."""
        return 250 if len(self.claims) > _FULL else 170 if len(self.claims) > _FEW else 120


def sorted_panels(claims: Iterable[Claim]) -> Iterator[Panel]:
    """The panels of a metric, each sort of count by unit and, where several voices count the same people, by group."""
    sorts: dict[str, dict[str, list[Claim]]] = {key: {} for key in _TITLES}
    for claim in claims:
        sorts["enemy" if claim["enemy"] else claim["family"]].setdefault(claim["unit"], []).append(claim)
    for key, units in sorts.items():
        for unit, own in sorted(units.items(), key=lambda one: -len(one[1])):
            yield from _by_people(key, unit, own)


def _by_people(key: str, unit: str, claims: Sequence[Claim]) -> Iterator[Panel]:
    """Totals of people that several voices count get a panel each; what only one voice counts shares the last."""
    groups: dict[str, set[str]] = {}
    for claim in claims:
        groups.setdefault(claim["group_key"], set()).add(claim["independence_group"])
    several = [group for group in sorted(groups, key=lambda group: (-len(groups[group]), group)) if len(groups[group]) > 1]
    compared = several if key == "total" and len(groups) > 1 else []
    for group in compared:
        yield _panel(key, unit, [claim for claim in claims if claim["group_key"] == group])
    rest = [claim for claim in claims if claim["group_key"] not in compared]
    if rest:
        yield _panel(key, unit, rest, alone=bool(compared))


def _panel(key: str, unit: str, claims: Sequence[Claim], *, alone: bool = False) -> Panel:
    people = {claim["group_text"] for claim in claims}
    return Panel(key, unit, tuple(claims), tuple(lines(claims)), people.pop() if len(people) == 1 else "", alone=alone)
