"""Who repeats whom: how often, how faithfully, how late, and through whom. A relay is a citation of a claim, never a vote of its own.

An edge leads from a publisher to the named source whose numbers it passes on. What it passes on is faithful where another reading of
the claim says the same, distorted where it differs from the source's own words, or alone differs from what several others pass on.
Where two relays differ and the source's words are not at hand, nobody can tell which is right: both are unsettled.
"""

import numpy as np
import pandas as pd

from ingest.compare.claims.relation import Bools, Floats, Texts
from ingest.compare.sources.published import published
from ingest.compare.sources.questions import MISQUOTED, Readings, read
from ingest.model.schema import RELAYS

EXAMPLES = 5  # figures named per edge, the earliest published
_HOUR = 3600


def relays(figures: pd.DataFrame, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """The edges between publishers and sources: exactly the columns of `RELAYS`, sorted by publisher and source.

    `figures` and `discrepancies` hold the published columns. Counts are `Int64`, shares and hours `float64`, moments UTC.
    """
    return relays_of(read(figures, discrepancies))


def relays_of(readings: Readings) -> pd.DataFrame:
    """The same, from readings that are at hand."""
    faithful, distorted, unsettled = _kept(readings)
    row = np.flatnonzero(readings.relayed & (readings.organisations[readings.publisher] != ""))
    row = row[np.lexsort((row, readings.moment[row]))]
    told = pd.DataFrame(
        {
            "publisher": readings.organisations[readings.publisher[row]],
            "claimed_source": readings.organisations[readings.source[row]],
            "figure_id": readings.figure_id[row],
            "claim": readings.claim[row],
            "faithful": faithful[row],
            "distorted": distorted[row],
            "unsettled": unsettled[row],
            "hours": _hours(readings)[row],
            "moment": readings.moment[row],
            "chain": _chains(readings.columns.texts("relayed_via")[row]),
        }
    )
    return _edges(told)


def _edges(told: pd.DataFrame) -> pd.DataFrame:
    key = ["publisher", "claimed_source"]
    edge = told.groupby(key, sort=True)
    table = edge.agg(
        figures=("figure_id", "size"),
        claims=("claim", "nunique"),
        faithful=("faithful", "sum"),
        distorted=("distorted", "sum"),
        unsettled=("unsettled", "sum"),
        timed=("hours", "count"),
        lag_hours=("hours", "median"),
        first=("moment", "min"),
        last=("moment", "max"),
    )
    settled = table["faithful"] + table["distorted"]
    table["faithful_share"] = table["faithful"] / settled.where(settled > 0)
    for name in ("first", "last"):
        table[f"{name}_published_at"] = pd.to_datetime(table[name], unit="s", utc=True)
    chained = told[told["chain"] != ""].groupby([*key, "chain"], sort=True).size().reset_index(name="n")
    chained["item"] = chained["chain"] + "=" + chained["n"].astype(str)
    table["chains"] = chained.groupby(key)["item"].agg(";".join)
    table["examples"] = told[edge.cumcount() < EXAMPLES].groupby(key)["figure_id"].agg(";".join)
    return published(table.reset_index(), RELAYS)


def _kept(readings: Readings) -> tuple[Bools, Bools, Bools]:
    """Whether each reading says what the claim says: faithful, distorted, unsettled; none of them where nothing can be held against it."""
    claim, size = readings.claim, len(readings.figure_id)
    own = np.zeros(size, dtype=bool)
    np.logical_or.at(own, claim, readings.standing & (readings.publisher == readings.source))
    standing = np.flatnonzero(readings.standing)
    carried = np.unique(np.stack([claim[standing], readings.publisher[standing]]), axis=1)[0]
    publishers = np.bincount(carried, minlength=size)
    misquoting, unsettled = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    a, b = (claim[one] for one in readings.pairs.of(MISQUOTED))
    for this, other in ((a, b), (b, a)):
        alone = ~own[this] & (publishers[this] == 1)
        misquoting[this[~own[this] & (own[other] | (alone & (publishers[other] > 1)))]] = True
        unsettled[this[alone & ~own[other] & (publishers[other] == 1)]] = True
    several = publishers > 1
    distorted = misquoting[claim]
    faithful = several[claim] & ~distorted
    return faithful, distorted, unsettled[claim] & ~distorted & ~faithful


def _hours(readings: Readings) -> Floats:
    """Hours from the source's own publication to each reading; NaN where that is not at hand, or came later."""
    size = len(readings.figure_id)
    first = np.full(size, np.inf)
    own = np.flatnonzero(readings.standing & (readings.publisher == readings.source))
    np.minimum.at(first, readings.claim[own], readings.moment[own].astype(np.float64))
    # what was misquoted is another claim by its number, so its source is found through the verdict
    through = first.copy()
    a, b = (readings.claim[one] for one in readings.pairs.of(MISQUOTED))
    for this, other in ((a, b), (b, a)):
        np.minimum.at(through, this, first[other])
    origin = np.where(np.isinf(first), through, first)[readings.claim]
    hours = (readings.moment - origin) / _HOUR
    return np.where(np.isfinite(hours) & (hours >= 0), hours, np.nan)


def _chains(via: Texts) -> Texts:
    """The organisations a figure came through, from its source on, as one word; one that is named twice in a row counts once."""
    number, distinct = pd.factorize(via)
    said = [">".join(_steps(str(one))) for one in distinct]
    return np.array([*said, ""], dtype=object)[number]


def _steps(via: str) -> list[str]:
    steps = [one for one in via.split(";") if one]
    return [one for at, one in enumerate(steps) if at == 0 or steps[at - 1] != one]
