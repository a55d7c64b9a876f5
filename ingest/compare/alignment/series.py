"""Claims of one voice about one question, in the order of time: what the voice says again, revises or takes back.

A series is one claimed source, metric, kind, group, area, unit, basis and window start or name (for an incident, its days),
verified counts apart from first reports. Rows that carry
the same claim count once, by the row published first; the others are citations of it.
"""

from dataclasses import dataclass

import numpy as np

from ingest.compare.claims.columns import UNKNOWN_DAY, distinct_rows, membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Floats, Ints
from ingest.compare.claims.vocabularies import KIND, TOTAL_KINDS
from ingest.compare.rules import Rules
from ingest.model.vocabulary import Kind

SPAN = 2**32  # wider than any difference of days, so that series * SPAN + day orders by series, then by day


@dataclass(frozen=True, slots=True)
class Series:
    """`rows`: one position per claim that stands, ordered by series, day, the total it is part of, and publication; `of` its series.

    `relays` pairs the first row of a claim with a later row of another publisher that carries it. `latest` marks the last claim
    of each series and day, which stands for that day beside other voices. `several` marks incidents, and parts of a total, that
    one document lists side by side under the same heading, and events that a database keeps apart in records of their own: which of
    them another source or a later count means is not known.
    `stands_for` leads from every claim to the one that stands for it here.
    """

    rows: Ints
    of: Ints
    day: Ints
    relays: tuple[Ints, Ints]
    latest: Bools
    several: Bools
    count: int
    stands_for: Ints

    def following(self) -> tuple[Ints, Ints]:
        """Every claim with the next one of its series."""
        together = self.of[:-1] == self.of[1:]
        return self.rows[:-1][together], self.rows[1:][together]

    def representatives(self) -> Ints:
        """The first claim of each series, whose words all its claims share."""
        first = np.ones(len(self.rows), dtype=bool)
        first[1:] = self.of[1:] != self.of[:-1]
        return self.rows[first]


def read_series(claims: Claims, rules: Rules) -> Series:
    """The series of the claims that stand; editions that were replaced are not among them."""
    rows = np.flatnonzero((claims.claim == np.arange(len(claims.claim))) & ~claims.superseded)
    series = _number(claims, rows)
    rows, series = _ordered(claims, rows, series)
    cited = np.flatnonzero((claims.claim != np.arange(len(claims.claim))) & ~claims.superseded)
    first = claims.claim[cited]
    elsewhere = claims.publisher[cited] != claims.publisher[first]
    again, original = _said_again(claims, rows, series, rules)
    stands_for = claims.claim.copy()
    stands_for[rows[again]] = original
    stands_for = stands_for[stands_for]
    relays = np.concatenate([first[elsewhere], original]), np.concatenate([cited[elsewhere], rows[again]])
    rows, series = rows[~again], series[~again]
    series = np.cumsum(np.diff(series, prepend=series[:1]) != 0)
    day = claims.day[rows]
    latest = np.ones(len(rows), dtype=bool)
    latest[:-1] = (series[:-1] != series[1:]) | (day[:-1] != day[1:])
    count = int(series.max()) + 1 if len(series) else 0
    return Series(rows, series.astype(np.int64), day, relays, latest, _several(claims, rows, series), count, stands_for)


def _number(claims: Claims, rows: Ints) -> Ints:
    incident = claims.kind[rows] == KIND[Kind.INCIDENT]
    total = membership(claims.kind[rows], TOTAL_KINDS)
    number, _ = distinct_rows(
        claims.source[rows],
        claims.crisis[rows],
        claims.metric[rows],
        claims.kind[rows],
        claims.group[rows],
        claims.area[rows],
        claims.unit[rows],
        claims.basis[rows],
        claims.interest[rows],
        claims.verified[rows].astype(np.int64),
        np.where(total, claims.window_start[rows], np.where(incident, claims.event_start[rows], UNKNOWN_DAY)),
        np.where(incident, claims.event_end[rows], UNKNOWN_DAY),
        claims.window[rows],
    )
    return number


def whole(claims: Claims, rows: Ints) -> Ints:
    """The number of the total a claim is part of, 0 for none: statements of one running count order by it."""
    parent = claims.parent[rows]
    stated = np.nan_to_num(claims.stated(), nan=0.0).astype(np.int64)
    return np.where(parent >= 0, stated[parent], 0)


def _ordered(claims: Claims, rows: Ints, series: Ints) -> tuple[Ints, Ints]:
    elsewhere = claims.columns.texts("publisher")[rows] != claims.columns.texts("claimed_source")[rows]
    order = np.lexsort((rows, elsewhere, claims.published[rows], whole(claims, rows), claims.day[rows], series))
    return rows[order], series[order]


def _said_again(claims: Claims, rows: Ints, series: Ints, rules: Rules) -> tuple[Bools, Ints]:
    """Later rows that repeat an earlier value of their series at another publisher, and the rows they repeat.

    A relay that states no as-of date seems as late as its publication; without this, a count passed on late would look like a
    running total that fell.
    """
    value, first = distinct_rows(
        series,
        np.nan_to_num(claims.low[rows], nan=-1).astype(np.int64),
        np.nan_to_num(claims.high[rows], nan=-1).astype(np.int64),
        np.nan_to_num(claims.best[rows], nan=-1).astype(np.int64),
        whole(claims, rows),
    )
    original = rows[first[value]] if len(rows) else rows
    same_day = claims.day[rows] == claims.day[original]
    soon = claims.day[rows] - claims.day[original] <= rules.lag_horizon_days
    again = (rows != original) & (claims.publisher[rows] != claims.publisher[original])
    again &= same_day | (claims.as_of_inferred[rows] & soon)
    return again, original[again]


def _several(claims: Claims, rows: Ints, series: Ints) -> Bools:
    incident, record = claims.kind[rows] == KIND[Kind.INCIDENT], claims.record[rows]
    period = claims.kind[rows] == KIND[Kind.PERIOD]
    listed: Bools = incident | (claims.parent[rows] >= 0) | (record & period)
    # a record that comes again with another number is an edition of itself, so two that stand are two events
    together, _ = distinct_rows(series, np.where(record & (incident | period), -1 - claims.publisher[rows], claims.document[rows]))
    return listed & (np.bincount(together)[together] > 1) if len(rows) else listed


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For every claim the number and day of the claim before and after it in its own series; NaN and `UNKNOWN_DAY` where none."""

    before: Floats
    before_day: Ints
    after: Floats
    after_day: Ints


def neighbours(claims: Claims, series: Series) -> Neighbours:
    """What each voice said just before and just after each of its claims."""
    size = len(claims.figure_id)
    stated = claims.stated()
    found = Neighbours(*(np.full(size, np.nan), np.full(size, UNKNOWN_DAY), np.full(size, np.nan), np.full(size, UNKNOWN_DAY)))
    earlier, later = series.following()
    found.before[later], found.before_day[later] = stated[earlier], claims.day[earlier]
    found.after[earlier], found.after_day[earlier] = stated[later], claims.day[later]
    return found
