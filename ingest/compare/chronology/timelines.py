"""The series of each voice as a table: running totals, levels and daily counts in the order of time, with their revisions, and what
two running totals say of the days between. Pure, no I/O.

Nothing is interpolated: a day without a claim has no row. Rule R7 (definitions, section 12) allows a difference only within one
series, that is of the same voice, people, area, unit, basis and start, and here only where that start is known, both totals are
the last word on their days, and the later one is not smaller, which would be a revision and no count of a day.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from ingest.compare.alignment.series import read_series
from ingest.compare.claims.columns import UNKNOWN_DAY, distinct_rows
from ingest.compare.claims.comparable import Claims, read_claims
from ingest.compare.claims.relation import Bools, Floats, Ints, Texts
from ingest.compare.claims.vocabularies import KIND
from ingest.compare.rules import DEFAULT, Rules
from ingest.model.ids import digest
from ingest.model.vocabulary import Kind, SeriesStep

_DAYS_OF_THEIR_OWN: Final = [KIND[Kind.DAILY], KIND[Kind.RATE_24H], KIND[Kind.PERIOD]]
"""Kinds whose values of different days are counts of different days: only the same day told again is a step."""
_AS_READ: Final = (
    *("claimed_source", "metric", "kind", "group_status", "group_side", "group_sex", "group_age", "group_role", "group_nationality"),
    *("place_id", "adm1_id", "unit", "counting_basis", "interest"),
)
_INTEGERS: Final = ("value_low", "value_best", "value_high", "change")


def series_table(
    figures: pd.DataFrame, rules: Rules = DEFAULT, *, organisations: pd.DataFrame | None = None, places: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The columns of `SERIES`: every claim of a series once, then what is derived, sorted by series and day.

    Takes the columns of FIGURES as `compare` does. Single incidents are no series; nor are voices without a name, of which two may
    be one. Relays of a claim are not told again, nor parts of a total that speak of the same people in the same area.
    """
    claims, _ = read_claims(figures, rules, organisations, places)
    found = read_series(claims, rules)
    kept = (claims.kind[found.rows] != KIND[Kind.INCIDENT]) & ~claims.nameless[found.rows] & ~_shares(claims, found.rows, found.of)
    rows, of, unclear = found.rows[kept], found.of[kept], _unclear(claims, found.rows, found.of, found.several)[kept]
    names = _identities(claims, rows, of)
    previous, step = _steps(claims, rows, of, unclear)
    told = _told(claims, rows, names, previous, step)
    derived = _derived(claims, rows, names, _differences(claims, rows, of, unclear))
    table = pd.concat([told, derived], ignore_index=True) if len(derived) else told
    order = table.sort_values(
        ["series_id", "day", "derived", "published_at", "figure_id", "parent_after"], kind="stable", ignore_index=True
    )
    return order.astype(dict.fromkeys(_INTEGERS, "Int64"))


def _shares(claims: Claims, rows: Ints, of: Ints) -> Bools:
    """Parts that fall into the series of their own total, such as the dead by whom they were killed."""
    number = np.full(len(claims.figure_id), -1, dtype=np.int64)
    number[rows] = of
    parent = claims.parent[rows]
    return np.asarray((parent >= 0) & (number[np.maximum(parent, 0)] == of))


def _unclear(claims: Claims, rows: Ints, of: Ints, several: Bools) -> Bools:
    """Claims one text states side by side of one day with different numbers: which of them the series goes on with is not known."""
    together, _ = distinct_rows(of, claims.day[rows], claims.document[rows])
    stated = np.nan_to_num(claims.stated()[rows], nan=-1.0)
    spread = pd.Series(stated).groupby(together).transform("nunique").to_numpy() if len(rows) else stated
    return several | (spread > 1)


def _identities(claims: Claims, rows: Ints, of: Ints) -> Texts:
    """A series is named after its first claim."""
    first = np.ones(len(rows), dtype=bool)
    first[1:] = of[1:] != of[:-1]
    named = np.array([f"s{digest(str(one))}" for one in claims.figure_id[rows[first]]], dtype=object)
    return named[np.cumsum(first) - 1] if len(rows) else named


def _steps(claims: Claims, rows: Ints, of: Ints, unclear: Bools) -> tuple[Ints, Texts]:
    """For every row the position of the claim it is compared with (-1 none), and how it stands to it."""
    number, day, stated = np.arange(len(rows)), claims.day[rows], claims.stated()[rows]
    clear = np.where(unclear, -1, number)
    last = np.maximum.accumulate(clear) if len(rows) else clear
    before = np.concatenate([[-1], last[:-1]]).astype(np.int64) if len(rows) else last
    same = (before >= 0) & (of[np.maximum(before, 0)] == of)
    same &= ~np.isin(claims.kind[rows], _DAYS_OF_THEIR_OWN) | (day[np.maximum(before, 0)] == day)
    before = np.where(same & ~unclear, before, -1)
    change = stated - stated[np.maximum(before, 0)] if len(rows) else stated
    again = day[np.maximum(before, 0)] == day if len(rows) else same
    step = np.select(
        [unclear, before < 0, again & (change != 0), change > 0, change < 0],
        ["", SeriesStep.FIRST.value, SeriesStep.CORRECTION.value, SeriesStep.RISE.value, SeriesStep.FALL.value],
        SeriesStep.UNCHANGED.value,
    )
    return before, step.astype(object)


