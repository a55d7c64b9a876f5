"""The same reading on the workers of a Dask cluster, which must have the same version of Crosscount installed.

Workers need no files of ours: the reader travels to each of them once, with the crisis, the places and the lexicons in it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ingest.cli.extraction import Answer, answers_of, in_order
from ingest.errors import SettingsError, SourceUnavailable
from ingest.extract import Reader
from ingest.pipeline.opening import reader_of
from ingest.settings import Settings

_BATCH = 100  # lines handed to a worker at a time
_AHEAD = 4  # batches per thread of the cluster that may wait
_PATIENCE = 10  # seconds for the scheduler to answer
_RETRIES = 2  # of a batch whose worker went away


def answers_on_cluster(lines: Iterable[bytes], settings: Settings, now: datetime, address: str) -> Iterator[Answer]:
    """The answer to every line, in order, from the workers of the Dask scheduler at `address`, such as `tcp://host:8786`.

    Raises `SettingsError` where Dask is not installed here or the workers have no Crosscount, and `SourceUnavailable` where
    no scheduler answers or it has no workers.
    """
    with _connected(address) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SourceUnavailable(f"The Dask scheduler at {address} has no workers; start some with: dask worker {address}")
        reader = client.scatter(reader_of(settings), broadcast=True, hash=False)

        def submit(batch: list[bytes]) -> Any:
            return client.submit(_read, batch, reader, now, pure=False, retries=_RETRIES)

        try:
            yield from in_order(lines, submit, size=_BATCH, ahead=threads * _AHEAD)
        except ImportError as error:
            raise SettingsError(f"The workers at {address} cannot read ({error}); install this version of Crosscount on each.") from error


def _read(lines: list[bytes], reader: Reader, now: datetime) -> list[Answer]:
    return list(answers_of(lines, reader, now))


def _connected(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  # an optional part, and slow to import
    except ImportError as error:
        raise SettingsError("extract --dask needs Dask; install it with: pip install 'crosscount[cluster]'") from error
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise SourceUnavailable(f"No Dask scheduler answers at {address} ({error}); start one with: dask scheduler") from error
