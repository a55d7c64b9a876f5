"""A refresher and two web workers as three machines would run them: one PostgreSQL, and snapshots in a folder or an object store."""

import json
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from ingest.model import snapshot as layout
from ingest.store import Ledger
from tests.ingest.store.postgres_server import fresh_database
from tests.object_store import SECRET, object_store
from tests.robustness.conftest import Publisher

PROGRAM = (sys.executable, "-c", "from dashboard.cli import main; main()")
READY = re.compile(r"ready at (http://\S+) ")
LONG = 240.0  # seconds after which something that does not come will not
MakeData = Callable[[str], Path]


class Program:
    """A running command line; `told` is everything it said so far."""

    def __init__(self, data: Path, environment: Mapping[str, str], *words: str) -> None:
        self.told: list[str] = []
        command = [*PROGRAM, "--data", str(data), *words]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._drain = threading.Thread(target=lambda: self.told.extend(self.process.stdout or ()))
        self._drain.start()

    def end(self) -> int:
        """Ask it to end, as a service manager does; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=LONG)
        self._drain.join()
        return code

    def address(self) -> str:
        """Where it serves, once it says so."""
        return _until(lambda: next((found[1] for line in self.told if (found := READY.search(line))), ""), self)

    def shows(self) -> str:
        """The snapshot it shows; empty before there is one."""
        try:
            with urllib.request.urlopen(f"{self.address()}/readyz") as answer:  # noqa: S310 -- the program's own server
                return str(json.load(answer)["snapshot"])
        except urllib.error.HTTPError as error:
            assert error.code == 503
            return ""


def _until(look: Callable[[], str], *programs: Program) -> str:
    """What a look finds, as soon as it finds something."""
    deadline = time.monotonic() + LONG
    while not (found := look()):
        assert time.monotonic() < deadline, [program.told for program in programs]
        assert all(program.process.poll() is None for program in programs), [program.told for program in programs]
        time.sleep(0.1)
    return found


@pytest.mark.parametrize(("verb", "code"), [(("refresh", "--every", "1m"), 130), (("refresh", "--due"), 130), (("up", "--port", "0"), 0)])
def test_a_source_that_never_answers_keeps_no_program_from_ending(
    verb: tuple[str, ...], code: int, new_data: MakeData, environment: Mapping[str, str], publisher: Publisher
) -> None:
    """Asked to end while it waits for a source, it ends, and leaves the source behind."""
    let_go = threading.Event()
    publisher.before = lambda _: let_go.wait(LONG)
    program = Program(new_data("data"), environment, *verb)
    try:
        _until(lambda: "asked" if publisher.asked else "", program)
        assert program.end() == code
    finally:
        program.process.kill()
        let_go.set()
    assert not [line for line in program.told if "Traceback" in line]


@contextmanager
def _shared(way: str, folder: Path) -> Iterator[Mapping[str, str]]:
    """The settings by which several machines share snapshots."""
    if way == "folder":
        yield {"CROSSCOUNT_PUBLISHED": str(folder / "shared")}
        return
    with object_store() as store:
        yield {"CROSSCOUNT_PUBLISHED": store.address, **store.keys}


@pytest.mark.timeout(900)  # six starts of the program on a busy machine
@pytest.mark.postgres
@pytest.mark.parametrize("way", ["folder", "store"])
def test_workers_elsewhere_show_what_is_published_and_all_end_when_asked(
    way: str, tmp_path: Path, new_data: MakeData, environment: Mapping[str, str]
) -> None:
    """Nothing is restarted for a new snapshot, nothing is lost at the end, and no secret is said."""
    url = fresh_database()
    with ExitStack() as stack:
        settings = {**environment, "CROSSCOUNT_DATABASE": url, **stack.enter_context(_shared(way, tmp_path))}
        workers = [Program(new_data(name), settings, "serve", "--port", "0") for name in ("one", "two")]
        home = new_data("home")
        refresher = Program(home, settings, "refresh", "--every", "1s")
        programs = [*workers, refresher]
        stack.callback(lambda: [program.process.kill() for program in programs])
        first = [_until(worker.shows, *programs) for worker in workers]
        assert len(set(first)) == 1
        for words in (("ingest", "-", "--publisher", "watch", "--published", "2024-12-05"), ("publish",)):
            command = [*PROGRAM, "--data", str(home), *words]
            subprocess.run(command, env=settings, input="Six people were killed in Northvale.", text=True, check=True, capture_output=True)
        seen = [_until(lambda w=worker: w.shows() if w.shows() not in first else "", *programs) for worker in workers]  # type: ignore[misc]
        assert len(set(seen)) == 1 and layout.number(seen[0]) > layout.number(first[0])
        assert [program.end() for program in programs] == [0, 0, 130]
        again = subprocess.run(
            [*PROGRAM, "--data", str(home), "refresh", "--due"], env=settings, text=True, check=True, capture_output=True
        )
    with Ledger.open(url) as ledger:
        assert (len(list(ledger.documents())), len(list(ledger.figures("tiny")))) == (41, 121)
    said = "".join(line for program in programs for line in program.told) + again.stderr + again.stdout
    assert SECRET not in said and "Traceback" not in said
