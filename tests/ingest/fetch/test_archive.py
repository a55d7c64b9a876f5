"""The archive of raw bytes."""

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta

import pytest

from ingest.errors import StoreError
from ingest.fetch.archive import Archive
from ingest.fetch.incoming import FEW


def test_bytes_come_back_by_their_hash(archive: Archive) -> None:
    """What was put is got by the SHA-256 of its content, from a file named after it."""
    sha256 = archive.put(b"a report")

    assert sha256 == hashlib.sha256(b"a report").hexdigest()
    assert archive.get(sha256) == b"a report"
    assert (archive.root / sha256[:2] / sha256).is_file()
    assert archive.has(sha256)


def test_nothing_is_overwritten(archive: Archive) -> None:
    """Putting the same bytes again leaves the file as it was."""
    path = archive.root / hashlib.sha256(b"x").hexdigest()[:2] / archive.put(b"x")
    before = path.stat().st_mtime_ns

    archive.put(b"x")

    assert path.stat().st_mtime_ns == before


def test_a_full_disk_is_a_sentence_and_leaves_nothing_behind(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fills up in the middle of a file, no name shows a half file and the sentence says what to do."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StoreError, match=r"disk is full; free some space"):
        archive.put(b"a long report")

    assert [path for path in archive.root.rglob("*") if path.is_file()] == []


def test_what_a_killed_program_left_half_written_goes(archive: Archive) -> None:
    """Once it is old; what is still arriving stays."""
    left = archive.receive()
    left.write(b"x" * 2 * FEW)
    assert archive.forget_partial(datetime.now(UTC) - timedelta(days=1)) == 0
    assert left.partial.is_file()
    assert archive.forget_partial(datetime.now(UTC) + timedelta(days=1)) > 0
    assert not left.partial.exists()


def test_a_damaged_file_is_noticed(archive: Archive) -> None:
    """Bytes that no longer match their name are refused instead of being read as the report."""
    sha256 = archive.put(b"as it was")
    (archive.root / sha256[:2] / sha256).write_bytes(b"as it is")

    with pytest.raises(StoreError, match="damaged"):
        archive.get(sha256)


def test_what_is_not_there_is_a_sentence(archive: Archive) -> None:
    """Asking for bytes that were never put, or for something that is no hash, says so."""
    assert not archive.has("0" * 64)
    with pytest.raises(StoreError, match="cannot be read"):
        archive.get("0" * 64)
    with pytest.raises(StoreError, match="not the SHA-256"):
        archive.get("../../secret")
