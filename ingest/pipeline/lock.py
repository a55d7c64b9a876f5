"""One writer at a time, across threads and processes: whoever adds to the ledger or publishes holds the lock file."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from ingest.errors import StoreError
from ingest.settings import Settings

PATIENCE = 60.0  # seconds; a writer keeps its turn for one document or one publication, never while it waits for a network


class Writer:
    """The right to write. `with writer.turn():` waits up to `patience` seconds for it; turns may be nested."""

    def __init__(self, settings: Settings, patience: float = PATIENCE) -> None:
        self._path = settings.lock
        self._lock = FileLock(settings.lock, timeout=patience)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the lock. Raises `StoreError` when another process keeps it for longer than the patience."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise StoreError(
                f"Another crosscount is writing to {self._path.parent}; wait until it is done or stop it, then run this again."
            ) from error
        try:
            yield
        finally:
            self._lock.release()
