"""A crisis is configuration: where, when, who the sides are, whose voice is whose. Parsed from TOML, no code per country."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.errors import SettingsError
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.unreadable import Unreadable
from ingest.model.vocabulary import Metric, SourceKind

LARGEST_HOUSEHOLD = 20  # people; a larger factor is a slip of the hand


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation that counts, claims, relays or publishes.

    `aliases` are the surface forms texts use, per language. `side` ties a party or its media to a side of the crisis.
    `short_ar` and `short_fr` are what Arabic and French labels say; without them Arabic ones say the name and French ones `short`.
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
    short_ar: str = ""
    short_fr: str = ""


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
    """People per household, as an interval with its citation; households become people only through a row of these.

    `source` is the claimed source it holds for, empty for everybody's claims. It holds for claims of a day from `valid_from` to
    `valid_to`, both included; an end that is None is open.
    """

    low: float
    high: float
    citation: str
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds(self, source: str, day: date | None) -> bool:
        """Whether it converts what this source claims of that day; a claim without a day is converted by an open row only."""
        if self.source not in ("", source):
            return False
        if day is None:
            return self.valid_from is None and self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def fitting(factors: Sequence[HouseholdFactor], source: str, day: date | None) -> HouseholdFactor | None:
    """The first row that holds, one for this very source before one for everybody; None where none does."""
    return next((one for one in sorted(factors, key=lambda row: not row.source) if one.holds(source, day)), None)


@dataclass(frozen=True, slots=True)
class Mandate:
    """What an organisation sets out to count in this crisis, so that its silence can be told from what is not its task.

    `places` are first-level p-codes, none for the whole crisis area; `since` and `until` are days, both included. `cadence_hours` is
    how often a word is expected. `collectors` name the connectors through which its own reports are read.
    """

    organisation: str
    metrics: tuple[Metric, ...]
    cadence_hours: float
    places: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    collectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crisis:
    """Everything the code needs to know about one crisis. `rules` are the rules of the comparison that its file sets, as written.

    `withhold_names` says that names of victims are covered in what is published.
    """

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
    rules: Mapping[str, Any] = field(default_factory=dict)
    mandates: tuple[Mandate, ...] = ()
    withhold_names: bool = True

    def labels(self) -> dict[str, Mapping[str, str]]:
        """A label per language for each side."""
        return {side.id: side.label for side in self.sides}


def _forms(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(forms) for language, forms in table.items()}


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(
        id=row.pop("id"),
        name=row.pop("name"),
        short=row.pop("short"),
        kind=SourceKind(row.pop("kind")),
        short_ar=row.pop("short_ar", ""),
        short_fr=row.pop("short_fr", ""),
        side=row.pop("side", ""),
        basis=row.pop("basis", ""),
        definition=row.pop("definition", ""),
        address=row.pop("address", ""),
        aliases=_forms(row.pop("aliases", {})),
    )


def _rows(path: Path, tables: list[dict[str, Any]], build: Any) -> list[Any]:
    built = []
    for number, row in enumerate(tables, start=1):
        called = f" ({row['id']})" if "id" in row else ""
        try:
            built.append(build(row))
        except KeyError as error:
            raise SettingsError(say(Missetting.ROW_LACKS, name=path.name, number=f"{number}{called}", wanted=error)) from error
        except (TypeError, ValueError) as error:
            raise SettingsError(say(Missetting.ROW_STRANGE, name=path.name, number=number, answer=error)) from error
        if row:
            raise SettingsError(say(Missetting.ROW_KEY, name=path.name, number=number, wanted=repr(sorted(row)[0])))
    return built


def household_factors(path: Path, tables: list[dict[str, Any]]) -> tuple[HouseholdFactor, ...]:
    """Rows of `[[household_factor]]`. Raises `SettingsError` naming file and entry."""
    return tuple(_rows(path, [dict(table) for table in tables], _factor))


def _factor(row: dict[str, Any]) -> HouseholdFactor:
    low, high, first, last = float(row.pop("low")), float(row.pop("high")), row.pop("valid_from", None), row.pop("valid_to", None)
    if not 1 <= low <= high <= LARGEST_HOUSEHOLD:
        raise ValueError(f"{low:g} to {high:g} is no number of people per household from 1 to {LARGEST_HOUSEHOLD}")
    first, last = (None if day is None else date.fromisoformat(str(day)) for day in (first, last))
    if first and last and first > last:
        raise ValueError(f"valid_from {first} lies behind valid_to {last}")
    return HouseholdFactor(low, high, row.pop("citation"), row.pop("source", ""), first, last)


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises `SettingsError` naming the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(say(Missetting.FILE_UNREAD, name=path, answer=error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(say(Unreadable.NO_TOML, name=path, answer=error)) from error


def load_organisations(path: Path) -> dict[str, Organisation]:
    """Read a file of `[[organisation]]` tables, by id. Raises `SettingsError` naming file and entry."""
    table = read_toml(path)
    return {one.id: one for one in _rows(path, table.get("organisation", []), _organisation)}


def names_of(organisations: Mapping[str, Organisation]) -> dict[str, str]:
    """The identity of each organisation by every name it has, case folded; a name that two share is the first one's."""
    found: dict[str, str] = {}
    for one in organisations.values():
        shorts, aliases = (one.short, one.short_ar, one.short_fr), (name for names in one.aliases.values() for name in names)
        for name in (one.id, *shorts, *one.name.values(), *aliases):
            if name:
                found.setdefault(name.casefold(), one.id)
    return found


