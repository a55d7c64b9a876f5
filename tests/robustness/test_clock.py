"""A clock that is wrong, that jumps, and a machine that sleeps: nothing is lost, and the refresher carries on by itself."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.model import snapshot as layout
from ingest.store import Ledger
from tests.robustness.conftest import PROGRAM

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeData = Callable[[str], Path]
SINCE = ("--since", "2024-12-01")
CADENCE = timedelta(hours=6)  # of the feed of the invented crisis


@pytest.fixture
def faketime() -> str:
    """The program that gives others another clock. Skips the test where there is none, and fails it in CI."""
    found = shutil.which("faketime")
    if found is None:
        reason = "no faketime: install it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _published(data: Path) -> int:
    """Figures in the version readers see."""
    folder = layout.current(data / "published" / "tiny")
    return layout.manifest(folder).rows["figures"] if folder else 0


def test_a_clock_far_ahead_and_set_back_again_hides_nothing_that_came_later(
    new_data: MakeData, crosscount: Run, faketime: str, publisher: Any
) -> None:
    """With the clock right, four hundred days ahead, and right again: each time what is new is kept and shown."""
    data, shown = new_data("data"), []
    for number, clock in enumerate(((), (faketime, "-f", "+400d"), ())):
        publisher.answers["/feed/"] = publisher.feed(20 + number)
        for words in (("refresh", *(SINCE if clock else ())), ("publish",)):
            done = crosscount(data, *words, before=clock)
            assert done.returncode == 0, done.stderr
        shown.append(_published(data))
    assert shown == [60, 63, 66]
    with Ledger.open(f"sqlite:///{data / 'ledger.sqlite'}") as ledger:
        assert len(list(ledger.documents())) == 22
        assert {run.outcome for run in ledger.runs()} == {"ok"}


@contextmanager
def _refresher(data: Path, environment: Mapping[str, str], faketime: str, clock: Path) -> Iterator[subprocess.Popen[str]]:
    """A refresher whose clock is told by a file; how long it waits is still told by the machine.

    It is started with the library that faketime would load, so that signals reach it and no program between.
    """
    told = subprocess.run([faketime, "-m", "-f", "+0", "env"], capture_output=True, text=True, check=True).stdout.splitlines()
    library = next(line.partition("=")[2] for line in told if line.startswith("LD_PRELOAD="))
    about_time = {"FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    command = [*PROGRAM, "--data", str(data), "refresh", "--every", "1s"]
    with subprocess.Popen(command, env={**environment, **about_time, "LD_PRELOAD": library}, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def test_a_machine_that_slept_for_days_asks_once_and_goes_on(  # noqa: PLR0917  # fixtures come by name
    new_data: MakeData, environment: Mapping[str, str], crosscount: Run, faketime: str, publisher: Any, tmp_path: Path
) -> None:
    """Stopped shortly before its source is due and woken five days later, it asks the source once, not once for each turn missed."""
    data, clock = new_data("data"), tmp_path / "clock"
    publisher.answers["/feed/"] = publisher.feed(20)
    assert crosscount(data, "refresh").returncode == 0
    before_due = CADENCE - timedelta(minutes=10)  # longer than a busy machine takes to start a program
    clock.write_text(f"+{before_due.total_seconds():.0f}", encoding="ascii")
    asked = len(publisher.asked)
    with _refresher(data, environment, faketime, clock) as process:
        assert process.stderr
        assert "refreshing rss" in process.stderr.readline()
        process.send_signal(signal.SIGSTOP)
        assert len(publisher.asked) == asked, "it was not due yet"
        clock.write_text(f"+{(before_due + timedelta(days=5)).total_seconds():.0f}", encoding="ascii")
        process.send_signal(signal.SIGCONT)
        while not _published(data):  # the test's own time limit ends a wait in vain
            assert process.poll() is None
            time.sleep(0.1)
    assert publisher.asked[asked:].count("/feed/") == 1
    with Ledger.open(f"sqlite:///{data / 'ledger.sqlite'}") as ledger:
        state = ledger.source_state("rss")
        assert (state.failures, len(list(ledger.documents()))) == (0, 20)
