"""Which claims belong on one line: the same voice about the same people, unit, places and party held responsible, from the same start."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from dashboard.charts.look import Claim, Look, given
from dashboard.charts.planes import dot_value

SAME_START: Final = timedelta(days=7)
"""Totals whose stated starts lie further apart than this are different totals (a month's, a year's), never one line."""

GAP: Final = timedelta(days=7)
"""A voice silent for longer than this is drawn as a gap, not as a line across it."""

_WIDE: Final = ("", "region_informal", "country", "cross_border")


@dataclass(frozen=True, slots=True)
class Line:
    """Claims of one voice that make one series, oldest first. `place` is empty where it speaks of the whole area."""

    source: str
    kind: str
    place: str
    claims: tuple[Claim, ...]

    @property
    def course(self) -> tuple[tuple[Claim, float], ...]:
        """What the line runs through: the stated numbers, of one report and day the largest, for the others are its parts."""
        chosen: dict[Any, tuple[Claim, float]] = {}
        for claim in self.claims:
            value, report = dot_value(claim), (claim["day"], claim["published_at"])
            if value is not None and (report not in chosen or value > chosen[report][1]):
                chosen[report] = (claim, value)
        return tuple(chosen.values())

    def label(self, look: Look, *, groups: int, placed: bool) -> str:
        """The voice; the people where a panel holds several groups; the place where `placed` and it speaks of one alone."""
        last = self.claims[-1]
        parts = [last["source_short"] or last["source_label"], last["group_text"] if groups > 1 else "", self.place if placed else ""]
        return look.joined(*parts)


def lines(claims: Iterable[Claim]) -> list[Line]:
    """The lines of a panel, those with most claims first."""
    found: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim["claimed_source"], claim["group_key"], claim["unit"], claim["perpetrator"], _scope(claim)), []).append(
            claim
        )
    made = [
        Line(source, one[0]["source_kind"], one[0]["place_label"] if scope else "", tuple(one))
        for (source, *_, scope), together in found.items()
        for start in _by_start(together)
        for one in _widening(start)
    ]
    return sorted(made, key=lambda line: -len(line.claims))


def _scope(claim: Claim) -> str:
    """A claim about one place alone does not continue a series about the whole area."""
    if claim["place_precision"] in _WIDE or ";" in claim["coverage_area"]:
        return ""
    return str(claim["place_id"] or claim["adm1_id"])


def _widening(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Split where the area does not go on: a later total continues one of the same or a smaller area, never of another.

    A count that grows from two provinces to the country is one line; one of a different part of the country is not.
    """
    made: list[tuple[frozenset[str], list[Claim]]] = []
    for claim in claims:
        area = frozenset(filter(None, str(claim["coverage_area"] or "").split(";")))
        fitting = [position for position, (last, _) in enumerate(made) if last <= area]
        at = max(fitting, key=lambda position: len(made[position][0])) if fitting else len(made)
        if at == len(made):
            made.append((area, []))
        together = made[at][1]
        together.append(claim)
        made[at] = (area, together)
    return [together for _, together in made]


def _by_start(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Split where the stated starts differ; claims that state none go with the most."""
    starts = sorted({claim["window_start"] for claim in claims if given(claim["window_start"])})
    if len(starts) < 2:
        return [list(claims)]
    cluster: dict[Any, int] = {}
    for start in starts:
        last = max(cluster, default=None)
        cluster[start] = cluster[last] + (start - last > SAME_START) if last is not None else 0
    counted = Counter(cluster[claim["window_start"]] for claim in claims if given(claim["window_start"]))
    usual = counted.most_common(1)[0][0]
    parts: dict[int, list[Claim]] = {}
    for claim in claims:
        own = cluster[claim["window_start"]] if given(claim["window_start"]) else usual
        parts.setdefault(own, []).append(claim)
    return list(parts.values())
