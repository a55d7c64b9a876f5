"""The published tables of incidents: when, where, who is held responsible, what is counted by how many voices; and whose claims."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import distinct_rows, membership
from ingest.compare.claims.comparable import Claims, read_claims
from ingest.compare.claims.relation import Bools, Floats, Ints, Texts
from ingest.compare.claims.vocabularies import METRIC, PRECISION, STATUS
from ingest.compare.incidents.clusters import Incidents, cluster
from ingest.compare.rules import DEFAULT, Rules
from ingest.model.schema import INCIDENT_CLAIMS, INCIDENTS, Column
from ingest.model.vocabulary import GroupStatus, Metric

_DTYPES = {"integer": "Int64", "number": "Float64", "date": "datetime64[s]"}
_NAMED = 3  # wordings for the party responsible that are listed


def incidents(
    figures: pd.DataFrame, rules: Rules = DEFAULT, *, organisations: pd.DataFrame | None = None, places: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The incidents, and which figure is a claim about which: exactly the columns of `INCIDENTS` and of `INCIDENT_CLAIMS`.

    The arguments are those of `compare`. Sorted by `incident_id`, then by `figure_id`.
    Raises `UnreadableDocument` when a column the comparison needs is missing.
    """
    claims, _ = read_claims(figures, rules, organisations, places)
    found = cluster(claims, rules)
    order = np.lexsort((found.rows, found.identity[found.of].astype("S17")))
    rows, of = found.rows[order], found.of[order]
    linked = {"incident_id": found.identity[of], "figure_id": claims.figure_id[rows]}
    told = _columns(claims, Incidents(rows, of, found.identity))
    return _table(INCIDENTS, told).sort_values("incident_id", ignore_index=True), _table(INCIDENT_CLAIMS, linked)


def _table(columns: tuple[Column, ...], values: Mapping[str, Texts | Ints | Floats]) -> pd.DataFrame:
    return pd.DataFrame({column.name: _typed(values[column.name], _DTYPES.get(column.type, "")) for column in columns})


def _typed(values: Texts | Ints | Floats, dtype: str) -> "pd.Series":
    if dtype == "datetime64[s]":
        return pd.Series(values.astype("datetime64[D]").astype("datetime64[s]"))
    return pd.Series(values, dtype=dtype or "str")


def _columns(claims: Claims, found: Incidents) -> dict[str, Texts | Ints | Floats]:
    rows, of, count = found.rows, found.of, len(found.identity)
    group = claims.columns.codes("independence_group")[rows]  # of nameless voices too: that two of them are two nobody says
    voice = np.where(group > 0, group, -1 - claims.source[rows])
    coarse = np.where(claims.precision[rows] < 0, len(PRECISION), claims.precision[rows])
    finest = _first(of, count, coarse, rows)
    text = claims.columns.texts
    spans, metrics = _spans(claims, found)
    # an open day tells less than a day that is stated
    width = claims.event_end[rows] - claims.event_start[rows]
    dated = width == _least(of, count, width)[of]
    first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
    np.minimum.at(first, of[dated], claims.event_start[rows][dated])
    np.maximum.at(last, of[dated], claims.event_end[rows][dated])
    return {
        "incident_id": found.identity,
        "first_day": first,
        "last_day": last,
        **{name: text(name)[rows[finest]] for name in ("place_id", "place_name", "adm1_id", "place_precision")},
        "lat": claims.columns.numbers("lat")[rows[finest]],
        "lon": claims.columns.numbers("lon")[rows[finest]],
        "perpetrators": _named(of, count, text("perpetrator")[rows]),
        "metrics": metrics,
        "spans": spans,
        "claims": _distinct(of, count, claims.claim[rows]),
        "voices": _distinct(of, count, voice),
        "documents": _distinct(of, count, claims.document[rows]),
    }


def _least(of: Ints, count: int, values: Ints) -> Ints:
    least = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(least, of, values)
    return least


def _first(of: Ints, count: int, *keys: Ints) -> Ints:
    """For each incident the position of its first claim by the keys."""
    order = np.lexsort((*reversed(keys), of))
    return order[np.searchsorted(of[order], np.arange(count))]


def _distinct(of: Ints, count: int, values: Ints) -> Ints:
    """How many different values each incident has."""
    _, first = distinct_rows(of, values)
    return np.bincount(of[first], minlength=count)


def _named(of: Ints, count: int, words: Texts) -> Texts:
    """The first few different wordings of each incident, by the alphabet, joined by `;`."""
    table = pd.DataFrame({"of": of, "word": words})[words != ""].drop_duplicates().sort_values(["of", "word"])
    table["place"] = table.groupby("of").cumcount()
    listed = np.full(count, "", dtype=object)
    for place in range(_NAMED):
        at = table[table["place"] == place]
        position = at["of"].to_numpy(dtype=np.int64)
        listed[position] = listed[position] + (";" if place else "") + at["word"].to_numpy(dtype=object)
    return listed


def _spans(claims: Claims, found: Incidents) -> tuple[Texts, Texts]:
    """For each incident the metrics claimed, and of each the lowest and highest number of a whole count, joined by `;`.

    A whole count is no part of another claim, and of each voice the one of the widest group: "9 killed", not "2 civilians".
    """
    rows, of, count = found.rows, found.of, len(found.identity)
    low, high = claims.floor()[rows], claims.ceiling()[rows]
    # "more than 11" is 12 or more, and closed there
    high = np.where(np.isinf(high), np.fmax(low, claims.stated()[rows]), high)
    whole = ((claims.parent[rows] < 0) | ~np.isin(claims.parent[rows], rows)) & _widest(claims, found)
    spans, metrics = np.full(count, "", dtype=object), np.full(count, "", dtype=object)
    for word in Metric:
        at = np.flatnonzero(whole & (claims.metric[rows] == METRIC[str(word)]))
        least, most = np.full(count, np.inf), np.full(count, -np.inf)
        np.minimum.at(least, of[at], low[at])
        np.maximum.at(most, of[at], high[at])
        has = np.flatnonzero(most >= 0)
        ends = [end[has].astype(np.int64).astype(str).astype(object) for end in (least, most)]
        between = np.where(spans[has] == "", "", ";")
        spans[has] = spans[has] + between + f"{word}=" + ends[0] + ".." + ends[1]
        metrics[has] = metrics[has] + between + str(word)
    return spans, metrics


def _widest(claims: Claims, found: Incidents) -> Bools:
    """Whether a claim is of the widest group its voice gives a number for: everyone, then people of one status, then women, students."""
    rows = found.rows
    everyone = membership(claims.axes[rows, 0], [STATUS[GroupStatus.MIXED_TOTAL], STATUS[GroupStatus.UNSTATED]])
    narrow = np.where((claims.axes[rows][:, 1:] > 0).any(axis=1), 2, np.where(everyone, 0, 1))
    voice, _ = distinct_rows(found.of, claims.metric[rows], claims.source[rows])
    least = np.full(int(voice.max(initial=-1)) + 1, 2)
    np.minimum.at(least, voice, narrow)
    widest: Bools = narrow == least[voice]
    return widest
