"""What became of archived bytes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.fetch.archive import Archive
from ingest.fetch.copies import Copy, Standing, copy_of
from ingest.fetch.retention import Holding, Retention
from ingest.fetch.tombstones import Tombstone, Tombstones

NOW = datetime(2024, 12, 9, tzinfo=UTC)
WEEK = Retention(licences={"*reserved*": 7})


@pytest.fixture
def kept(archive: Archive) -> Holding:
    """A report of eight days ago that lies in the archive."""
    return Holding(archive.put(b"<p>A report.</p>"), "northvale", "All rights reserved", NOW - timedelta(days=8))


def test_bytes_that_lie_there_are_here(archive: Archive, kept: Holding) -> None:
    """With their size, also where a rule would let them go and nobody has."""
    assert copy_of(archive, [kept], WEEK, NOW) == Copy(Standing.HERE, 16)


def test_bytes_are_let_go_where_no_rule_keeps_them_and_missing_where_one_does(archive: Archive, kept: Holding) -> None:
    """One document that may be kept longer is enough to make missing bytes a loss."""
    archive.let_go(kept.sha256)
    assert copy_of(archive, [kept], WEEK, NOW).standing is Standing.LET_GO
    assert copy_of(archive, [kept], Retention(), NOW).standing is Standing.ABSENT
    assert copy_of(archive, [kept, replace(kept, licence="CC BY 4.0")], WEEK, NOW).standing is Standing.ABSENT


def test_what_was_taken_down_is_not_here_whatever_lies_there(archive: Archive, kept: Holding) -> None:
    """The marker alone decides, and says why."""
    notes = ("At the request of a family.", "بطلب من عائلة.", "")
    Tombstones(archive.root).add(Tombstone("k1", ("d1",), (kept.sha256,), (), notes, "desk", NOW))
    assert archive.has(kept.sha256)
    assert copy_of(archive, [kept], Retention(), NOW) == Copy(Standing.TAKEN_DOWN, notes=notes)
