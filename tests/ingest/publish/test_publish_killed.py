"""A publication that is killed at any moment leaves readers a whole version, and the next one completes."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from ingest.model import snapshot as layout
from ingest.model.snapshot import MANIFEST, POINTER
from ingest.publish import current
from ingest.store import Ledger

ROUNDS = 20


def _published_figures(root: Path) -> set[str]:
    """The figures of the current version, after checking that every file of it is what its manifest says."""
    folder = current(root)
    assert folder
    manifest = layout.manifest(folder)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    found = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == dict(manifest.sha256)
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT figure_id FROM read_parquet(?)", [layout.pattern(folder, "figures")]).fetchall()
    assert len(rows) == len(set(rows)) == manifest.rows["figures"]
    return {identity for (identity,) in rows}


def test_nothing_is_ever_half_published(tmp_path: Path, sqlite_url: str, doomed: Any, dice: random.Random) -> None:
    """After each of twenty kills the current version is whole and holds all that was published before; the last run has every row."""
    root = tmp_path / "published" / "test"
    order = {"url": sqlite_url, "data": str(tmp_path)}
    module = doomed.module

    def add(batch: int) -> None:
        with Ledger.open(sqlite_url) as ledger:
            for document, figures in module.reports(batch, 4, 10):
                ledger.add([document], figures, module.START)

    add(0)
    doomed.run("publish", hours=0, **order)
    before = _published_figures(root)

    def rounds() -> Iterator[dict[str, Any]]:
        nonlocal before
        for number in range(1, ROUNDS + 1):
            after = _published_figures(root)
            assert before <= after
            before = after
            add(number)
            yield {"job": "publish", "hours": 2 * number, **order}

    assert doomed.kill_often(dice, rounds()) > 0
    assert before <= _published_figures(root)
    doomed.run("publish", hours=2 * ROUNDS + 2, **order)
    with Ledger.open(sqlite_url) as ledger:
        assert _published_figures(root) == {figure.figure_id for figure in ledger.figures("test")}
    names = [path.name for path in layout.versions(root)]
    assert len(names) <= 6, "the last five, and one that may have been replaced within the hour"
    assert {path.name for path in root.iterdir()} == {*names, POINTER, ".publish.lock"}
