"""Who is at work on the ledger: each program with an open run says so again and again, on whichever machine it is.

A run is at work while its writer is there. One whose process has ended on this machine is gone at once, however it ended; of one
elsewhere only the time since it last said so tells, by the clocks of both machines.
"""

import os
import platform
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.store import tables

BEAT = 20.0  # seconds between two signs of life
SILENT = timedelta(seconds=90)  # after which a writer counts as gone; our convention: four signs missed, or clocks that differ a little
_FORGOTTEN = timedelta(days=1)  # after which the note of a writer that ended without a word is removed

_Write = Callable[[Callable[[sa.Connection], None]], None]


@dataclass(slots=True)
class Presence:
    """This program's own note among the writers, kept fresh by a thread while it has open runs. `write` runs something that writes."""

    write: _Write
    writer_id: str = field(default_factory=lambda: "w" + os.urandom(8).hex())
    _open: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event | None = None

    def begin(self, connection: sa.Connection, run_id: str) -> None:
        """Be there for a run, from its own transaction on."""
        with self._lock:
            self._open.add(run_id)
            _say(connection, self.writer_id)
            if self._over is None:
                self._over = threading.Event()
                threading.Thread(target=self._beat, args=(self._over,), name="signs of life", daemon=True).start()

    def end(self, connection: sa.Connection, run_id: str) -> None:
        """A run is over; after the last one the note goes."""
        with self._lock:
            self._open.discard(run_id)
            if not self._open and self._over is not None:
                self._over.set()
                self._over = None
                _forget(connection, self.writer_id)

    def close(self) -> None:
        """Leave, whatever runs are open: nobody will end them any more."""
        with self._lock:
            over, self._over = self._over, None
            self._open.clear()
        if over is not None:
            over.set()
            with suppress(StoreError):  # the note of a writer that is silent says the same
                self.write(lambda connection: _forget(connection, self.writer_id))

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(BEAT):
            with suppress(StoreError):  # a busy ledger hears the next one
                self.write(lambda connection: _say(connection, self.writer_id, over))


def present(connection: sa.Connection) -> tuple[str, ...]:
    """The writers that are there, by their identities."""
    writer, now, here = tables.writers.c, datetime.now(UTC), _here()
    found = connection.execute(sa.select(writer.writer_id, writer.host, writer.pid, writer.beat_at)).all()
    return tuple(one for one, host, pid, beat_at in found if now - beat_at <= SILENT and (host != here or _runs(pid)))


def _say(connection: sa.Connection, writer_id: str, over: threading.Event | None = None) -> None:
    """Note that this writer is there; one whose last run has ended meanwhile says nothing any more."""
    if over is not None and over.is_set():
        return
    now, writer = datetime.now(UTC), tables.writers.c
    again = sa.update(tables.writers).where(writer.writer_id == writer_id).values(beat_at=now)
    if not connection.execute(again).rowcount:
        connection.execute(sa.delete(tables.writers).where(writer.beat_at < now - _FORGOTTEN))
        row = {"writer_id": writer_id, "host": _here(), "pid": os.getpid(), "beat_at": now}
        connection.execute(sa.insert(tables.writers), row)


def _forget(connection: sa.Connection, writer_id: str) -> None:
    connection.execute(sa.delete(tables.writers).where(tables.writers.c.writer_id == writer_id))


def _here() -> str:
    """Where process numbers mean the same: this machine, and on Linux this container of it."""
    with suppress(OSError):
        return f"{platform.node()} {Path('/proc/self/ns/pid').readlink()}"
    return platform.node()


def _runs(pid: int) -> bool:
    """Whether a process of that number is there; where asking might end it (Windows), it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
