"""Files that are read while another thread writes them to their end."""

from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from typing import IO, Any, Final

_CHUNK: Final = 1 << 16
_GLANCE: Final = 0.02  # seconds between two looks at what was added


def growing(path: Path, writing: "Future[Any]") -> Iterator[bytes]:
    """What is in the file, in chunks as it is added, until the writing ends, however that is.

    What was written once must not be written over.
    """
    file: IO[bytes] | None = None
    try:
        whole = False
        while not whole:
            wait([writing], timeout=_GLANCE)
            whole = writing.done()  # asked before it is read, so that nothing is left behind
            file = file or _opened(path)
            while file is not None and (chunk := file.read(_CHUNK)):
                yield chunk
    finally:
        if file is not None:
            file.close()


def _opened(path: Path) -> IO[bytes] | None:
    """The file; None while it is not there, or belongs to its writer alone, as on Windows."""
    try:
        return path.open("rb")
    except (FileNotFoundError, PermissionError):
        return None
