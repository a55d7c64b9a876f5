"""Reading one report without keeping anything: text at hand, a file or an address -> its figures and how each was read.

What comes out is what `hand_in` would keep, but that nobody has to say who published it or when: the day over its text is taken, and
without one the day of reading stands in.
"""

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from ingest.corrections import Note, take_back, withdraw
from ingest.errors import ReviewRefused
from ingest.extract import Dateline, Reader, dateline
from ingest.extract.explain import trace
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept
from ingest.fetch.transport import Limits
from ingest.model.cells import safe_cell
from ingest.model.failures import say
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure, Reading
from ingest.model.refusals import Refusal
from ingest.model.schema import FIGURES, Column
from ingest.model.vocabulary import CorrectionKind
from ingest.pipeline.assembly import assembled
from ingest.pipeline.hand_in import Given as Said
from ingest.pipeline.hand_in import HandIn
from ingest.pipeline.intake import Tally
from ingest.pipeline.opening import crisis_of, organisation_named, reader_of
from ingest.pipeline.refresh import ALLOW_LOOPBACK
from ingest.places import Place
from ingest.settings import Settings
from ingest.sources import local
from ingest.store import Ledger
from ingest.store.corrections import standing
from ingest.store.rows import figure_row
from ingest.text import TABLES, Extracted, file_type_of, read
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

SOURCE = "tried"
_NOON = time(12)
"""A day alone counts from its noon, as one in a header does."""

_WAITED_FOR = Limits(total=40.0, connect_retries=0, read_retries=0, status_retries=0)
"""Somebody waits for the page: it is asked for once, and whoever waits can ask again."""

__all__ = ["Bench", "Handed", "Kept", "Note", "Said", "Tried"]


