"""A process that exists to be killed: it imports once, then forks a child for each line it is given and tells how the child ended.

Run as a program. A line is JSON: {"job": ..., ...}. The answer is the child's process id on a line, and later its end on another.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.model.crisis import Crisis
from ingest.model.ids import document_id, figure_id
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Kind, Metric
from ingest.places import Gazetteer
from ingest.publish import publish
from ingest.publish.frames import frame
from ingest.settings import Settings
from ingest.store import Ledger

START = datetime(2024, 11, 27, 12, 0, tzinfo=UTC)
CRISIS = Crisis(
    id="test", title={"en": "Test"}, country="TST", timezone=ZoneInfo("UTC"), start=START.date(), end=None, gazetteer=(), boundaries="",
    sides=(), organisations={}, regions=(), household_factors=(), sources={},
)  # fmt: skip


def reports(batch: int, count: int, figures: int) -> list[tuple[Document, list[Figure]]]:
    """Documents with their figures, the same for the same numbers."""
    made = []
    for number in range(count):
        sentences = [f"Report {batch}.{number} counts {one + 1} dead." for one in range(figures)]
        text = " ".join(sentences)
        identity = document_id("test", "monitor", f"https://example.org/{batch}/{number}", text)
        document = Document(
            identity, "test", "monitor", f"Report {batch}.{number}", text, "en", f"https://example.org/{batch}/{number}",
            START, START, "text/plain", "0" * 64,
        )  # fmt: skip
        made.append((document, [_figure(document, sentence, one + 1) for one, sentence in enumerate(sentences)]))
    return made


def _figure(document: Document, sentence: str, value: int) -> Figure:
    quote = document.text.index(sentence)
    start = quote + sentence.index(f"counts {value} ") + len("counts ")
    span = (start, start + len(str(value)))
    return Figure(
        figure_id(document.document_id, span, Metric.KILLED), "c1", document.document_id, CRISIS.id, Metric.KILLED, Kind.INCIDENT,
        value_text=str(value), value_low=value, value_best=value, value_high=value, publisher="monitor", claimed_source="monitor",
        published_at=START, retrieved_at=START, quote=sentence, quote_start=quote, span_start=span[0], span_end=span[1],
    )  # fmt: skip


def add(url: str, batch: int, count: int, figures: int) -> None:
    """Add a batch report by report, as a refresh does."""
    with Ledger.open(url) as ledger:
        run = ledger.begin_run("refresh", "test", START)
        for document, found in reports(batch, count, figures):
            ledger.add([document], found, START)
        ledger.finish_run(run, "ok", {"documents_new": count}, "", START)


def publish_round(url: str, data: str, hours: int) -> None:
    """Publish what is in the ledger, some hours after the start."""
    settings = Settings(Path(data), Path(data), CRISIS.id, url)
    with Ledger.open(url) as ledger:
        publish(ledger, settings, CRISIS, Gazetteer.load([]), (), START + timedelta(hours=hours), compare=no_verdicts)


def no_verdicts(_: Any, **__: Any) -> Any:
    """A comparison that finds nothing to say."""
    return frame("discrepancies", ())


def open_only(url: str) -> None:
    """Make and migrate a ledger, and nothing else."""
    Ledger.open(url).close()


JOBS: dict[str, Callable[..., None]] = {"add": add, "publish": publish_round, "open": open_only}


def _serve() -> None:
    """Fork a child per line; the child leaves without a goodbye, whatever happens in it."""
    for late in ("alembic.command", "alembic.config", "alembic.autogenerate", "psycopg", "sqlalchemy.dialects.postgresql.psycopg"):
        importlib.import_module(late)  # what the program imports when it is needed would be imported in every child
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                JOBS[order.pop("job")](**order)
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    _serve()
