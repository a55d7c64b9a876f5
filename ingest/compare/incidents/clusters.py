"""Incidents across reports: which claims are of one event, so that five reports of one air strike are one incident with five claims.

Only sure pairs are joined. Claims of one day in one town or at one site are of one incident, unless one text lists several there: those
stay apart, and meet those of other texts by their numbers. Parts go with their total, and figures of one sentence about one place
and day with each other. A less exact claim (a town for a site, a division, an open day) joins at most one more exact incident: the
only one in its place and time with the same number. So no claim leads from one incident over to another.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment.voices import one_claim
from ingest.compare.claims.areas import own_keys
from ingest.compare.claims.columns import distinct_rows, membership
from ingest.compare.claims.comparable import Claims
from ingest.compare.claims.relation import Bools, Ints, Texts, passes
from ingest.compare.claims.vocabularies import KIND, PRECISION
from ingest.compare.rules import Rules
from ingest.model.ids import digest
from ingest.model.vocabulary import Kind, PlacePrecision

# Our convention: a number this high, equal in one place and time, is the same event told less exactly; a lower one may be chance.
TELLING_NUMBER = 3
# Our convention: a claim whose event may lie on more days than this is of no one day, and joins nothing.
_MOST_DAYS = 3
_SITE, _TOWN, _LOOSE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Incidents:
    """`rows` are the claims of incidents by position, `of` the incident of each, numbered from 0; `identity` the name of each incident."""

    rows: Ints
    of: Ints
    identity: Texts


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims that stand for themselves, by position in `claims`, as nodes that are surely of one incident.

    `exact` is how exactly place and day are told, `listed` marks those that one text lists side by side under the same heading.
    """

    claims: Claims
    rows: Ints
    exact: Ints
    listed: Bools
    ordinal: Ints
    node: Ints

    @property
    def number(self) -> Ints:
        """The number stated, -1 for none."""
        return np.nan_to_num(self.claims.stated()[self.rows], nan=-1).astype(np.int64)


def cluster(claims: Claims, rules: Rules) -> Incidents:
    """The incidents of the claims that stand. The same claims give the same incidents, in whatever order they come."""
    rows = np.flatnonzero(membership(claims.kind, [KIND[Kind.INCIDENT]]) & ~claims.superseded)
    root = _roots(claims, rows)
    told = _told(claims, rows[root == rows])
    label = one_claim(len(told.rows), *_same_nodes(told))
    label = one_claim(len(told.rows), *_with(label, _near_sites(told, label, rules)))
    for coarser in (_TOWN, _LOOSE):
        label = one_claim(len(told.rows), *_with(label, _told_less_exactly(told, label, coarser)))
    distinct, number = np.unique(label, return_inverse=True)
    identity = _identities(told, number.reshape(-1), len(distinct))
    place_of = np.full(len(claims.figure_id), -1, dtype=np.int64)
    place_of[told.rows] = number.reshape(-1)
    return Incidents(rows, place_of[root], identity)


def _roots(claims: Claims, rows: Ints) -> Ints:
    """For each claim the total it is part of, or the figure of its text it repeats, as far as that is an incident too."""
    lead = np.arange(len(claims.figure_id))
    among = np.zeros(len(lead), dtype=bool)
    among[rows] = True
    for link in (claims.restates, claims.parent):
        follows = among & (link >= 0) & among[np.maximum(link, 0)]
        follows &= claims.document == claims.document[np.maximum(link, 0)]
        lead = np.where(follows, link, lead)
    for _ in range(4):  # a part of a part; longer chains are none that a text tells
        lead = lead[lead]
    # rows that lead round in a circle stand for themselves
    return np.where(lead[lead[rows]] == lead[rows], lead[rows], rows)


