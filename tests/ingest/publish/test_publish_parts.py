"""A version is divided by month, and a month that nothing touched is the file it was."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.model import snapshot as layout

Rows = Callable[[Path, str], list[dict[str, Any]]]
MONTHS = [datetime(2024, 11, 28, tzinfo=UTC), datetime(2024, 12, 5, tzinfo=UTC), datetime(2025, 1, 3, tzinfo=UTC)]


def _names(folder: Path, table: str) -> list[str]:
    return sorted(path.name for path in (folder / table).iterdir())


def test_each_month_is_a_file_and_what_came_before_the_crisis_is_one(newsroom: Any, rows: Rows) -> None:
    """By the month of publication (UTC); every figure is in one of them."""
    for moment in (*MONTHS, datetime(2023, 5, 1, tzinfo=UTC), datetime(1998, 1, 1, tzinfo=UTC)):
        newsroom.add(published_at=moment)
    published = newsroom.publish()
    assert _names(published.path, "figures") == ["2024-11.parquet", "2024-12.parquet", "2025-01.parquet", "earlier.parquet"]
    assert _names(published.path, layout.FIGURES_CSV) == ["2024-11.csv", "2024-12.csv", "2025-01.csv", "earlier.csv"]
    assert len(rows(published.path, "figures")) == published.tables["figures"] == 5


def test_a_month_that_nothing_touched_is_the_file_it_was(newsroom: Any) -> None:
    """One file with a name in both versions, with the same hash in both manifests; the month with news is another."""
    for moment in MONTHS:
        newsroom.add(published_at=moment)
    first = newsroom.publish()
    newsroom.add(published_at=MONTHS[2])
    second = newsroom.publish()
    for table, suffix in (("figures", "parquet"), (layout.FIGURES_CSV, "csv")):
        files = [f"{table}/{month}.{suffix}" for month in ("2024-11", "2024-12", "2025-01")]
        assert [(first.path / file).samefile(second.path / file) for file in files] == [True, True, False]
    before, after = (layout.manifest(one.path).sha256 for one in (first, second))
    changed = {file for file in after if before[file] != after[file]}
    assert {"figures/2025-01.parquet", "figures-csv/2025-01.csv"} < changed
    assert not {file for file in changed if "2024" in file and file.startswith("figures")}


def test_versions_that_go_leave_the_files_they_shared(newsroom: Any, rows: Rows) -> None:
    """What a removed version had in common with a later one is still there."""
    newsroom.add(published_at=MONTHS[0])
    first = newsroom.publish()
    for _ in range(7):
        newsroom.add(published_at=MONTHS[2])
        last = newsroom.publish(later=timedelta(hours=2))
    assert not first.path.exists()
    assert len(rows(last.path, "figures")) == 8


def test_where_files_cannot_have_two_names_they_are_copied(newsroom: Any, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links costs space and nothing else."""

    def refused(*_: object) -> None:
        raise OSError("Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    newsroom.add(published_at=MONTHS[0])
    newsroom.publish()
    newsroom.add(published_at=MONTHS[1])
    second = newsroom.publish()
    assert len(rows(second.path, "figures")) == 2
    assert set(layout.manifest(second.path).sha256) >= {"figures/2024-11.parquet", "figures-csv/2024-11.csv"}


def test_a_crisis_that_begins_in_another_month_is_divided_anew(newsroom: Any) -> None:
    """No part of the version before is taken for a part of the new one."""
    newsroom.compare = None
    for moment in MONTHS:
        newsroom.add(published_at=moment)
    newsroom.publish()
    newsroom.crisis = replace(newsroom.crisis, start=date(2025, 1, 1))
    assert _names(newsroom.publish().path, "figures") == ["2025-01.parquet", "earlier.parquet"]
