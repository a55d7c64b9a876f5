"""Reading the whole archive again, offline: every document's text from its bytes, and its figures from its text.

What comes out is held against the ledger, so that bytes, texts and figures are known to be what they were; with an intake it also
goes into another ledger. Records and tables are read again as `rereading` says; those of which nothing says how they were read keep
their figures where their text is the same, for their numbers are its characters, and are verified again: that is told of each.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from ingest.errors import StoreError, UnreadableDocument
from ingest.extract import Reader, read
from ingest.fetch.archive import Archive
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Doubt
from ingest.pipeline.corrected import READ_BY
from ingest.pipeline.opening import reader_of
from ingest.pipeline.rereading import Rereading
from ingest.pipeline.texts import ArchivedTexts, is_table
from ingest.pipeline.verify import verified
from ingest.settings import Settings
from ingest.store import Ledger
from ingest.text import MediaType

_BATCH = 64  # documents handed to a process at a time
_AHEAD = 4  # batches per process that may wait, so that a large ledger is never held in memory


class Verdict(StrEnum):
    """What came of reading one document again."""

    SAME = "same"
    KEPT = "kept"
    OTHER_FIGURES = "other_figures"
    OTHER_TEXT = "other_text"
    TAKEN_DOWN = "taken_down"
    NO_BYTES = "no_bytes"
    UNREADABLE = "unreadable"


READ = frozenset({Verdict.SAME, Verdict.KEPT, Verdict.OTHER_FIGURES})
"""Verdicts under which the document was read again, and its text is what it was."""
SOUND = READ | {Verdict.TAKEN_DOWN}
"""Verdicts under which the document is what it was; figures change when the rules do."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A document read again, with the figures that are in it now, and what is to be said where that is not what was there."""

    document: Document
    figures: tuple[Figure, ...]
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A document with its figures as the ledger has them."""

    document: Document
    figures: tuple[Figure, ...]


def kept(ledger: Ledger, source: str = "") -> Iterator[Kept]:
    """Every document of the ledger, or those of one source: reports and tables first, then records in the order of their answers."""
    records: list[tuple[str, str]] = []
    for document in ledger.documents():
        if source and document.source != source:
            continue
        if "record" in MediaType.parse(document.media_type).params:
            records.append((document.archive_sha256, document.document_id))
        else:
            yield Kept(document, ledger.figures_of(document.document_id))
    for _, identity in sorted(records):
        if (record := ledger.document(identity)) is not None:
            yield Kept(record, ledger.figures_of(identity))


def replayed(documents: Iterable[Kept], archive: Archive, reader: Reader, rereading: Rereading) -> Iterator[Reread]:
    """Read documents again in this process, one after the other."""
    texts = ArchivedTexts(archive)
    return (_again(one, texts, reader, rereading) for one in documents)


def replayed_by_several(documents: Iterable[Kept], settings: Settings, jobs: int) -> Iterator[Reread]:
    """Read documents again in several processes, in order."""
    listed, waiting = iter(documents), deque[Future[list[Reread]]]()
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(settings,)) as pool:
        while batch := list(islice(listed, _BATCH)):
            waiting.append(pool.submit(_batch, batch))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _again(one: Kept, texts: ArchivedTexts, reader: Reader, rereading: Rereading) -> Reread:
    document, name = one.document, one.document.url or one.document.title
    if texts.archive.taken_down(document.archive_sha256):
        return Reread(document, (), Verdict.TAKEN_DOWN)
    if not texts.archive.has(document.archive_sha256):
        return Reread(document, one.figures, Verdict.NO_BYTES, f"{name}: its bytes are not in the archive any more.")
    media = MediaType.parse(document.media_type)
    try:
        text = texts.of(document)
        if not document.text:  # its licence keeps the text no longer; the bytes give it, as long as they are there
            document = replace(document, text=text)
            one = replace(one, document=document)
        if text != document.text:
            return Reread(replace(document, text=text), (), Verdict.OTHER_TEXT, f"{name}: its bytes give another text than they did.")
        found = _figures(one, media, reader, rereading)
        standing = tuple(figure for figure in (one.figures if found is None else found) if verified(figure, document) is None)
        return _compared(one, standing) if found is not None or len(standing) < len(one.figures) else _not_read_again(one)
    except StoreError as error:
        return Reread(document, one.figures, Verdict.NO_BYTES, str(error))
    except UnreadableDocument as error:
        return Reread(document, one.figures, Verdict.UNREADABLE, str(error))


def _figures(one: Kept, media: MediaType, reader: Reader, rereading: Rereading) -> Iterable[Figure] | None:
    """The figures that are in a document now; None for a record or table of which nothing says how it was read."""
    document = one.document
    if "record" in media.params:
        return rereading.of_record(document)
    if is_table(media):
        return rereading.of_table(document)
    return (reading.figure for reading in read(document, reader))


def _not_read_again(one: Kept) -> Reread:
    document = one.document
    why = (
        f"its source {document.source} is not configured here or its answers are not all there"
        if "record" in MediaType.parse(document.media_type).params
        else "the archive has no note of how its columns were read"
    )
    name = document.url or document.title
    return Reread(document, one.figures, Verdict.KEPT, f"{name}: its figures were found in its text, but not read again, for {why}.")


def _compared(one: Kept, figures: tuple[Figure, ...]) -> Reread:
    by_rules = (figure for figure in one.figures if figure.doubts != (Doubt.SECOND_ONLY.value,) and figure.extractor_version != READ_BY)
    before = {_reading(figure) for figure in by_rules}
    now = {_reading(figure) for figure in figures}
    if before == now:
        return Reread(one.document, figures, Verdict.SAME)
    note = f"{one.document.url or one.document.title}: {len(now - before)} figures more and {len(before - now)} fewer than were kept."
    return Reread(one.document, figures, Verdict.OTHER_FIGURES, note)


def _reading(figure: Figure) -> tuple[object, ...]:
    """What a reading says: where it stands, what is counted, and how many. Links to other editions are no part of it."""
    values = (figure.value_status, figure.value_low, figure.value_best, figure.value_high)
    return (figure.figure_id, figure.metric, figure.unit, figure.place_id, figure.claimed_source, *values)


_prepared: dict[str, Any] = {}  # of a worker process: made once, before its first batch


def _prepare(settings: Settings) -> None:
    reader = reader_of(settings)
    _prepared.update(archive=Archive(settings.raw), reader=reader, rereading=Rereading.of(settings, reader.gazetteer))


def _batch(documents: list[Kept]) -> list[Reread]:
    return list(replayed(documents, **_prepared))
