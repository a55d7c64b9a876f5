"""Versions of a snapshot on disk: drafted under a name nobody reads, made durable, named, pointed at, and at last removed.

A process may be killed, or the power cut, between any two lines here: readers then see the version before, and the next
publication clears away what was left.
"""

import contextlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.ids import digest
from ingest.model.snapshot import MANIFEST, POINTER, Manifest

KEPT = 5
GRACE = timedelta(hours=1)  # a reader that opened a version may go on reading it this long after another took its place
PATIENCE = 60.0  # seconds to wait for another publication of the same crisis
WAITING = ".next-"  # in front of the name of a file that is about to take its place
_DRAFT, _GONE = ".draft-", ".gone-"


@contextmanager
def turn(root: Path) -> Iterator[None]:
    """One publication of a crisis at a time. Raises `StoreError` when another one does not end."""
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / ".publish.lock", timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(f"Another publication to {root} is under way; wait until it is done or stop it, then publish again.") from error
    try:
        yield
    finally:
        lock.release()


def tidy_up(root: Path) -> None:
    """Remove what a killed publication left; to be called only in one's turn, when nobody else can be writing."""
    for path in root.iterdir():
        if path.name.startswith((_DRAFT, _GONE)):
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(WAITING):
            path.unlink(missing_ok=True)


@contextmanager
def draft(root: Path) -> Iterator[Path]:
    """A folder to write a version into, gone afterwards unless it was placed."""
    folder = root / f"{_DRAFT}{uuid.uuid4().hex}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(root: Path, folder: Path, manifest: Manifest, previous: str) -> Path:
    """Make a draft durable and give it its name: the next number and a digest of its contents. Returns the named folder."""
    shutil.rmtree(folder / "spill", ignore_errors=True)
    numbers = [layout.number(path.name) for path in root.iterdir()]
    contents = digest(manifest.crisis, manifest.program, *(part for pair in sorted(manifest.sha256.items()) for part in pair), length=12)
    name = layout.name(max(numbers, default=0) + 1, contents)
    text = replace(manifest, id=name, previous=previous).text()
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return settle(folder, root / name)


def settle(folder: Path, placed: Path) -> Path:
    """Bring all of a draft to the disk, and only then give it its name, which is returned."""
    for path in folder.rglob("*"):
        if path.is_dir() or path.stat().st_nlink == 1:  # a file that another version has too is on the disk since then
            _sync(path)
    _sync(folder)
    folder.rename(placed)
    _sync(placed.parent)
    return placed


def point(root: Path, name: str) -> None:
    """Let readers have that version, from one moment to the next."""
    waiting = root / f"{WAITING}{uuid.uuid4().hex}"
    waiting.write_text(name + "\n", encoding="ascii", newline="\n")
    _sync(waiting)
    _replace(waiting, root / POINTER)
    _sync(root)


def prune(root: Path, now: datetime) -> None:
    """Remove versions beyond the last few, each no earlier than an hour after another took its place."""
    current = layout.current(root)
    for version, successor in pairwise(layout.versions(root)[: 1 - KEPT]):
        if version == current or layout.manifest(successor).created_at > now - GRACE:
            continue
        remove(version)


def remove(version: Path) -> None:
    """First out of sight, so that a version that has its name is whole even when the removal is cut short."""
    gone = version.with_name(f"{_GONE}{version.name}")
    with contextlib.suppress(OSError):  # a file held open on Windows; the next publication tries again
        version.rename(gone)
        shutil.rmtree(gone)


def _replace(source: Path, target: Path) -> None:
    """Replace a file. Windows refuses while somebody reads the old one, which takes a moment."""
    for attempt in range(40):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt" or attempt == 39:
                raise
            time.sleep(0.05)
        else:
            return


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk. Windows cannot open a folder, and needs to open a file for writing."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
