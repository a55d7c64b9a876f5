"""`imported.times` for whole columns: which counts are incidents, days, periods, totals since a start, or levels."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from ingest.model.vocabulary import Kind
from ingest.store.columnar.told import Bools, Ints, Told, combined
from ingest.store.imported.spans import HOURS_OF_A_DAY, Span
from ingest.store.imported.times import DENSE_DAYS, DENSE_SHARE, LEVELS

_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = -(2**31)
_SPAN = 2**23  # days that a key of a group and a day has room for
_MIDDLE = 2**22


@dataclass(frozen=True, slots=True)
class Spans:
    """The time of rows, one element for each: days since 1970, `_NO_DAY` where a first day is not given.

    `series` numbers what a total's rows have in common, `collection` the table they stand in; `days` and `words` are as
    `imported.spans` reads them, for the days and for the rest.
    """

    metric: Told
    days: Told
    words: Told
    series: Ints
    collection: Ints
    fine_place: Bools

    def says(self, kind: Kind) -> Bools:
        """Whether the row's own words call it this kind, before any other; a flag outweighs them."""

        def said(span: Span) -> bool:
            first = next((word for word in span.kinds if word != "flow"), "")
            return first == kind and not (kind is Kind.CUMULATIVE and span.running is False)

        return self.words.holds(said)


def timed(spans: Spans) -> tuple[dict[str, Told], Bools]:
    """The columns of kind and time, and the rows that count nothing for they cover no hours."""
    level = spans.metric.holds(lambda metric: metric in LEVELS)
    total = ~level & (spans.words.holds(lambda span: span.running) | spans.says(Kind.CUMULATIVE))
    first, last = (_days(spans.days, name) for name in ("first", "last"))
    hours = np.array([*(-1 if span.hours is None else span.hours for span in spans.words.values), -1], dtype=np.int64)[spans.words.codes]
    long = (first != _NO_DAY) & (first < last)
    start = _starts(spans, total, (first, last))
    daily = _daily(spans, ~total & ~level & ~long & (hours <= 0), last)
    begin = np.where(hours > 0, last - hours // HOURS_OF_A_DAY, first)
    period = (begin != _NO_DAY) & (begin < last)
    stock, projection = level | spans.says(Kind.STOCK), spans.says(Kind.PROJECTION)
    of_day = np.select([spans.says(Kind.DAILY), spans.says(Kind.INCIDENT)], [True, False], daily)
    cases = [stock, projection, total, hours == HOURS_OF_A_DAY, period, of_day]
    kinds = (Kind.STOCK, Kind.PROJECTION, Kind.CUMULATIVE, Kind.RATE_24H, Kind.PERIOD, Kind.DAILY, Kind.INCIDENT)
    kind = np.select(cases, list(range(len(cases))), len(cases)).astype(np.int64)
    counted, one_day = np.isin(kind, [2, 4]), kind >= len(cases) - 1
    window = spans.words.each(lambda span: span.window)
    columns: dict[str, Told] = {
        "kind": Told(kind, kinds),
        "as_of": _dates(last),
        "as_of_inferred": Told(one_day.astype(np.int64), [False, True]),
        "window_start": _dates(np.where(kind == 2, start, np.where(kind == 4, begin, _NO_DAY))),
        "window_end": _dates(np.where(counted, last, _NO_DAY)),
        "window_text": window.only((kind == 2) & (start == _NO_DAY)),
        "event_start": _dates(np.where(one_day, last, _NO_DAY)),
        "event_end": _dates(np.where(one_day, last, _NO_DAY)),
    }
    return columns, (kind > 2) & (hours == 0)


def _days(days: Told, name: str) -> Ints:
    """The first or last days."""
    found = (getattr(span, name) for span in days.values)
    return np.array([*(_NO_DAY if day is None else day.toordinal() - _EPOCH for day in found), _NO_DAY], dtype=np.int64)[days.codes]


def _dates(days: Ints) -> Told:
    codes, distinct = pd.factorize(np.where(days == _NO_DAY, np.nan, days))
    return Told(codes.astype(np.int64), [date(1970, 1, 1) + timedelta(days=int(day)) for day in distinct])


def _starts(spans: Spans, total: Bools, days: tuple[Ints, Ints]) -> Ints:
    """The first day of every running total that has one: its own, or the latest its series stated up to then."""
    start = np.full(len(total), _NO_DAY, dtype=np.int64)
    at = np.flatnonzero(total)
    if not len(at):
        return start
    windows = spans.words.each(lambda span: span.window).take(at)
    group, _ = combined([Told(spans.series[at], range(int(spans.series.max()) + 1)), windows])
    count = int(group.max()) + 1
    first, last = days[0][at], days[1][at]
    known = first != _NO_DAY
    stated = pd.DataFrame({"group": group[known], "last": last[known], "first": first[known]}).drop_duplicates()
    stated = stated.sort_values(["group", "last", "first"], ignore_index=True)
    of, upto, since = (stated[name].to_numpy(dtype=np.int64) for name in ("group", "last", "first"))
    several_days = np.bincount(group[known & (first != last)], minlength=count) > 0
    distinct_days = np.bincount(stated.drop_duplicates(["group", "last"])["group"], minlength=count)
    written_twice = ~several_days & (distinct_days > 1)  # the day the row is of, written twice
    position = np.searchsorted(of * _SPAN + upto + _MIDDLE, group * _SPAN + last + _MIDDLE, side="right") - 1
    inside = (position >= 0) & (of[np.maximum(position, 0)] == group) if len(of) else np.zeros(len(at), dtype=bool)
    before = np.where(inside, since[np.maximum(position, 0)] if len(of) else _NO_DAY, _NO_DAY)
    only = _only_start(of, since, count)[group]
    before = np.where(~inside & (only <= last), only, before)
    start[at] = np.where(written_twice[group], _NO_DAY, np.where(known, first, before))
    return start


def _only_start(of: Ints, since: Ints, count: int) -> Ints:
    """The first day of each group that states no other, `_NO_DAY` for the rest."""
    least, most = np.full(count, _MIDDLE), np.full(count, _NO_DAY)
    np.minimum.at(least, of, since)
    np.maximum.at(most, of, since)
    return np.where(least == most, least, _NO_DAY).astype(np.int64)


def _daily(spans: Spans, single: Bools, last: Ints) -> Bools:
    """For each row whether the numbers of one day in its collection are the counts of days, and not incidents."""
    count = int(spans.collection.max(initial=-1)) + 1
    at = np.flatnonzero(single)
    of, series, day = spans.collection[at], spans.series[at], last[at]
    listed = pd.DataFrame({"of": of, "series": series, "day": day})
    twice = np.bincount(of[listed.duplicated(["of", "series", "day"]).to_numpy()], minlength=count) > 0
    widths = listed.groupby(["of", "series"])["day"].agg(["min", "max", "size"]).reset_index()
    width = (widths["max"] - widths["min"] + 1).to_numpy()
    dense = (width >= DENSE_DAYS) & (widths["size"].to_numpy() >= DENSE_SHARE * width)
    some_dense = np.bincount(widths["of"].to_numpy(dtype=np.int64)[dense], minlength=count) > 0
    fine = np.bincount(of[spans.fine_place[at]], minlength=count) > 0
    found: Bools = (~twice & (some_dense | ~fine))[spans.collection]
    return found
