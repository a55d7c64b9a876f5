"""A place, and what a name in a text comes to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.model.vocabulary import PlacePrecision


class Kind(StrEnum):
    """What sort of place a gazetteer row is; the divisions are the country's own, named by their level."""

    COUNTRY = "country"
    ADM1 = "adm1"
    ADM2 = "adm2"
    ADM3 = "adm3"
    COMMUNITY = "community"
    NEIGHBOURHOOD = "neighbourhood"
    SITE = "site"
    AREA = "area"
    REGION = "region"


DIVISIONS = (Kind.COUNTRY, Kind.ADM1, Kind.ADM2, Kind.ADM3)
COMMUNITY_LEVEL = 4

PRECISIONS: dict[Kind, PlacePrecision] = {
    Kind.COUNTRY: PlacePrecision.COUNTRY,
    Kind.ADM1: PlacePrecision.GOVERNORATE,
    Kind.ADM2: PlacePrecision.DISTRICT,
    Kind.ADM3: PlacePrecision.SUBDISTRICT,
    Kind.COMMUNITY: PlacePrecision.CITY_OR_TOWN,
    Kind.NEIGHBOURHOOD: PlacePrecision.NEIGHBOURHOOD,
    Kind.SITE: PlacePrecision.SITE,
    Kind.AREA: PlacePrecision.DISTRICT,
    Kind.REGION: PlacePrecision.REGION_INFORMAL,
}


class Importance:
    """How well known a place is, for the one rule that prefers a homonym (see `resolve`).

    Divisions: country 5, first level 4, second 3, third 2. Communities: seat of a first-level division 4, of a second 3,
    of a third 2, named in reports 1, any other 0. Sites and neighbourhoods 1 where reports name them, otherwise 0.
    """

    COUNTRY: Final = 5
    FIRST: Final = 4
    SECOND: Final = 3
    THIRD: Final = 2
    REPORTED: Final = 1
    PLAIN: Final = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One place. Coordinates are WGS 84 degrees (for a division, a point inside it), empty where unknown.

    `level` is 0 for a country, 1 to 3 for its divisions, 4 for anything finer. `adm1` is the first-level division it lies
    in (itself at level 1), empty for countries and regions. `names` are all surface forms, English, Arabic and aliases;
    `name_fr` is empty where French says what English says. `covers` lists first-level divisions, for informal regions only.
    """

    id: str
    name_en: str
    name_ar: str
    level: int
    parent: str
    adm1: str
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    names: tuple[str, ...]
    importance: int
    kind: Kind = Kind.COMMUNITY
    covers: tuple[str, ...] = ()
    name_fr: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name comes to.

    `place` is empty when the name is unknown, or is not unique and no rule decides: then `candidates` holds everything it
    could mean, likeliest first, and nothing was guessed. `coverage` is the set of first-level divisions, sorted, the words
    say they cover; empty where that is unknown. `precision` is how finely the words place it. `rule` says what decided:
    unknown, unique, level, seat, scope, hint, list, region, or not_unique.
    """

    text: str
    place: Place | None
    candidates: tuple[Place, ...] = ()
    coverage: tuple[str, ...] = ()
    precision: PlacePrecision | None = None
    rule: str = "unknown"
