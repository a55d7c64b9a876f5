"""/metrics in the text format of Prometheus: the snapshot, the sources, their last runs, and what this process answered.

What is told of sources and runs is as of the snapshot; nothing here reads the ledger, so a scrape costs a few small queries. Where
several processes answer on one port, whichever takes a scrape tells of itself: samples of the others than the first name their `worker`.
"""

import logging
import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from flask import Flask, Response, g, request

from dashboard import query, shell

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_EVENTS: Final = logging.getLogger("crosscount.events")
_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Family:
    """One metric with its samples: labels and value. `kind` is gauge or counter."""

    name: str
    kind: str
    means: str
    samples: Iterable[tuple[Mapping[str, str], float]]

    def lines(self) -> Iterator[str]:
        """As the format wants it: what it means, what it is, and a line for each sample."""
        yield f"# HELP {self.name} {self.means}"
        yield f"# TYPE {self.name} {self.kind}"
        for labels, value in self.samples:
            named = ",".join(f'{name}="{said.translate(_ESCAPED)}"' for name, said in labels.items())
            yield f"{self.name}{{{named}}} {value:.15g}" if named else f"{self.name} {value:.15g}"


@dataclass(slots=True)
class Answers:
    """What this process answered so far, by status."""

    counts: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, status: int, seconds: float) -> None:
        """One more."""
        with self._lock:
            self.counts[status] += 1
            self.seconds += seconds

    def families(self) -> Iterator[Family]:
        """The counters."""
        with self._lock:
            counts, seconds = sorted(self.counts.items()), self.seconds
        by_status = [({"status": str(status), **_worker()}, float(count)) for status, count in counts]
        yield Family("crosscount_http_answers_total", "counter", "Requests answered by this process, by status.", by_status)
        yield Family("crosscount_http_seconds_total", "counter", "Seconds this process took for them.", [(_worker(), seconds)])


def _worker() -> dict[str, str]:
    """The number of this process beside others (`dashboard.cli.workers`); nothing of the first, or only one."""
    name, _, number = multiprocessing.current_process().name.partition(" ")
    return {"worker": number} if name == "worker" else {}


def register(server: Flask) -> None:
    """Add /metrics, count every answer, and tell the log of each (its path, never what was asked for)."""
    answers = Answers()

    def begin() -> None:
        g.began = time.perf_counter()

    def end(answer: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        answers.count(answer.status_code, seconds)
        told = {"method": request.method, "path": request.path, "status": answer.status_code, "seconds": round(seconds, 4)}
        _EVENTS.info("answered", extra={"fields": told})
        return answer

    def metrics() -> Response:
        families = [*answers.families(), *_published(datetime.now(UTC))]
        return Response("\n".join(line for family in families for line in family.lines()) + "\n", content_type=CONTENT_TYPE)

    server.before_request(begin)
    server.after_request(end)
    server.add_url_rule("/metrics", "metrics", metrics)


def _published(now: datetime) -> Iterator[Family]:
    desk = shell.desk()
    try:
        db = desk.snapshots.open(desk.settings.crisis)
    except query.SnapshotMissing:
        yield Family("crosscount_snapshot_ready", "gauge", "Whether there is a snapshot to show.", [({}, 0.0)])
        return
    yield Family("crosscount_snapshot_ready", "gauge", "Whether there is a snapshot to show.", [({"crisis": db.crisis}, 1.0)])
    prepared = float(db.prepared.is_set())
    laid = [({"crisis": db.crisis, **_worker()}, prepared)]
    yield Family("crosscount_snapshot_prepared", "gauge", "Whether its rows are laid out for finding.", laid)
    yield Family("crosscount_snapshot_info", "gauge", "Which snapshot is shown.", [({"crisis": db.crisis, "snapshot": db.id}, 1.0)])
    published = [({"crisis": db.crisis}, db.published_at.timestamp())]
    yield Family("crosscount_snapshot_published_timestamp_seconds", "gauge", "When it was published.", published)
    rows = [({"table": name}, float(count)) for name, count in sorted(db.manifest.rows.items())]
    yield Family("crosscount_snapshot_rows", "gauge", "Rows of each published table.", rows)
    for name, means, found in query.measures(db, now):
        yield Family(f"crosscount_{name}", "gauge", means, found)
