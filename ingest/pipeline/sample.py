"""The built-in scenario of a crisis: short reports in the project's own words, through the same way as any report."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest.fetch.files import LocalFile
from ingest.model.records import Document
from ingest.pipeline.assembly import SAMPLE, Pipeline
from ingest.pipeline.intake import Tally
from ingest.sources import local
from ingest.store.tidy import Origin, read_table


def load_sample(pipeline: Pipeline, done: Callable[[int], None]) -> Tally:
    """Read what of the sample is not in the ledger yet; nothing where the crisis has none. `done` is told of each piece.

    Raises `UnreadableDocument` where a shipped file is damaged.
    """
    folder = pipeline.settings.shipped / pipeline.crisis.sample
    if not pipeline.crisis.sample or not folder.is_dir():
        return Tally()
    intake, files = replace(pipeline.intake, second=None), list[LocalFile]()  # its reading is known, and the first start is not held up
    documents = [one for one in _reports(pipeline, folder, files) if intake.ledger.document(one.document_id) is None]
    read = [read_table(one.content, pipeline.crisis, Origin(Path(one.name).name, intake.now(), SAMPLE.name)) for one in files]
    tables = [one for one in read if intake.ledger.document(one[0].document_id) is None]
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


def _reports(pipeline: Pipeline, folder: Path, tables: list[LocalFile]) -> Iterator[Document]:
    """The texts of the sample; its tables go into the list, and the bytes of both into the archive."""
    archive, now, zone = pipeline.archive, pipeline.intake.now, pipeline.crisis.timezone
    yield from local.read_path(folder, archive=archive, now=now, timezone=zone, source=SAMPLE.name, table=tables.append)
    for table in tables:
        archive.put(table.content)
