"""The ledger's one class: opened by URL, added to, read. There is no way to change or remove a document or a figure but to put a
whole other ledger, such as a backup, in its place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from ingest.fetch.exchange import Validators
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Review
from ingest.store import additions, corrections, erasure, journal, portable, rows, tables
from ingest.store.corrections import Correction
from ingest.store.engine import connectable, file_of, reading, writing
from ingest.store.entries import Added, LogLine, ReviewEntry, RulingEntry, Run, SourceState
from ingest.store.erasure import Extent
from ingest.store.faults import sentences
from ingest.store.migrate import prepare
from ingest.store.pages import AskedPage, asked_pages
from ingest.store.presence import Presence

# Records read at a time, so that a long loop holds neither the whole ledger nor a transaction; documents carry their text.
_PAGE: Mapping[type, int] = {Document: 200, Figure: 5000}


class Ledger:
    """A ledger on SQLite or PostgreSQL. May be shared by threads; every method is one transaction of its own.

    `path` is the file of a SQLite ledger, None on a server; `shown` names the ledger without any password.
    Every method raises `StoreError`, one sentence, when the database cannot do what is asked.
    """

    def __init__(self, engine: sa.Engine) -> None:
        """Use `Ledger.open`, which also makes or migrates the tables."""
        self.path: Path | None = file_of(engine)
        self.shown: str = str(self.path or engine.url.render_as_string(hide_password=True))
        self._engine = engine
        self._presence = Presence(self._write)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the ledger at a SQLAlchemy URL, made or migrated where needed. `?timeout=` in a SQLite URL sets how long to wait."""
        ledger = cls(connectable(url))
        try:
            prepare(ledger._engine, ledger.shown)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Give the connections back. Runs still open count as interrupted from then on."""
        self._presence.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """A connection on which several tables are read as they were at one moment."""
        with sentences(self.shown), reading(self._engine).begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A connection whose transaction may write; the modules of `ingest.store` alone use it."""
        with sentences(self.shown), writing(self._engine).begin() as connection:
            yield connection

    def _write(self, work: Callable[[sa.Connection], None]) -> None:
        with self.writing() as connection:
            work(connection)

    def copy_to(self, path: Path) -> None:
        """Write the whole ledger, as it is at this moment, to a new SQLite file; nobody has to stop for it."""
        with sentences(self.shown):
            portable.copy_out(self._engine, path)

    def become(self, path: Path) -> None:
        """On a server: have the rows of that SQLite file, and no others, from one moment to the next."""
        with sentences(self.shown):
            portable.copy_in(self._engine, path)

    # --- documents and figures -------------------------------------------------------------------------------------

    def add(self, documents: Sequence[Document], figures: Sequence[Figure], now: datetime) -> Added:
        """Add what is not there yet, first seen at `now`; what is there stays as it was.

        A document and its figures enter together or not at all; a long list enters in several transactions, each of whole
        documents. Raises `StoreError` when a figure's document is neither given nor in the ledger.
        """
        total = Added()
        for part in additions.parts(documents, figures):
            with self.writing() as connection:
                added = additions.add(connection, part, now)
            total = Added(total.documents + added.documents, total.figures + added.figures, total.skipped + added.skipped)
        return total

    def documents(self) -> Iterator[Document]:
        """Every document, by identity. What is added meanwhile may or may not be met."""
        yield from self._pages(Document, sa.true())

    def figures(self, crisis: str) -> Iterator[Figure]:
        """Every figure of a crisis, by identity, as it was read: `review` is what the reader gave, verdicts are in `reviews`."""
        yield from self._pages(Figure, tables.figures.c.crisis == crisis)

    def document(self, document_id: str) -> Document | None:
        """The document of that identity."""
        return self._one(Document, tables.documents.c.document_id == document_id)

    def known_documents(self, identities: Sequence[str]) -> frozenset[str]:
        """Which of these documents are in the ledger."""
        with self.connection() as connection:
            return additions.known_documents(connection, identities)

    def revised_documents(self, identities: Sequence[str]) -> frozenset[str]:
        """Those of these documents of which a later edition is there."""
        with self.connection() as connection:
            return additions.revised_documents(connection, identities)

    def standing(self, source: str, page: str) -> tuple[Document, ...]:
        """The documents of a source with figures, under addresses that begin so, of which no later edition is there."""
        document, later = tables.documents.c, tables.documents.alias().c
        with_figures = document.document_id.in_(sa.select(tables.figures.c.document_id))
        unrevised = document.document_id.not_in(sa.select(later.revises).where(later.source == source))
        chosen = (document.source == source) & document.url.startswith(page, autoescape=True) & with_figures & unrevised
        return tuple(self._pages(Document, chosen))

    def figure(self, figure_id: str) -> Figure | None:
        """The figure of that identity."""
        return self._one(Figure, tables.figures.c.figure_id == figure_id)

    def figures_of(self, document_id: str) -> tuple[Figure, ...]:
        """The figures read in a document, in the order of the text."""
        found = self._pages(Figure, tables.figures.c.document_id == document_id)
        return tuple(sorted(found, key=lambda one: (one.span_start, one.span_end, one.figure_id)))

    def latest_document(self, source: str, url: str) -> Document | None:
        """The edition of an address that came in last through a source."""
        document = tables.documents.c
        return self._one(Document, (document.address_digest == rows.address_digest(url)) & (document.source == source))

    def editions(self, url: str) -> tuple[Document, ...]:
        """Every document that was read at an address, through whatever source."""
        return tuple(self._pages(Document, tables.documents.c.address_digest == rows.address_digest(url))) if url else ()

    def pages_asked(self, source: str, before: datetime) -> Sequence[AskedPage]:
        """The pages of a source that were last asked for before a time, the longest ago first; those that are gone are left out."""
        with self.connection() as connection:
            return asked_pages(connection, source, before)

    def mark_vanished(self, source: str, url: str, now: datetime) -> bool:
        """Note that an address is gone, where a document of the source was read from it and nobody noted it before."""
        with self.writing() as connection:
            return additions.mark_vanished(connection, source, url, now)

    def high_water(self) -> Mapping[str, int]:
        """How far each append-only table has grown: the number of its last entry. Equal marks mean that nothing was added."""
        with self.connection() as connection:
            return additions.high_water(connection)

    def _pages(self, record: type[rows.Record], chosen: sa.ColumnElement[bool]) -> Iterator[rows.Record]:
        columns = rows.columns(record)
        key = columns[0]
        query = sa.select(*columns).where(chosen).order_by(key).limit(_PAGE[record])
        after = ""
        while True:
            with sentences(self.shown), self._engine.connect() as connection:
                page = rows.restore(record, connection.execute(query.where(key > after)))
            yield from page
            if len(page) < _PAGE[record]:
                return
            after = page[-1].document_id if isinstance(page[-1], Document) else page[-1].figure_id

    def _one(self, record: type[rows.Record], chosen: sa.ColumnElement[bool]) -> rows.Record | None:
        columns = rows.columns(record)
        query = sa.select(*columns).where(chosen).order_by(columns[0].table.c.seq.desc()).limit(1)
        with sentences(self.shown), self._engine.connect() as connection:
            found = rows.restore(record, connection.execute(query))
        return found[0] if found else None

    # --- runs ------------------------------------------------------------------------------------------------------

    def begin_run(self, verb: str, source: str, now: datetime) -> str:
        """Note that a run began; the answer names it for `log` and `finish_run`."""
        with self.writing() as connection:
            run_id = journal.begin_run(connection, verb, source, now, self._presence.writer_id)
            self._presence.begin(connection, run_id)
            return run_id

    def finish_run(self, run_id: str, outcome: str, counts: Mapping[str, int], message: str, now: datetime) -> None:
        """Note how a run ended: `outcome` ok or failed, `counts` any of `journal.COUNTS`."""
        ended = Run(run_id, "", "", now, now, outcome, message=message, **counts)
        with self.writing() as connection:
            journal.finish_run(connection, ended)
            self._presence.end(connection, run_id)

    def log(self, run_id: str, level: str, subject: str, reason: str) -> None:
        """Append one line to a run's log."""
        self.log_all(run_id, (LogLine(level, subject, reason),))

    def log_all(self, run_id: str, lines: Iterable[LogLine]) -> None:
        """Append lines to a run's log in one transaction."""
        with self.writing() as connection:
            journal.log(connection, run_id, lines)

    def runs(self, limit: int = 100) -> tuple[Run, ...]:
        """The newest runs, newest first."""
        with self.connection() as connection:
            return journal.runs(connection, limit)

    def runs_since(self, moment: datetime) -> tuple[Run, ...]:
        """The runs that began at a time or later, newest first."""
        with self.connection() as connection:
            return journal.runs(connection, None, moment)

    def run_log(self, run_id: str) -> tuple[LogLine, ...]:
        """A run's log in the order it was written."""
        with self.connection() as connection:
            return journal.run_log(connection, run_id)

    # --- sources, fetches, reviews ---------------------------------------------------------------------------------

    def source_state(self, source: str) -> SourceState:
        """How a source is doing; without any moment where it was never tried."""
        return self.source_states().get(source, SourceState(source))

    def source_states(self) -> Mapping[str, SourceState]:
        """How every source ever tried is doing, by name."""
        with self.connection() as connection:
            return journal.source_states(connection)

    def save_source_state(self, state: SourceState) -> None:
        """Remember how a source is doing, in place of what was known."""
        with self.writing() as connection:
            journal.save_source_state(connection, state)

    def turn_fresh(self, source: str, before: str, after: str) -> bool:
        """Note that people are told of a source's freshness, `after` in place of `before`; False where another program just did."""
        with self.writing() as connection:
            return journal.turn_fresh(connection, source, before, after)

    def remember_fetch(self, url: str, validators: Validators) -> None:
        """Remember an address's last good answer, in place of what was known."""
        with self.writing() as connection:
            journal.remember(connection, url, validators)

    def fetch_memory(self) -> "LedgerMemory":
        """What the HTTP client remembers between runs."""
        return LedgerMemory(self)

    def add_review(self, figure_id: str, decision: Review, reviewer: str, reason: str, now: datetime) -> None:
        """Append a person's verdict on a figure; the last verdict counts, every one is kept."""
        with self.writing() as connection:
            journal.add_review(connection, ReviewEntry(figure_id, decision, reviewer, reason, now))

    def reviews(self) -> tuple[ReviewEntry, ...]:
        """Every verdict in the order given."""
        with self.connection() as connection:
            return journal.reviews(connection)

    def add_ruling(self, ruling: RulingEntry) -> None:
        """Append a person's ruling on a discrepancy; the last ruling on a pair counts, every one is kept."""
        with self.writing() as connection:
            journal.add_ruling(connection, ruling)

    def add_correction(self, correction: Correction) -> None:
        """Append a public note on figures or documents; a later one may take it back, every one is kept."""
        with self.writing() as connection:
            corrections.append(connection, correction)

    def take_down(self, correction: Correction, extent: Extent) -> None:
        """Append the note of a takedown and erase the words of its documents, in one transaction; the note is kept once."""
        with self.writing() as connection:
            if correction.correction_id not in {one.correction_id for one in corrections.corrections(connection)}:
                corrections.append(connection, correction)
            erasure.erase(connection, correction.documents, extent)

    def let_texts_go(self, documents: Sequence[str]) -> None:
        """Erase the texts of documents whose licence keeps them no longer."""
        with self.writing() as connection:
            erasure.let_texts_go(connection, documents)

    def overwrite(self) -> str:
        """Leave nothing of what was erased in free pages or logs; returns a sentence where that is not sure."""
        with sentences(self.shown):
            return erasure.overwrite(self._engine)

    def corrections(self) -> tuple[Correction, ...]:
        """Every public note in the order written."""
        with self.connection() as connection:
            return corrections.corrections(connection)

    def rulings(self, discrepancy_id: str = "") -> tuple[RulingEntry, ...]:
        """Every ruling in the order given, or those on one pair."""
        with self.connection() as connection:
            return journal.rulings(connection, discrepancy_id)


@dataclass(frozen=True, slots=True)
class LedgerMemory:
    """`ingest.fetch.exchange.FetchMemory` kept in a ledger."""

    ledger: Ledger

    def get(self, url: str) -> Validators | None:
        """What is remembered of the address, if anything."""
        with self.ledger.connection() as connection:
            return journal.fetched(connection, url)

    def put(self, url: str, validators: Validators) -> None:
        """Remember this of the address, in place of what was known."""
        self.ledger.remember_fetch(url, validators)
