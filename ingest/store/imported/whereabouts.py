"""Where a row counts: a place of the crisis where the gazetteer knows it, otherwise a place of the table's own by its path.

A place of the table's own has the folded names it lies in as its identity (`exland/north/old bridge`), so that the same words of two
tables are one place, and a town lies in its division.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.model.vocabulary import PlacePrecision
from ingest.places import Gazetteer, Place
from ingest.store.imported.words import lexicon, words_of

PATH = "/"
_COUNTRY, _DIVISION, _DISTRICT, _TOWN = "country", "admin1", "admin2", "place"
_LEVELS = {_COUNTRY: 0, _DIVISION: 1, _DISTRICT: 2, _TOWN: 4}
_PRECISION = {
    _COUNTRY: PlacePrecision.COUNTRY,
    _DIVISION: PlacePrecision.GOVERNORATE,
    _DISTRICT: PlacePrecision.DISTRICT,
    _TOWN: PlacePrecision.CITY_OR_TOWN,
}


# The code that says which place a name of this level means.
_CODES = {_DIVISION: "admin1_code", _DISTRICT: "admin2_code", _TOWN: "place_code"}
NAMED_BY = (*_LEVELS, *_CODES.values())
"""What of a row its place is told by."""


def whereabouts(row: Mapping[str, str], gazetteer: Gazetteer | None) -> dict[str, Any]:
    """The columns about the place of a row; empty where it names none."""
    nowhere = lexicon().lists["nowhere"]
    path = {name: " ".join(row[name].split()) for name in _LEVELS if row.get(name) and nowhere.read(words_of(row[name])) != (["forms"], ())}
    if not path:
        return {}
    known = (_coded(row, next(reversed(path)), gazetteer) or _known(path, gazetteer)) if gazetteer else None
    return {"place_text": path[next(reversed(path))]} | (_of_gazetteer(known) if known else _own(path))


def _coded(row: Mapping[str, str], finest: str, gazetteer: Gazetteer) -> Place | None:
    """The place of the gazetteer by the code that stands beside the finest name; None without one, or for one that is of other places."""
    return gazetteer.get(row.get(_CODES.get(finest, ""), "").strip().upper())


def _known(path: Mapping[str, str], gazetteer: Gazetteer) -> Place | None:
    """The place of the gazetteer that the finest name means inside the coarser ones; None where any of them is another country's."""
    found: Place | None = None
    for name in path.values():
        found = gazetteer.resolve(name, within=found.id if found and found.level else None).place
        if found is None:
            return None
    return found


def _of_gazetteer(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.id,
        "place_name": place.name_en,
        "place_candidates": (place.id,),
        "adm1_id": place.adm1,
        "adm_level": place.level,
        "place_precision": place.precision,
        "coverage_area": place.covers or ((place.adm1,) if place.adm1 else ()),
        "lat": place.lat if place.level > 1 else None,
        "lon": place.lon if place.level > 1 else None,
    }


def _own(path: dict[str, str]) -> dict[str, Any]:
    finest: str = next(reversed(path))
    division = identity(path, _DIVISION) if _DIVISION in path else ""
    return {
        "place_id": identity(path, finest),
        "place_name": path[finest],
        "adm1_id": division,
        "adm_level": _LEVELS[finest],
        "place_precision": _PRECISION[finest],
        "coverage_area": (division,) if division else (),
    }


def identity(path: Mapping[str, str], finest: str) -> str:
    """The folded names from the coarsest to this one."""
    names = [path[name] for name in _LEVELS if name in path and _LEVELS[name] <= _LEVELS[finest]]
    return PATH.join(map(_folded, names))


def _folded(name: str) -> str:
    return name.casefold().replace(PATH, " ").strip()


@dataclass(frozen=True, slots=True)
class Lying:
    """A place of a table's own: its level, the place it lies in and its first-level division, empty where its path has none."""

    id: str
    name: str
    level: int | None
    parent: str
    division: str


def lineage(place_id: str, level: int | None, division: str) -> Iterator[Lying]:
    """A place of a table's own and those its path leads through, coarsest first; a place without a path is alone."""
    names = place_id.split(PATH)
    paths = [PATH.join(names[: at + 1]) for at in range(len(names))]
    for at, path in enumerate(paths):
        inside = bool(division) and path.startswith(division)
        passed = _LEVELS[_DIVISION] if path == division else _LEVELS[_DISTRICT] if inside else _LEVELS[_COUNTRY]
        parent = paths[at - 1] if at else ""
        yield Lying(path, names[at].title(), level if path == place_id else passed, parent, division if inside else "")
