"""Several processes behind one port."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from ingest.settings import Settings, shipped_data
from tests.dashboard.published import CRISIS

READY = re.compile(r"http://127\.0\.0\.1:(\d+)")
MAIN = "from dashboard.cli import main; main()"


@contextmanager
def _serving(settings: Settings, workers: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`crosscount serve` with so many workers over a data folder: its address, and the first process."""
    environment = {**os.environ, "CROSSCOUNT_DATA": str(settings.data), "CROSSCOUNT_CRISIS": settings.crisis}
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = READY.search(process.stdout.readline())
            assert port
            yield f"http://127.0.0.1:{port[1]}", process
        finally:
            process.kill()


def _workers_that_answer(site: str, wanted: int) -> set[str]:
    """Those whose word was heard, asked again and again until that many were."""
    heard: set[str] = set()
    while len(heard) < wanted:
        with urlopen(f"{site}/metrics", timeout=60) as answer:  # noqa: S310 -- a server of this test
            found = re.search(r'^crosscount_http_seconds_total(?:\{worker="(\d+)"\})? ', answer.read().decode(), re.MULTILINE)
        assert found
        heard.add(found[1] or "1")
    return heard


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not deal connections out")
def test_connections_are_dealt_out_among_the_workers(settings: Settings) -> None:
    """Each listens on a socket of its own, and none takes nearly all of them while the other has nothing to do."""
    with _serving(settings, 2) as (site, _):
        _workers_that_answer(site, 2)
        port = f":{int(site.rpartition(':')[2]):04X}"
        listening = [row.split() for row in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines() if " 0A " in row]
        assert sum(row[1].endswith(port) for row in listening) == 2
        heard = Counter(next(iter(_workers_that_answer(site, 1))) for _ in range(80))
    assert min(heard["1"], heard["2"]) >= 16  # one in ten million, where each has the same chance


def _children(process: subprocess.Popen[str]) -> list[str]:
    asked = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False)
    return asked.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="looks at processes as POSIX tells them")
@pytest.mark.parametrize("ending", ["SIGTERM", "SIGKILL"])
def test_every_worker_answers_on_the_one_port_and_all_end_together(settings: Settings, ending: str) -> None:
    """A service manager's SIGTERM to the first ends them all; so does its sudden death, which it can tell nobody."""
    with _serving(settings, 2) as (site, process):
        assert _workers_that_answer(site, 2) == {"1", "2"}
        workers = _children(process)
        process.send_signal(signal.Signals[ending])
        process.wait(60)
        while any(_alive(pid) for pid in workers):
            time.sleep(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="looks at processes as POSIX tells them")
def test_a_worker_that_dies_is_started_again(settings: Settings) -> None:
    """Another process answers under its number."""
    with _serving(settings, 2) as (site, process):
        _workers_that_answer(site, 2)
        before = _answering(process)
        assert len(before) == 1
        for pid in before:
            os.kill(int(pid), signal.SIGKILL)
        while not _answering(process) - before:
            time.sleep(0.1)
        assert _workers_that_answer(site, 2) == {"1", "2"}


def _answering(process: subprocess.Popen[str]) -> set[str]:
    """The workers among the children; beside them runs a tracker of what they share."""
    return {pid for pid in _children(process) if "spawn_main" in _command(pid)}


def _command(pid: str) -> str:
    return subprocess.run(["ps", "-ww", "-o", "args=", "-p", pid], capture_output=True, text=True, check=False).stdout


def _alive(pid: str) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal of POSIX")
@pytest.mark.parametrize("workers", [1, 2])
def test_it_ends_well_while_a_large_snapshot_is_laid_out(workers: int, tmp_path: Path, write_snapshot: Callable[..., Path]) -> None:
    """Threads at work in the database make no crash of the end of a service, and no room is left taken in its temporary folder."""
    settings = Settings(data=tmp_path / "data", shipped=shipped_data(), crisis=CRISIS, database="sqlite://")
    write_snapshot(settings.published, rows=4_000)
    desk = tmp_path / "temporary"
    desk.mkdir()
    environment = {**os.environ, "CROSSCOUNT_DATA": str(settings.data), "CROSSCOUNT_CRISIS": CRISIS, "TMPDIR": str(desk)}
    command = [sys.executable, "-c", MAIN, "serve", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = READY.search(process.stdout.readline())
            assert port
            site = f"http://127.0.0.1:{port[1]}"
            _workers_that_answer(site, workers)  # which opens the snapshot, and begins to lay it out
            process.send_signal(signal.SIGTERM)
            told = process.communicate(timeout=120)[1]
        finally:
            process.kill()
    assert (process.returncode, told) == (0, "")
    assert [path.name for path in desk.iterdir() if path.name.startswith("crosscount-")] == []
