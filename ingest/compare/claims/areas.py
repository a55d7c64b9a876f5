"""Where claims count: every distinct area once, as the claims state it, and the keys by which areas find each other.

An area is a country, a set of first-level divisions ("Idlib and Aleppo", an informal region), one finer place, or not stated
(definitions, section 9). A finer place that is known by its words alone is a place of its own, named by them, and never the division it
lies in; whether other words of that division mean the same place is not known.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ingest.compare.claims.area import Areas, Form, PlaceRoles
from ingest.compare.claims.columns import Columns, distinct_rows, numbers, texts
from ingest.compare.claims.relation import Floats, Ints
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
CENTRE = ("area_lat", "area_lon")
"""Columns beside those of FIGURES, for claims that are compared without others of their areas."""
_DEPTH = 6  # levels 0 to 4 and one to spare
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
    words: str


def read_areas(figures: Columns, places: pd.DataFrame | None) -> Areas:
    """The areas of the claims. Without a places table, containment is known only from the claims' own first-level division."""
    gazetteer = _gazetteer(places)
    names = ("place_id", "adm1_id", "place_precision", "coverage_area", "place_role")
    columns = [figures.texts(name) for name in names]
    level, (lat, lon) = figures.numbers("adm_level"), _coordinates(figures)
    # the words matter only where they are all that is known of a place
    words = np.where(figures.codes("place_id") == 0, figures.codes("place_text"), 0)
    row, first = distinct_rows(*(figures.codes(name) for name in names), np.nan_to_num(level, nan=-1).astype(np.int64), words)
    written = figures.distinct("place_text")
    described = []
    for at in first:
        place, division, precision, coverage, role = (str(column[at]) for column in columns)
        area = tuple(sorted({part.strip() for part in coverage.split(";")} - {""}))
        said = str(written[words[at]])
        described.append(_describe(_Stated(place, division, level[at], precision, area, _ROLES.get(role, 0), said), gazetteer))
    distinct = list(dict.fromkeys(described))
    number = {one: position for position, one in enumerate(distinct)}
    of_row = np.array([number[one] for one in described], dtype=np.int64)[row] if len(row) else row
    return _arrays(of_row, distinct, gazetteer, _centres(of_row, lat, lon, len(distinct)))


# (form, place, division, set of divisions, role, is a site, known by its words alone)
_Area = tuple[Form, str, str, tuple[str, ...], int, bool, bool]


def _describe(stated: _Stated, gazetteer: _Gazetteer) -> _Area:
    level = stated.level if not np.isnan(stated.level) else float(gazetteer.level.get(stated.place, -1))
    division = stated.division or gazetteer.division.get(stated.place, "")
    finer = level >= 2 or stated.precision in FINE
    site = stated.precision in SITE_LEVEL
    region = stated.precision == PlacePrecision.REGION_INFORMAL and stated.coverage
    if stated.words and stated.precision in FINE:
        return _of_words(stated, division, site)
    if region or (len(stated.coverage) > 1 and level != 0):
        return (Form.DIVISIONS, "", "", stated.coverage, stated.role, False, False)
    if stated.place and level == 0:
        return (Form.COUNTRY, stated.place, "", (), stated.role, False, False)
    if stated.place and finer:
        return (Form.PLACE, stated.place, division or "".join(stated.coverage), (), stated.role, site, False)
    if stated.place and level == 1:
        return (Form.DIVISIONS, stated.place, "", (stated.place,), stated.role, False, False)
    if stated.coverage or division:
        return (Form.DIVISIONS, "", "", stated.coverage or (division,), stated.role, False, False)
    if stated.place:
        return (Form.PLACE, stated.place, "", (), stated.role, site, False)
    if stated.precision == PlacePrecision.COUNTRY:
        return (Form.COUNTRY, "", "", (), stated.role, False, False)
    return (Form.UNKNOWN, "", "", (), stated.role, False, False)


def _of_words(stated: _Stated, division: str, site: bool) -> _Area:
    """A fine place without an identity; nowhere in particular where the name may lie in one of several divisions."""
    inside = division or (stated.coverage[0] if len(stated.coverage) == 1 else "")
    if not inside and stated.coverage:
        return (Form.UNKNOWN, "", "", (), stated.role, False, False)
    return (Form.PLACE, f"{inside}/{stated.words.casefold()}", inside, (), stated.role, site, True)


def _coordinates(figures: Columns) -> tuple[Floats, Floats]:
    """Where each claim says its area lies; of claims that are only some of those of their areas, where those areas were found to lie."""
    lat, lon = CENTRE if CENTRE[0] in figures.frame else ("lat", "lon")
    return figures.numbers(lat), figures.numbers(lon)


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
        worded=np.array([area[6] for area in areas], dtype=bool),
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
    place = (area[2] if area[6] else area[1]) or next(iter(area[3]), "")
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
