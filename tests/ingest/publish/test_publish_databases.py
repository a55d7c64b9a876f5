"""A snapshot does not show which database the ledger is on."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.model.snapshot import MANIFEST
from ingest.model.vocabulary import Review
from ingest.store import Ledger


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_postgresql_and_sqlite_publish_the_same_bytes(newsroom: Any, url: str, tmp_path: Path) -> None:
    """The same rows in either database are the same files."""
    figures = [
        newsroom.add(
            adm1_id=f"SY0{number % 5}", lat=number / 7, event_end=date(2024, 12, 1 + number % 9), group_label=f"مدنيون {number} ٪ %"
        )
        for number in range(40)
    ]
    seen = datetime(2024, 12, 1, 9, 30, tzinfo=UTC)
    first = newsroom.publish()
    with Ledger.open(url) as server:
        documents = list(newsroom.ledger.documents())
        server.add(documents, figures, seen)
        second = replace(newsroom, ledger=server, settings=replace(newsroom.settings, data=tmp_path / "other")).publish()
        assert _hash(second.path) == _hash(first.path)
        server.add_review(figures[0].figure_id, Review.REJECTED, "Amal", "", seen)
        newsroom.ledger.add_review(figures[0].figure_id, Review.REJECTED, "Amal", "", seen)
        third = replace(newsroom, ledger=server, settings=replace(newsroom.settings, data=tmp_path / "other")).publish()
        assert _hash(third.path) == _hash(newsroom.publish().path)


def _hash(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
