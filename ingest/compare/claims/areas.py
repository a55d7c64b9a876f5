"""Where claims count: every distinct area once, how two areas stand to each other, and the keys by which they find each other.

An area is a country, a set of first-level divisions ("Idlib and Aleppo", an informal region), one finer place, or not stated
(definitions, section 9). Only areas on one chain (the same, one inside the other, overlapping sets) are ever set side by side.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from ingest.compare.claims.columns import Columns, distinct_rows, numbers, texts
from ingest.compare.claims.relation import Bools, Floats, Ints, Relation, Relations, choose
from ingest.model.vocabulary import PlacePrecision, PlaceRole

FINE = frozenset(
    {
        PlacePrecision.POINT,
        PlacePrecision.SITE,
        PlacePrecision.NEIGHBOURHOOD,
        PlacePrecision.CITY_OR_TOWN,
        PlacePrecision.SUBDISTRICT,
        PlacePrecision.DISTRICT,
    }
)
SITE_LEVEL = frozenset({PlacePrecision.POINT, PlacePrecision.SITE, PlacePrecision.NEIGHBOURHOOD})
EARTH_KM = 6371.0
_DEPTH = 6  # levels 0 to 4 and one to spare


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
    of it lies in (0 where the places table does not say).
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
        return choose(
            [
                (found != Relation.UNKNOWN, Relation.UNKNOWN),
                (same, Relation.COMPATIBLE),
                (around, Relation.A_IN_B),
                (inside, Relation.B_IN_A),
                (incidents & (distance <= near_km), Relation.COMPATIBLE),
                (siblings & np.isnan(distance), Relation.UNKNOWN),
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


_ROLES = {str(PlaceRole.ORIGIN): PlaceRoles.ORIGIN, str(PlaceRole.DESTINATION): PlaceRoles.DESTINATION}


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """What the places table says, by identity."""

    level: dict[str, int]
    parent: dict[str, str]
    division: dict[str, str]
    lat: dict[str, float]
    lon: dict[str, float]


def _gazetteer(places: pd.DataFrame | None) -> _Gazetteer:
    if places is None or not len(places):
        return _Gazetteer({}, {}, {}, {}, {})
    names = texts(places, "place_id")
    levels, lat, lon = numbers(places, "adm_level"), numbers(places, "lat"), numbers(places, "lon")
    return _Gazetteer(
        {name: int(level) for name, level in zip(names, levels, strict=True) if not np.isnan(level)},
        dict(zip(names, texts(places, "parent_id"), strict=True)),
        dict(zip(names, texts(places, "adm1_id"), strict=True)),
        dict(zip(names, lat, strict=True)),
        dict(zip(names, lon, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the distinct rows say of their place."""

    place: str
    division: str
    level: float
    precision: str
    coverage: tuple[str, ...]
    role: int


def read_areas(figures: Columns, places: pd.DataFrame | None) -> Areas:
    """The areas of the claims. Without a places table, containment is known only from the claims' own first-level division."""
    gazetteer = _gazetteer(places)
    names = ("place_id", "adm1_id", "place_precision", "coverage_area", "place_role")
    columns = [figures.texts(name) for name in names]
    level, lat, lon = (figures.numbers(name) for name in ("adm_level", "lat", "lon"))
    row, first = distinct_rows(*(figures.codes(name) for name in names), np.nan_to_num(level, nan=-1).astype(np.int64))
    described = []
    for at in first:
        place, division, precision, coverage, role = (str(column[at]) for column in columns)
        area = tuple(sorted({part.strip() for part in coverage.split(";")} - {""}))
        described.append(_describe(_Stated(place, division, level[at], precision, area, _ROLES.get(role, 0)), gazetteer))
    distinct = list(dict.fromkeys(described))
    number = {one: position for position, one in enumerate(distinct)}
    of_row = np.array([number[one] for one in described], dtype=np.int64)[row] if len(row) else row
    return _arrays(of_row, distinct, gazetteer, _centres(of_row, lat, lon, len(distinct)))


# (form, place, division, set of divisions, role, is a site)
_Area = tuple[Form, str, str, tuple[str, ...], int, bool]


def _describe(stated: _Stated, gazetteer: _Gazetteer) -> _Area:
    level = stated.level if not np.isnan(stated.level) else float(gazetteer.level.get(stated.place, -1))
    division = stated.division or gazetteer.division.get(stated.place, "")
    finer = level >= 2 or stated.precision in FINE
    site = stated.precision in SITE_LEVEL
    region = stated.precision == PlacePrecision.REGION_INFORMAL and stated.coverage
    if region or (len(stated.coverage) > 1 and level != 0):
        return (Form.DIVISIONS, "", "", stated.coverage, stated.role, False)
    if stated.place and level == 0:
        return (Form.COUNTRY, stated.place, "", (), stated.role, False)
    if stated.place and finer:
        return (Form.PLACE, stated.place, division or "".join(stated.coverage), (), stated.role, site)
    if stated.place and level == 1:
        return (Form.DIVISIONS, stated.place, "", (stated.place,), stated.role, False)
    if stated.coverage or division:
        return (Form.DIVISIONS, "", "", stated.coverage or (division,), stated.role, False)
    if stated.place:
        return (Form.PLACE, stated.place, "", (), stated.role, site)
    if stated.precision == PlacePrecision.COUNTRY:
        return (Form.COUNTRY, "", "", (), stated.role, False)
    return (Form.UNKNOWN, "", "", (), stated.role, False)


