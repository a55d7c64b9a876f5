"""From settings to the things a verb works with: the crisis, its places, and a reader. Needs no database."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.errors import SettingsError
from ingest.extract import Reader
from ingest.model.crisis import Crisis, Organisation, load_crisis, load_organisations, named, names_of
from ingest.model.failures import say
from ingest.model.unkept import Unkept
from ingest.places import Gazetteer
from ingest.settings import Settings


def crisis_of(settings: Settings) -> Crisis:
    """The crisis in force, with every organisation it may speak of. Raises `SettingsError`."""
    return load_crisis(settings.crisis_file, load_organisations(settings.organisations_file))


def gazetteer_of(settings: Settings, crisis: Crisis) -> Gazetteer:
    """The crisis's places: the user's own files in the data folder before the shipped ones. Raises `SettingsError`."""
    return Gazetteer.load([_places_file(settings, name) for name in crisis.gazetteer], regions=crisis.regions)


def reader_of(settings: Settings) -> Reader:
    """What reads figures out of texts about the crisis in force."""
    crisis = crisis_of(settings)
    return Reader.for_crisis(crisis, gazetteer_of(settings, crisis))


def _places_file(settings: Settings, name: str) -> Path:
    found = _first_file(folder / "gazetteer" / f"{name}.csv" for folder in (settings.data, settings.shipped))
    if found is None:
        raise SettingsError(say(Unkept.NO_PLACES, wanted=repr(name), crisis=repr(settings.crisis)))
    return found


def _first_file(paths: Iterable[Path]) -> Path | None:
    return next((path for path in paths if path.is_file()), None)


def organisation_named(organisations: Mapping[str, Organisation], words: str) -> str:
    """The identity of an organisation given by identity, name or another of its names, with or without a bracket behind it
    (`Exland Watch (EW)`); the words themselves where nobody has them.
    """
    return words if words in organisations else named(names_of(organisations), words)
