"""Reading a release in a process of its own that is ended when it takes too long or too much: its files come from elsewhere, and
neither size nor name bounds what a parser needs for them.
"""

import contextlib
import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.errors import CrosscountError, UnreadableDocument
from ingest.places.cod import Release, read_release


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds, and bytes of address space where the platform can bound it; a large country's release takes a tenth of either."""

    seconds: float = 600.0
    memory: int = 8 << 30


def read_bounded(path: Path, country: str, bounds: Bounds = Bounds()) -> Release:
    """Read a release as `read_release` does, within bounds. Raises `UnreadableDocument` as it does, and where the bounds are met."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    child = spawning.Process(target=_work, args=(theirs, path, country, bounds.memory), daemon=True)
    child.start()
    theirs.close()
    answer: Release | str | None = None
    try:
        with ours, contextlib.suppress(EOFError):
            answer = ours.recv() if ours.poll(bounds.seconds) else None
    finally:
        child.kill()
        child.join()
    if isinstance(answer, Release):
        return answer
    raise UnreadableDocument(
        answer
        or f"{path.name} could not be read within {bounds.seconds:g} seconds or within memory; unpack it and give only the layers needed."
    )


def _work(answers: Connection, path: Path, country: str, memory: int) -> None:
    """What the process does: one release, or the sentence why there is none."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 -- POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(MemoryError):
        try:
            answers.send(read_release(path, country))
        except CrosscountError as error:
            answers.send(str(error))
