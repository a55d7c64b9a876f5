"""Grounds: groups of claims that never meet, so that one can be compared without the others, now or at the next refresh.

Claims meet in a family of metrics, on one chain of places, or through a link: one is a part, a repetition or a later edition of the
other, or both carry one claim. Where a family counts anything for the country as a whole or for no place that is stated, all its
places are one ground. Two claims of different grounds have no verdict together and no say in any other verdict of the other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment.meetings import FAMILIES, ranges
from ingest.compare.alignment.voices import one_claim
from ingest.compare.claims.area import Areas, Form, PlaceRoles
from ingest.compare.claims.areas import CENTRE, own_keys, read_areas
from ingest.compare.claims.columns import Columns, distinct_rows
from ingest.compare.claims.relation import Ints
from ingest.compare.claims.vocabularies import METRIC

_LINKS = ("parent_figure_id", "restates", "supersedes")
Edges = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Claims with what ties them: `ground` numbers the group that meets nobody else, `story` the claims tied by links alone."""

    columns: Columns
    areas: Areas
    ground: Ints
    story: Ints

    @classmethod
    def of(cls, columns: Columns, places: pd.DataFrame | None) -> "Grounds":
        """The grounds of claims that can be compared; rows of one identity are versions of one claim and share all."""
        areas = read_areas(columns, places)
        story = one_claim(len(columns), *_links(columns))
        family = _families(columns)
        label, first = distinct_rows(family, areas.of_row)
        meeting = _meeting(family[first], areas.of_row[first], areas)
        tied = label, label[story]
        joined = one_claim(len(first), *(np.concatenate(pair) for pair in zip(meeting, tied, strict=True)))
        return cls(columns, areas, joined[label], story)

    def part(self, rows: Ints) -> Columns:
        """Some of the claims as a table of their own; each carries the coordinates of its area, which another claim may have given."""
        area = self.areas.of_row[rows]
        centre = dict(zip(CENTRE, (self.areas.lat[area], self.areas.lon[area]), strict=True))
        return Columns(self.columns.frame.iloc[rows].assign(**centre).reset_index(drop=True))


@dataclass(frozen=True, slots=True)
class Spots:
    """What claims are made about, each combination of metric, place and kind (a single incident or not) once, however many make it.

    `areas` are those of the spots; `ground` numbers the group that meets nobody else, `event` the group of spots whose incidents may be
    one, whatever they count.
    """

    areas: Areas
    ground: Ints
    event: Ints

    @classmethod
    def of(cls, columns: Columns, links: Edges, places: pd.DataFrame | None) -> "Spots":
        """The grounds of spots: `columns` holds what tells metric and area, and whether it is an `incident`; `links` pairs the positions
        of spots whose claims a link ties. A spot more, or a tie more, can only make grounds larger, which is no less right.
        """
        areas, every = read_areas(columns, places), np.arange(len(columns))
        incident = np.flatnonzero(columns.flags("incident"))
        alike, first = distinct_rows(_families(columns), areas.of_row)
        together = _meeting(_families(columns)[first], areas.of_row[first], areas)
        ground = one_claim(len(first), *(np.concatenate(pair) for pair in zip(together, [alike[one] for one in links], strict=True)))
        near = [incident[one] for one in _meeting(np.zeros(len(incident), dtype=np.int64), areas.of_row[incident], areas)]
        event = one_claim(len(every), *(np.concatenate(pair) for pair in zip(near, links, strict=True)))
        return cls(areas, ground[alike], event)


def _links(columns: Columns) -> Edges:
    """Rows tied to the first row of the identity they link to, of their own identity, and of the claim they carry."""
    identity, known = pd.factorize(columns.texts("figure_id"))
    first = _first_of(identity)
    claim = columns.codes("claim_id")
    carrying = np.flatnonzero(claim > 0)
    found = [(np.arange(len(columns)), first[identity]), (carrying, _first_of(claim)[claim[carrying]])]
    for name in _LINKS:
        at = np.flatnonzero(columns.codes(name) > 0)
        target = pd.Index(known).get_indexer(pd.Index(columns.texts(name)[at]))
        found.append((at[target >= 0], first[target[target >= 0]]))
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


def _first_of(number: Ints) -> Ints:
    """The first row of each number."""
    first = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]
    return first


def _families(columns: Columns) -> Ints:
    """For each claim the smallest metric it may be set beside, directly or through a metric that stands in two families."""
    pairs = [(METRIC[one], METRIC[other]) for family in FAMILIES for one in family for other in family]
    a, b = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    return one_claim(len(METRIC), a, b)[columns.known("metric", METRIC)]


def _meeting(family: Ints, area: Ints, areas: Areas) -> Edges:
    """Which (family, area) meet, as positions: those that share a place of their chains, all where one of the family is the whole."""
    whole = np.isin(family, family[areas.form[area] <= Form.COUNTRY])
    moving = areas.role[area] != PlaceRoles.LOCATION
    of, key = own_keys(areas, chain=True)
    order = np.argsort(of, kind="stable")
    low, high = (np.searchsorted(of[order], area, side) for side in ("left", "right"))
    place, owner = ranges(low, high)
    shared = key[order][place]
    kept = shared > 0  # the whole is told apart below
    at = np.concatenate([owner[kept], np.flatnonzero(whole), np.flatnonzero(moving)])
    sort = np.concatenate([shared[kept] + 2, np.zeros(int(whole.sum()), dtype=np.int64), np.ones(int(moving.sum()), dtype=np.int64)])
    number, first = distinct_rows(family[at], sort) if len(at) else (at, at)
    return at, at[first][number]
