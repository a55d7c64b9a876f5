"""How fast the dashboard answers over large snapshots, beside what is promised. Not a test: it prints tables.

Usage: python -m tests.benchmarks.bench_dashboard [--rows N ...] [--keep FOLDER] [--people N] [--clicks N] [--filters N] [--workers N]

For each size made-up figures are published through a ledger, and served by `crosscount serve --workers N`; everything is asked over
loopback HTTP. A question is cold the first time it is asked, warm when it is asked again. `--keep` leaves the data folders there, where
the next run finds them. Times are those of the whole answer, from the request to its last byte.

"People clicking at once" are that many readers who come within one second. Each opens a view, often one that others open too, looks at
it for 1 to 5 seconds, and clicks on: other filters (hardly ever those of another reader), other pages as often as people turn to each,
evidence, the next rows. What is promised is the p95 of their answers. The same people without a pause, each asking as soon as the answer
before has come, are the worst that so many can do. They are asked for by one light process (`people.py`), on the same cores.
"""

import argparse
import gzip
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from tests.benchmarks import clicks, country
from tests.benchmarks.clicks import Click
from tests.benchmarks.people import PAUSE, Crowd, come

MEDIAN, SLOWEST, CROWD = 0.100, 0.250, 1.0  # seconds promised: the median of interactions, their p95, and p95 of fifty people
LATER, FIRST, FIRST_SMALL = 60_000, 2_100_000, 1_300_000  # bytes: a later interaction; first load with the full and the small library
_SMALL: Final = 600_000  # bytes that the small chart library alone stays under
_READY: Final = re.compile(r"http://127\.0\.0\.1:(\d+)")
_FILES: Final = re.compile(r'(?:src|href)="(/[^"]+\.(?:js|css|svg)[^"]*)"|content="(/_charts/[^"]+)"')
_PREPARED: Final = re.compile(rb'^crosscount_snapshot_prepared\{crisis="bench"(?:,worker="(\d+)")?\} 1$', re.MULTILINE)
_PATIENCE: Final = 120  # seconds any one answer may take


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: seconds until the first and the last byte, processor seconds of the server, bytes as they travelled, the status."""

    first: float
    seconds: float
    busy: float
    size: int
    status: int


Asked = tuple[Click, Answer]


@dataclass(slots=True)
class Server:
    """A dashboard of some workers. `listening` is how many seconds it took to start."""

    port: int
    process: subprocess.Popen[str]
    listening: float
    workers: int
    _connections: threading.local = field(default_factory=threading.local)

    def ask(self, click: Click, *, keep: bool = False) -> tuple[Answer, bytes]:
        """The answer to a click, over the connection of this thread; its bytes where they are kept."""
        connection = getattr(self._connections, "one", None)
        if connection is None:
            connection = self._connections.one = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        headers = {"Accept-Encoding": "gzip" if keep else "br", "Content-Type": "application/json"}
        started, busy = time.perf_counter(), self.busy()
        connection.request("POST" if click.body else "GET", click.path, click.body or None, headers)
        answer = connection.getresponse()
        head = answer.read(1)
        first, size, kept = time.perf_counter() - started, len(head), [head]
        while chunk := answer.read(1 << 16):
            size += len(chunk)
            if keep:
                kept.append(chunk)
        return Answer(first, time.perf_counter() - started, self.busy() - busy, size, answer.status), b"".join(kept)

    def busy(self) -> float:
        """Seconds of processor the server took so far, in all its processes and threads; 0 where the system does not tell."""
        tasks = (task for process in self.processes() for task in Path(f"/proc/{process}/task").glob("*/schedstat"))
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def processes(self) -> list[int]:
        """The first process and the workers beside it, as far as the system tells."""
        told = (path.read_text().split() for path in Path(f"/proc/{self.process.pid}/task").glob("*/children"))
        return [self.process.pid, *(int(child) for children in told for child in children)]

    def settled(self) -> float:
        """Seconds until every worker has laid out its rows; each answers on connections of its own."""
        started, laid = time.perf_counter(), set[bytes]()
        while len(laid) < self.workers:
            self._connections = threading.local()
            self.ask(clicks.opened("/", ""))
            if found := _PREPARED.search(gzip.decompress(self.ask(Click("", "", "/metrics"), keep=True)[1])):
                laid.add(found[1] or b"1")
            time.sleep(0.1)
        return time.perf_counter() - started

    def memory(self) -> int:
        """Memory in use by all its processes, in MB; 0 where the system does not tell."""
        told = [path.read_text() for process in self.processes() if (path := Path(f"/proc/{process}/status")).exists()]
        return sum(int(found[1]) // 1024 for text in told if (found := re.search(r"VmRSS:\s+(\d+)", text)))


@contextmanager
def served(folder: Path, workers: int) -> Iterator[Server]:
    """`crosscount serve` over a data folder."""
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve", "--port", "0", "--workers", str(workers)]
    environment = {**os.environ, "CROSSCOUNT_DATA": str(folder), "CROSSCOUNT_CRISIS": country.CRISIS}
    started = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            said = (process.stdout.readline() if process.stdout else "") or ""
            port = _READY.search(said)
            if port is None:
                raise SystemExit(f"The server did not start: {said}")
            yield Server(int(port[1]), process, time.perf_counter() - started, workers)
        finally:
            process.terminate()


def measure(server: Server, found: clicks.Things, some: int) -> tuple[list[Asked], list[Asked]]:
    """Every interaction, cold and then warm."""
    tour = list(clicks.tour(found, some))
    cold = [(click, server.ask(click)[0]) for click in tour]
    return cold, [(click, server.ask(click)[0]) for click in tour]


def first_load(server: Server) -> tuple[int, int]:
    """Bytes of a first visit to the page of charts, and how many are promised with the chart library that came."""
    document, plain = server.ask(clicks.opened("/", ""), keep=True)
    files = sorted({a or b for a, b in _FILES.findall(gzip.decompress(plain).decode())})
    largest = 0
    size = document.size + server.ask(clicks.framed("/", ""))[0].size
    for path in files:
        server.ask(Click("", "", path))  # the first reader's is compressed in a hurry
        taken = server.ask(Click("", "", path))[0].size
        size, largest = size + taken, max(largest, taken)
    return size, FIRST_SMALL if largest < _SMALL else FIRST


def downloads(server: Server, found: clicks.Things) -> Iterator[tuple[str, Answer, int, list[float]]]:
    """Each form of the whole table of figures: the answer, the most memory beside what was used before, and clicks meanwhile."""
    for form in ("csv", "json", "geojson", "parquet", "zip", "xlsx"):
        before, most, others = server.memory(), 0, list[float]()
        with ThreadPoolExecutor(2) as pool:
            taken = pool.submit(lambda form=form: server.ask(Click("", "", f"/export/figures.{form}"))[0])
            for click in clicks.person(found, len(form) * 1000, 10_000):
                if taken.done():
                    break
                others.append(pool.submit(lambda click=click: server.ask(click)[0].seconds).result())
                most = max(most, server.memory())
            yield form, taken.result(), most - before, others


def per_interaction(cold: Sequence[Asked], warm: Sequence[Asked]) -> None:
    """A line for each step on each page, and one for all of them."""
    print(
        f"promised of any interaction: median {MEDIAN * 1e3:.0f} ms, p95 {SLOWEST * 1e3:.0f} ms, and {LATER // 1000} kB after the document"
    )
    print(f"{'page':12} {'step':7} {'n':>4} {'cold ms':>8} {'p95':>7} {'cpu ms':>7} {'warm ms':>8} {'p95':>7} {'cpu ms':>7} {'kB':>6}")
    for page, step in dict.fromkeys((click.page, click.step) for click, _ in cold):
        first, again = ([answer for click, answer in told if (click.page, click.step) == (page, step)] for told in (cold, warm))
        _line(page, step, first, again)
    _line("all", "", [answer for _, answer in cold], [answer for _, answer in warm])
    failed = [(click, answer.status) for click, answer in (*cold, *warm) if answer.status != http.client.OK]
    if failed:
        print(f"{len(failed)} were not answered, the first with {failed[0][1]}: {failed[0][0]}")


def _line(page: str, step: str, cold: Sequence[Answer], warm: Sequence[Answer]) -> None:
    size = max(answer.size for answer in cold)
    told, kept = "", size < LATER
    for answers in (cold, warm):
        seconds = [answer.seconds for answer in answers]
        median, slow, busy = np.median(seconds), np.percentile(seconds, 95), np.median([answer.busy for answer in answers])
        told += f" {median * 1e3:8.0f} {slow * 1e3:7.0f} {busy * 1e3:7.0f}"
        kept = kept and bool(median < MEDIAN and slow < SLOWEST)
    print(f"{page:12} {step:7} {len(cold):4}{told} {size / 1000:6.0f}  {_word(kept)}", flush=True)


def _word(kept: bool) -> str:
    return "met" if kept else "NOT MET"


def one_size(home: Path, rows: int, given: argparse.Namespace) -> dict[str, float]:
    """Publish, start, ask; print what came of it and return what is compared between sizes."""
    print(f"\n{rows:,} figures", flush=True)
    if not home.exists():
        started = time.perf_counter()
        country.published(home, rows)
        print(f"entered and published in {time.perf_counter() - started:.0f} s", flush=True)
    found = clicks.things(home / "published", max(given.filters, 200))
    with served(home, given.workers) as server:
        words, page = (server.ask(click)[0] for click in (clicks.opened("/", ""), clicks.framed("/", "")))
        print(
            f"start: {server.listening:.1f} s to listen, {words.seconds:.1f} s to the first words, {page.seconds:.1f} s to the first page"
        )
        print(f"rows laid out for finding after another {server.settled():.1f} s; {server.memory()} MB of memory", flush=True)
        cold, warm = measure(server, found, given.filters)
        per_interaction(cold, warm)
        size, most = first_load(server)
        print(f"first load of a page of charts: {size / 1e6:.2f} MB (promised {most / 1e6:.1f}): {_word(size < most)}", flush=True)
        print(f"{server.workers} web workers:", flush=True)
        for pause in (True, False):
            each = given.clicks if pause else 3
            people = [clicks.person(found, number + (0 if pause else 10_000), each) for number in range(given.people)]
            busy = server.busy()
            told_of_people(come(server.port, people, pause=pause), given.people, server.busy() - busy, pause=pause)
        for form, file, more, others in downloads(server, found):
            told_of_file(form, file, more, others)
    seconds = [answer.seconds for _, answer in cold]
    start = server.listening + words.seconds + page.seconds
    return {"start": start, "cold median": float(np.median(seconds)), "cold p95": float(np.percentile(seconds, 95))}


def told_of_people(crowd: Crowd, people: int, busy: float, *, pause: bool) -> None:
    """How long people waited who came at once, and what it took of the processor: of the server, `busy`, and of the asking."""
    how = f"reading {PAUSE[0]:.0f} to {PAUSE[1]:.0f} s between clicks" if pause else "clicking on without a pause"
    median, slow, number = np.median(crowd.seconds), np.percentile(crowd.seconds, 95), len(crowd.seconds)
    kept = _word(bool(slow < CROWD) and not crowd.failed)
    print(f"{people} people {how}: {number} clicks, {number / crowd.lasted:.1f} a second, {crowd.failed} not answered")
    print(
        f"  median {median * 1e3:.0f} ms, p95 {slow * 1e3:.0f} ms, longest {max(crowd.seconds):.1f} s (promised {CROWD * 1e3:.0f}): {kept}"
    )
    cores = f"{busy / crowd.lasted:.2f} cores of the server, {busy / number * 1e3:.0f} ms a click"
    print(f"  {cores}; the asking took {crowd.own / crowd.lasted:.2f} cores", flush=True)


def told_of_file(form: str, file: Answer, more: int, others: Sequence[float]) -> None:
    """What a download cost, and what others waited meanwhile."""
    waited = f"{np.median(others) * 1e3:.0f} ms, p95 {np.percentile(others, 95) * 1e3:.0f} ms" if others else "nobody asked"
    took = f"{file.status}, first byte {file.first:.2f} s, {file.seconds:.1f} s, {file.size / 1e6:.1f} MB, {more:+} MB of memory"
    print(f"figures.{form}: {took}; {len(others)} clicks of another reader meanwhile, median {waited}", flush=True)


def main() -> None:
    """Print the tables of each size, and how they grow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="numbers of figures")
    parser.add_argument("--keep", type=Path, help="where the data folders are made, and found again")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--clicks", type=int, default=12, help="clicks of each person")
    parser.add_argument("--filters", type=int, default=12, help="choices of filters under which each page is asked")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that answer")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        told = [one_size(folder / str(rows), rows, given) for rows in given.rows]
    for (small, before), (large, after) in pairwise(zip(given.rows, told, strict=True)):
        grown = ", ".join(f"{what} x{after[what] / before[what]:.2f}" for what in before)
        print(f"{small:,} to {large:,} figures (x{large / small:g}): {grown}")


if __name__ == "__main__":
    main()
