"""Who spoke and who did not: source by day, per metric and place, in nine states (definitions, section 13). Pure, no I/O.

The day is that of publication: a claim counts on the day it was first read anywhere, later citations of it are nobody speaking
again. States, first that holds: a claim of that day; not its task; its collector failed; it published that day and said nothing on
this (silent); it was read to the end of the day and nothing of that day was there; not read yet. So a collector that failed never
makes a source silent.

Nothing that follows from a row is stored: rows for every day are there for the metrics an organisation is asked about (its
mandates), for divisions only where something was claimed about them. Voices without a name cannot be silent and have no rows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from ingest.compare.chronology.collectors import Reach, Window, hours_since, reach
from ingest.compare.claims.columns import distinct_rows
from ingest.compare.claims.relation import Floats, Ints, Texts
from ingest.model.claims import NAMELESS
from ingest.model.vocabulary import PlacePrecision, Review, SilenceState, ValueStatus

_SPOKEN: Final = {
    ValueStatus.STATED: SilenceState.VALUE,
    ValueStatus.EXPLICIT_ZERO: SilenceState.EXPLICIT_ZERO,
    ValueStatus.EXPLICIT_UNKNOWN: SilenceState.EXPLICIT_UNKNOWN,
    ValueStatus.NO_NUMBER: SilenceState.NO_NUMBER_GIVEN,
}
"""What a claim makes of its day; where there are several, the first of these that holds."""
_STATES: Final = np.array([str(state) for state in SilenceState], dtype=object)
_RANK: Final = {str(status): list(SilenceState).index(state) for status, state in _SPOKEN.items()}
_NUMBER: Final = {state: number for number, state in enumerate(SilenceState)}
_WIDE: Final = [str(PlacePrecision.COUNTRY), str(PlacePrecision.CROSS_BORDER)]
_KEY: Final = ["day", "claimed_source", "metric", "adm1_id"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the matrix is made from: tables with the published columns."""

    figures: pd.DataFrame
    documents: pd.DataFrame
    mandates: pd.DataFrame
    sources: pd.DataFrame
    runs: pd.DataFrame


def window_of(start: date, end: date | None, zone: ZoneInfo, seen: Seen) -> Window:
    """The days of a crisis, to the newest day anything is known of: none before its start, none that is still to come."""
    moments = [pd.to_datetime(seen.documents["retrieved_at"], utc=True).max(), pd.to_datetime(seen.runs["started_at"], utc=True).max()]
    newest = max((one for one in moments if not pd.isna(one)), default=None)
    last = newest.tz_convert(zone).date() if newest is not None else start - timedelta(days=1)
    return Window(start, min(last, end or last), zone)


def silence(seen: Seen, window: Window) -> pd.DataFrame:
    """The columns of `SILENCE`, sorted by day, source, metric and division. `day` is a naive midnight; nothing stated is empty text."""
    return told(seen, spoken(seen.figures, window), window)


def told(seen: Seen, spoken: pd.DataFrame, window: Window) -> pd.DataFrame:
    """The same from what was `spoken`, whatever figures it was read from; those of `seen` are not looked at."""
    asked = _asked(seen.mandates, window)
    organisations = pd.Index(sorted({*asked["organisation"], *spoken["claimed_source"]}))
    read = reach(organisations, seen.documents, seen.runs, _collectors(seen), window)
    whole = _whole(asked, spoken, read, organisations, window)
    states = whole.set_index(_KEY[:3])["unspoken"]
    divided = spoken[spoken["adm1_id"] != ""]
    unspoken = states.reindex(pd.MultiIndex.from_frame(divided[_KEY[:3]])).to_numpy()
    every = pd.concat([whole, divided.assign(unspoken=unspoken, due=False)], ignore_index=True)
    every = every.sort_values(_KEY, kind="stable", ignore_index=True)
    state = np.where(every["state"].isna(), every["unspoken"], every["state"]).astype(np.int64)
    return pd.DataFrame(
        {
            "day": pd.Timestamp(window.first) + pd.to_timedelta(every["day"], unit="D"),
            **{name: every[name] for name in _KEY[1:]},
            "state": _STATES[state],
            "unspoken": _STATES[every["unspoken"].to_numpy(dtype=np.int64)],
            "due": every["due"].to_numpy(dtype=bool),
            "claims": every["claims"].fillna(0).astype("Int64"),
            **{name: every[name].astype("object").where(every[name].notna(), "") for name in ("figure_id", "figure_ids", "value_text")},
        }
    )


