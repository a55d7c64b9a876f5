"""The archive of raw bytes: every answer is kept under the SHA-256 of its content, before anything reads it."""

import contextlib
import errno
import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

from ingest.errors import StoreError, UnreadableDocument
from ingest.fetch.incoming import FEW, Incoming
from ingest.fetch.tombstones import Tombstones
from ingest.model.failures import say
from ingest.model.unkept import Unkept
from ingest.model.unreadable import Phrase, Unreadable

_PARTIAL = "partial"  # the folder of what is still arriving
_CAUSES = {
    errno.ENOSPC: Phrase.DISK_FULL,
    errno.EDQUOT: Phrase.QUOTA,
    errno.EACCES: Phrase.DENIED,
    errno.EROFS: Phrase.READ_ONLY,
}


@dataclass(frozen=True, slots=True)
class Archive:
    """Content-addressed files under `root` (`ab/abcd...`). Nothing is ever overwritten, no name ever shows half a file, and nothing is
    removed but by `let_go`; what was taken down is not kept again.
    """

    root: Path

    def receive(self) -> Incoming:
        """Take in an answer that is still to come; `keep` it, or `drop` it."""
        return Incoming(self.root / _PARTIAL / uuid.uuid4().hex)

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hex. Raises `StoreError` when they cannot be written safely to disk,
        `UnreadableDocument` when they were taken down.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        self._refuse_taken_down(sha256)
        if not self._path(sha256).is_file():
            incoming = self.receive()
            with self.told(incoming):
                incoming.write(content)
            self.keep(incoming)
        return sha256

    def keep(self, incoming: Incoming) -> "Body":
        """Keep what came under its hash, in one step. Raises `StoreError` when it cannot be written safely to disk."""
        sha256, few = incoming.sha256, incoming.few if incoming.at_hand else None
        path = self._path(sha256)
        if self.taken_down(sha256):
            incoming.drop()
            self._refuse_taken_down(sha256)
        with self.told(incoming):
            if path.is_file():
                incoming.drop()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                incoming.laid_down().replace(path)
                _sync_folder(path.parent)
        return Body(self, sha256, incoming.size, few)

    @contextlib.contextmanager
    def told(self, incoming: Incoming) -> Iterator[None]:
        """What the disk refuses, as a `StoreError` with a sentence; what came until then is dropped."""
        try:
            yield
        except OSError as error:
            with contextlib.suppress(OSError):
                incoming.drop()
            cause = _CAUSES.get(error.errno or 0, f"{error.strerror}; check the disk")
            raise StoreError(say(Unkept.NOT_ARCHIVED, count=f"{incoming.size:,}", folder=self.root, how=cause)) from error

    def body(self, sha256: str) -> "Body":
        """What is kept under that hash, held in memory only where it is small. Raises as `get` does."""
        size = self.size(sha256)
        if size <= FEW:
            return Body(self, sha256, size, self.get(sha256))
        with self.open(sha256) as file:
            self._require_same(sha256, hashlib.file_digest(file, "sha256").hexdigest())
        return Body(self, sha256, size, None)

    def open(self, sha256: str) -> io.BufferedReader:
        """The file of the bytes kept under that hash. Raises `StoreError` when it is missing."""
        try:
            return self._path(sha256).open("rb")
        except OSError as error:
            raise StoreError(say(Unkept.ARCHIVE_UNREAD, name=self._path(sha256), answer=error.strerror)) from error

    def get(self, sha256: str) -> bytes:
        """The bytes kept under that hash. Raises `StoreError` when they are missing or no longer what they were."""
        with self.open(sha256) as file:
            content = file.read()
        self._require_same(sha256, hashlib.sha256(content).hexdigest())
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

    def taken_down(self, sha256: str) -> bool:
        """Whether bytes of that hash were taken down and may not be kept again."""
        return sha256 in Tombstones(self.root).bodies()

    def _refuse_taken_down(self, sha256: str) -> None:
        if self.taken_down(sha256):
            raise UnreadableDocument(say(Unreadable.TAKEN_DOWN_REPORT, hash=sha256[:12]))

    def forget_partial(self, before: datetime) -> int:
        """Remove what programs that were killed left half written before a time; returns how many bytes."""
        size = 0
        for path in self.root.glob(f"{_PARTIAL}/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < before.timestamp():
                    size += path.stat().st_size
                    path.unlink()
        return size

    def _require_same(self, sha256: str, found: str) -> None:
        if found != sha256:
            raise StoreError(say(Unkept.ARCHIVE_DAMAGED, name=self._path(sha256)))

    def _path(self, sha256: str) -> Path:
        if len(sha256) != hashlib.sha256().digest_size * 2 or not sha256.isalnum():
            raise StoreError(f"{sha256!r} is not the SHA-256 of an archived report.")
        return self.root / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an archived answer, in memory only where they are few; `open` and `chunks` read the others as they are wanted."""

    archive: Archive = field(repr=False)
    sha256: str
    size: int
    few: bytes | None = field(repr=False)

    @property
    def content(self) -> bytes:
        """All of it at once. Raises `StoreError` as `Archive.get` does."""
        return self.archive.get(self.sha256) if self.few is None else self.few

    def open(self) -> IO[bytes]:
        """As a file. Raises `StoreError` when it is missing."""
        return self.archive.open(self.sha256) if self.few is None else io.BytesIO(self.few)

    def chunks(self, size: int = FEW) -> Iterator[bytes]:
        """One piece after the other. Raises as `open` does."""
        with self.open() as file:
            yield from iter(partial(file.read, size), b"")

    def head(self, size: int) -> bytes:
        """So many bytes of its beginning."""
        with self.open() as file:
            return file.read(size)

    def tail(self, size: int) -> bytes:
        """So many bytes of its end."""
        with self.open() as file:
            file.seek(max(self.size - size, 0))
            return file.read()


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the platform can (Windows cannot open a folder)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
