"""What can be wrong with a database is said in one sentence that names it and tells what to do; nothing stored is lost."""

import os
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.model.failures import heard
from ingest.model.unkept import Unkept
from ingest.store import Ledger
from ingest.store.engine import connectable

Build = Callable[..., Any]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """A text file where the ledger should be is an error, and keeps its content."""
    path = tmp_path / "ledger.sqlite"
    path.write_text("Not a database, but notes of some length. " * 100)
    with pytest.raises(StoreError, match="is not a ledger of Crosscount; move the file away") as refused:
        Ledger.open(f"sqlite:///{path}")
    assert [one.failure for one in heard(str(refused.value))] == [Unkept.LEDGER_FOREIGN]
    assert path.read_text().startswith("Not a database")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A SQLite file with tables of something else is named with one of them, and gets none of ours."""
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (address)")
    connection.close()
    with pytest.raises(StoreError, match="a table 'bookmarks' of something else") as refused:
        Ledger.open(f"sqlite:///{path}")
    assert [one.failure for one in heard(str(refused.value))] == [Unkept.LEDGER_OTHER]
    assert _tables(path) == ["bookmarks"]


def _tables(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    connection.close()
    return found


def test_a_ledger_that_stays_locked_is_told(sqlite_url: str, a_document: Build, now: datetime) -> None:
    """When another program keeps writing for longer than the patience, the sentence says to wait or stop it."""
    with Ledger.open(f"{sqlite_url}?timeout=0.2") as ledger:
        assert ledger.path
        other = sqlite3.connect(ledger.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"ledger\.sqlite is being written by another program; wait until it is done"):
            ledger.add([a_document()], [], now)
        assert list(ledger.documents()) == [], "readers are not held up"
        other.execute("ROLLBACK")
        other.close()
        assert ledger.add([a_document()], [], now).documents == 1


def test_a_writer_waits_for_another(sqlite_url: str, a_document: Build, now: datetime) -> None:
    """Two programs that write at the same time take turns and both succeed."""
    with Ledger.open(sqlite_url) as one, Ledger.open(sqlite_url) as two:

        def add(ledger: Ledger, name: str) -> None:
            for number in range(30):
                ledger.add([a_document(f"{name} {number}.")], [], now)

        threads = [threading.Thread(target=add, args=pair) for pair in ((one, "One"), (two, "Two"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(list(one.documents())) == 60


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing can be written, holding a ledger."""
    folder = tmp_path / "fixed"
    folder.mkdir()
    if os.geteuid() != 0:
        Ledger.open(f"sqlite:///{folder / 'ledger.sqlite'}").close()
        folder.chmod(0o500)
        (folder / "ledger.sqlite").chmod(0o400)
        yield folder
        folder.chmod(0o700)
        return
    # Permissions do not hold root back; a disk mounted read-only does.
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False, capture_output=True).returncode != 0:
        pytest.skip("root may write everywhere here, and a read-only disk cannot be mounted")
    Ledger.open(f"sqlite:///{folder / 'ledger.sqlite'}").close()
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_folder_that_cannot_be_written_is_told(read_only: Path, a_document: Build, now: datetime) -> None:
    """Opening or making a ledger in a read-only folder says to make it writable or to choose another."""
    with pytest.raises(StoreError, match=r"make .*writable or set CROSSCOUNT_DATA"):
        Ledger.open(f"sqlite:///{read_only / 'new.sqlite'}")
    with pytest.raises(StoreError, match="CROSSCOUNT_DATA to a folder that can be written"):
        Ledger.open(f"sqlite:///{read_only / 'below' / 'ledger.sqlite'}")
    with (
        pytest.raises(StoreError, match="writable or set CROSSCOUNT_DATA"),
        Ledger.open(f"sqlite:///{read_only / 'ledger.sqlite'}") as ledger,
    ):
        ledger.add([a_document()], [], now)


def test_a_full_disk_loses_nothing(small_disk: Path, a_document: Build, now: datetime) -> None:
    """On a full disk adding fails with a sentence; what was stored is intact, and with space again the same call succeeds."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    path = small_disk / "ledger.sqlite"
    big = [a_document(f"{number} " + "long " * 40_000) for number in range(10)]
    with Ledger.open(f"sqlite:///{path}") as ledger:
        added = 0
        with pytest.raises(StoreError, match=r"ledger\.sqlite (cannot grow because the disk is full|cannot be read or written)"):
            for document in big:
                ledger.add([document], [], now)
                added += 1
        assert 0 < added < len(big)
        assert len(list(ledger.documents())) == added
        ballast.unlink()
        ledger.add([big[added]], [], now)
    with Ledger.open(f"sqlite:///{path}") as ledger:
        assert {one.document_id for one in ledger.documents()} == {one.document_id for one in big[: added + 1]}
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("not a url", "is not a database URL"),
        ("mysql://localhost/ledger", "on neither SQLite nor PostgreSQL"),
        ("sqlite://", "would be lost"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_a_url_that_leads_nowhere_is_told_without_its_password(wrong: str, sentence: str) -> None:
    """What cannot be a ledger is refused with advice, and no password is ever shown."""
    with pytest.raises(StoreError, match=sentence) as caught:
        Ledger.open(wrong)
    assert "secret" not in str(caught.value)


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_tables_of_others_beside_ours_are_no_matter(url: str) -> None:
    """A server's database may hold other tables, but not one with a name of ours that something else made."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bookmarks (address text)")
        Ledger.open(url).close()
        connection.execute("DROP TABLE crosscount_schema")
        with pytest.raises(StoreError, match="something else"):
            Ledger.open(url)


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_a_server_that_drops_the_connection_is_found_again(url: str, a_document: Build, now: datetime) -> None:
    """When the server ends every connection, the next call simply works; a call in the middle of it fails whole."""
    with Ledger.open(url) as ledger, psycopg.connect(url, autocommit=True) as other:
        ledger.add([a_document("First.")], [], now)
        end_all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        other.execute(end_all)
        ledger.add([a_document("Second.")], [], now)
        with pytest.raises(StoreError, match="cannot be reached"), ledger.connection() as connection:
            other.execute(end_all)
            connection.execute(sa.text("SELECT 1"))
        assert len(list(ledger.documents())) == 2


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_a_database_that_does_not_exist_is_told(url: str) -> None:
    """The sentence says that the database is missing and how to go on."""
    with pytest.raises(StoreError, match="does not exist on the server; create the database"):
        Ledger.open(url + "_missing")


def test_committed_rows_outlive_a_power_cut(sqlite_url: str) -> None:
    """Every connection writes through to the disk at each commit, and checks references."""
    engine = connectable(sqlite_url)
    with engine.connect() as connection:
        full = 2
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == full
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_the_log_is_written_ahead(sqlite_url: str) -> None:
    """The file is in WAL mode, so that readers and the writer do not wait for one another."""
    with Ledger.open(sqlite_url) as ledger, ledger.connection() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
