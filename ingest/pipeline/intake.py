"""From a document to rows in the ledger: read, verify, link to the edition before, keep. One document is one transaction."""

import logging
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.errors import CrosscountError, StoreError
from ingest.extract import Reader, read
from ingest.extract.second import Looked, SecondReader
from ingest.model.records import Document, Figure, Rejection
from ingest.pipeline.corrected import left_standing
from ingest.pipeline.lock import Writer
from ingest.pipeline.second import look_again
from ingest.pipeline.verify import verified
from ingest.store import Ledger, LogLine, SourceState

_EVENTS = logging.getLogger("crosscount.events")


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of some documents. `known` were there before; `unread` failed as a whole; `rejected` counts single readings."""

    documents: int = 0
    figures: int = 0
    known: int = 0
    rejected: int = 0
    unread: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.documents + other.documents,
            self.figures + other.figures,
            self.known + other.known,
            self.rejected + other.rejected,
            self.unread + other.unread,
        )

    def __str__(self) -> str:
        said = [f"{self.documents} new documents", f"{self.figures} figures"]
        asides = ((self.known, "known before"), (self.rejected, "readings rejected"), (self.unread, "unread"))
        said += [f"{count} {what}" for count, what in asides if count]
        return ", ".join(said)


@dataclass(slots=True)
class Run:
    """One run that is under way, as the ledger notes it; `tally` grows as documents are taken.

    `changed` counts new documents that are a later edition, `vanished` addresses that are gone, `fetched` answers, `unchanged` those of
    the same bytes as before; `bytes` were sent for them.
    """

    id: str
    tally: Tally = Tally()
    changed: int = 0
    vanished: int = 0
    fetched: int = 0
    unchanged: int = 0
    bytes: int = 0
    verb: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """The ledger with what it takes to add to it. `now` is the only clock; `second` reads after the rules, where there is one."""

    ledger: Ledger
    reader: Reader
    writer: Writer
    now: Callable[[], datetime]
    second: SecondReader | None = None

    def begin(self, verb: str, source: str) -> Run:
        """Note that a run begins."""
        if self.second is not None:
            self.second.begin()
        return Run(self.ledger.begin_run(verb, source, self.now()), verb=verb, source=source)

    def end(self, run: Run, failure: str = "") -> None:
        """Note how a run ended; `failure` is the sentence why it did not do what it should."""
        read = {"documents_new": run.tally.documents, "figures_new": run.tally.figures, "rejected": run.tally.rejected}
        counts = read | {"known": run.tally.known, "changed": run.changed, "vanished": run.vanished}
        counts |= {"fetched": run.fetched, "unchanged": run.unchanged, "bytes": run.bytes}
        outcome = "failed" if failure else "ok"
        self.ledger.finish_run(run.id, outcome, counts, failure or f"{run.tally}.", self.now())
        _EVENTS.info("run ended", extra={"fields": {"run": run.id, "verb": run.verb, "source": run.source, "outcome": outcome, **counts}})

    @contextmanager
    def run(self, verb: str, source: str) -> Iterator[Run]:
        """A run from its beginning to its end, whichever end that is."""
        run = self.begin(verb, source)
        try:
            yield run
        except BaseException as error:
            told = "Stopped with Ctrl-C." if isinstance(error, KeyboardInterrupt) else f"Stopped by {type(error).__name__}: {error}."
            self.end(run, str(error) if isinstance(error, CrosscountError) else told)
            raise
        self.end(run)

    def answered(self, source: str, run: Run) -> None:
        """Remember that a source, or whoever hands in files, gave what it had."""
        now = self.now()
        changed = now if run.tally.documents else self.ledger.source_state(source).changed_at
        self.ledger.save_source_state(SourceState(source, now, now, message=f"{run.tally}.", changed_at=changed))

    def take(self, document: Document, run: Run) -> Tally:
        """Read a document and keep what stands up; one that is in the ledger already costs a look-up.

        A document that the rules stumble over is left out, with the reason in the run log, and does not stop the run.
        """
        if self.ledger.document(document.document_id) is not None:
            return self.note(run, Tally(known=1))
        try:
            figures = [reading.figure for reading in read(document, self.reader)]
        except Exception as error:  # whatever a text does to the rules costs that text only
            reason = f"The rules failed on this text ({type(error).__name__}: {error}); report it with the document."
            self.ledger.log(run.id, "warning", document.url or document.title, reason)
            return self.note(run, Tally(unread=1))
        if self.second is None:
            return self.keep(document, figures, (), run)
        looked, failures = self._look_again(document, figures, self.second)
        self.ledger.log_all(run.id, [LogLine("warning", document.url or document.title, failure) for failure in failures])
        return self.keep(document, looked.figures, looked.refused, run)

    @staticmethod
    def _look_again(document: Document, figures: list[Figure], second: SecondReader) -> tuple[Looked, list[str]]:
        """The second reader's differences; whatever happens to it costs no row of the rules."""
        try:
            return look_again(document, figures, second)
        except StoreError:
            raise
        except Exception as error:
            return Looked(figures, []), [
                f"The second reader failed on this text ({type(error).__name__}: {error}); report it with the text."
            ]

    def keep(self, document: Document, figures: Sequence[Figure], rejections: Iterable[Rejection], run: Run) -> Tally:
        """Add a document with figures read elsewhere, such as a table's rows, after the same verification."""
        if self.ledger.document(document.document_id) is not None:
            return self.note(run, Tally(known=1))
        document, standing, refusals = self.standing(document, figures)
        refused = [*rejections, *refusals]
        with self.writer.turn():
            added = self.ledger.add([document], standing, self.now())
            self.ledger.log_all(run.id, [LogLine("rejected", f"{one.document_id} {one.subject}", one.reason) for one in refused])
        run.changed += added.documents if document.revises else 0
        return self.note(run, Tally(documents=added.documents, figures=added.figures, rejected=len(refused)))

    def standing(self, document: Document, figures: Sequence[Figure]) -> tuple[Document, list[Figure], list[Rejection]]:
        """The document linked to the edition before it, its figures that are verified, and why the others are not."""
        judged = [(figure, verified(figure, document)) for figure in figures]
        standing = [figure for figure, rejection in judged if rejection is None]
        before = self._edition_before(document)
        if before is not None:
            document = replace(document, revises=before.document_id)
            standing = superseding(standing, left_standing(self.ledger.figures_of(before.document_id)))
        return document, _whole(standing), [rejection for _, rejection in judged if rejection is not None]

    def _edition_before(self, document: Document) -> Document | None:
        return self.ledger.latest_document(document.source, document.url) if document.url else None

    @staticmethod
    def note(run: Run, tally: Tally) -> Tally:
        """Count what came of something for its run."""
        run.tally += tally
        return tally