def _told(claims: Claims, rows: Ints) -> _Told:
    precision = claims.precision[rows]
    town, site = PRECISION[PlacePrecision.CITY_OR_TOWN], PRECISION[PlacePrecision.NEIGHBOURHOOD]
    exact = np.select([(precision >= 0) & (precision <= site), precision == town], [_SITE, _TOWN], _LOOSE)
    exact = np.where(claims.event_start[rows] == claims.event_end[rows], exact, _LOOSE)
    where = (claims.crisis[rows], claims.area[rows], claims.event_start[rows], claims.event_end[rows])
    heading, _ = distinct_rows(claims.document[rows], claims.source[rows], claims.metric[rows], claims.group[rows], *where)
    listed = (np.bincount(heading, minlength=1)[heading] > 1) if len(rows) else np.zeros(0, dtype=bool)
    told = _Told(claims, rows, exact, listed, np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.int64))
    numbered, _ = distinct_rows(heading, told.number)
    order = np.lexsort((rows, claims.columns.numbers("span_start")[rows], numbered))
    first = np.searchsorted(numbered[order], np.arange(len(rows)))
    ordinal = np.zeros(len(rows), dtype=np.int64)
    ordinal[order] = np.arange(len(rows)) - first[numbered[order]] if len(rows) else 0
    # what is told exactly is of the one incident of its place and day; what is listed or loose only with its own number
    alone = listed | (exact == _LOOSE)
    own = (claims.metric[rows], claims.group[rows], told.number, ordinal * listed)
    node, _ = distinct_rows(*where, *(np.where(alone, column, -2) for column in own))
    return _Told(claims, rows, exact, listed, ordinal, node)


def _same_nodes(told: _Told) -> tuple[Ints, Ints]:
    """Edges between claims of one node, of one claim passed on, and of one sentence about one place and day."""
    claims, rows = told.claims, told.rows
    quote = claims.columns.numbers("quote_start")[rows]
    where = (claims.area[rows], claims.event_start[rows], claims.event_end[rows])
    sentence, _ = distinct_rows(*where, claims.document[rows], np.nan_to_num(quote, nan=-1).astype(np.int64))
    twice, _ = distinct_rows(sentence, claims.metric[rows], claims.group[rows])
    several = np.zeros(len(rows), dtype=bool)
    several[sentence[np.bincount(twice, minlength=1)[twice] > 1]] = True
    tied = np.where(np.isnan(quote) | several[sentence], -1 - np.arange(len(rows)), sentence)
    edges = [_first_of(told.node), _first_of(claims.claim[rows]), _first_of(tied)]
    return np.tile(np.arange(len(rows)), len(edges)), np.concatenate(edges)


def _first_of(group: Ints) -> Ints:
    """For each element the first of its group."""
    _, first, number = np.unique(group, return_index=True, return_inverse=True)
    return first[number.reshape(-1)].astype(np.int64)


