"""A run without an end is at work while its writer is there, wherever that is, and interrupted afterwards."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.store import Ledger, presence, tables

BEGINS_AND_WAITS = """
import sys
from datetime import UTC, datetime
from ingest.store import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    print(ledger.begin_run("refresh", "sohr", datetime.now(UTC)), flush=True)
    sys.stdin.read()
"""


def _outcomes(ledger: Ledger) -> list[tuple[str, str]]:
    return [(run.source, run.outcome) for run in ledger.runs()]


@pytest.mark.skipif(os.name != "posix", reason="only there a process number tells whether a process is there")
def test_a_killed_run_is_interrupted_at_once(ledger: Ledger, url: str) -> None:
    """Another process's run is at work, and interrupted as soon as that process is gone, without another run after it."""
    other = subprocess.Popen([sys.executable, "-c", BEGINS_AND_WAITS, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout and other.stdout.readline().strip()
    assert _outcomes(ledger) == [("sohr", "running")]
    other.kill()
    other.communicate()
    assert _outcomes(ledger) == [("sohr", "interrupted")]


def test_runs_side_by_side_are_all_at_work(ledger: Ledger, url: str, now: datetime) -> None:
    """Two of one verb and source, until one of the ledgers they were begun in is closed; one that ended stays what it was."""
    done = ledger.begin_run("ingest", "local", now)
    ledger.finish_run(done, "ok", {}, "", now)
    ledger.begin_run("ingest", "local", now)
    with Ledger.open(url) as other:
        other.begin_run("ingest", "local", now)
        assert [outcome for _, outcome in _outcomes(ledger)] == ["running", "running", "ok"]
    assert [outcome for _, outcome in _outcomes(ledger)] == ["interrupted", "running", "ok"]


@pytest.mark.parametrize(("silent", "outcome"), [(timedelta(seconds=30), "running"), (timedelta(minutes=5), "interrupted")])
def test_of_a_writer_elsewhere_its_last_sign_tells(ledger: Ledger, now: datetime, silent: timedelta, outcome: str) -> None:
    """Its process number says nothing here, so a run counts as at work for a while after the last sign of life."""
    ledger.begin_run("refresh", "sana", now)
    _change(ledger, host="another machine", pid=2**22 + 1, beat_at=datetime.now(UTC) - silent)
    assert _outcomes(ledger) == [("sana", outcome)]


def test_an_open_run_keeps_saying_so(ledger: Ledger, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life follow one another while a run is open, and the note is gone after the last run."""
    monkeypatch.setattr(presence, "BEAT", 0.01)
    run = ledger.begin_run("refresh", "sohr", now)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    _change(ledger, beat_at=long_ago)
    while _writers(ledger) == [long_ago]:
        pass
    assert _outcomes(ledger) == [("sohr", "running")]
    ledger.finish_run(run, "ok", {}, "", now)
    assert _writers(ledger) == []


def _change(ledger: Ledger, **values: Any) -> None:
    with ledger.writing() as connection:
        connection.execute(sa.update(tables.writers).values(**values))


def _writers(ledger: Ledger) -> list[datetime]:
    with ledger.connection() as connection:
        return list(connection.scalars(sa.select(tables.writers.c.beat_at)))
