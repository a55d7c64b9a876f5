"""Which days of a source its collectors have read, and which they failed on: without both nobody can call a source silent.

A day counts as read by a connector once a refresh of it began after the day was over and ended well, for the days since the oldest
report it has brought. A refresh that failed while the day went on spoils the day unless one that went well followed within
`HEALED_WITHIN`: every reading asks again for that long, and what a feed dropped in a longer break nobody can tell. Days that only
failed attempts came after are failed too. Only refreshes count; what people hand in never fails and never reads a day to its end.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.compare.claims.relation import Bools, Floats, Ints

HEALED_WITHIN: Final = np.timedelta64(2, "D")  # what a refresh asks for again behind the last answer
REFRESH: Final = "refresh"
Moments = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are told, both included, in the crisis time zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def days(self) -> int:
        """How many days that is; 0 where the last is before the first."""
        return max((self.last - self.first).days + 1, 0)

    def edges(self) -> Moments:
        """The moments (UTC) at which the days begin, and at last the one at which the last of them is over."""
        begins = [datetime.combine(self.first + timedelta(days=day), datetime.min.time(), self.zone) for day in range(self.days + 1)]
        return np.array([pd.Timestamp(one).tz_convert("UTC").tz_localize(None).to_datetime64() for one in begins], dtype="datetime64[us]")

    def position(self, moments: "pd.Series") -> Ints:
        """For each moment the number of its day in the window, negative or beyond where outside; -1 where missing."""
        local = pd.to_datetime(moments, utc=True).dt.tz_convert(self.zone).dt.tz_localize(None)
        days = (local.dt.normalize() - pd.Timestamp(self.first)).dt.days
        return np.asarray(days.fillna(-1), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Reach:
    """Per organisation (row) and day of the window (column): whether a report of it was read, whether one of its collectors
    failed, and whether one has read the day to its end.
    """

    published: Bools
    failed: Bools
    covered: Bools


def reach(organisations: "pd.Index", documents: pd.DataFrame, runs: pd.DataFrame, collectors: pd.DataFrame, window: Window) -> Reach:
    """How far each organisation has been read. `collectors` pairs `organisation` and `source`, a connector that reads it."""
    shape = (len(organisations), window.days)
    published, failed, covered = (np.zeros(shape, dtype=bool) for _ in range(3))
    day, who = window.position(documents["published_at"]), organisations.get_indexer(pd.Index(documents["publisher"]))
    inside = (day >= 0) & (day < window.days) & (who >= 0)
    published[who[inside], day[inside]] = True
    refreshed = runs[(runs["verb"] == REFRESH) & runs["started_at"].notna()]
    oldest = documents.assign(day=day).groupby("source")["day"].min()
    edges = window.edges()
    for source, readers in collectors.groupby("source"):
        own = refreshed[refreshed["source"] == source]
        rows = organisations.get_indexer(pd.Index(readers["organisation"]))
        down, whole = _days(own, edges)
        whole &= np.arange(window.days) >= oldest.get(source, window.days)
        failed[rows[rows >= 0]] |= down
        covered[rows[rows >= 0]] |= whole & ~down
    return Reach(published, failed, covered & ~failed)


def _days(runs: pd.DataFrame, edges: Moments) -> tuple[Bools, Bools]:
    """The days of one connector that failed, and those a refresh that went well came after; `edges` as of their `Window`."""
    started = pd.to_datetime(runs["started_at"], utc=True).dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    well = (runs["outcome"] == "ok").to_numpy()
    good, bad = np.sort(started[well]), np.sort(started[~well])
    begins, ends = edges[:-1], edges[1:]
    after = np.searchsorted(good, ends)  # the first good refresh after each day
    came = after < len(good)
    next_good = np.append(good, np.datetime64("NaT"))[after]
    healed = came & (next_good - ends <= HEALED_WITHIN)
    during = np.searchsorted(bad, ends) > np.searchsorted(bad, begins)
    ever = np.searchsorted(bad, begins) < len(bad)
    return (during & ~healed) | (ever & ~came), came


def hours_since(spoken: Bools, first: Floats) -> Floats:
    """Per row and day, the hours from the last day spoken on (or from `first`, in days of the window) to the end of the day."""
    days = np.arange(spoken.shape[1], dtype=np.float64)
    last = np.where(spoken, days, -np.inf)
    last = np.maximum.accumulate(last, axis=1) if spoken.size else last
    last = np.maximum(last, first[:, None] - 1.0)
    return np.asarray((days - last) * 24.0)