def _centres(of_row: Ints, lat: Floats, lon: Floats, count: int) -> tuple[Floats, Floats]:
    """Coordinates of each area from the first claim that carries them."""
    centres = np.full(count, np.nan), np.full(count, np.nan)
    at = np.flatnonzero(~np.isnan(lat) & ~np.isnan(lon))[::-1]
    centres[0][of_row[at]], centres[1][of_row[at]] = lat[at], lon[at]
    return centres


def _arrays(of_row: Ints, areas: list[_Area], gazetteer: _Gazetteer, centres: tuple[Floats, Floats]) -> Areas:
    chains = [_chain(area, gazetteer) for area in areas]
    divisions = sorted({one for area in areas for one in area[3]} | {area[2] for area in areas if area[2]})
    # divisions are numbered first, so that a number below the count of divisions is one
    number = {name: position for position, name in enumerate(["", *divisions])}
    for chain in chains:
        for name in chain:
            number.setdefault(name, len(number))
    for area in areas:
        number.setdefault(area[1], len(number))
    bits = np.zeros((len(areas), max(1, -(-len(divisions) // 8) * 8)), dtype=np.uint8)
    for position, area in enumerate(areas):
        for name in area[3]:
            bits[position, number[name] - 1] = 1
    parents = [gazetteer.parent.get(area[1], "") if area[5] else "" for area in areas]
    countries = [_country(area, gazetteer) for area in areas]
    for name in (*parents, *countries):
        number.setdefault(name, len(number))
    lat, lon = centres
    for position, area in enumerate(areas):
        if np.isnan(lat[position]) and area[0] == Form.PLACE:
            lat[position], lon[position] = gazetteer.lat.get(area[1], np.nan), gazetteer.lon.get(area[1], np.nan)
    return Areas(
        of_row=of_row,
        form=np.array([area[0] for area in areas], dtype=np.int64),
        place=np.array([number[area[1]] for area in areas], dtype=np.int64),
        division=np.array([number[area[2]] for area in areas], dtype=np.int64),
        chain=_padded([[number[name] for name in chain] for chain in chains]),
        divisions=np.packbits(bits, axis=1),
        role=np.array([area[4] for area in areas], dtype=np.int64),
        parent=np.array([number[name] for name in parents], dtype=np.int64),
        country=np.array([number[name] for name in countries], dtype=np.int64),
        lat=lat,
        lon=lon,
        keys=len(number) + 1,
    )


def _chain(area: _Area, gazetteer: _Gazetteer) -> list[str]:
    """A place, what it lies in, and its first-level division; without the country."""
    form, place, division = area[:3]
    if form != Form.PLACE:
        return []
    chain = [place]
    while len(chain) < _DEPTH:
        parent = gazetteer.parent.get(chain[-1], "")
        if not parent or parent in chain or gazetteer.level.get(parent, 1) == 0:
            break
        chain.append(parent)
    return chain if not division or division in chain else [*chain, division]


def _country(area: _Area, gazetteer: _Gazetteer) -> str:
    """The country an area lies in, as far as the places table tells; a set of divisions lies in that of its first."""
    place = area[1] or next(iter(area[3]), "")
    for _ in range(_DEPTH):
        if gazetteer.level.get(place) == 0:
            return place
        place = gazetteer.parent.get(place, "")
    return ""


def _padded(chains: list[list[int]]) -> Ints:
    out = np.full((len(chains), _DEPTH + 1), -1, dtype=np.int64)
    for position, chain in enumerate(chains):
        out[position, : len(chain)] = chain
    return out


def own_keys(areas: Areas, chain: bool) -> tuple[Ints, Ints]:
    """Keys of every area, as (area, key) pairs: what it is, and with `chain` also what it lies in.

    Two areas are on one chain when an own key of one is a chain key of the other. Whole countries have the key of the country, 0
    where none is known, and claims that name no place are looked for under 0; only countries and sets of divisions are set against
    them, not single towns.
    """
    count = np.arange(len(areas.form))
    pairs: list[tuple[Ints, Ints]] = []
    whole = areas.form <= Form.COUNTRY
    wide = areas.form <= Form.DIVISIONS
    pairs.append((count[whole], areas.country[whole]))
    if chain:
        pairs += [(count[wide], areas.country[wide]), (count[wide], np.zeros(int(wide.sum()), dtype=np.int64))]
    area, position = np.nonzero(np.unpackbits(areas.divisions, axis=1)) if len(count) else (count, count)
    pairs.append((area.astype(np.int64), position.astype(np.int64) + 1))
    places = count[areas.form == Form.PLACE]
    if chain:
        at, depth = np.nonzero(areas.chain[places] >= 0)
        pairs.append((places[at], areas.chain[places][at, depth]))
    else:
        pairs.append((places, areas.place[places]))
    beside = count[areas.parent > 0]
    pairs.append((beside, areas.parent[beside] + areas.keys))
    return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])
