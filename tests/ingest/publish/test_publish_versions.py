"""Old versions go, but never from under a reader; what a killed publication left is cleared away."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.snapshot import POINTER
from ingest.publish import current, versions

Rows = Callable[[Path, str], list[dict[str, Any]]]


def _names(root: Path) -> list[str]:
    return [path.name for path in layout.versions(root)]


def test_the_last_five_are_kept(newsroom: Any) -> None:
    """Published a day apart, only the newest five versions are on disk."""
    published = []
    for _ in range(8):
        newsroom.add()
        published.append(newsroom.publish(later=timedelta(days=1)).id)
    assert _names(newsroom.root) == published[-5:]


def test_a_version_stays_an_hour_after_it_was_replaced(newsroom: Any) -> None:
    """However old a version is, a reader that opened it just before it was replaced has an hour to finish."""
    newsroom.add()
    old = newsroom.publish()
    newsroom.clock += timedelta(days=30)
    for _ in range(7):
        newsroom.add()
        newsroom.publish(later=timedelta(minutes=1))
    assert _names(newsroom.root)[0] == old.id
    newsroom.add()
    newsroom.publish(later=timedelta(hours=2))
    assert len(_names(newsroom.root)) == 5


def test_a_clock_set_back_removes_nothing_that_is_read(newsroom: Any) -> None:
    """When the clock jumps back the numbers go on rising, and the newest version is the current one."""
    published = []
    for _ in range(8):
        newsroom.add()
        published.append(newsroom.publish(later=-timedelta(days=1)).id)
    assert _names(newsroom.root) == published
    assert current(newsroom.root) == newsroom.root / published[-1]


def test_what_a_killed_publication_left_is_cleared(newsroom: Any) -> None:
    """Drafts, half-removed versions and waiting pointers are gone after the next publication; strangers' files are not touched."""
    newsroom.add()
    newsroom.publish()
    (newsroom.root / ".draft-1" / "spill").mkdir(parents=True)
    (newsroom.root / ".draft-1" / "figures.parquet").write_text("half")
    (newsroom.root / ".gone-000001-aaaaaaaaaaaa").mkdir()
    (newsroom.root / ".next-1").write_text("000009")
    (newsroom.root / "notes.txt").write_text("mine")
    newsroom.add()
    published = newsroom.publish()
    assert {path.name for path in newsroom.root.iterdir()} == {*_names(newsroom.root), POINTER, ".publish.lock", "notes.txt"}
    assert current(newsroom.root) == published.path


def test_a_version_never_pointed_at_is_passed_over(newsroom: Any) -> None:
    """Killed between naming and pointing, the next publication takes the next number and readers never saw the orphan."""
    newsroom.add()
    first = newsroom.publish()
    newsroom.add()
    second = newsroom.publish()
    (newsroom.root / POINTER).write_text(first.id + "\n")
    third = newsroom.publish()
    assert layout.number(third.id) == layout.number(second.id) + 1
    assert current(newsroom.root) == third.path
    assert layout.manifest(third.path).previous == first.id


def test_one_publication_at_a_time(newsroom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another publication does not end, this one says so and leaves everything as it is."""
    monkeypatch.setattr(versions, "PATIENCE", 0.1)
    newsroom.root.mkdir(parents=True)
    with FileLock(newsroom.root / ".publish.lock"), pytest.raises(StoreError, match=r"Another publication to .* is under way"):
        newsroom.publish()
    assert newsroom.publish().changed


def test_readers_see_one_version_or_the_other(newsroom: Any) -> None:
    """While eight versions are published in a row, every reader finds tables that belong together, and later ones only grow."""
    newsroom.add()
    newsroom.publish()
    done = threading.Event()
    seen: list[list[tuple[int, int, int, int]]] = [[], []]
    failures: list[BaseException] = []

    def read(found: list[tuple[int, int, int, int]]) -> None:
        try:
            while not done.wait(0.002):
                folder = current(newsroom.root)
                assert folder
                counted = []
                for table in ("figures", "documents"):
                    with duckdb.connect() as connection:
                        query = "SELECT count(*) FROM read_parquet(?)"
                        counted.append(connection.execute(query, [layout.pattern(folder, table)]).fetchall()[0][0])
                found.append((layout.number(folder.name), layout.manifest(folder).rows["figures"], *counted))
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read, args=(found,)) for found in seen]
    for reader in readers:
        reader.start()
    for _ in range(8):
        newsroom.add()
        newsroom.publish()
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    for found in seen:
        assert found == sorted(found)
        assert all(told == figures == documents for _, told, figures, documents in found)
    assert len({number for found in seen for number, *_ in found}) > 1