def named(names: Mapping[str, str], words: str) -> str:
    """The identity of what `names_of` knows under a name, with or without a bracket behind it (`Exland Watch (EW)`); the words
    themselves where nobody has them.
    """
    written = words.strip()
    return names.get(written.casefold()) or names.get(written.partition("(")[0].strip().casefold()) or written


def _switch(path: Path, table: Mapping[str, Any], name: str) -> bool:
    """A setting that is on unless it is switched off. Raises `SettingsError` for anything but true and false."""
    said = table.get(name, True)
    if not isinstance(said, bool):
        raise SettingsError(say(Missetting.NO_TRUTH, name=path.name, wanted=name, part=repr(said)))
    return said


def load_crisis(path: Path, common: Mapping[str, Organisation]) -> Crisis:
    """Read one crisis file; its organisations come on top of `common`. Raises `SettingsError` naming file and entry."""
    table = read_toml(path)
    own = {one.id: one for one in _rows(path, table.get("organisation", []), _organisation)}
    known = {**common, **own}

    def side(row: dict[str, Any]) -> Side:
        return Side(row.pop("id"), row.pop("label"), _forms(row.pop("terms")))

    def region(row: dict[str, Any]) -> Region:
        return Region(row.pop("id"), row.pop("label"), _forms(row.pop("names")), tuple(row.pop("covers")), row.pop("version"))

    def mandate(row: dict[str, Any]) -> Mandate:
        if row["organisation"] not in known:
            raise ValueError(f"{row['organisation']!r} is no organisation")
        return Mandate(
            organisation=row.pop("organisation"),
            metrics=tuple(map(Metric, row.pop("metrics"))),
            cadence_hours=float(row.pop("cadence_hours")),
            places=tuple(row.pop("places", ())),
            since=row.pop("since", None),
            until=row.pop("until", None),
            collectors=tuple(row.pop("collectors", ())),
        )

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
            organisations=known,
            regions=tuple(_rows(path, table.get("region", []), region)),
            household_factors=household_factors(path, table.get("household_factor", [])),
            sources=table.get("sources", {}),
            sample=table.get("sample", ""),
            note=table.get("note", {}),
            rules=table.get("rules", {}),
            mandates=tuple(_rows(path, table.get("mandate", []), mandate)),
            withhold_names=_switch(path, table, "withhold_names"),
        )
    except (KeyError, ValueError) as error:
        raise SettingsError(say(Missetting.FILE_LACKS, name=path.name, answer=error)) from error
