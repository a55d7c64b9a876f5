"""Every source there is: the modules of this package, found and not listed, and those that installed packages bring.

A package brings a source by an entry point of the group `crosscount.sources`, whose name is the source's and whose value its module.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import NoReturn, Protocol, cast

import ingest.sources
from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Complete, Document, Record, SourceInfo, Table
from ingest.model.vocabulary import SourceKind, Stance

GROUP = "crosscount.sources"
_NOT_SOURCES = frozenset({"registry"})


class SourceModule(Protocol):
    """What the file of a source provides."""

    @property
    def INFO(self) -> SourceInfo:  # noqa: N802  # the name sources give it
        """What it says of itself."""

    def fetch(self, request: FetchRequest) -> Iterator[Document | Record | Table | Complete]:
        """Yield the publisher's reports: texts to be read, or records with the numbers they state, and
        whether those were all it has.

        Raises `SourceUnavailable` where it cannot be reached or changed its shape, `SettingsError` where a setting is missing;
        both after yielding what could be had.
        """


def all_sources() -> dict[str, SourceModule]:
    """The sources by name, in order of name. Raises `SettingsError` for a file of this package that is no source.

    A source of another package that cannot be loaded is there all the same, says why, and fails when it is asked.
    """
    found = [module.name for module in pkgutil.iter_modules(ingest.sources.__path__) if module.name not in _NOT_SOURCES]
    sources: dict[str, SourceModule] = {}
    for name in found:
        module = importlib.import_module(f"ingest.sources.{name}")
        if _why_not(module, name):
            raise SettingsError(f"ingest/sources/{name}.py is no source: {_why_not(module, name)}.")
        sources[name] = cast(SourceModule, module)
    for entry in entry_points(group=GROUP):
        sources.setdefault(entry.name, _brought(entry))
    return dict(sorted(sources.items()))


def _brought(entry: EntryPoint) -> SourceModule:
    try:
        module = entry.load()
    except Exception as error:  # another's package may fail in any way, and costs only its own source
        return _Broken(entry, advise(Advice.NOT_LOADED, answer=f"{type(error).__name__}: {error}"))
    reason = _why_not(module, entry.name)
    return _Broken(entry, reason) if reason else cast(SourceModule, module)


def _why_not(module: object, name: str) -> str:
    """Why an object is no source of that name; empty where it is one."""
    info = getattr(module, "INFO", None)
    if isinstance(info, SourceInfo) and info.name == name and info.limitation and callable(getattr(module, "fetch", None)):
        return ""
    return advise(Advice.NO_SOURCE, part=repr(name))


@dataclass(frozen=True, slots=True)
class _Broken:
    """A source that a package brings and that is none."""

    entry: EntryPoint
    reason: str

    @property
    def INFO(self) -> SourceInfo:  # noqa: N802  # the name sources give it
        """All that is known of it."""
        return SourceInfo(
            name=self.entry.name,
            title=self.entry.name,
            publisher="",
            kind=SourceKind.OTHER,
            address="",
            languages=(),
            licence="",
            redistribution="",
            cadence_hours=24,
            mandate="",
            limitation=self._sentence(),
            expected_volume=(0, 0),
            stance=Stance.VARIES,
        )

    def fetch(self, request: FetchRequest) -> NoReturn:
        """Tell why it cannot be read."""
        raise SourceUnavailable(self._sentence())

    def _sentence(self) -> str:
        package = self.entry.dist.name if self.entry.dist else self.entry.value
        return say(Missetting.SOURCE_BROKEN, wanted=repr(self.entry.name), part=repr(package), reason=self.reason)
