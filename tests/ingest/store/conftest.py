"""A ledger on each database, records to put into it, and a process that may be killed."""

import contextlib
import importlib.util
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.model.ids import document_id, figure_id
from ingest.model.records import Document, Figure
from ingest.model.vocabulary import Kind, Metric, Qualifier
from ingest.store import Ledger

HERE = Path(__file__).parent
NOW = datetime(2024, 12, 1, 9, 30, tzinfo=UTC)


def _module(name: str) -> ModuleType:
    """A module of this folder; one and the same for every folder of tests that asks."""
    known = f"crosscount_tests_{name}"
    if known not in sys.modules:
        spec = importlib.util.spec_from_file_location(known, HERE / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[known] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on SQLite and on a real PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    return str(_module("postgres_server").fresh_database())


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    """An empty ledger on either database."""
    with Ledger.open(url) as opened:
        yield opened


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite ledger that is not there yet."""
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


@pytest.fixture
def now() -> datetime:
    """The time it is."""
    return NOW


TEXT = "At least 4 civilians were killed in Aleppo on Saturday, the monitor said. It also counted 12 injured."


@pytest.fixture
def a_document() -> Callable[..., Document]:
    """Builds a report; anything may be said otherwise."""

    def build(text: str = TEXT, **said: Any) -> Document:
        address = said.get("url", "https://example.org/report")
        fields = {
            "document_id": said.get("document_id") or document_id(said.get("source", "test"), "sohr", address, text),
            "source": "test",
            "publisher": "sohr",
            "title": "A report",
            "text": text,
            "language": "en",
            "url": address,
            "published_at": datetime(2024, 11, 30, 20, 0, tzinfo=UTC),
            "retrieved_at": NOW,
            "media_type": "text/plain",
            "archive_sha256": "a" * 64,
        }
        return Document(**{**fields, **said})

    return build


@pytest.fixture
def a_figure() -> Callable[..., Figure]:
    """Builds the first figure of a report; anything may be said otherwise."""

    def build(document: Document, number: str = "4", **said: Any) -> Figure:
        start = document.text.index(number)
        span = (start, start + len(number))
        first, _, rest = document.text.partition(". ")
        quote = first + "." if rest else first
        fields = {
            "figure_id": figure_id(document.document_id, span, said.get("metric", Metric.KILLED)),
            "claim_id": "c" + "0" * 16,
            "document_id": document.document_id,
            "crisis": "test",
            "metric": Metric.KILLED,
            "kind": Kind.INCIDENT,
            "qualifier": Qualifier.AT_LEAST,
            "value_text": f"At least {number}",
            "value_low": int(number),
            "value_best": int(number),
            "interval_open_high": True,
            "publisher": "sohr",
            "claimed_source": "sohr",
            "independence_group": "sohr",
            "event_start": date(2024, 11, 30),
            "as_of": date(2024, 11, 30),
            "published_at": document.published_at,
            "retrieved_at": document.retrieved_at,
            "quote": quote if number in quote else document.text,
            "quote_start": 0,
            "span_start": span[0],
            "span_end": span[1],
            "url": document.url,
            "archive_sha256": document.archive_sha256,
        }
        return Figure(**{**fields, **said})

    return build


@dataclass
class Doomed:
    """Runs jobs of `doomed.py` in a process of their own, to their end or to a bitter one."""

    process: subprocess.Popen[str]
    module: ModuleType

    def run(self, job: str, **order: Any) -> float:
        """Let a job run to its end; returns the seconds it took."""
        began = time.monotonic()
        self._start(job, order)
        assert self._line() == "ended 0"
        return time.monotonic() - began

    def kill_often(self, dice: random.Random, orders: Iterable[dict[str, Any]]) -> int:
        """Kill each job at a random moment of the time the last whole one took; returns how many were still at work."""
        usual, killed = 0.0, 0
        for order in orders:
            began = time.monotonic()
            if self._kill(dict(order), dice.uniform(0, usual)):
                killed += 1
            else:
                usual = time.monotonic() - began
            usual = usual or self.run(**order)
        return killed

    def _kill(self, order: dict[str, Any], after: float) -> bool:
        child = self._start(order.pop("job"), order)
        assert self.process.stdout
        if not select.select([self.process.stdout], [], [], after)[0]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        ending = self._line()
        assert ending in {"killed", "ended 0"}, ending
        return ending == "killed"

    def _start(self, job: str, order: dict[str, Any]) -> int:
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"job": job, **order}) + "\n")
        self.process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="session")
def doomed() -> Iterator[Doomed]:
    """Something to kill."""
    if os.name != "posix":
        pytest.skip("killing a forked child needs a POSIX system")
    program = [sys.executable, str(HERE / "doomed.py")]
    places = [str(HERE.parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as process:
        yield Doomed(process, _module("doomed"))
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def dice() -> random.Random:
    """Random moments; the seed is printed with a failure."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 3 MB, where one may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here (not root, or not permitted)")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
