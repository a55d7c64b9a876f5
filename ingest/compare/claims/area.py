"""How two areas stand to each other: the same, one inside the other, overlapping, apart, or not known.

Only areas on one chain (the same, one inside the other, overlapping sets) are ever set side by side.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ingest.compare.claims.relation import Bools, Floats, Ints, Relation, Relations, choose

EARTH_KM = 6371.0


class Form(IntEnum):
    """What kind of area a claim speaks of."""

    UNKNOWN = 0
    COUNTRY = 1
    DIVISIONS = 2
    PLACE = 3


@dataclass(frozen=True, slots=True)
class Areas:
    """Distinct areas as arrays, one element per area; `of_row` leads from a claim to its area.

    `place` and `division` are numbers of gazetteer identities (0 none), `chain` the place and what it lies in down to the first
    level, `divisions` the set as bits, `role` 0 location, 1 origin, 2 destination, `parent` what a site lies in, `country` what all
    of it lies in (0 where the places table does not say). `worded` marks places known by their words alone.
    """

    of_row: Ints
    form: Ints
    place: Ints
    division: Ints
    chain: Ints
    divisions: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]"
    role: Ints
    parent: Ints
    country: Ints
    worded: Bools
    lat: Floats
    lon: Floats
    keys: int

    def relation(self, a: Ints, b: Ints, incidents: Bools, near_km: float) -> Relations:
        """How areas `a` stand to areas `b`; sites near each other are compatible where both are one incident's."""
        form_a, form_b = self.form[a], self.form[b]
        both_sets = (form_a == Form.DIVISIONS) & (form_b == Form.DIVISIONS)
        both_places = (form_a == Form.PLACE) & (form_b == Form.PLACE)
        country: Bools = (form_a == Form.COUNTRY) | (form_b == Form.COUNTRY)
        unstated: Bools = (form_a == Form.UNKNOWN) | (form_b == Form.UNKNOWN)
        abroad: Bools = (self.country[a] != self.country[b]) & (self.country[a] > 0) & (self.country[b] > 0)
        found = choose(
            [
                (self.role[a] * self.role[b] == PlaceRoles.ORIGIN * PlaceRoles.DESTINATION, Relation.OVERLAP),
                (unstated, Relation.UNKNOWN),
                (a == b, Relation.EQUAL),
                (abroad, Relation.DISJOINT),
                (country & (form_a == form_b), Relation.DISJOINT),
                (form_a == Form.COUNTRY, Relation.B_IN_A),
                (form_b == Form.COUNTRY, Relation.A_IN_B),
                (both_sets | both_places, Relation.UNKNOWN),
                (form_a == Form.PLACE, Relation.A_IN_B),
            ],
            Relation.B_IN_A,
        )
        settle = (a != b) & ~unstated & (found == Relation.UNKNOWN)
        found = np.where(both_sets & settle, self._of_sets(a, b, found), found)
        found = np.where(both_places & settle, self._of_places(a, b, found, incidents=incidents, near_km=near_km), found)
        mixed = both_sets | both_places | country | unstated | (found == Relation.OVERLAP)
        outside = ~mixed & ~self._division_in_set(a, b)
        return np.where(outside, np.int8(Relation.DISJOINT), found).astype(np.int8)

    def _of_sets(self, a: Ints, b: Ints, found: Relations) -> Relations:
        out, at = found.copy(), np.flatnonzero(found == Relation.UNKNOWN)
        bits_a, bits_b = self.divisions[a[at]], self.divisions[b[at]]
        shared = bits_a & bits_b
        inside, around = (shared == bits_a).all(axis=1), (shared == bits_b).all(axis=1)
        out[at] = choose(
            [
                (inside & around, Relation.COMPATIBLE),
                (inside, Relation.A_IN_B),
                (around, Relation.B_IN_A),
                (np.asarray(shared.any(axis=1)), Relation.OVERLAP),
            ],
            Relation.DISJOINT,
        )
        return out

    def _of_places(self, a: Ints, b: Ints, found: Relations, *, incidents: Bools, near_km: float) -> Relations:
        inside = (self.chain[b] == self.place[a][:, None]).any(axis=1)
        around = (self.chain[a] == self.place[b][:, None]).any(axis=1)
        same = self.place[a] == self.place[b]
        siblings = incidents & (self.parent[a] > 0) & (self.parent[a] == self.parent[b])
        distance = self._kilometres(a, b)
        worded = (self.worded[a] | self.worded[b]) & (self.division[a] == self.division[b])
        return choose(
            [
                (found != Relation.UNKNOWN, Relation.UNKNOWN),
                (same, Relation.COMPATIBLE),
                (around, Relation.A_IN_B),
                (inside, Relation.B_IN_A),
                (incidents & (distance <= near_km), Relation.COMPATIBLE),
                ((siblings & np.isnan(distance)) | worded, Relation.UNKNOWN),
            ],
            Relation.DISJOINT,
        )

    def _division_in_set(self, a: Ints, b: Ints) -> Bools:
        """For a place against a set: whether the place's first-level division is one of the set."""
        place = np.where(self.form[a] == Form.PLACE, a, b)
        other = np.where(self.form[a] == Form.PLACE, b, a)
        division = self.division[place]
        column = np.maximum(division - 1, 0)
        bits: Ints = self.divisions[other, column >> 3].astype(np.int64)
        found: Bools = (division > 0) & ((bits >> (7 - (column & 7)) & 1) == 1)
        return found

    def _kilometres(self, a: Ints, b: Ints) -> Floats:
        lat_a, lat_b = np.radians(self.lat[a]), np.radians(self.lat[b])
        across = np.radians(self.lon[b] - self.lon[a]) / 2
        haversine = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(across) ** 2
        distance: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(haversine, 0, 1)))
        return distance


class PlaceRoles:
    """Roles as numbers whose product tells origin against destination (2) from everything else."""

    LOCATION = 0
    ORIGIN = 1
    DESTINATION = 2
