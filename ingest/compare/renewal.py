"""A comparison after a few figures came, changed or went: what they touch is compared again, and every other verdict stands.

The result is the table that comparing all figures anew would give. Only the grounds of the touched figures are looked at, and of their
verdicts only those are put into words that are new or rest on a touched figure.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment.grounds import Grounds
from ingest.compare.claims.columns import Columns, distinct_rows, texts
from ingest.compare.claims.comparable import comparable
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.comparison import About, Judged
from ingest.compare.rows import rules_by_number
from ingest.compare.rules import Rules
from ingest.compare.telling.sentences import told_with_others


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the figures: `touched` are the identities that are new, changed or gone, `former` the rows that changed or went,
    as they were.
    """

    touched: Collection[str]
    former: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Renewal:
    """`kept` says of each verdict that stood whether it still does; `fresh` holds the rows that are new or told anew."""

    kept: Bools
    fresh: pd.DataFrame


def recompare(standing: pd.DataFrame, figures: pd.DataFrame, change: Change, about: About) -> Renewal:
    """The verdicts on `figures`, where `standing` are those from before the change, made under the same rules, names and places.

    `figures` holds the FIGURES columns as `compare` takes them, `standing` the columns figure_a, figure_b and rule of DISCREPANCIES.
    Raises `UnreadableDocument` when a column the comparison needs is missing.
    """
    now, _ = comparable(figures)
    before, _ = comparable(change.former)
    grounds = Grounds.of(_together(now, before), about.places)
    identities = grounds.columns.texts("figure_id")
    new = pd.Index(identities[: len(now)]).isin(list(change.touched))
    touched = np.concatenate([new, np.ones(len(before), dtype=bool)])
    touched = np.isin(grounds.story, grounds.story[touched]) | _moved(grounds, before, touched)
    looked_at = np.isin(grounds.ground, grounds.ground[touched])
    judged = Judged.of_rows(grounds.part(np.flatnonzero(looked_at[: len(now)])), about)
    kept, told = _matched(standing, judged, pd.Index(identities[touched]), about.rules)
    elsewhere = ~pd.Index(texts(standing, "figure_a")).isin(pd.Index(identities[looked_at]))
    return Renewal(kept | elsewhere, judged.rows(np.flatnonzero(~told)))


def _together(now: Columns, before: Columns) -> Columns:
    """The rows as they are, then those that changed or went as they were, which no longer say where an area lies."""
    if not len(before):
        return now
    return Columns(pd.concat([now.frame, before.frame.assign(lat=np.nan, lon=np.nan)], ignore_index=True))


def _moved(grounds: Grounds, before: Columns, touched: Bools) -> Bools:
    """Claims of areas whose coordinates may have come from a touched claim: an area lies where its first claim puts it."""
    lat, lon = (np.concatenate([_here(grounds, before, name), before.numbers(name)]) for name in ("lat", "lon"))
    located, area = np.flatnonzero(~np.isnan(lat) & ~np.isnan(lon)), grounds.areas.of_row
    located = located[np.isin(area[located], area[located[touched[located]]])]
    order = located[np.argsort(grounds.columns.texts("figure_id")[located], kind="stable")]
    spot = distinct_rows(lat[order].view(np.int64), lon[order].view(np.int64))[0] if len(order) else order
    areas, first = np.unique(area[order], return_index=True)
    elsewhere = np.unique(area[order][spot != spot[first][np.searchsorted(areas, area[order])]])
    agreed = np.setdiff1d(area[order][~touched[order]], elsewhere)
    return np.isin(area, np.setdiff1d(areas[touched[order[first]]], agreed))


def _here(grounds: Grounds, before: Columns, name: str) -> "np.ndarray":
    return grounds.columns.numbers(name)[: len(grounds.columns) - len(before)]


def _matched(standing: pd.DataFrame, judged: Judged, touched: pd.Index, rules: Rules) -> tuple[Bools, Bools]:
    """Which standing verdicts were reached again and are told as before; and which verdicts reached now are those."""
    verdicts, known = judged.verdicts, pd.Index(judged.claims.figure_id)
    number = pd.Index(rules_by_number(rules)).get_indexer(pd.Index(texts(standing, "rule"))).astype(np.int64)
    a, b = (known.get_indexer(pd.Index(texts(standing, name))).astype(np.int64) for name in ("figure_a", "figure_b"))
    anew = np.append(known.isin(touched), True)  # the last is for -1: a figure that is not there
    may_stand = (number >= 0) & ~np.isin(number, told_with_others()) & ~anew[a] & ~anew[b]
    stood, reached = _key(a, b, number, len(known)), _key(verdicts.a, verdicts.b, verdicts.ruling, len(known))
    kept = may_stand & np.isin(stood, reached)
    return kept, np.isin(reached, stood[kept])


def _key(a: Ints, b: Ints, ruling: Ints, size: int) -> Ints:
    return (a * size + b) * 256 + ruling
