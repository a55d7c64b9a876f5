"""What the rows of a table together say of time: which counts are incidents, days, periods, totals since a start, or levels.

One row rarely says it all. A running total may name its first day in its first row only; a series whose rows each begin and end on
one day has no first day; whether a number of one day is an incident or the day's count shows in the rows beside it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.model.vocabulary import Kind, Metric
from ingest.store.imported.spans import HOURS_OF_A_DAY, Span, days_of

# Metrics that are levels at a date, whatever the table calls them (definitions, section 2).
LEVELS = frozenset(
    {
        Metric.MISSING,
        Metric.FORCIBLY_DISAPPEARED,
        Metric.DISPLACED_STOCK,
        Metric.SHELTERED,
        Metric.REFUGEE_STOCK,
        Metric.AFFECTED,
        Metric.IN_NEED,
    }
)
# Our convention: rows for at least half the days of a week or more are a daily count, not single incidents.
DENSE_DAYS, DENSE_SHARE = 7, 0.5


@dataclass(frozen=True, slots=True)
class Timed:
    """A row as far as its time depends on others: the collection and series it stands in, and whether its place is a town or site."""

    span: Span
    metric: Metric
    collection: str
    series: tuple[str, ...]
    fine_place: bool

    @property
    def total(self) -> bool:
        """A total since some start."""
        return self.metric not in LEVELS and (self.span.running or self.says(Kind.CUMULATIVE))

    @property
    def single(self) -> bool:
        """Of one day, and not a total."""
        return not self.total and self.metric not in LEVELS and not self.span.long and not self.span.hours

    def says(self, kind: Kind) -> bool:
        """Whether the row's own words call it this kind, before any other; a flag outweighs them."""
        said = next((word for word in self.span.kinds if word != "flow"), "")
        return said == kind and not (kind is Kind.CUMULATIVE and self.span.running is False)


def times(rows: Sequence[Timed]) -> list[dict[str, Any] | str]:
    """The columns of kind and time of every row, or in a few words why a row has none."""
    starts = _starts(rows)
    single = _kinds_of_single_days(rows)
    return [_columns(row, starts.get(at), single) for at, row in enumerate(rows)]


def _columns(row: Timed, start: date | None, single: dict[str, Kind]) -> dict[str, Any] | str:
    span = row.span
    known = {"as_of": span.last, "as_of_inferred": False}
    if row.metric in LEVELS or row.says(Kind.STOCK):
        return {"kind": Kind.STOCK, **known}
    if row.says(Kind.PROJECTION):
        return {"kind": Kind.PROJECTION, **known}
    if row.total:
        named = "" if start else span.window
        return {"kind": Kind.CUMULATIVE, "window_start": start, "window_end": span.last, "window_text": named, **known}
    if span.hours == 0:
        return "its note says that it covers 0 hours, so it counts nothing"
    if span.hours == HOURS_OF_A_DAY:
        return {"kind": Kind.RATE_24H, **known}
    first = span.last - days_of(span.hours) if span.hours else span.first
    if first is not None and first < span.last:
        return {"kind": Kind.PERIOD, "window_start": first, "window_end": span.last, **known}
    # a table of single days does not say when each was known
    day = {"event_start": span.last, "event_end": span.last, "as_of": span.last, "as_of_inferred": True}
    kind = next((one for one in (Kind.DAILY, Kind.INCIDENT) if row.says(one)), single[row.collection])
    return {"kind": kind, **day}


def _starts(rows: Sequence[Timed]) -> dict[int, date]:
    """The first day of every running total that has one: its own, or the latest its series stated up to then."""
    together: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.total:
            together[(*row.series, row.span.window)].append(at)
    found: dict[int, date] = {}
    for members in together.values():
        spans = {at: rows[at].span for at in members}
        one_day = all(span.first in {None, span.last} for span in spans.values())
        if one_day and len({span.last for span in spans.values() if span.first}) > 1:
            continue  # the day the row is of, written twice
        stated = sorted({(span.last, span.first) for span in spans.values() if span.first})
        for at, span in spans.items():
            before = [first for last, first in stated if last <= span.last]
            only = stated[0][1] if stated and len({first for _, first in stated}) == 1 and stated[0][1] <= span.last else None
            start = span.first or (before[-1] if before else only)
            if start:
                found[at] = start
    return found


def _kinds_of_single_days(rows: Sequence[Timed]) -> dict[str, Kind]:
    """For each collection whether its numbers of one day are incidents or the counts of days."""
    collections: dict[str, list[Timed]] = defaultdict(list)
    for row in rows:
        collections[row.collection].append(row)
    return {name: _kind_of_single_days([row for row in members if row.single]) for name, members in collections.items()}


def _kind_of_single_days(rows: Sequence[Timed]) -> Kind:
    days: dict[tuple[str, ...], list[date]] = defaultdict(list)
    for row in rows:
        days[row.series].append(row.span.last)
    if any(len(set(of_series)) < len(of_series) for of_series in days.values()):
        return Kind.INCIDENT  # two on one day in one place are told apart only as incidents
    if any(_dense(of_series) for of_series in days.values()):
        return Kind.DAILY
    return Kind.INCIDENT if any(row.fine_place for row in rows) else Kind.DAILY


def _dense(days: Sequence[date]) -> bool:
    width = (max(days) - min(days)).days + 1
    return width >= DENSE_DAYS and len(days) >= DENSE_SHARE * width