def superseding(figures: Iterable[Figure], before: Iterable[Figure]) -> list[Figure]:
    """The figures of a later edition, each naming the one it replaces: the first of the same series not yet replaced."""
    replaceable: dict[object, deque[str]] = defaultdict(deque)
    for figure in before:
        replaceable[_series(figure)].append(figure.figure_id)

    def linked(figure: Figure) -> Figure:
        waiting = replaceable[_series(figure)]
        return replace(figure, supersedes=waiting.popleft()) if waiting else figure

    return [linked(figure) for figure in figures]


def _series(figure: Figure) -> object:
    """What stays the same when a publisher corrects a number: what is counted, of whom, where, and who says so."""
    group = (figure.group_status, figure.group_side, figure.group_sex, figure.group_age, figure.group_role, figure.group_nationality)
    return (figure.metric, figure.kind, figure.unit, group, figure.claimed_source, figure.place_id or figure.place_text, figure.part_of)


def _whole(figures: list[Figure]) -> list[Figure]:
    """Links between figures only where both ends stand: a part whose total was rejected is a figure of its own."""
    ids = {figure.figure_id for figure in figures}
    return [
        replace(
            figure,
            parent_figure_id=figure.parent_figure_id if figure.parent_figure_id in ids else "",
            part_of=figure.part_of if figure.parent_figure_id in ids else None,
            restates=figure.restates if figure.restates in ids else "",
        )
        for figure in figures
    ]