@dataclass(frozen=True, slots=True)
class Handed:
    """One report as somebody hands it over. `media_type` is what a server declared, if any."""

    content: bytes
    name: str
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A report that was read. `dated` is false where the day of reading stands in for the day of publication; `line` is the day over its
    text where that was taken for it; `pictures` names the pages that are pictures and were not read.
    """

    document: Document
    readings: tuple[Reading, ...]
    dated: bool
    line: Dateline | None = None
    pictures: str = ""

    def csv(self) -> str:
        """Its figures with the columns that a snapshot publishes of them, as far as a report on its own has them."""
        told = {field.name for field in fields(Figure)}
        columns = [column for column in FIGURES if column.name in told]
        lines = io.StringIO()
        writer = csv.writer(lines)
        writer.writerow(column.name for column in columns)
        for one in self.readings:
            row = figure_row(one.figure, self.document.retrieved_at)
            writer.writerow(_cell(row[column.name], column) for column in columns)
        return lines.getvalue()


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping a report: the identities of its document and figures in the ledger; none where a table of figures was kept.

    `withdrawal` is the note that took it back, where the report was there already and one stands.
    """

    tally: Tally
    document: str = ""
    figures: tuple[str, ...] = ()
    withdrawal: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What reading on trial needs. Made once; any number of threads may use it. `days` are the first and last of the crisis."""

    settings: Settings
    reader: Reader
    now: Callable[[], datetime]
    days: tuple[date, date | None]

    @classmethod
    def of(cls, settings: Settings, now: Callable[[], datetime]) -> "Bench":
        """The bench of the crisis in force. Raises `SettingsError`."""
        crisis = crisis_of(settings)
        return cls(settings, reader_of(settings), now, (crisis.start, crisis.end))

    def fetch(self, url: str) -> Handed:
        """The page at an address, as the polite client gets it. Raises `SourceUnavailable`."""
        with tempfile.TemporaryDirectory() as folder:
            loopback = bool(self.settings.keys.get(ALLOW_LOOPBACK))
            with Client(Archive(Path(folder)), allow_private=loopback, limits=_WAITED_FOR) as client:
                answer = client.get(url, accept=Accept.PAGE)
        return Handed(answer.content, answer.final_url, answer.media_type)

    def read(self, handed: Handed, said: Said) -> Tried:
        """The figures of a report. Raises `UnreadableDocument` with a sentence where it is none."""
        media_type = handed.media_type or file_type_of(handed.name, handed.content)
        extracted = read(handed.content, media_type, handed.name)
        header, now = extracted.header, self.now()
        language = header.get("language") or said.language or language_of(extracted.text, extracted.language)
        moment, line = self._moment(extracted, said, language)
        publisher = organisation_named(self.reader.organisations, header.get("publisher") or said.publisher)
        document = Document(
            document_id=document_id(SOURCE, publisher, said.url, extracted.text),
            source=SOURCE,
            publisher=publisher,
            title=header.get("title") or said.title or extracted.title,
            text=extracted.text,
            language=language,
            url=header.get("url") or said.url,
            published_at=in_utc(moment, self.reader.timezone) if moment else now,
            retrieved_at=now,
            media_type=media_type,
            archive_sha256="",
        )
        return Tried(document, trace(document, self.reader), moment is not None, line, header.get("pages_without_text", ""))

    def _moment(self, extracted: Extracted, said: Said, language: str) -> tuple[datetime | None, Dateline | None]:
        """When the report was published: what it or somebody says, else the day over its text, which is then given too."""
        moment = parse_moment(extracted.header.get("published", "")) or said.published or extracted.published
        if moment is not None:
            return moment, None
        today = self.now().astimezone(self.reader.timezone).date()
        line = dateline(extracted.text, self.reader.lexicon(language), self.days, today)
        return (datetime.combine(line.day, _NOON), line) if line else (None, None)

    def keep(self, handed: Handed, said: Said) -> Kept:
        """Put the report into the ledger as `ingest` would, of the day it was read with, and publish. Raises what they raise."""
        tried = None if file_type_of(handed.name, handed.content) in TABLES else self.read(handed, said)
        if tried is not None and tried.line is not None:
            said = replace(said, published=datetime.combine(tried.line.day, _NOON))
        with assembled(self.settings, self.now) as pipeline:
            hand_in = HandIn(pipeline, said, lambda _: None, lambda _: None)
            tally = hand_in.content(handed.content, handed.name, handed.media_type).tally
            pipeline.publish()
            if tried is None:
                return Kept(tally)
            read = tried.document
            document = document_id(hand_in.source, read.publisher, read.url, read.text)
            ledger = pipeline.intake.ledger
            return Kept(tally, document, tuple(one.figure_id for one in ledger.figures_of(document)), _withdrawal(ledger, document))

    def take_back(self, document: str, note: Note) -> str:
        """Mark a report that was handed in as taken back, publish, and give the identity of the note.

        It is a withdrawal as `crosscount withdraw` notes it: nothing is erased. Raises what that raises, `ReviewRefused` also for a
        report that a source brought: taking those back is for whoever runs the program.
        """
        with assembled(self.settings, self.now) as pipeline:
            ledger = pipeline.intake.ledger
            held = ledger.document(document)
            if held is None or held.source != local.INFO.name:
                raise ReviewRefused(say(Refusal.NO_DOCUMENT, wanted=repr(document)))
            with pipeline.intake.writer.turn():
                noted = withdraw(ledger, [document], note, self.now())
            pipeline.publish()
            return noted.correction_id

    def let_stand(self, withdrawal: str, note: Note) -> str:
        """Take such a note back, so that the report counts again, publish, and give the identity of its document. Raises the same."""
        with assembled(self.settings, self.now) as pipeline:
            ledger = pipeline.intake.ledger
            found = next((one for one in standing(ledger.corrections()) if one.correction_id == withdrawal), None)
            documents = [ledger.document(one) for one in found.documents] if found and found.kind is CorrectionKind.WITHDRAWAL else []
            if not documents or any(one is None or one.source != local.INFO.name for one in documents):
                raise ReviewRefused(say(Refusal.NO_NOTE, wanted=repr(withdrawal)))
            with pipeline.intake.writer.turn():
                take_back(ledger, withdrawal, note, self.now())
            pipeline.publish()
            return found.documents[0] if found else ""

    def place(self, identity: str) -> Place | None:
        """A place of the gazetteer."""
        return self.reader.gazetteer.hierarchy.get(identity)


def _withdrawal(ledger: Ledger, document: str) -> str:
    """The note by which a document stands as taken back; nothing where it does not."""
    notes = (one for one in standing(ledger.corrections()) if one.kind is CorrectionKind.WITHDRAWAL and document in one.documents)
    return next((one.correction_id for one in notes), "")


def _cell(value: Any, column: Column) -> str:
    """A value as the CSV of a snapshot has it: nothing stated is nothing, moments in ISO 8601, text that no spreadsheet runs."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case _:
            return safe_cell(str(value)) if column.type in {"string", "list"} else str(value)
