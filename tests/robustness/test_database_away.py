"""A database server that goes away in the middle, and comes back: nothing is lost, nothing is there twice, pages stay."""

import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ingest.pipeline.assembly import assembled
from ingest.schedule import Background
from ingest.settings import load
from ingest.store import Ledger
from tests.ingest.store.postgres_server import Server, programs

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeData = Callable[[str], Path]
REPORTS = 150

pytestmark = pytest.mark.postgres


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL of this test's own."""
    started = Server.make(programs())
    yield started
    started.remove()


@pytest.fixture
def environment(environment: Mapping[str, str], server: Server) -> Mapping[str, str]:
    """With the ledger on that server."""
    return {**environment, "CROSSCOUNT_DATABASE": server.url}


def _goes_away_at(server: Server, documents: int) -> threading.Thread:
    """A thread that ends the server, cutting every connection, as soon as the ledger holds so many documents."""

    def watch() -> None:
        with psycopg.connect(server.url, autocommit=True) as connection:
            while connection.execute("SELECT count(*) FROM documents").fetchone() < (documents,):  # type: ignore[operator]
                pass
        server.stop(signal.SIGQUIT)

    return threading.Thread(target=watch)


def _held(server: Server) -> tuple[int, int, int]:
    """Documents, figures, and figures without their like."""
    with Ledger.open(server.url) as ledger:
        figures = [figure.figure_id for figure in ledger.figures("tiny")]
        return len(list(ledger.documents())), len(figures), len(set(figures))


def test_a_server_that_goes_away_while_reports_are_kept_costs_a_sentence_and_no_report(
    new_data: MakeData, crosscount: Run, server: Server, publisher: Any
) -> None:
    """The verb ends with 6 and says what to do; when the server is back, whole documents are there, and the same verb completes."""
    data, since = new_data("data"), ("--since", "2024-12-01")
    publisher.answers["/feed/"] = publisher.feed(20)
    assert crosscount(data, "refresh", *since).returncode == 0
    assert crosscount(data, "publish").returncode == 0
    publisher.answers["/feed/"] = publisher.feed(REPORTS)
    away = _goes_away_at(server, 40)
    away.start()
    done = crosscount(data, "refresh", *since)
    away.join()
    assert done.returncode == 6 and "cannot be reached" in done.stderr and "run this again" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    refused = crosscount(data, "publish")
    assert refused.returncode == 6 and "cannot be reached" in refused.stderr
    server.start()
    documents, figures, different = _held(server)
    assert 40 <= documents < REPORTS and figures == different == 3 * documents
    assert crosscount(data, "refresh", *since).returncode == 0
    assert _held(server) == (REPORTS, 3 * REPORTS, 3 * REPORTS)
    assert crosscount(data, "publish").returncode == 0


def test_the_refresher_waits_for_a_server_that_is_away(
    new_data: MakeData, environment: Mapping[str, str], server: Server, publisher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells once a round that the ledger cannot be reached and goes on by itself; what it read then is all there, once."""
    monkeypatch.setattr("ingest.schedule.LONGEST_NAP", 0.2)
    publisher.answers["/feed/"] = publisher.feed(REPORTS)
    said, stop, back = list[str](), threading.Event(), threading.Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        if "cannot be reached" in sentence and not back.is_set():
            back.set()
            server.start()
        if sentence.startswith("rss: "):
            stop.set()

    settings = load(environment, new_data("data"))
    with assembled(settings, lambda: datetime.now(UTC)) as pipeline:
        away = _goes_away_at(server, 40)
        away.start()
        Background.of(pipeline, say, stop).run()
        away.join()
    assert back.is_set(), said
    assert _held(server) == (REPORTS, 3 * REPORTS, 3 * REPORTS)
