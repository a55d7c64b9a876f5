"""Several programs on one data folder, and the whole program without a network."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.store import Ledger

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeData = Callable[[str], Path]
PROGRAM = (sys.executable, "-c", "from dashboard.cli import main; main()")
READY = re.compile(r"ready at (http://\S+) ")


@contextmanager
def _up(data: Path, environment: Mapping[str, str], *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`crosscount up` until the block ends; gives the address it printed."""
    command = [*PROGRAM, "--data", str(data), "up", "--port", "0", *words]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        told: list[str] = []
        drain = threading.Thread(target=lambda: told.extend(process.stderr or ()))
        drain.start()
        try:
            ready = READY.search(process.stdout.readline())
            assert ready, told
            yield ready[1], process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
            drain.join()


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # the program's own server on this machine
        return bytes(answer.read())


def test_two_programs_refresh_one_ledger(new_data: MakeData, environment: Mapping[str, str]) -> None:
    """Both end well, and every report is there once."""
    data = new_data("data")
    command = [*PROGRAM, "--data", str(data), "refresh"]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate() and process.returncode for process in both] == [0, 0]
    with Ledger.open(f"sqlite:///{data / 'ledger.sqlite'}") as ledger:
        assert (len(list(ledger.documents())), len(list(ledger.figures("tiny")))) == (40, 120)


def test_the_first_start_serves_what_the_sources_brought_and_takes_reports_meanwhile(
    new_data: MakeData, environment: Mapping[str, str], crosscount: Run
) -> None:
    """`up` on an empty folder: pages at the printed address, refreshed behind them; other verbs work beside it; Ctrl-C is an end."""
    data = new_data("data")
    with _up(data, environment) as (address, process):
        assert b"<html" in _get(address + "/")
        assert json.loads(_get(address + "/readyz"))["status"] == "ok"
        assert crosscount(data, "ingest", "-", "--publisher", "watch", "--published", "2024-12-05", given="Six died.").returncode == 0
        assert crosscount(data, "publish").returncode == 0
        other = [*PROGRAM, "--data", str(data), "serve", "--port", address.rpartition(":")[2]]
        second = subprocess.run(other, env=environment, capture_output=True, text=True, check=False)
        assert second.returncode == 3 and "is in use" in second.stderr and len(second.stderr.splitlines()) == 1
    assert process.returncode == 0


def test_refreshing_alone_publishes_until_it_is_stopped(new_data: MakeData, environment: Mapping[str, str]) -> None:
    """`refresh --every` fetches, publishes, waits, and ends with SIGTERM as a service does."""
    data = new_data("data")
    command = [*PROGRAM, "--data", str(data), "refresh", "--every", "15m"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not (data / "published" / "tiny" / "CURRENT").exists():  # the test's own time limit ends a wait in vain
            assert process.poll() is None, process.communicate()
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        told = process.communicate()[1]
    assert process.returncode == 130, told
    assert process.returncode == 130 and "refreshing rss until stopped" in told and "rss: 40 new documents, 120 figures" in told


@contextmanager
def _serving(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """`crosscount serve` until the block ends; gives the address it printed."""
    command = [*PROGRAM, "--data", str(data), "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        ready = READY.search(process.stdout.readline())
        assert ready
        yield ready[1]
        process.send_signal(signal.SIGINT)


def test_several_web_workers_follow_what_is_published_and_never_mix_two(
    new_data: MakeData, environment: Mapping[str, str], crosscount: Run
) -> None:
    """While one version after the other is published, each download of two workers is the whole of one of them, and the last one
    is what both show at the next request.
    """
    data = new_data("data")
    assert crosscount(data, "refresh").returncode == 0
    assert crosscount(data, "publish").returncode == 0
    sizes, over = set[int](), threading.Event()

    def read(address: str) -> None:
        while not over.is_set():
            lines = _get(address + "/export/figures.csv").decode("utf-8-sig").splitlines()
            sizes.add(len([line for line in lines if line.startswith("f") and not line.startswith("figure_id")]))

    with _serving(data, environment) as one, _serving(data, environment) as other:
        readers = [threading.Thread(target=read, args=(address,)) for address in (one, other)]
        for reader in readers:
            reader.start()
        for number in range(4):
            report = ("ingest", "-", "--publisher", "watch", "--published", "2024-12-05")
            assert crosscount(data, *report, given=f"{60 + number} people died.").returncode == 0
            assert crosscount(data, "publish").returncode == 0
            current = (data / "published" / "tiny" / "CURRENT").read_text(encoding="ascii").strip()
            assert {json.loads(_get(address + "/readyz"))["snapshot"] for address in (one, other)} == {current}
        over.set()
        for reader in readers:
            reader.join()
    assert sizes and sizes <= {120, 121, 122, 123, 124}


def test_a_download_holds_every_row_that_is_published(new_data: MakeData, environment: Mapping[str, str], crosscount: Run) -> None:
    """The plain address gives a whole CSV: as many rows as the snapshot has."""
    data = new_data("data")
    assert crosscount(data, "refresh").returncode == 0
    with _up(data, environment, "--no-refresh") as (address, _):
        lines = _get(address + "/export/figures.csv").decode("utf-8-sig").splitlines()
    assert len([line for line in lines if line.startswith("f")]) == 120 + 1


NO_NETWORK = 'ip link set lo up && exec "$@"'


@pytest.fixture
def without_network() -> tuple[str, ...]:
    """Words before a program that leave it this machine's own address and no other."""
    if sys.platform != "linux" or not (shutil.which("unshare") and shutil.which("ip")):
        pytest.skip("a network of its own needs Linux, unshare and ip")
    alone = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--net")
    return (*alone, "sh", "-c", NO_NETWORK, "sh")


TOUR = """
import json, re, subprocess, sys, time, urllib.request
program = [sys.executable, "-c", "from dashboard.cli import main; main()", "--data", sys.argv[1]]
process = subprocess.Popen([*program, "up", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
address = re.search(r"http://\\S+", process.stdout.readline())[0]
pages = {path: urllib.request.urlopen(address + path).status for path in ("/", "/compare", "/figures", "/sources", "/readyz")}
rows = []
while not any(row["state"] == "failing" for row in rows):  # the refresher asks at once; the test's own time limit ends a wait in vain
    time.sleep(0.2)
    rows = json.loads(subprocess.run([*program, "sources", "--json"], capture_output=True, text=True).stdout)
process.terminate()
print(json.dumps({"pages": pages, "sources": rows, "code": process.wait()}))
"""


def test_without_any_network_everything_known_is_shown(
    tmp_path: Path, without_network: tuple[str, ...], environment: Mapping[str, str]
) -> None:
    """With the shipped crisis: the sample is on the pages, and the sources say that they could not be reached, since when and where."""
    plain = {name: value for name, value in environment.items() if not name.startswith("CROSSCOUNT_")}
    done = subprocess.run(
        [*without_network, sys.executable, "-c", TOUR, tmp_path / "data"], env=plain, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert set(told["pages"].values()) == {200} and told["code"] == 0
    rows = {row["name"]: row for row in told["sources"]}
    failing = [row for row in rows.values() if row["state"] == "failing"]
    assert failing and all("could not be reached" in row["state_note"] and row["failing_since"] for row in failing)
    assert rows["sample"]["state"] == "ready"
