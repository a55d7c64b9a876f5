"""Opening the database: SQLite as a file many may read while one writes, or PostgreSQL by URL."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingest.errors import StoreError

PATIENCE = 30.0  # seconds to wait for another writer; `?timeout=` in a SQLite URL sets another

# The advisory lock under which one program at a time migrates a PostgreSQL ledger: any number nobody else uses.
MIGRATION_LOCK = 0x43524F5353
WRITER_LOCK = MIGRATION_LOCK + 1  # the one under which one program at a time adds to it or publishes
# A server notices within a minute and a half that a machine vanished, and frees what its connections held.
_ALIVE = "-c tcp_keepalives_idle=60 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}


def connectable(url: str) -> sa.Engine:
    """An engine for the ledger at that URL; nothing is opened yet. Raises `StoreError` when the URL cannot be a ledger."""
    parsed = _parsed(url)
    if parsed.drivername in _POSTGRES:
        return _postgres(parsed)
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite(parsed)
    raise StoreError(f"The ledger {parsed.render_as_string()} is on neither SQLite nor PostgreSQL; set CROSSCOUNT_DATABASE to one of them.")


def file_of(engine: sa.Engine) -> Path | None:
    """The file of a SQLite ledger, None for a server."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def writing(engine: sa.Engine) -> sa.Engine:
    """The same engine for transactions that write: SQLite then takes its turn at the start, where waiting is possible."""
    return engine.execution_options(crosscount_writes=True)


def reading(engine: sa.Engine) -> sa.Engine:
    """The same engine for reading several tables as they were at one moment."""
    return engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else engine


def _parsed(url: str) -> sa.URL:
    try:
        return sa.make_url(url)
    except sa.exc.ArgumentError as error:
        # The URL itself is not repeated: it may hold a password.
        raise StoreError("CROSSCOUNT_DATABASE is not a database URL; write it like sqlite:////folder/ledger.sqlite.") from error


def _sqlite(url: sa.URL) -> sa.Engine:
    if not url.database or url.database == ":memory:":
        raise StoreError("A ledger in memory would be lost; set CROSSCOUNT_DATABASE to a file, like sqlite:////folder/ledger.sqlite.")
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made ({error.strerror}); set CROSSCOUNT_DATA to a folder that can be written."
        ) from error
    if "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(PATIENCE)})
    engine = sa.create_engine(url)
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _: Any) -> None:
    """Per connection. FULL because a committed row must outlive a power cut, which in WAL mode NORMAL does not promise."""
    connection.isolation_level = None  # transactions begin where `_begin` says, tables and rows in one
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later could be refused without waiting; one that will write says so at once.
    writes = connection.get_execution_options().get("crosscount_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,  # a server that was restarted costs no error
            connect_args={"options": f"-c timezone=UTC -c client_encoding=UTF8 {_ALIVE}", "connect_timeout": 10},
        )
    except ImportError as error:
        raise StoreError("A ledger on PostgreSQL needs a driver that is not installed; install crosscount[postgres].") from error
