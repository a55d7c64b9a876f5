"""Sorts of count: claims that may share an axis, in the order a reader looks for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.charts.lines import Line, lines
from dashboard.charts.look import Claim
from dashboard.charts.marks import records

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


def sorted_panels(frame: pd.DataFrame) -> Iterator[Panel]:
    """The panels of a metric, each sort of count by unit and, where several voices count the same people, by group."""
    keys = frame["family"].where(~frame["enemy"], "enemy")
    for key in _TITLES:
        chosen = frame[keys == key]
        for unit in chosen["unit"].value_counts().index:
            yield from _by_people(key, str(unit), chosen[chosen["unit"] == unit])


def _by_people(key: str, unit: str, frame: pd.DataFrame) -> Iterator[Panel]:
    """Totals of people that several voices count get a panel each; what only one voice counts shares the last."""
    voices = frame.groupby("group_key")["independence_group"].nunique().sort_values(ascending=False, kind="stable")
    compared = [group for group, number in voices.items() if number > 1] if key == "total" and len(voices) > 1 else []
    for group in compared:
        yield _panel(key, unit, frame[frame["group_key"] == group])
    rest = frame[~frame["group_key"].isin(compared)]
    if not rest.empty:
        yield _panel(key, unit, rest, alone=bool(compared))


def _panel(key: str, unit: str, frame: pd.DataFrame, *, alone: bool = False) -> Panel:
    claims = records(frame)
    people = {claim["group_text"] for claim in claims}
    return Panel(key, unit, tuple(claims), tuple(lines(claims)), people.pop() if len(people) == 1 else "", alone=alone)
