"""Killed a hundred times at any moment: nothing is half there, nothing is lost, nothing is there twice."""

import hashlib
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.model import snapshot as layout

KILLS = 100
FIRST = 20  # reports before the first kill; each round brings one more
SHOWN = 12  # of the newest that the feed shows while the kills go on: what a killed round missed is still there in the next ones
LONGEST_WAIT = 1.2  # seconds; on a busy machine a round takes longer, and the later kills then meet its later part
MakeData = Callable[[str], Path]


def _contents(data: Path) -> dict[str, set[str]]:
    """Every document of a ledger that opens and is whole, with the identities of its figures; archived bytes are whole too."""
    file = data / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        documents = connection.execute("SELECT document_id, archive_sha256 FROM documents").fetchall()
        figures = connection.execute("SELECT document_id, figure_id FROM figures").fetchall()
    assert len({one for one, _ in documents}) == len(documents) and len({one for _, one in figures}) == len(figures)
    for sha256 in {one for _, one in documents}:
        assert hashlib.sha256((data / "raw" / sha256[:2] / sha256).read_bytes()).hexdigest() == sha256
    return {document: {one for where, one in figures if where == document} for document, _ in documents}


def _check_published(data: Path) -> str:
    """Every version that can be seen is whole, file by file, and the pointer leads to one of them; returns its name."""
    root = data / "published" / "tiny"
    for folder in layout.versions(root):
        manifest = layout.manifest(folder)
        assert manifest.sha256 == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in manifest.sha256}
    current = layout.current(root)
    assert current is not None
    return current.name


def _round(data: Path) -> tuple[tuple[object, ...], ...]:
    """Ask for the reports of that time, which is long ago, and publish."""
    return ("--data", data, "refresh", "--since", "2024-12-01"), ("--data", data, "publish")


def _kill_at_random(forks: Any, seconds: float, data: Path) -> bool:
    """Start a refresh and the publication after it, and kill them within the time they need; whether the kill came before the end."""
    pid = forks.start_all(*_round(data))
    time.sleep(random.uniform(0, min(seconds, LONGEST_WAIT)))
    with suppress(ProcessLookupError):  # it was quicker
        os.kill(pid, signal.SIGKILL)
    return bool(forks.ended() == -signal.SIGKILL)


def _undisturbed(forks: Any, data: Path) -> float:
    """Refresh and publish to the end; returns the seconds it took."""
    began = time.monotonic()
    assert forks.run_all(*_round(data)).returncode == 0
    return time.monotonic() - began


@pytest.mark.timeout(900)
def test_a_hundred_kills_lose_nothing_and_leave_nothing_half_there(new_data: MakeData, forks: Any, publisher: Any) -> None:
    """Each round has a new report and a kill while it is fetched, kept, compared or published. After each, the ledger opens with whole
    documents only, as many as before or more, and the version readers see is whole. One more round, left alone, has everything once.
    """
    data = new_data("killed")
    publisher.answers["/feed/"] = publisher.feed(FIRST)
    _undisturbed(forks, data)
    seen, versions, hit = _contents(data), {_check_published(data)}, 0
    publisher.answers["/feed/"] = publisher.feed(FIRST + 1, SHOWN)
    seconds = _undisturbed(forks, data)
    for number in range(KILLS):
        publisher.answers["/feed/"] = publisher.feed(FIRST + 2 + number, SHOWN)
        hit += _kill_at_random(forks, seconds, data)
        found = _contents(data)
        assert seen.items() <= found.items()
        seen = found
        versions.add(_check_published(data))
    reports = FIRST + 1 + KILLS
    publisher.answers["/feed/"] = publisher.feed(reports)
    _undisturbed(forks, data)
    left_alone = new_data("left-alone")
    _undisturbed(forks, left_alone)
    wanted = _contents(left_alone)
    assert _contents(data) == wanted and len(wanted) == reports and sum(map(len, wanted.values())) == 3 * reports
    _check_published(data)
    folder = layout.current(data / "published" / "tiny")
    assert folder is not None
    ids = duckdb.read_parquet(layout.pattern(folder, "figures")).project("figure_id").fetchall()
    assert len(ids) == len(set(ids)) == layout.manifest(folder).rows["figures"] == 3 * reports
    assert not [path for path in folder.parent.iterdir() if path.name.startswith((".draft-", ".gone-", ".next-"))]
    assert hit > KILLS / 4, f"only {hit} kills came before the end"
    assert len(versions) > 1, "no round came to its end, so no publication was ever met"
