"""What the ledger hands out beside documents and figures: runs, their log, reviews, and how each source is doing."""

from dataclasses import dataclass
from datetime import datetime

from ingest.model.vocabulary import Decision, Review


@dataclass(frozen=True, slots=True)
class Added:
    """What one call added. `skipped` counts documents and figures that were already there."""

    documents: int = 0
    figures: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a verb. `outcome` is ok, failed, running, or interrupted: unfinished, and nobody is at it any more.

    `fetched` counts answers, `unchanged` those of the same bytes as before; of the documents, `documents_new` are added, `changed` of
    them later editions, `known` there before; `vanished` are addresses that are gone.
    """

    run_id: str
    verb: str
    source: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    documents_new: int = 0
    figures_new: int = 0
    rejected: int = 0
    message: str = ""
    fetched: int = 0
    unchanged: int = 0
    bytes: int = 0
    known: int = 0
    changed: int = 0
    vanished: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing a run had to say: `level` is info, warning or rejected; `subject` names the document, row or address."""

    level: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A person's verdict on a figure. Verdicts pile up; the last one counts."""

    figure_id: str
    decision: Review
    reviewer: str
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RulingEntry:
    """A person's ruling on a discrepancy, beside the machine's verdict it was made about. Rulings pile up; the last one counts.

    `code` is the person's, empty where there is no discrepancy or the ruling is withdrawn.
    """

    discrepancy_id: str
    figure_a: str
    figure_b: str
    decision: Decision
    code: str
    machine_code: str
    machine_rule: str
    ruled_by: str
    reason: str
    ruled_at: datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source is doing. `failing_since` is set while every try since then failed; `message` says how the last one went.

    `cursor` is whatever the source's runs want to remember between them. `changed_at` is when it last had something new, `freshness`
    the word people were last told of it.
    """

    source: str
    last_attempt_at: datetime | None = None
    last_success_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    message: str = ""
    cursor: str = ""
    changed_at: datetime | None = None
    freshness: str = ""