def spoken(figures: pd.DataFrame, window: Window) -> pd.DataFrame:
    """One row per day, source, metric and division something was claimed about, and one for anywhere (an empty division).

    A row follows from the figures of its source alone, and of these from those of claims of its day; so sources, and days of a source,
    can be read one after another.
    """
    named = ~figures["claimed_source"].isin(NAMELESS) & (figures["review"] != Review.REJECTED.value)
    rows = figures[named & figures["value_status"].isin(list(_RANK))]
    claim = _claims(rows)
    day = window.position(pd.to_datetime(rows["published_at"], utc=True).groupby(claim).transform("min"))
    inside = (day >= 0) & (day < window.days)
    rows, claim, day = rows[inside], claim[inside], day[inside]
    at, division = _places(_divisions(rows))
    at, division = np.concatenate([np.arange(len(rows)), at]), np.concatenate([np.full(len(rows), "", dtype=object), division])
    stated = rows["value_best"].astype("Float64").fillna(rows["value_low"].astype("Float64"))
    order = _Order(
        cells=[day, *(pd.factorize(rows[name])[0].astype(np.int64) for name in ("claimed_source", "metric"))],
        claim=claim,
        state=np.asarray(rows["value_status"].map(_RANK), dtype=np.int64),
        stated=np.asarray(stated.fillna(-1.0), dtype=np.float64),
        identity=np.asarray(rows["figure_id"].rank(method="first"), dtype=np.float64),
    )
    return _cells(rows, order, at, division)


def spoken_before(silence: pd.DataFrame, window: Window) -> pd.DataFrame:
    """What was spoken, from the matrix that was made of it: every row that has a figure."""
    rows = silence[(silence["figure_id"] != "").to_numpy(dtype=bool)].reset_index(drop=True)
    states = {str(state): number for number, state in enumerate(SilenceState)}
    day = (pd.to_datetime(rows["day"]) - pd.Timestamp(window.first)).dt.days.astype(np.int64)
    said = rows.assign(day=day, state=rows["state"].map(states).astype(np.int64), claims=rows["claims"].astype(np.int64))
    found: pd.DataFrame = said[[*_KEY, "state", "claims", "figure_id", "figure_ids", "value_text"]]
    return found


@dataclass(frozen=True, slots=True)
class _Order:
    """What the claims are put into cells and put in order by, one element per figure."""

    cells: list[Ints]
    claim: Ints
    state: Ints
    stated: Floats
    identity: Floats


def _claims(figures: pd.DataFrame) -> Ints:
    """The number of the claim each figure carries: its own where nothing says so."""
    carried = figures["claim_id"].where(figures["claim_id"] != "", figures["figure_id"])
    claim, _ = distinct_rows(pd.factorize(carried)[0].astype(np.int64), pd.factorize(figures["claimed_source"])[0].astype(np.int64))
    return claim


def _divisions(figures: pd.DataFrame) -> Texts:
    """The divisions a claim is about, joined by `;`: all that it covers, none for one about the whole country."""
    covered = figures["coverage_area"].fillna("")
    own = covered.where(covered != "", figures["adm1_id"].fillna(""))
    return np.asarray(own.mask(figures["place_precision"].isin(_WIDE), ""), dtype=object)


def _places(divisions: Texts) -> tuple[Ints, Texts]:
    """Rows and divisions, once for each division of a row."""
    numbers, distinct = pd.factorize(divisions)
    lists = [[part for part in str(joined).split(";") if part] for joined in distinct]  # a line per combination, not per figure
    counts = np.array([len(one) for one in lists], dtype=np.int64)[numbers] if len(numbers) else numbers.astype(np.int64)
    at = np.repeat(np.arange(len(numbers)), counts)
    begins = np.concatenate([[0], np.cumsum([len(one) for one in lists])])[:-1].astype(np.int64)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    flat = np.array([*(part for one in lists for part in one), ""], dtype=object)
    return at, flat[begins[numbers[at]] + nth] if len(at) else flat[:0]


def _cells(rows: pd.DataFrame, order: _Order, at: Ints, division: Texts) -> pd.DataFrame:
    """The strongest state of each cell, how many claims stand behind it, and the one that is shown."""
    place = pd.factorize(division)[0].astype(np.int64)
    cell, _ = distinct_rows(*(one[at] for one in order.cells), place)
    sorted_ = np.lexsort((order.identity[at], -order.stated[at], order.state[at], cell))
    cell, at, division = cell[sorted_], at[sorted_], division[sorted_]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    bounds = np.append(first, len(cell))
    again = pd.Series(distinct_rows(cell, order.claim[at])[0]).duplicated().to_numpy()
    ids = rows["figure_id"].to_numpy(dtype=object)[at]
    shown = rows.iloc[at[first]]
    return pd.DataFrame(
        {
            "day": order.cells[0][at[first]],
            "claimed_source": shown["claimed_source"].to_numpy(dtype=object),
            "metric": shown["metric"].to_numpy(dtype=object),
            "adm1_id": division[first],
            "state": order.state[at[first]],
            "claims": np.bincount(cell[~again], minlength=len(first))[cell[first]] if len(cell) else first,
            "figure_id": ids[first],
            "figure_ids": [";".join(ids[begin:end]) for begin, end in pairwise(bounds)],
            "value_text": shown["value_text"].to_numpy(dtype=object),
        }
    )


