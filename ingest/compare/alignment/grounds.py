"""Grounds: groups of claims that never meet, so that one can be compared without the others, now or at the next refresh.

Claims meet in a family of metrics, on one chain of places, or through a link: one is a part, a repetition or a later edition of the
other, or both carry one claim. Single incidents meet one another so, and what counts a day or a time likewise; an incident and such a
count meet for the very same area only. Where either sort counts anything of a family for the country as a whole or for no place that is
stated, all its places are one ground. Two claims of different grounds have no verdict together and no say in any other verdict of the
other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.alignment.meetings import families, ranges
from ingest.compare.alignment.voices import one_claim
from ingest.compare.claims.area import Areas, Form, PlaceRoles
from ingest.compare.claims.areas import CENTRE, own_keys, read_areas
from ingest.compare.claims.columns import Columns, distinct_rows
from ingest.compare.claims.relation import Bools, Ints
from ingest.compare.claims.vocabularies import KIND, METRIC
from ingest.model.vocabulary import Kind

_EVENTS = 0
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
        incident = columns.known("kind", KIND) == KIND[Kind.INCIDENT]
        label, edges = _nodes(columns, areas, incident)
        ties = label, label[story]
        joined = one_claim(len(columns), *(np.concatenate(pair) for pair in zip(edges, ties, strict=True)))
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
        label, edges = _nodes(columns, areas, columns.flags("incident"))
        ties = [label[one] for one in links]
        ground = one_claim(len(every), *(np.concatenate(pair) for pair in zip(edges, ties, strict=True)))
        near = [incident[one] for one in _meeting(np.full(len(incident), _EVENTS), areas.of_row[incident], areas)]
        event = one_claim(len(every), *(np.concatenate(pair) for pair in zip(near, links, strict=True)))
        return cls(areas, ground[label], event)


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


def _nodes(columns: Columns, areas: Areas, incident: Bools) -> tuple[Ints, Edges]:
    """For each row the first row that is about the same: of a family of its metric, of its area, an incident or not; and the pairs of
    such first rows that meet.
    """
    family, at = families(columns.known("metric", METRIC))
    among = family * 2 + np.where(incident[at], _EVENTS, 1)
    number, first = distinct_rows(among, areas.of_row[at])
    head = at[first]
    one, other = _meeting(among[first], areas.of_row[head], areas)
    area, kin = distinct_rows(family[first], areas.of_row[head])
    label = np.arange(len(columns))
    label[at[::-1]] = head[number][::-1]
    return label, (np.concatenate([label[at], head[one], head]), np.concatenate([head[number], head[other], head[kin][area]]))


def _meeting(among: Ints, area: Ints, areas: Areas) -> Edges:
    """Which (among, area) meet, as positions: those that share a place of their chains, and all where one of them is the whole.

    `among` says among which they are found: incidents have an even number.
    """
    form, events = areas.form[area], among % 2 == _EVENTS
    every = np.isin(among, among[form <= Form.COUNTRY])
    # incidents that stand in one list of their document, which is of a division, or of none that is known
    listed = events & (np.where(form == Form.PLACE, areas.division[area], areas.place[area]) == 0)
    special = [np.flatnonzero(one) for one in (every, areas.role[area] != PlaceRoles.LOCATION, listed)]
    of, key = own_keys(areas, chain=True)
    inside = (key > 0) & ((areas.form[of] != Form.DIVISIONS) | (key != areas.country[of]))  # what meets the whole is told apart
    of, key = of[inside], key[inside]
    order = np.argsort(of, kind="stable")
    low, high = (np.searchsorted(of[order], area, side) for side in ("left", "right"))
    place, owner = ranges(low, high)
    at = np.concatenate([owner, *special])
    sort = np.concatenate([key[order][place] + len(special), *(np.full(len(one), number) for number, one in enumerate(special))])
    number, first = distinct_rows(among[at], sort) if len(at) else (at, at)
    return at, at[first][number]
