"""One writer at a time to a ledger on a server, whichever machine it is on: an advisory lock that the server holds for us.

It belongs to a connection, so a writer that is killed gives it back at once, and one whose machine vanished as soon as the server
notices (`engine` asks it to look every minute or so). Readers need no lock.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.model.failures import say
from ingest.model.unkept import Unkept
from ingest.store.engine import WRITER_LOCK, connectable, file_of
from ingest.store.faults import sentences

_LOOKS = 0.05  # seconds between two tries


class ServerTurn:
    """The right to write to the ledger at a URL; nothing to hold where it is a file. Turns of one thread may be nested."""

    def __init__(self, url: str, patience: float) -> None:
        """`patience` is how many seconds to wait for another writer."""
        self._engine = connectable(url)
        self._needed = file_of(self._engine) is None
        self._shown = self._engine.url.render_as_string(hide_password=True)
        self._patience = patience
        self._mine = threading.RLock()
        self._depth = 0

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the lock. Raises `StoreError` when somebody else keeps it for longer than the patience, or the server is away."""
        if not self._needed:
            yield
            return
        with self._mine:
            if self._depth:
                yield
                return
            self._depth += 1
            try:
                with self._connected() as connection:
                    yield
                    with sentences(self._shown):
                        connection.execute(sa.select(sa.func.pg_advisory_unlock(WRITER_LOCK)))
            finally:
                self._depth -= 1

    def close(self) -> None:
        """Give the connection back."""
        self._engine.dispose()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        """A connection that has the lock; where anything goes wrong inside, it is closed, and the lock with it."""
        with sentences(self._shown):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            self._wait(connection)
            yield connection
        except BaseException:
            connection.invalidate()
            raise
        finally:
            connection.close()

    def _wait(self, connection: sa.Connection) -> None:
        deadline = time.monotonic() + self._patience
        while True:
            with sentences(self._shown):
                if connection.scalar(sa.select(sa.func.pg_try_advisory_lock(WRITER_LOCK))):
                    return
            if time.monotonic() > deadline:
                raise StoreError(say(Unkept.OTHER_MACHINE, ledger=self._shown))
            time.sleep(_LOOKS)
