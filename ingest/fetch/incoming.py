"""An answer while it arrives: counted and hashed, in memory while it is small, in a file from then on."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

FEW = 1_000_000  # bytes that are held in memory


@dataclass(slots=True)
class Incoming:
    """Bytes as they come. `partial` is the file they go to once they are more than `FEW`; nothing is there before, or after `drop`."""

    partial: Path
    size: int = 0
    _few: bytearray = field(default_factory=bytearray)
    _file: IO[bytes] | None = None
    _hash: Any = field(default_factory=hashlib.sha256)

    def write(self, chunk: bytes) -> None:
        """Add what came next. Raises `OSError` when it cannot be written."""
        self.size += len(chunk)
        self._hash.update(chunk)
        if self._file is None and self.size <= FEW:
            self._few += chunk
            return
        file = self._file or self._begun()
        file.write(chunk)

    @property
    def sha256(self) -> str:
        """The hash of what came until now, in hex."""
        return str(self._hash.hexdigest())

    @property
    def few(self) -> bytes:
        """Its beginning, all of it where it is small."""
        return bytes(self._few)

    @property
    def at_hand(self) -> bool:
        """Whether all of it is in memory."""
        return self._file is None

    def laid_down(self) -> Path:
        """The file with all of it, safely on the disk. Raises `OSError`."""
        file = self._file or self._begun()
        file.flush()
        os.fsync(file.fileno())
        file.close()
        return self.partial

    def drop(self) -> None:
        """Forget it, and remove its file where there is one. Raises `OSError`."""
        if self._file is not None:
            self._file.close()
            self.partial.unlink(missing_ok=True)

    def _begun(self) -> IO[bytes]:
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.partial.open("wb")
        self._file.write(self._few)
        return self._file
