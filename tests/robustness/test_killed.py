"""Killed at any moment: nothing is half there, nothing is lost, nothing is there twice."""

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

from ingest.model import snapshot as layout

KILLS = 20
LONGEST_WAIT = 1.5  # seconds; on a busy machine a run takes longer, and the later kills then meet its later part
MakeData = Callable[[str], Path]


def _contents(data: Path) -> dict[str, set[str]]:
    """Every document of a ledger that opens and is whole, with the identities of its figures; archived bytes are whole too."""
    file = data / "ledger.sqlite"
    if not file.exists():
        return {}
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'figures'").fetchall():
            return {}
        documents = connection.execute("SELECT document_id, archive_sha256 FROM documents").fetchall()
        figures = connection.execute("SELECT document_id, figure_id FROM figures").fetchall()
    assert len({one for one, _ in documents}) == len(documents) and len({one for _, one in figures}) == len(figures)
    for sha256 in {one for _, one in documents}:
        assert hashlib.sha256((data / "raw" / sha256[:2] / sha256).read_bytes()).hexdigest() == sha256
    return {document: {one for where, one in figures if where == document} for document, _ in documents}


def _check_published(data: Path) -> None:
    """Every version that can be seen is whole, file by file, and the pointer leads to one of them."""
    root = data / "published" / "tiny"
    for folder in layout.versions(root):
        manifest = layout.manifest(folder)
        assert manifest.sha256 == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in manifest.sha256}
    if (root / layout.POINTER).exists():
        assert layout.current(root) is not None


def _kill_at_random(forks: Any, seconds: float, *words: object) -> bool:
    """Start a command line and kill it within the time it needs; whether the kill came before the end."""
    pid = forks.start(*words)
    time.sleep(random.uniform(0, min(seconds, LONGEST_WAIT)))
    with suppress(ProcessLookupError):  # it was quicker
        os.kill(pid, signal.SIGKILL)
    return bool(forks.ended() == -signal.SIGKILL)


def test_a_killed_refresh_leaves_whole_documents_and_a_later_one_completes(new_data: MakeData, forks: Any) -> None:
    """Twenty kills: each time the ledger opens with whole documents only; the run after them holds what one undisturbed run holds."""
    undisturbed, disturbed = new_data("undisturbed"), new_data("disturbed")
    began = time.monotonic()
    assert forks.run("--data", undisturbed, "refresh").returncode == 0
    seconds = time.monotonic() - began
    wanted = _contents(undisturbed)
    assert len(wanted) == 40 and sum(map(len, wanted.values())) == 120
    hit, seen = 0, set[str]()
    for _ in range(KILLS):
        hit += _kill_at_random(forks, seconds, "--data", disturbed, "refresh")
        found = _contents(disturbed)
        assert found.items() <= wanted.items()
        assert seen <= set(found)
        seen = set(found)
    assert forks.run("--data", disturbed, "refresh").returncode == 0
    assert _contents(disturbed) == wanted
    assert hit, "every kill came too late"


def test_a_killed_publication_leaves_the_snapshot_that_stood(new_data: MakeData, forks: Any, tmp_path: Path) -> None:
    """Twenty kills, each while something new is published: every visible version is whole, and the run after them publishes all."""
    data = new_data("data")
    assert forks.run("--data", data, "refresh").returncode == 0
    began = time.monotonic()
    assert forks.run("--data", data, "publish").returncode == 0
    seconds, hit = time.monotonic() - began, 0
    for number in range(KILLS):
        report = tmp_path / f"{number}.txt"
        report.write_text(
            f"publisher: watch\npublished: 2024-12-05\n---\n{200 + number} people were killed in Northvale.\n", encoding="utf-8"
        )
        assert forks.run("--data", data, "ingest", report).returncode == 0
        hit += _kill_at_random(forks, seconds, "--data", data, "publish")
        _check_published(data)
    assert forks.run("--data", data, "publish").returncode == 0
    _check_published(data)
    folder = layout.current(data / "published" / "tiny")
    assert folder is not None and layout.manifest(folder).rows["figures"] == 120 + KILLS
    ids = duckdb.read_parquet(str(folder / "figures.parquet")).project("figure_id").fetchall()
    assert len(ids) == len(set(ids)) == 120 + KILLS
    assert not [path for path in folder.parent.iterdir() if path.name.startswith((".draft-", ".gone-", ".next-"))]
    assert hit, "every kill came too late"
