"""Every source there is: the modules of this package, found and not listed."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

import ingest.sources
from ingest.errors import SettingsError
from ingest.fetch.request import FetchRequest
from ingest.model.records import Complete, Document, Record, SourceInfo, Table

_NOT_SOURCES = frozenset({"registry"})


class SourceModule(Protocol):
    """What the file of a source provides."""

    INFO: SourceInfo

    def fetch(self, request: FetchRequest) -> Iterator[Document | Record | Table | Complete]:
        """Yield the publisher's reports: texts to be read, or records with the numbers they state, and
        whether those were all it has.

        Raises `SourceUnavailable` where it cannot be reached or changed its shape, `SettingsError` where a setting is missing;
        both after yielding what could be had.
        """


def all_sources() -> dict[str, SourceModule]:
    """The sources by name, in order of name. Raises `SettingsError` for a file of this package that is no source."""
    found = [module.name for module in pkgutil.iter_modules(ingest.sources.__path__) if module.name not in _NOT_SOURCES]
    sources: dict[str, SourceModule] = {}
    for name in sorted(found):
        module = importlib.import_module(f"ingest.sources.{name}")
        if not (hasattr(module, "INFO") and hasattr(module, "fetch")) or module.INFO.name != name:
            raise SettingsError(f"ingest/sources/{name}.py is no source: it needs an INFO named {name!r} and a fetch(request).")
        sources[name] = cast(SourceModule, module)
    return sources
