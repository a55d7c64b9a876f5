"""Reports and tables handed in: a path, an address, or bytes from standard input, through the same way as fetched ones."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept
from ingest.fetch.files import LocalFile
from ingest.model.records import Document, Table
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.intake import Run, Tally
from ingest.pipeline.opening import organisation_named
from ingest.pipeline.refresh import ALLOW_LOOPBACK
from ingest.pipeline.tables import Reading, keep_table
from ingest.sources import local
from ingest.store.imported import Headings, shipped
from ingest.text import TABLES, file_type_of, media_type_of


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of the things handed in where they do not say it themselves. `publisher` is an identity or any name.

    `headings` says what the columns of tables mean.
    """

    publisher: str = ""
    published: datetime | None = None
    language: str = ""
    url: str = ""
    title: str = ""
    headings: Headings = field(default_factory=shipped)


@dataclass(slots=True)
class Handed:
    """What came of handing something in. `refused` are sentences, one for each thing that could not be read."""

    tally: Tally
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HandIn:
    """One hand-in. `done` is told after each report or table, `say` a sentence about oddities."""

    pipeline: Pipeline
    given: Given
    done: Callable[[Tally], None]
    say: Callable[[str], None]
    source: str = local.INFO.name

    def path(self, path: Path) -> Handed:
        """Take a file, a folder or a zip; what in it cannot be read is refused with a sentence, and the rest is taken."""
        handed = Handed(Tally())
        with self._run(str(path)) as run:

            def refuse(error: UnreadableDocument) -> None:
                handed.refused.append(str(error))
                self.pipeline.intake.ledger.log(run.id, "warning", str(path), str(error))

            def table(file: LocalFile) -> None:
                self._table(file, run)

            try:
                for document in self._documents(path, refuse, table):
                    self._take(document, run)
            except UnreadableDocument as error:
                refuse(error)
            self.pipeline.intake.answered(self.source, run)
            handed.tally = run.tally
        return handed

    def content(self, content: bytes, name: str, media_type: str = "") -> Handed:
        """Take one report or table at hand as bytes. Raises `UnreadableDocument` where it cannot be read."""
        with self._run(name) as run:
            # What came from an address is named by a server, which may call a page by any name.
            kind = media_type_of(name, content) if media_type else file_type_of(name, content)
            if kind in TABLES:
                self._table(LocalFile(name, content), run)
            else:
                document = local.read_content(content, name, media_type=media_type, url=self.given.url, **self._reading())
                self._take(document, run)
            self.pipeline.intake.answered(self.source, run)
            return Handed(run.tally)

    def address(self, url: str) -> Handed:
        """Fetch one report from an address. Raises `SourceUnavailable` or `UnreadableDocument`."""
        pipeline = self.pipeline
        loopback = bool(pipeline.settings.keys.get(ALLOW_LOOPBACK))
        with Client(pipeline.archive, memory=pipeline.intake.ledger.fetch_memory(), allow_private=loopback) as client:
            answer = client.get(url, accept=Accept.PAGE)
        given = replace(self.given, url=self.given.url or answer.final_url)
        return replace(self, given=given).content(answer.content, answer.final_url, answer.media_type)

    def _run(self, what: str) -> AbstractContextManager[Run]:
        self.say(f"reading {what}")
        return self.pipeline.intake.run("ingest", self.source)

    def _documents(self, path: Path, refuse: local.Refuse, table: Callable[[LocalFile], None]) -> Iterator[Document]:
        return local.read_path(path, url=self.given.url, refuse=refuse, table=table, **self._reading())

    def _reading(self) -> dict[str, Any]:
        """What the reader of local files is told of everything handed in."""
        pipeline, given = self.pipeline, self.given
        return {
            "archive": pipeline.archive,
            "now": pipeline.intake.now,
            "timezone": pipeline.crisis.timezone,
            "publisher": organisation_named(pipeline.crisis.organisations, given.publisher),
            "published": given.published,
            "language": given.language,
            "source": self.source,
            "progress": self.say,
        }

    def _take(self, document: Document, run: Run) -> None:
        if document.publisher not in self.pipeline.crisis.organisations:
            self.say(f"{document.publisher!r} is no organisation of this crisis; its reports are kept under that name.")
        if self.given.title:
            document = replace(document, title=self.given.title)
        self.done(self.pipeline.intake.take(document, run))

    def _table(self, file: LocalFile, run: Run) -> None:
        pipeline, given = self.pipeline, self.given
        sha256, now = pipeline.archive.put(file.content), pipeline.intake.now()
        publisher = organisation_named(pipeline.crisis.organisations, given.publisher)
        table = Table(file.content, Path(file.name).name, "", now, sha256, publisher, given.published)
        reading = Reading(pipeline.crisis, pipeline.gazetteer, self.source, self.say, pipeline.archive)
        self.done(keep_table(table, pipeline.intake, run, reading, given.headings))