def _with(label: Ints, edges: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Edges on top of what is joined already."""
    return np.concatenate([np.arange(len(label)), edges[0]]), np.concatenate([label, edges[1]])


def _near_sites(told: _Told, label: Ints, rules: Rules) -> tuple[Ints, Ints]:
    """Edges between sites of one town near each other, on one day, with one number, unless a text lists both."""
    claims, rows, number = told.claims, told.rows, told.number
    area = claims.area[rows]
    at = np.flatnonzero((told.exact == _SITE) & ~told.listed & (claims.areas.parent[area] > 0) & (number >= TELLING_NUMBER))
    sites = pd.DataFrame(
        {
            "crisis": claims.crisis[rows[at]],
            "town": claims.areas.parent[area[at]],
            "day": claims.event_start[rows[at]],
            "metric": claims.metric[rows[at]],
            "number": number[at],
            "area": area[at],
            "at": at,
        }
    ).drop_duplicates(["crisis", "town", "day", "metric", "number", "area"])
    both = sites.merge(sites, on=["crisis", "town", "day", "metric", "number"])
    both = both[both["area_x"] < both["area_y"]]
    one, other = both["at_x"].to_numpy(dtype=np.int64), both["at_y"].to_numpy(dtype=np.int64)
    near = passes(claims.areas.relation(area[one], area[other], np.ones(len(one), dtype=bool), rules.same_site_km))
    one, other = one[near], other[near]
    joined = one_claim(len(rows), *_with(label, (one, other)))
    torn = _lists_both(told, joined)
    kept = ~torn[joined[one]]
    return one[kept], other[kept]


def _lists_both(told: _Told, label: Ints) -> Bools:
    """Groups in which one text tells of two places under one heading, so that they are two incidents."""
    claims, rows = told.claims, told.rows
    heading, _ = distinct_rows(label, claims.document[rows], claims.metric[rows], claims.group[rows])
    _, first = distinct_rows(heading, claims.area[rows])
    places = np.bincount(heading[first], minlength=1)
    torn = np.zeros(len(label), dtype=bool)
    torn[label[places[heading] > 1]] = True
    return torn


def _told_less_exactly(told: _Told, label: Ints, coarser: int) -> tuple[Ints, Ints]:
    """Edges from incidents told no more exactly than `coarser` to the only more exact one of the same number in their place and time."""
    claims, rows, number = told.claims, told.rows, told.number
    exact = np.full(len(label), _LOOSE, dtype=np.int64)
    np.minimum.at(exact, label, told.exact)
    days = claims.event_end[rows] - claims.event_start[rows]
    telling = (number >= TELLING_NUMBER) & (days < _MOST_DAYS)
    left = np.flatnonzero(telling & (exact[label] == coarser))
    right = np.flatnonzero(telling & (exact[label] < coarser) & (told.exact < coarser))
    question = ["crisis", "metric", "number", "key", "day"]
    both = _keyed(told, left, label, chain=False).merge(_keyed(told, right, label, chain=True), on=question)
    pairs = both[["label_x", "label_y"]].drop_duplicates()
    pairs = pairs[~pairs["label_x"].duplicated(keep=False)]
    return pairs["label_x"].to_numpy(dtype=np.int64), pairs["label_y"].to_numpy(dtype=np.int64)


def _keyed(told: _Told, at: Ints, label: Ints, *, chain: bool) -> pd.DataFrame:
    """Claims under every place they may be looked for and every day they may be of."""
    claims, rows = told.claims, told.rows[at]
    area, key = own_keys(claims.areas, chain)
    known = (key > 0) & (key < claims.areas.keys)
    places = pd.DataFrame({"area": area[known], "key": key[known]})
    table = pd.DataFrame(
        {
            "crisis": claims.crisis[rows],
            "metric": claims.metric[rows],
            "number": told.number[at],
            "label": label[at],
            "area": claims.area[rows],
            "day": claims.event_start[rows],
            "last": claims.event_end[rows],
        }
    ).merge(places, on="area")
    shifted = [table.assign(day=table["day"] + day) for day in range(_MOST_DAYS)]
    found = pd.concat(shifted, ignore_index=True)
    return found.loc[found["day"] <= found["last"], ["crisis", "metric", "number", "key", "day", "label"]].drop_duplicates()


def _identities(told: _Told, of: Ints, count: int) -> Texts:
    """The name of each incident, from the place and day it is told most exactly by; what is listed or loose adds what it counts."""
    claims, rows, text = told.claims, told.rows, told.claims.columns.texts
    set_of, named_as = text("coverage_area"), text("place_text")
    place = np.where(text("place_id") != "", text("place_id"), np.where(set_of != "", set_of, named_as))
    alone = told.listed | (told.exact == _LOOSE)
    parts = [text("crisis")[rows], place[rows], *(_said(column[rows]) for column in (claims.event_start, claims.event_end))]
    own = [text("metric"), *(text(f"group_{axis}") for axis in ("status", "side", "sex", "age", "role", "nationality"))]
    parts += [np.where(alone, column[rows], "") for column in own]
    parts += [np.where(alone, _said(column), "") for column in (told.number, told.ordinal * told.listed)]
    _, first = distinct_rows(told.node, of)
    written = parts[0][first]
    for part in parts[1:]:
        written = written + "\x1f" + part[first]
    named = np.array([*("i" + digest(one) for one in written), ""], dtype=object)[:-1]
    order = np.lexsort((named.astype("S17"), alone[first], told.exact[first], of[first]))
    chosen = np.searchsorted(of[first][order], np.arange(count))
    return named[order][chosen]


def _said(numbers: Ints) -> Texts:
    return numbers.astype(str).astype(object)
