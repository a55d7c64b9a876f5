"""Figures of records and tables read again from the archive alone: records by their sources' own readers over the saved answers, tables
by the note of how their columns were read that is kept beside them.
"""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ingest.errors import CrosscountError
from ingest.fetch.archive import Archive
from ingest.fetch.replay import Journal, ReplayClient, Saved
from ingest.fetch.request import FetchRequest
from ingest.model.crisis import Crisis
from ingest.model.records import Document, Figure, Record, Table
from ingest.pipeline.opening import crisis_of
from ingest.pipeline.statements import figures_of
from ingest.pipeline.tables import WAY, Reading, figures_of_table
from ingest.places import Gazetteer
from ingest.settings import Settings
from ingest.sources.registry import SourceModule, all_sources
from ingest.text import MediaType

Figures = tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Rereading:
    """What it takes to read records and tables again. Records of a source are all read when its first is asked for, and kept."""

    archive: Archive
    crisis: Crisis
    gazetteer: Gazetteer
    sources: Mapping[str, SourceModule]
    keys: Mapping[str, str]
    _records: dict[str, dict[tuple[str, str], Record]] = field(default_factory=dict)
    _failed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, settings: Settings, gazetteer: Gazetteer) -> Self:
        """With the crisis in force and every source there is."""
        return cls(Archive(settings.raw), crisis_of(settings), gazetteer, all_sources(), settings.keys)

    def of_record(self, document: Document) -> Figures | None:
        """The figures of a record as its source reads it now; none where it reads no such record any more. None where the source is
        not configured, or the record is not found and not all of its answers are there or could be read.
        """
        name = document.source
        if name not in self.sources or name not in self.crisis.sources:
            return None
        if name not in self._records:
            self._records[name] = self._read(name)
        record = self._records[name].get((document.url, document.text))
        if record is None:
            return None if name in self._failed or not self._records[name] else ()
        return tuple(figures_of(replace(record, document=document), self.crisis, self.gazetteer)[0])

    def of_table(self, document: Document) -> Figures | None:
        """The figures of a table under the columns' meanings of then; None where nothing says how they were read."""
        media = MediaType.parse(document.media_type)
        if not self.archive.has(media.params.get(WAY, "")):
            return None
        way: dict[str, Any] = json.loads(self.archive.get(media.params[WAY]))
        table = Table(
            content=self.archive.get(document.archive_sha256),
            name=way["name"],
            url=way["url"],
            retrieved_at=document.retrieved_at,
            archive_sha256=document.archive_sha256,
            publisher=way["publisher"],
            published=datetime.fromisoformat(way["published"]) if way["published"] else None,
            mapping=way["mapping"],
            sheet=f"^{re.escape(media.params['sheet'])}$" if "sheet" in media.params else "",
        )
        found = figures_of_table(table, Reading(self.crisis, self.gazetteer, document.source, lambda _: None))
        same = (figures for read, figures, _ in found if read.text == document.text)
        return tuple(replace(figure, document_id=document.document_id) for figure in next(same, ()))

    def _read(self, name: str) -> dict[tuple[str, str], Record]:
        """The records of a source by address and text, of every state that its saved answers were in."""
        journal = Journal.of(self.archive)
        saved = [one for one in journal.read() if one.source == name] if journal.path.is_file() else []
        found: dict[tuple[str, str], Record] = {}
        with tempfile.TemporaryDirectory(prefix="crosscount-") as folder:
            for answers in _states(saved):
                for record in self._replayed(name, answers, Archive(Path(folder))):
                    found.setdefault((record.document.url, record.document.text), record)
        return found

    def _replayed(self, name: str, answers: tuple[Saved, ...], aside: Archive) -> Iterator[Record]:
        """What a source makes of some answers; what it archives of its own goes `aside`. Where it fails, what came before counts."""
        module, crisis = self.sources[name], self.crisis
        keys = {**dict.fromkeys(module.INFO.needs, "replayed"), **self.keys}
        then = answers[-1].retrieved_at
        request = FetchRequest(
            client=ReplayClient(self.archive, answers),
            archive=aside,
            options=crisis.sources[name],
            keys=keys,
            country=crisis.country,
            days=(crisis.start, crisis.end),
            timezone=crisis.timezone,
            now=lambda: then,
        )
        try:
            yield from (one for one in module.fetch(request) if isinstance(one, Record))
        except CrosscountError:
            self._failed.add(name)


def _states(saved: Iterable[Saved]) -> Iterator[tuple[Saved, ...]]:
    """The answers as they stood after each refresh that brought other bytes; a request that comes again begins a new refresh."""
    standing: dict[str, Saved] = {}
    asked: set[str] = set()
    news = False
    for one in saved:
        if one.key in asked and news:
            yield tuple(standing.values())
            news = False
        if one.key in asked:
            asked.clear()
        asked.add(one.key)
        if one.good:
            before = standing.pop(one.key, None)
            news |= before is None or before.sha256 != one.sha256
            standing[one.key] = one
    if news:
        yield tuple(standing.values())
