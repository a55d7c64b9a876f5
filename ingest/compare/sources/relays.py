"""Who repeats whom: how often, how faithfully, how late, and through whom. A relay is a citation of a claim, never a vote of its own.

An edge leads from a publisher to the named source whose numbers it passes on. What it passes on is faithful where another reading of
the claim says the same, distorted where it differs from the source's own words, or alone differs from what several others pass on.
Where two relays differ and the source's words are not at hand, nobody can tell which is right: both are unsettled.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.claims.relation import Bools, Floats, Texts
from ingest.compare.sources.published import published
from ingest.compare.sources.questions import MISQUOTED, Readings, read
from ingest.model.schema import RELAYS

EXAMPLES = 5  # figures named per edge, the earliest published
_HOUR = 3600
_EDGE = ["publisher", "claimed_source"]


def relays(figures: pd.DataFrame, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """The edges between publishers and sources: exactly the columns of `RELAYS`, sorted by publisher and source.

    `figures` and `discrepancies` hold the published columns. Counts are `Int64`, shares and hours `float64`, moments UTC.
    """
    return relays_of([PassedOn.of(read(figures, discrepancies))])


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What is passed on in one part of the figures, in tables that add up to those of all parts: counts by edge (`counts`), the hours of
    every reading that can be timed, how often each chain was met, and the earliest figures of each edge.

    Parts share no claim, so numbers of claims can be added as well.
    """

    counts: pd.DataFrame
    hours: pd.DataFrame
    chains: pd.DataFrame
    examples: pd.DataFrame

    @classmethod
    def of(cls, readings: Readings) -> "PassedOn":
        """What these readings pass on."""
        told = _told(readings)
        counts = told.groupby(_EDGE).agg(
            figures=("figure_id", "size"),
            claims=("claim", "nunique"),
            faithful=("faithful", "sum"),
            distorted=("distorted", "sum"),
            unsettled=("unsettled", "sum"),
            first=("moment", "min"),
            last=("moment", "max"),
        )
        chained = told[told["chain"] != ""].groupby([*_EDGE, "chain"]).size().reset_index(name="n")
        earliest = told[told.groupby(_EDGE).cumcount() < EXAMPLES][[*_EDGE, "moment", "figure_id"]]
        return cls(counts, told.loc[told["hours"].notna(), [*_EDGE, "hours"]], chained, earliest)


def relays_of(parts: Sequence[PassedOn]) -> pd.DataFrame:
    """The edges of all parts; there is at least one."""
    edge = pd.concat([one.counts for one in parts]).groupby(_EDGE)
    table = edge[["figures", "claims", "faithful", "distorted", "unsettled"]].sum()
    timed = pd.concat([one.hours for one in parts]).groupby(_EDGE)["hours"]
    table["timed"], table["lag_hours"] = timed.size(), timed.median()
    settled = table["faithful"] + table["distorted"]
    table["faithful_share"] = table["faithful"] / settled.where(settled > 0)
    table["first_published_at"] = pd.to_datetime(edge["first"].min(), unit="s", utc=True)
    table["last_published_at"] = pd.to_datetime(edge["last"].max(), unit="s", utc=True)
    chains = pd.concat([one.chains for one in parts]).groupby([*_EDGE, "chain"])["n"].sum().reset_index()
    chains["item"] = chains["chain"] + "=" + chains["n"].astype(str)
    table["chains"] = chains.groupby(_EDGE)["item"].agg(";".join)
    examples = pd.concat([one.examples for one in parts]).sort_values(["moment", "figure_id"], kind="stable")
    table["examples"] = examples[examples.groupby(_EDGE).cumcount() < EXAMPLES].groupby(_EDGE)["figure_id"].agg(";".join)
    return published(table.reset_index(), RELAYS)


def _told(readings: Readings) -> pd.DataFrame:
    """A row per reading that is passed on, the earliest first."""
    faithful, distorted, unsettled = _kept(readings)
    row = np.flatnonzero(readings.relayed & (readings.organisations[readings.publisher] != ""))
    row = row[np.lexsort((row, readings.moment[row]))]
    return pd.DataFrame(
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
