"""Incidents that two voices list side by side on one day in one division: which of them another voice's number is of.

Trackers that number the strikes of a day may swap two of them, or give the toll of several to one and none to the others. Then the
numbers at one place do not contradict each other; the lists do not run alike.
"""

import numpy as np
import pandas as pd

from ingest.compare.alignment.pairs import Pairs
from ingest.compare.alignment.series import Series
from ingest.compare.claims.area import Form
from ingest.compare.claims.columns import distinct_rows
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.intervals import compare_numbers
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.claims.vocabularies import KIND
from ingest.model.vocabulary import Kind


def listed_side_by_side(claims: Claims, series: Series, pair: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Of two series, incidents of one day that one of them lists several of, each with those of the other nearest to it in number.

    The last claim of a day stands for it beside other voices, but not where a day has several incidents.
    """
    at = np.flatnonzero(claims.kind[series.rows] == KIND[Kind.INCIDENT])
    _, number = np.unique(claims.stated()[series.rows[at]], return_inverse=True)
    width = int(number.max(initial=0)) + 1
    days = pd.MultiIndex.from_arrays([series.of[at], series.day[at]])
    group, distinct = pd.factorize(days)
    order = np.argsort(group * width + number, kind="stable")
    at, number, key = at[order], number[order], (group * width + number)[order]
    listed = np.flatnonzero(series.several[at])
    of_series = pd.DataFrame({"mine": listed, "series": series.of[at[listed]]})
    found: list[Ints] = [np.zeros((2, 0), dtype=np.int64)]
    for one, other in (pair, pair[::-1]):
        met = of_series.merge(pd.DataFrame({"series": one, "other": other}), on="series")
        mine = met["mine"].to_numpy(dtype=np.int64)
        day = distinct.get_indexer(pd.MultiIndex.from_arrays([met["other"], series.day[at[mine]]]))
        mine, day = mine[day >= 0], day[day >= 0]
        after = np.searchsorted(key, day * width + number[mine])
        for near in (after, after - 1):
            beside = np.clip(near, 0, max(len(key) - 1, 0))
            kept = (beside == near) & (key[beside] // width == day) if len(key) else near < 0
            found.append(np.stack([series.rows[at[mine[kept]]], series.rows[at[beside[kept]]]]))
    first, second = np.concatenate(found, axis=1)
    return first, second


def numbered_otherwise(pairs: Pairs) -> Bools:
    """Incidents of two voices whose numbers are apart, where each fits another incident of the other's list, or where one voice
    counts nobody here and somebody elsewhere in its list."""
    claims, found = pairs.claims, np.zeros(len(pairs.a), dtype=bool)
    at = np.flatnonzero(pairs.incident & ~pairs.numbers.overlap)
    if not len(at):
        return found
    rows = np.flatnonzero((claims.kind == KIND[Kind.INCIDENT]) & ~claims.superseded)
    lists = _lists(claims, rows)
    listed = pd.DataFrame({"list": lists[rows], "row": rows})
    a, b = pairs.a[at], pairs.b[at]
    swapped = _fits_another(pairs, a, (lists[b], b), listed) & _fits_another(pairs, b, (lists[a], a), listed)
    found[at] = swapped | _nobody_here(claims, (a, b), lists, listed) | _nobody_here(claims, (b, a), lists, listed)
    return found


def _lists(claims: Claims, rows: Ints) -> Ints:
    """The list each incident stands in: one document of one voice, one day, one first-level division, one metric and group."""
    area = claims.area[rows]
    division = np.where(claims.areas.form[area] == Form.PLACE, claims.areas.division[area], claims.areas.place[area])
    lists = np.full(len(claims.figure_id), -1, dtype=np.int64)
    told_by = (claims.source, claims.document, claims.metric, claims.group, claims.event_start, claims.event_end)
    lists[rows], _ = distinct_rows(division, *(column[rows] for column in told_by))
    return lists


def _fits_another(pairs: Pairs, claim: Ints, beside: tuple[Ints, Ints], listed: pd.DataFrame) -> Bools:
    """Whether a claim's number fits an incident of the other's list that is not the one it is set against."""
    of, against = beside
    both = pd.DataFrame({"pair": np.arange(len(claim)), "claim": claim, "against": against, "list": of}).merge(listed, on="list")
    both = both[both["row"] != both["against"]]
    first, second = both["claim"].to_numpy(dtype=np.int64), both["row"].to_numpy(dtype=np.int64)
    fits = compare_numbers(pairs.claims, first, second, pairs.rules).overlap
    found = np.zeros(len(claim), dtype=bool)
    found[both["pair"].to_numpy(dtype=np.int64)[fits]] = True
    return found


def _nobody_here(claims: Claims, pair: tuple[Ints, Ints], lists: Ints, listed: pd.DataFrame) -> Bools:
    """Whether the first claim counts nobody where the second counts somebody, while its list counts somebody elsewhere."""
    most = claims.ceiling()
    first, second = pair
    somebody = listed[most[listed["row"].to_numpy(dtype=np.int64)] > 0]["list"].to_numpy(dtype=np.int64)
    found: Bools = (most[first] == 0) & (claims.floor()[second] > 0) & np.isin(lists[first], somebody)
    return found
