"""One writer at a time, across threads, processes and machines: whoever adds to the ledger or publishes holds the lock file of the
data folder and, where the ledger is on a server, the server's lock.

The system gives a lock file back when its holder dies, however it dies; the file itself says nothing and may stay.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from ingest.errors import StoreError
from ingest.model.failures import say
from ingest.model.unkept import Unkept
from ingest.settings import Settings
from ingest.store.turns import ServerTurn

PATIENCE = 60.0  # seconds; a writer keeps its turn for one document or one publication, never while it waits for a network


class Writer:
    """The right to write. `with writer.turn():` waits up to `patience` seconds for it; turns may be nested."""

    def __init__(self, settings: Settings, patience: float = PATIENCE) -> None:
        self._path = settings.lock
        self._lock = FileLock(settings.lock, timeout=patience)
        self._server = ServerTurn(settings.database, patience)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the locks. Raises `StoreError` when another process keeps one for longer than the patience."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StoreError(say(Unkept.OTHER_WRITER, folder=self._path.parent)) from error
        try:
            with self._server.hold():
                yield
        finally:
            self._lock.release()

    def close(self) -> None:
        """Give the connection to the server back."""
        self._server.close()
