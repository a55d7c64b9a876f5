"""A ledger as one SQLite file, whatever database it is on, and back: what a backup holds, and what a restore puts in place.

Every row keeps its `seq`, so that the order of arrival, and with it every published table, is the same afterwards.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from ingest.store import tables
from ingest.store.engine import connectable, file_of, reading, writing
from ingest.store.faults import sentences
from ingest.store.migrate import prepare

_ROWS = 1000  # rows moved at a time


def copy_out(engine: sa.Engine, path: Path) -> None:
    """Write the ledger as it is at one moment to a file that is not there yet; others may read and write meanwhile."""
    source = file_of(engine)
    if source is None:
        _copy(engine, _file(path))
    else:
        with _told(), closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(path)) as copied:
            opened.backup(copied)
    settle(path)


def copy_in(engine: sa.Engine, path: Path) -> None:
    """Make the rows of a file those of a ledger on a server, in one transaction: all of them, or as before."""
    _copy(_file(path), engine)


def settle(path: Path) -> None:
    """Bring a SQLite ledger into its one file, without a log beside it, so that the file alone can be moved."""
    with _told(), closing(sqlite3.connect(path, timeout=1.0)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def in_use(path: Path) -> bool:
    """Whether another program has a SQLite ledger open; one that is damaged is in use by nobody."""
    try:
        with closing(sqlite3.connect(path, timeout=1.0)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        return bool(error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY)
    return False


@contextmanager
def _told() -> Iterator[None]:
    """What the driver raises, as what `faults.sentences` understands."""
    try:
        yield
    except sqlite3.Error as error:
        raise sa.exc.DatabaseError(None, None, error) from error


def checked(path: Path) -> dict[str, int]:
    """Bring a copied ledger to this program's schema and count its rows by table. Raises `StoreError` where it is none, or a newer one."""
    with sentences(str(path)):
        engine = _file(path)
        with engine.connect() as connection:
            counts = {name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for name, table in _TABLES.items()}
        engine.dispose()
        settle(path)
    return counts


_TABLES = {table.name: table for table in tables.metadata.sorted_tables}  # those referred to before those that refer


def _file(path: Path) -> sa.Engine:
    """A SQLite ledger at that path, of this program's schema."""
    engine = connectable(f"sqlite:///{path}")
    try:
        prepare(engine, str(path))
    except BaseException:
        engine.dispose()
        raise
    return engine


def _copy(source: sa.Engine, target: sa.Engine) -> None:
    """Replace every row of the target by those of the source, seen at one moment."""
    with reading(source).begin() as old, writing(target).begin() as new:
        for table in reversed(_TABLES.values()):
            new.execute(sa.delete(table))
        for table in _TABLES.values():
            for rows in old.execute(sa.select(table), execution_options={"yield_per": _ROWS}).mappings().partitions():
                new.execute(sa.insert(table), [dict(row) for row in rows])
            _count_on(new, table)
    for engine in (source, target):
        if file_of(engine):
            engine.dispose()


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """A server numbers the next row itself, and is told where to go on; SQLite goes on after the last."""
    if connection.dialect.name != "postgresql" or "seq" not in table.c:
        return
    last = connection.scalar(sa.select(sa.func.max(table.c.seq)))
    sequence = sa.func.pg_get_serial_sequence(table.name, "seq")
    connection.execute(sa.select(sa.func.setval(sequence, last or 1, last is not None)))
