"""The built-in scenario of a crisis: short reports in the project's own words, through the same way as any report."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.fetch.files import LocalFile
from ingest.model.records import Document, Table
from ingest.pipeline.assembly import SAMPLE, Pipeline
from ingest.pipeline.intake import Tally
from ingest.pipeline.tables import Reading, figures_of_table
from ingest.sources import local


def load_sample(pipeline: Pipeline, done: Callable[[int], None]) -> Tally:
    """Read what of the sample is not in the ledger yet; nothing where the crisis has none. `done` is told of each piece.

    Raises `UnreadableDocument` where a shipped file is damaged.
    """
    folder = pipeline.settings.shipped / pipeline.crisis.sample
    if not pipeline.crisis.sample or not folder.is_dir():
        return Tally()
    intake, files = replace(pipeline.intake, second=None), list[LocalFile]()  # its reading is known, and the first start is not held up
    documents = [one for one in _reports(pipeline, folder, files) if intake.ledger.document(one.document_id) is None]
    reading = Reading(pipeline.crisis, pipeline.gazetteer, SAMPLE.name, lambda _: None, pipeline.archive)
    read = [one for file in files for one in figures_of_table(_table(file, pipeline), reading)]
    tables = [(replace(one[0], citation=""), *one[1:]) for one in read if intake.ledger.document(one[0].document_id) is None]
    if not documents and not tables:
        return Tally()
    with intake.run("ingest", SAMPLE.name) as run:
        for document in documents:
            intake.take(document, run)
            done(1)
        for document, figures, rejections in tables:
            intake.keep(document, figures, rejections, run)
        intake.answered(SAMPLE.name, run)
        return run.tally


def _table(file: LocalFile, pipeline: Pipeline) -> Table:
    return Table(file.content, Path(file.name).name, "", pipeline.intake.now(), pipeline.archive.put(file.content))


def _reports(pipeline: Pipeline, folder: Path, tables: list[LocalFile]) -> Iterator[Document]:
    """The texts of the sample, whose bytes go into the archive; its tables go into the list."""
    archive, now, zone = pipeline.archive, pipeline.intake.now, pipeline.crisis.timezone
    yield from local.read_path(folder, archive=archive, now=now, timezone=zone, source=SAMPLE.name, table=tables.append)
