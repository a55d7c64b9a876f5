"""The crises that pages can show, as their files are now: a file that is new or was changed is read with the next question about one."""

import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ingest.errors import SettingsError
from ingest.model.crisis import Crisis, load_crisis, load_organisations
from ingest.settings import Settings

Outlines = Mapping[int, Mapping[str, Any]]
_FIRST: Final = "-adm1"  # in the name of the file of first-level outlines
_FINER: Final = (2, 3)
_LOG: Final = logging.getLogger(__name__)


class Crises:
    """Those of the data folder and those that came with the program; safe to share between threads.

    Raises `SettingsError` with a sentence where the crisis in force cannot be read at the beginning; where that happens later, what was
    read before stays, and the log says why.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._files = self._found()
        self._read = _crises(settings)
        self._outlines = {one.id: _outlines(settings, one) for one in self._read.values()}

    def all(self) -> Mapping[str, Crisis]:
        """Every crisis by identity."""
        files = self._found()
        if files != self._files:
            with self._lock:
                if files != self._files:
                    self._renew()
                    self._files = files
        return self._read

    def outlines(self, identity: str) -> Outlines:
        """The outlines of a crisis's places by level of division."""
        return self._outlines.get(identity, {})

    def sides(self) -> Mapping[str, Mapping[str, str]]:
        """The labels of the sides of all conflicts, by identity and language."""
        return {side.id: side.label for crisis in self.all().values() for side in crisis.sides}

    def _found(self) -> tuple[tuple[str, int, int], ...]:
        """The crisis files there are, with the time and size by which a changed one is known; a file that goes meanwhile is none."""
        found = []
        for folder in _folders(self._settings):
            for path in folder.glob("*.toml"):
                try:
                    state = path.stat()
                except OSError:
                    continue
                found.append((str(path), state.st_mtime_ns, state.st_size))
        return tuple(sorted(found))

    def _renew(self) -> None:
        try:
            read = _crises(self._settings)
            outlines = {one.id: _outlines(self._settings, one) for one in read.values()}
        except SettingsError as error:
            _LOG.warning("Changed crisis files are left aside: %s", error)
            return
        self._read, self._outlines = read, outlines


def _folders(settings: Settings) -> tuple[Path, ...]:
    return settings.data / "crises", settings.shipped / "crises"


def _crises(settings: Settings) -> dict[str, Crisis]:
    common = load_organisations(settings.organisations_file)
    read = {settings.crisis: load_crisis(settings.crisis_file, common)}
    for folder in _folders(settings):
        for path in sorted(folder.glob("*.toml")):
            if path.stem in read:
                continue
            try:
                read[path.stem] = load_crisis(path, common)
            except SettingsError as error:
                _LOG.warning("Crisis left out: %s", error)
    return read


def _outlines(settings: Settings, crisis: Crisis) -> dict[int, dict[str, Any]]:
    """The outlines of a crisis by level: the file it names, and beside it those of finer divisions, `-adm2` and `-adm3` for `-adm1`."""
    if not crisis.boundaries:
        return {}
    for folder in (settings.data / "gazetteer", settings.shipped / "gazetteer"):
        if (path := folder / crisis.boundaries).is_file():
            finer = {level: path.with_name(path.name.replace(_FIRST, f"-adm{level}")) for level in _FINER if _FIRST in path.name}
            return {1: _shapes(path)} | {level: _shapes(one) for level, one in finer.items() if one.is_file()}
    _LOG.warning("The outlines %s of crisis %s were not found; maps show points only.", crisis.boundaries, crisis.id)
    return {}


def _shapes(path: Path) -> dict[str, Any]:
    try:
        shapes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as GeoJSON ({error}); correct or remove it.") from error
    return shapes
