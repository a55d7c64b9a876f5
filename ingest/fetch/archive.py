"""The archive of raw bytes: every answer is kept under the SHA-256 of its content, before anything reads it."""

import contextlib
import errno
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import StoreError

_CAUSES = {
    errno.ENOSPC: "the disk is full; free some space and run it again",
    errno.EDQUOT: "the disk quota is used up; free some space and run it again",
    errno.EACCES: "permission is denied; make the folder writable or set CROSSCOUNT_DATA to another one",
    errno.EROFS: "the disk is read-only; set CROSSCOUNT_DATA to a folder that can be written",
}


@dataclass(frozen=True, slots=True)
class Archive:
    """Content-addressed files under `root` (`ab/abcd...`). Nothing is ever overwritten, no name ever shows half a file, and nothing is
    removed but by `let_go`.
    """

    root: Path

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hex. Raises `StoreError` when they cannot be written safely to disk."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.is_file():
            return sha256
        partial = self.root / "partial" / uuid.uuid4().hex
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.parent.mkdir(parents=True, exist_ok=True)
            _write_synced(partial, content)
            partial.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            cause = _CAUSES.get(error.errno or 0, f"{error.strerror}; check the disk")
            raise StoreError(f"A report of {len(content):,} bytes could not be archived in {self.root}: {cause}.") from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes kept under that hash. Raises `StoreError` when they are missing or no longer what they were."""
        try:
            content = self._path(sha256).read_bytes()
        except OSError as error:
            raise StoreError(f"{self._path(sha256)} cannot be read ({error.strerror}); fetch the report again.") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"{self._path(sha256)} is damaged: its content is not what its name says; remove it and fetch it again.")
        return content

    def has(self, sha256: str) -> bool:
        """Whether bytes are kept under that hash."""
        return bool(sha256) and self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """How many bytes are kept under that hash; none where it is not there."""
        return self._path(sha256).stat().st_size if self.has(sha256) else 0

    def total(self) -> tuple[int, int]:
        """How many bytes all files have together, and how many files there are."""
        sizes = [path.stat().st_size for path in self.files()]
        return sum(sizes), len(sizes)

    def files(self) -> Iterator[Path]:
        """Every file that is kept, each under the name of its hash."""
        return (path for path in self.root.glob("??/*") if path.is_file()) if self.root.is_dir() else iter(())

    def let_go(self, sha256: str) -> int:
        """Remove the bytes under that hash; returns how many they were. Raises `StoreError` when they cannot be removed."""
        size = self.size(sha256)
        try:
            self._path(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self._path(sha256)} cannot be removed ({error.strerror}); check its permissions.") from error
        return size

    def _path(self, sha256: str) -> Path:
        if len(sha256) != hashlib.sha256().digest_size * 2 or not sha256.isalnum():
            raise StoreError(f"{sha256!r} is not the SHA-256 of an archived report.")
        return self.root / sha256[:2] / sha256


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the platform can (Windows cannot open a folder)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
