"""Who may write when."""

import subprocess
import sys
import threading

import pytest

from ingest.errors import StoreError
from ingest.pipeline.lock import Writer
from ingest.settings import Settings

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