def _told(claims: Claims, rows: Ints, names: Texts, previous: Ints, step: Texts) -> pd.DataFrame:
    texts, stated = claims.columns.texts, claims.stated()[rows]
    start = np.where(claims.window_start[rows] == UNKNOWN_DAY, np.iinfo(np.int64).min, claims.window_start[rows])
    earlier = np.maximum(previous, 0)
    change = np.where(previous >= 0, stated - stated[earlier], np.nan) if len(rows) else stated
    return pd.DataFrame(
        {
            "series_id": names,
            **_described(claims, rows),
            "window_start": _days(start),
            "day": _days(claims.day[rows]),
            "derived": False,
            "figure_id": claims.figure_id[rows],
            "parent_before": "",
            "parent_after": "",
            "value_text": texts("value_text")[rows],
            "value_low": claims.low[rows],
            "value_best": claims.best[rows],
            "value_high": np.where(claims.open_high[rows], np.nan, claims.high[rows]),
            "step": step,
            "change": change,
            "before": np.where(previous >= 0, claims.figure_id[rows][earlier], "") if len(rows) else "",
            "published_at": _published(claims, rows),
        }
    )


def _described(claims: Claims, rows: Ints) -> Mapping[str, Texts]:
    """What the words of a series say of it."""
    texts = claims.columns.texts
    name = texts("place_name")[rows]
    return {one: texts(one)[rows] for one in _AS_READ} | {"place_name": np.where(name == "", texts("place_text")[rows], name)}


def _differences(claims: Claims, rows: Ints, of: Ints, unclear: Bools) -> tuple[Ints, Ints]:
    """Positions among the rows of the totals two of which may be subtracted: the earlier and the later, next to each other in time."""
    day, stated = claims.day[rows], claims.stated()[rows]
    last = np.ones(len(rows), dtype=bool)
    last[:-1] = (of[1:] != of[:-1]) | (day[1:] != day[:-1])
    total = (claims.kind[rows] == KIND[Kind.CUMULATIVE]) & (claims.window_start[rows] != UNKNOWN_DAY) & last
    at = np.flatnonzero(total)
    earlier, later = at[:-1], at[1:]
    allowed = (of[earlier] == of[later]) & ~unclear[earlier] & ~unclear[later]
    allowed &= stated[later] >= stated[earlier]
    return earlier[allowed], later[allowed]


def _derived(claims: Claims, rows: Ints, names: Texts, pairs: tuple[Ints, Ints]) -> pd.DataFrame:
    """What the days between two totals hold: the difference of what was stated, and the least and most their words allow.

    Two vague words say nothing of the days between, and make no row.
    """
    earlier, later = (rows[one] for one in pairs)
    bounded = np.isfinite(claims.ceiling()[earlier])
    low = np.where(bounded, np.maximum(claims.floor()[later] - claims.ceiling()[earlier], 0.0), np.nan)
    high = claims.ceiling()[later] - claims.floor()[earlier]
    best = claims.best[later] - claims.best[earlier]
    derived = pd.DataFrame(
        {
            "series_id": names[pairs[0]],
            **_described(claims, later),
            "kind": np.where(claims.day[later] - claims.day[earlier] == 1, Kind.DAILY.value, Kind.PERIOD.value),
            "window_start": _days(claims.day[earlier] + 1),
            "day": _days(claims.day[later]),
            "derived": True,
            "figure_id": "",
            "parent_before": claims.figure_id[earlier],
            "parent_after": claims.figure_id[later],
            "value_text": "",
            "value_low": low,
            "value_best": best,
            "value_high": np.where(np.isinf(high), np.nan, high),
            "step": "",
            "change": np.nan,
            "before": "",
            "published_at": _published(claims, later),
        }
    )
    return derived[~np.isnan(best) | (low > 0) | np.isfinite(high)]


def _published(claims: Claims, rows: Ints) -> "pd.Series":
    return pd.Series(pd.to_datetime(claims.columns.frame["published_at"], utc=True).array[rows])


def _days(days: Ints) -> Floats:
    """Days since 1970 as dates; the smallest number there is for none."""
    return days.astype("datetime64[D]").astype("datetime64[s]")
