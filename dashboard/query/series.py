"""Marks of one metric over time, and the same marks as rows to compare."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from dashboard.query.marks import Mark, marked, marks, selection, tallied
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters

MOST_MARKS: Final = 240
"""Marks one chart can hold and a reader can tell apart; more than this keeps the voices with most claims, and says so.

Each brings its sentence along: so many are some 20 kB on the way.
"""

MOST_COMPARED: Final = 400
"""The same of rows to compare, which are the fewer the more voices speak to each."""

FAMILIES: Final = ("total", "event", "period", "level", "projection")
APART: Final = frozenset({"event", "period"})
"""Families whose claims are about different events or spells."""

_HEARD: Final = "SELECT claimed_source, family, sum(claims) FROM {tallied} WHERE {where} AND metric = $shown_metric GROUP BY ALL"
_OF_METRIC: Final = "SELECT spot FROM {marked} WHERE {where} AND metric = $shown_metric"
_LOUD: Final = f"{_OF_METRIC} AND list_contains($loud::VARCHAR[], claimed_source) ORDER BY day DESC, spot LIMIT $most"


@dataclass(frozen=True, slots=True)
class Series:
    """Marks of a metric, oldest first, and how many more there are."""

    marks: tuple[Mark, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Marks of one family of kinds, row by row: each with `row`, `row_day` and `row_place` (one of which is empty), and `row_voices`.

    `alone` counts the rows of one voice, `left_out` the marks that were too many.
    """

    marks: tuple[Mark, ...]
    family: str
    alone: int
    left_out: int


@answered
def series(db: Snapshot, filters: Filters, metric: str, most: int = MOST_MARKS) -> Series:
    """The marks of the metric, `most` of them."""
    condition = selection(filters, db)
    condition.values["shown_metric"] = metric
    voices = _added(_heard(db, filters, metric), 0)
    total = sum(voices.values())
    chosen = _OF_METRIC
    if total > most:
        loudest = sorted(voices.items(), key=lambda one: (-one[1], one[0]))
        before = accumulate((claims for _, claims in loudest), initial=0)
        loud = [voice for (voice, _), others in zip(loudest, before, strict=False) if others < most]
        chosen = _LOUD
        condition.values.update(loud=loud, most=most)  # a list: a database looks through a million rows for one faster than by a join
    spots = [spot for (spot,) in db.rows(chosen.format(marked=marked(filters), where=condition.sql), condition.values)] if total else []
    found = marks(db, spots, filters.lang)
    return Series(found, total - len(found))


def families(db: Snapshot, filters: Filters, metric: str) -> tuple[tuple[str, int], ...]:
    """Which families of kinds have marks of the metric, and how many, in the order charts show them."""
    found = _added(_heard(db, filters, metric), 1)
    return tuple((family, found[family]) for family in FAMILIES if family in found)


@answered
def _heard(db: Snapshot, filters: Filters, metric: str) -> tuple[tuple[str, str, int], ...]:
    """How many marks of the metric each voice has in each family of kinds."""
    condition = selection(filters, db)
    return tuple(db.rows(_HEARD.format(tallied=tallied(filters), where=condition.sql), {**condition.values, "shown_metric": metric}))


def _added(heard: Iterable[tuple[str, str, int]], at: int) -> Counter[str]:
    """The marks by voice (`at` 0) or by family (1)."""
    found = Counter[str]()
    for one in heard:
        found[str(one[at])] += one[2]
    return found


@answered
def compare_rows(db: Snapshot, filters: Filters, metric: str, family: str | None = None, *, alone: bool = False) -> Comparison:
    """Marks by the row they stand in: one row per day or per place (`filters.by`) and group, a mark per voice and claim.

    Only one family of kinds at a time, because totals and single events never share an axis; None takes the family with most
    rows that several voices speak to. In rows by place, running totals and levels show only the latest claim of each voice.
    Rows in which one voice speaks alone are left out unless `alone`, or unless there are no others.
    """
    found = series(db, filters, metric, MOST_COMPARED)
    own = [mark for mark in found.marks if not mark["enemy"]]
    placed = in_rows(_by_place(own) if filters.by == "place" else map(_of_its_day, own))
    shown = family or _most_compared(placed)
    drawn = [mark for mark in placed if mark["family"] == shown]
    several = [mark for mark in drawn if mark["row_voices"] > 1]
    single = len({mark["row"] for mark in drawn if mark["row_voices"] == 1})
    kept = sorted(drawn if alone or not several else several, key=_by_value)
    return Comparison(tuple(kept), shown, single, found.left_out)


def in_rows(marks: Iterable[Mark]) -> list[Mark]:
    """Marks that have a `row`, with the number of independent voices in it (`row_voices`)."""
    every = list(marks)
    voices: dict[str, set[str]] = {}
    for mark in every:
        voices.setdefault(mark["row"], set()).add(mark["independence_group"])
    return [{**mark, "row_voices": len(voices[mark["row"]])} for mark in every]


def whom(mark: Mark) -> str:
    """Whom a row is about. Roles stay together: "four students" and "four civilians" of one event belong side by side."""
    return "|".join(mark[name] for name in ("group_status", "group_side", "group_sex", "group_age", "unit"))


def _of_its_day(mark: Mark) -> Mark:
    """A total is compared with the totals as of the same day; an event with those of the same day and division."""
    place = _division(mark) if mark["family"] in APART else ""
    period = mark["family"] == "period"
    day = mark["last_day"] if period else mark["day"]
    row = f"{mark['day'] if period else ''}/{day or ''}|{place}|{whom(mark)}"
    return {**mark, "row": row, "row_day": day, "row_place": place}


def _by_place(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Of totals and levels only the latest word of each voice stands in a place's row; events all do."""
    latest: dict[object, Mark] = {}
    for number, mark in enumerate(marks):
        place = _division(mark)
        row = f"{place}|{whom(mark)}"
        key: object = number if mark["family"] in APART else (row, mark["family"], mark["independence_group"])
        latest.pop(key, None)
        latest[key] = {**mark, "row": row, "row_day": None, "row_place": place}
    yield from latest.values()


def _division(mark: Mark) -> str:
    """Name of the first-level division, or of the place where it lies in none or several."""
    return str(mark["adm1_label"] or mark["place_label"])


def _by_value(mark: Mark) -> tuple[str, bool, int, str]:
    """Row by row, the lowest first; what has no lower end last."""
    low = mark["low"]
    return mark["row"], low is None, low or 0, mark["figure_id"]


def _most_compared(marks: Iterable[Mark]) -> str:
    """The family with most rows that several voices speak to, then the one with most marks."""
    rows: dict[str, set[str]] = {family: set() for family in FAMILIES}
    heard = Counter[str]()
    for mark in marks:
        heard[mark["family"]] += 1
        if mark["row_voices"] > 1:
            rows[mark["family"]].add(mark["row"])
    return max(FAMILIES, key=lambda family: (len(rows[family]), heard[family]))
