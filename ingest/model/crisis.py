"""A crisis is configuration: where, when, who the sides are, whose voice is whose. Parsed from TOML, no code per country."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.errors import SettingsError
from ingest.model.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation that counts, claims, relays or publishes.

    `aliases` are the surface forms texts use, per language. `side` ties a party or its media to a side of the crisis.
    `basis` names a primary basis it always leans on, so that two organisations leaning on it share one vote.
    """

    id: str
    name: Mapping[str, str]
    short: str
    kind: SourceKind
    side: str = ""
    basis: str = ""
    definition: str = ""
    address: str = ""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the conflict: labels for people, and the words texts use for its fighters, per language."""

    id: str
    label: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Region:
    """An informal region ("north-west Syria") as a named, versioned list of first-level p-codes."""

    id: str
    label: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    covers: tuple[str, ...]
    version: str


@dataclass(frozen=True, slots=True)
class HouseholdFactor:
    """People per household, as an interval with its source and validity; conversion happens only through a row of these."""

    low: float
    high: float
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Crisis:
    """Everything the code needs to know about one crisis."""

    id: str
    title: Mapping[str, str]
    country: str
    timezone: ZoneInfo
    start: date
    end: date | None
    gazetteer: tuple[str, ...]
    boundaries: str
    sides: tuple[Side, ...]
    organisations: Mapping[str, Organisation]
    regions: tuple[Region, ...]
    household_factors: tuple[HouseholdFactor, ...]
    sources: Mapping[str, Mapping[str, Any]]
    sample: str = ""
    note: Mapping[str, str] = field(default_factory=dict)


def _forms(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(forms) for language, forms in table.items()}


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(
        id=row.pop("id"),
        name=row.pop("name"),
        short=row.pop("short"),
        kind=SourceKind(row.pop("kind")),
        side=row.pop("side", ""),
        basis=row.pop("basis", ""),
        definition=row.pop("definition", ""),
        address=row.pop("address", ""),
        aliases=_forms(row.pop("aliases", {})),
    )


def _rows(path: Path, tables: list[dict[str, Any]], build: Any) -> list[Any]:
    built = []
    for number, row in enumerate(tables, start=1):
        try:
            built.append(build(row))
        except (KeyError, TypeError, ValueError) as error:
            raise SettingsError(f"{path.name}: entry {number} is not understood ({error}); compare it with its neighbours.") from error
        if row:
            raise SettingsError(f"{path.name}: entry {number} has an unknown key {sorted(row)[0]!r}; check its spelling.")
    return built


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); check that it exists and is readable.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML ({error}).") from error


def load_organisations(path: Path) -> dict[str, Organisation]:
    """Read a file of `[[organisation]]` tables, by id. Raises `SettingsError` naming file and entry."""
    table = _read(path)
    return {one.id: one for one in _rows(path, table.get("organisation", []), _organisation)}


def names_of(organisations: Mapping[str, Organisation]) -> dict[str, str]:
    """The identity of each organisation by every name it has, case folded; a name that two share is the first one's."""
    found: dict[str, str] = {}
    for one in organisations.values():
        for name in (one.id, one.short, *one.name.values(), *(name for names in one.aliases.values() for name in names)):
            if name:
                found.setdefault(name.casefold(), one.id)
    return found


def named(names: Mapping[str, str], words: str) -> str:
    """The identity of what `names_of` knows under a name, with or without a bracket behind it (`Exland Watch (EW)`); the words
    themselves where nobody has them.
    """
    written = words.strip()
    return names.get(written.casefold()) or names.get(written.partition("(")[0].strip().casefold()) or written


def load_crisis(path: Path, common: Mapping[str, Organisation]) -> Crisis:
    """Read one crisis file; its organisations come on top of `common`. Raises `SettingsError` naming file and entry."""
    table = _read(path)
    own = {one.id: one for one in _rows(path, table.get("organisation", []), _organisation)}

    def side(row: dict[str, Any]) -> Side:
        return Side(row.pop("id"), row.pop("label"), _forms(row.pop("terms")))

    def region(row: dict[str, Any]) -> Region:
        return Region(row.pop("id"), row.pop("label"), _forms(row.pop("names")), tuple(row.pop("covers")), row.pop("version"))

    def factor(row: dict[str, Any]) -> HouseholdFactor:
        return HouseholdFactor(row.pop("low"), row.pop("high"), row.pop("source"), row.pop("valid_from", None), row.pop("valid_to", None))

    try:
        return Crisis(
            id=table["id"],
            title=table["title"],
            country=table["country"],
            timezone=ZoneInfo(table["timezone"]),
            start=table["start"],
            end=table.get("end"),
            gazetteer=tuple(table["gazetteer"]),
            boundaries=table.get("boundaries", ""),
            sides=tuple(_rows(path, table.get("side", []), side)),
            organisations={**common, **own},
            regions=tuple(_rows(path, table.get("region", []), region)),
            household_factors=tuple(_rows(path, table.get("household_factor", []), factor)),
            sources=table.get("sources", {}),
            sample=table.get("sample", ""),
            note=table.get("note", {}),
        )
    except (KeyError, ValueError) as error:
        raise SettingsError(f"{path.name}: {error} is missing or not understood.") from error
