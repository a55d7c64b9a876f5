"""`verify` finds every published figure in its archived bytes, and names what was tampered with or lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ingest.model import snapshot as layout

REPORT = "publisher: watch\npublished: 2024-12-01\n---\nAt least 12 people were killed in Northvale on Saturday. It counted 30 injured.\n"
TABLE = (
    "metric,kind,value_best,place_text,event_start,claimed_source,quote\nkilled,incident,4,Northvale,2024-12-02,watch,Watch says 4 died.\n"
)
PAGE = "<html><body><main><h1>News</h1><p>In Northvale 7 people were killed on Sunday, the herald said.</p></main></body></html>"
RETENTION = "[retention]\ndays = 1\n"


@pytest.fixture
def published(data: Path, crosscount: Callable[..., Any], tmp_path: Path, begin_with: Callable[..., None]) -> Path:
    """A data folder with a text, a page and a table, published."""

    def make() -> None:
        for name, text in {"report.txt": REPORT, "table.csv": TABLE, "page.html": PAGE}.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = crosscount("ingest", tmp_path / "report.txt", tmp_path / "table.csv")
        assert done.exit_code == 0, done.output
        done = crosscount("ingest", tmp_path / "page.html", "--publisher", "herald", "--published", "2024-12-02")
        assert done.exit_code == 0, done.output
        assert crosscount("publish").exit_code == 0

    begin_with("a text, a page and a table", make)
    return data


def _bytes_of(data: Path, words: str) -> Path:
    return next(path for path in (data / "raw").glob("??/*") if words.encode() in path.read_bytes())


def _snapshot(data: Path) -> Path:
    folder = layout.current(data / "published" / "tiny")
    assert folder is not None
    return folder


def test_every_figure_is_found_in_its_bytes(published: Path, answer: Callable[..., Any], crosscount: Callable[..., Any]) -> None:
    """Figures of a text, of a page and of a table all lead back to their bytes."""
    told = answer("verify", "--json")
    assert told == {
        "snapshot": _snapshot(published).name, "found": 4, "let_go": 0, "taken_down": 0, "file_changed": 0, "not_in_ledger": 0,
        "no_bytes": 0, "unreadable": 0, "not_in_text": 0,
    }  # fmt: skip
    assert "4 figures found word for word in their archived bytes." in crosscount("verify").stdout


def test_damaged_and_missing_bytes_are_named(published: Path, crosscount: Callable[..., Any]) -> None:
    """One changed letter in the archive is a damaged file; a removed file is missing; both end with 6."""
    report = _bytes_of(published, "12 people")
    report.write_bytes(report.read_bytes().replace(b"12 people", b"21 people"))
    _bytes_of(published, "the herald said").unlink()
    done = crosscount("verify")
    assert done.exit_code == 6
    assert f"{report} is damaged" in done.stderr and "cannot be read (No such file" in done.stderr
    assert "1 figures found" in done.stdout and "3 figures without their bytes" in done.stdout


def test_bytes_that_retention_let_go_are_no_fault(published: Path, crosscount: Callable[..., Any]) -> None:
    """What `archive prune` removed by rule is counted, and the exit code stays 0."""
    (published / "settings.toml").write_text(RETENTION, encoding="utf-8")
    with closing(sqlite3.connect(published / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE documents SET retrieved_at = '2020-01-01 00:00:00.000000' WHERE title = 'table.csv'")
    assert "1 files" in crosscount("archive", "prune").stdout
    done = crosscount("verify")
    assert done.exit_code == 0, done.output
    assert "3 figures found" in done.stdout and "1 whose bytes were let go" in done.stdout


def test_a_changed_published_file_is_named(published: Path, crosscount: Callable[..., Any]) -> None:
    """A published file that somebody edited is not what its manifest says."""
    path = next((_snapshot(published) / layout.FIGURES_CSV).iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("12", "21"), encoding="utf-8")
    done = crosscount("verify")
    assert done.exit_code == 6 and f"{path} is not what was published" in done.stderr
    assert crosscount("publish", "--whole").exit_code == 0
    assert crosscount("verify").exit_code == 0


def test_a_row_that_was_changed_in_the_ledger_is_named(published: Path, crosscount: Callable[..., Any]) -> None:
    """A number changed behind the program's back differs from what is published; published again, it does not stand in the bytes."""
    with closing(sqlite3.connect(published / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE figures SET value_best = 21, value_low = 21 WHERE value_best = 12")
    done = crosscount("verify")
    assert done.exit_code == 6 and "is published otherwise than the ledger has it" in done.stderr
    assert crosscount("publish", "--whole").exit_code == 0
    done = crosscount("verify")
    assert done.exit_code == 4 and "The text says '12' where the row says 21" in done.stderr


def test_nothing_published_is_a_sentence(crosscount: Callable[..., Any]) -> None:
    """Before the first publication there is nothing to verify."""
    done = crosscount("verify")
    assert done.exit_code == 3 and "Nothing is published for 'tiny' yet" in done.stderr
