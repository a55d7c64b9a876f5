"""A writer that is killed at any moment leaves whole documents, and the same run again completes them."""

import random
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.store import Ledger

ROUNDS = 20
BATCH = {"count": 8, "figures": 12}


def test_whole_documents_or_none(url: str, doomed: Any, dice: random.Random) -> None:
    """After twenty kills at random moments every document has all its figures, and running again adds what is missing, once."""
    doomed.run("add", url=url, batch=0, **BATCH)
    assert doomed.kill_often(dice, ({"job": "add", "url": url, "batch": batch, **BATCH} for batch in range(1, ROUNDS + 1))) > 0
    with Ledger.open(url) as ledger:
        _assert_whole(ledger)
        assert {run.outcome for run in ledger.runs()[1:]} <= {"ok", "interrupted"}
        for batch in range(1, ROUNDS + 1):
            for document, figures in doomed.module.reports(batch, **BATCH):
                ledger.add([document], figures, doomed.module.START)
        counted = _assert_whole(ledger)
        assert len(counted) == (ROUNDS + 1) * BATCH["count"]


def _assert_whole(ledger: Ledger) -> Counter[str]:
    """Every document has all its figures, none twice, and every figure a document."""
    if ledger.path:
        connection = sqlite3.connect(ledger.path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
    figures = list(ledger.figures("test"))
    assert len({figure.figure_id for figure in figures}) == len(figures)
    counted = Counter(figure.document_id for figure in figures)
    assert set(counted) == {document.document_id for document in ledger.documents()}
    assert set(counted.values()) <= {BATCH["figures"]}
    return counted


def test_a_ledger_half_made_is_made(tmp_path: Path, doomed: Any, dice: random.Random) -> None:
    """Killed while the tables are being made, the ledger opens the next time as if nothing had been."""
    urls = [f"sqlite:///{tmp_path / f'ledger-{number}.sqlite'}" for number in range(12)]
    assert doomed.kill_often(dice, ({"job": "open", "url": url} for url in urls)) > 0
    for url in urls:
        with Ledger.open(url) as ledger:
            assert list(ledger.documents()) == []
