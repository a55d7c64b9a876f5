"""Who may write when."""

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import StoreError
from ingest.pipeline.lock import Writer
from ingest.settings import Settings
from ingest.store import Ledger

_spec = importlib.util.spec_from_file_location("crosscount_tests_ledger", Path(__file__).parents[1] / "store" / "conftest.py")
assert _spec
assert _spec.loader
_ledger = sys.modules.setdefault("crosscount_tests_ledger", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(_ledger)
url = _ledger.url

WRITER = """
import sys
from pathlib import Path
from ingest.pipeline.lock import Writer
from ingest.settings import load
with Writer(load({"CROSSCOUNT_DATABASE": sys.argv[2]}, Path(sys.argv[1]))).turn():
    print("held", flush=True)
    sys.stdin.read()
"""
HOLD = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_keeps_the_lock_is_told_in_a_sentence(settings: Settings) -> None:
    """A writer that waited long enough says who is in the way and what to do; afterwards it gets its turn."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD, settings.lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdin and holder.stdout
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match=r"Another crosscount is writing to .*; wait until it is done"), Writer(settings, 0.1).turn():
            pytest.fail("two writers at once")
        holder.stdin.close()
        holder.wait()
    with Writer(settings, 0.1).turn():
        pass


def test_threads_write_one_after_the_other(settings: Settings) -> None:
    """Turns of one program exclude one another, and a turn inside a turn is the same turn."""
    writer, inside, most = Writer(settings), [0], [0]

    def work() -> None:
        for _ in range(20):
            with writer.turn(), writer.turn():
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


@contextmanager
def _writing(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Another program that has its turn, in that data folder and ledger, until it is ended or killed."""
    command = [sys.executable, "-c", WRITER, settings.data, settings.database]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin and holder.stdout
        assert holder.stdout.readline() == b"held\n"
        yield holder
        holder.stdin.close()


@pytest.mark.parametrize("end", ["done", "killed"])
def test_a_writer_that_ends_or_is_killed_gives_its_turn_back(settings: Settings, url: str, end: str) -> None:
    """On either database: refused while it writes, let in when it is done, and also when it died without a word."""
    here = replace(settings, database=url)
    with _writing(here) as other:
        with pytest.raises(StoreError, match="Another crosscount"), Writer(here, 0.1).turn():
            pytest.fail("two writers at once")
        if end == "killed":
            other.kill()
            other.wait()
            with closing(Writer(here, 20)) as writer, writer.turn():
                return
    with closing(Writer(here, 20)) as writer, writer.turn(), writer.turn():
        pass


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_machines_that_share_a_server_write_one_after_the_other(settings: Settings, url: str, tmp_path: Path) -> None:
    """Two data folders, one ledger: the lock file is another, and the server still lets only one write; readers are let in."""
    here, there = replace(settings, database=url), replace(settings, database=url, data=tmp_path / "there")
    with _writing(there):
        with pytest.raises(StoreError, match="perhaps on another machine"), Writer(here, 0.1).turn():
            pytest.fail("two writers at once")
        with Ledger.open(url) as ledger:
            assert list(ledger.documents()) == []


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_a_turn_that_fails_is_given_back(settings: Settings, url: str) -> None:
    """What goes wrong inside a turn keeps nobody else out."""
    here = replace(settings, database=url)
    with closing(Writer(here)) as writer:
        with pytest.raises(ZeroDivisionError), writer.turn():
            _ = 1 / 0
        with closing(Writer(here, 0.1)) as other, other.turn():
            pass