def _asked(mandates: pd.DataFrame, window: Window) -> pd.DataFrame:
    """The days of the window, from `first` to `last` as their numbers, that each organisation is asked about each metric."""
    first, last = pd.Timestamp(window.first), pd.Timestamp(window.last)
    since = ((pd.to_datetime(mandates["since"]).fillna(first) - first).dt.days).clip(lower=0)
    until = ((pd.to_datetime(mandates["until"]).fillna(last) - first).dt.days).clip(upper=window.days - 1)
    asked = mandates[["organisation", "metric", "cadence_hours"]].assign(first=since, last=until)
    return asked[asked["first"] <= asked["last"]]


def _collectors(seen: Seen) -> pd.DataFrame:
    """Who is read through what: as the mandates say, as the connectors are described, and as reports came in."""
    declared = seen.mandates.assign(source=seen.mandates["collectors"].fillna("").str.split(";")).explode("source")
    described = seen.sources.rename(columns={"publisher": "organisation"})
    met = seen.documents.rename(columns={"publisher": "organisation"})
    pairs = pd.concat([one[["organisation", "source"]] for one in (declared, described, met)], ignore_index=True)
    return pairs[(pairs["organisation"] != "") & (pairs["source"] != "")].drop_duplicates()


def _whole(asked: pd.DataFrame, spoken: pd.DataFrame, read: Reach, organisations: "pd.Index", window: Window) -> pd.DataFrame:
    """A row per day for each metric an organisation is asked about; others only on days something was claimed."""
    anywhere = spoken[spoken["adm1_id"] == ""]
    pairs = asked[["organisation", "metric"]].drop_duplicates(ignore_index=True)
    number = pd.MultiIndex.from_frame(pairs)
    mandated = np.zeros((len(pairs), window.days), dtype=bool)
    cadence, begins = np.full(len(pairs), np.inf), np.full(len(pairs), np.inf)
    asked_row = number.get_indexer(pd.MultiIndex.from_frame(asked[["organisation", "metric"]]))
    for at, first, last, hours in zip(asked_row, asked["first"], asked["last"], asked["cadence_hours"], strict=True):  # a line per mandate
        mandated[at, int(first) : int(last) + 1] = True
        cadence[at], begins[at] = min(cadence[at], hours), min(begins[at], first)
    spoke = np.asarray(number.get_indexer(pd.MultiIndex.from_frame(anywhere[["claimed_source", "metric"]])), dtype=np.int64)
    said = np.zeros_like(mandated)
    said[spoke[spoke >= 0], anywhere["day"].to_numpy()[spoke >= 0]] = True
    # a day is the finest that is told, so a source is due at the end of the first day without a word at the soonest
    due = mandated & ~said & (hours_since(said, begins) >= np.maximum(cadence, 24.0)[:, None])
    who = organisations.get_indexer(pd.Index(pairs["organisation"]))
    unspoken = np.where(mandated, _unspoken(read)[who], _NUMBER[SilenceState.OUT_OF_MANDATE])
    grid = pd.DataFrame(
        {
            "day": np.tile(np.arange(window.days), len(pairs)),
            "claimed_source": np.repeat(pairs["organisation"].to_numpy(), window.days),
            "metric": np.repeat(pairs["metric"].to_numpy(), window.days),
            "adm1_id": "",
            "unspoken": unspoken.ravel(),
            "due": due.ravel(),
        }
    )
    unasked = anywhere[spoke < 0].assign(unspoken=_NUMBER[SilenceState.OUT_OF_MANDATE], due=False)
    told = grid.merge(anywhere, on=_KEY, how="left") if len(grid) else grid.reindex(columns=unasked.columns)
    return pd.concat([one for one in (told, unasked) if len(one)] or [told], ignore_index=True)


def _unspoken(read: Reach) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """The state of every organisation and day without a claim, where it is asked."""
    cases = [
        (read.failed, SilenceState.COLLECTOR_DOWN),
        (read.published, SilenceState.SILENT),
        (read.covered, SilenceState.NO_PUBLICATION),
    ]
    return np.select([mask for mask, _ in cases], [_NUMBER[state] for _, state in cases], _NUMBER[SilenceState.NOT_INGESTED])
