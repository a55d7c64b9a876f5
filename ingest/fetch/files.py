"""Files on this machine as they are handed in: one file, a folder, or a zip, each file with its bytes and a name to show."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.apart import ask
from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable

_MEGABYTE = 1_000_000
LARGEST = 60 * _MEGABYTE
_LARGEST_ZIP = 1_000 * _MEGABYTE
_UNPACKED = 2_000 * _MEGABYTE

Refuse = Callable[[UnreadableDocument], None]


@dataclass(frozen=True, slots=True)
class LocalFile:
    """One file. `name` is its path as handed in, and inside a zip the zip's name and the path within."""

    name: str
    content: bytes


def files_at(path: Path, refuse: Refuse) -> Iterator[LocalFile]:
    """Yield the file, or those of the folder or zip in order of name; hidden files are passed over.

    What cannot be read is handed to `refuse` as a sentence, and the rest goes on. Raises `UnreadableDocument` when there is
    nothing at the path, or when it cannot be opened at all.
    """
    if path.is_dir():
        yield from _folder(path, refuse)
    elif _is_zip(path):
        yield from _zip(path, refuse)
    else:
        yield LocalFile(str(path), _content(path))


def _folder(folder: Path, refuse: Refuse) -> Iterator[LocalFile]:
    def unlisted(error: OSError) -> None:
        sentence = say(Unreadable.CLOSED, name=error.filename, answer=error.strerror)
        if Path(error.filename) == folder:
            raise UnreadableDocument(sentence) from error
        refuse(UnreadableDocument(sentence))

    for parent, folders, names in os.walk(folder, onerror=unlisted):  # links to folders are not followed
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = Path(parent, name)
            try:
                if _is_zip(path):
                    yield from _zip(path, refuse)
                else:
                    yield LocalFile(str(path), _content(path))
            except UnreadableDocument as error:
                refuse(error)


def _content(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UnreadableDocument(say(Unreadable.NOTHING_THERE, name=path))
        if not path.is_file():
            raise UnreadableDocument(say(Unreadable.NO_FILE_THERE, name=path))
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableDocument(_too_large(str(path), size))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(say(Unreadable.CLOSED, name=path, answer=error.strerror)) from error


def _is_zip(path: Path) -> bool:
    """Whether a file is a zip of reports: by its name, since a Word file is a zip as well."""
    return path.suffix.lower() == ".zip" and path.is_file()


def _zip(path: Path, refuse: Refuse) -> Iterator[LocalFile]:
    try:
        told = path.stat()
    except OSError as error:
        raise UnreadableDocument(say(Unreadable.CLOSED, name=path, answer=error.strerror)) from error
    if told.st_size > _LARGEST_ZIP:
        raise UnreadableDocument(_too_large(str(path), told.st_size, _LARGEST_ZIP))
    zipped = _Zip(path, (str(path.resolve()), told.st_size, told.st_mtime_ns))
    left = _UNPACKED
    for name, at in zipped.members():
        try:
            content = zipped.content(name, at)
        except UnreadableDocument as error:
            refuse(error)
            continue
        left -= len(content)
        if left < 0:
            raise UnreadableDocument(say(Unreadable.LARGE_ZIP, name=path, most=f"{_UNPACKED // _MEGABYTE:,}"))
        yield LocalFile(f"{path}/{name}", content)


@dataclass(frozen=True, slots=True)
class _Zip:
    """A zip, which is opened and unpacked apart. `file` is its place, size and time, by which it is known there."""

    path: Path
    file: tuple[str, int, int]

    def members(self) -> list[tuple[str, int]]:
        """The names of what it holds, in order, and where each stands in it; folders and hidden files are passed over."""
        listed = ask("zip members", b"", name=str(self.path), file=self.file)
        return sorted((name, at) for at, (name, is_folder) in enumerate(listed) if not is_folder and not _hidden(name))

    def content(self, member: str, at: int) -> bytes:
        """The bytes of one packed file, never further unpacked than the cap, whatever the zip says of its size."""
        name = f"{self.path}/{member}"
        if {"..", "/"} & set(_parts(member)) or ":" in member:
            raise UnreadableDocument(say(Unreadable.OUTSIDE_ZIP, name=name))
        if member.lower().endswith(".zip"):
            raise UnreadableDocument(say(Unreadable.ZIP_IN_ZIP, name=name))
        content: bytes
        content, stated = ask("zip member", b"", name=name, file=self.file, at=at, largest=LARGEST)
        if len(content) > LARGEST:
            raise UnreadableDocument(_too_large(name, max(stated, len(content))))
        return content


def _hidden(member: str) -> bool:
    return any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in _parts(member))


def _parts(member: str) -> tuple[str, ...]:
    return PurePosixPath(member.replace("\\", "/")).parts


def _too_large(name: str, size: int, largest: int = LARGEST) -> str:
    return say(Unreadable.LARGE_PART, name=name, size=f"{size / _MEGABYTE:,.1f}", most=f"{largest // _MEGABYTE:,}")
