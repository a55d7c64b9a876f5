"""Bringing a ledger's tables to the form this program knows, whatever earlier version wrote them."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.model.failures import say
from ingest.model.unkept import Unkept
from ingest.store import tables
from ingest.store.engine import MIGRATION_LOCK, PATIENCE, file_of, writing
from ingest.store.faults import sentences

SCRIPTS = Path(__file__).parent / "migrations"


def prepare(engine: sa.Engine, ledger: str) -> None:
    """Make or migrate the tables. Raises `StoreError` for a database that is not ours or is newer than this program."""
    with sentences(ledger):
        if file_of(engine):
            _share(engine)
        with engine.connect() as connection:
            if _revision(connection, ledger) == tables.REVISION:
                return
        with writing(engine).begin() as connection:
            _take_turn(connection, ledger)
            if _revision(connection, ledger) != tables.REVISION:
                upgrade(connection)


def upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Run the migration files up to that revision, inside the connection's transaction: all of it or nothing."""
    # Alembic costs a fifth of a second to import, and most starts find nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, revision)


def _share(engine: sa.Engine) -> None:
    """Write-ahead logging, so that readers and the writer do not wait for one another. The file remembers it."""
    deadline = time.monotonic() + float(str(engine.url.query.get("timeout", PATIENCE)))
    while not _shared(engine, last_try=time.monotonic() > deadline):
        time.sleep(0.05)


def _shared(engine: sa.Engine, *, last_try: bool) -> bool:
    """Switch once. While another program switches a new file, SQLite refuses at once instead of waiting."""
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY and not last_try:
            return False
        raise sa.exc.OperationalError("PRAGMA journal_mode=WAL", None, error) from error
    except sqlite3.Error as error:
        raise sa.exc.DatabaseError("PRAGMA journal_mode=WAL", None, error) from error
    return True


def _take_turn(connection: sa.Connection, ledger: str) -> None:
    """Two programs may find an empty PostgreSQL at the same moment; SQLite took its turn when the transaction began."""
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreError(f"The ledger {ledger} keeps text as {encoding}; create the database with ENCODING 'UTF8'.")
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))


def _revision(connection: sa.Connection, ledger: str) -> str:
    """The revision of the tables found, empty for an empty database."""
    present = set(sa.inspect(connection).get_table_names())
    if tables.VERSION_TABLE not in present:
        # A server's database may have other tables beside ours; a file is ours alone.
        foreign = present if connection.dialect.name == "sqlite" else present & set(tables.metadata.tables)
        if foreign:
            raise StoreError(say(Unkept.LEDGER_OTHER, ledger=ledger, wanted=repr(min(foreign))))
        return ""
    version = sa.table(tables.VERSION_TABLE, sa.column("version_num"))
    revision = connection.scalar(sa.select(version.c.version_num)) or ""
    if revision and revision not in known_revisions():
        raise StoreError(say(Unkept.LEDGER_NEWER, ledger=ledger, revision=revision))
    return revision


def known_revisions() -> set[str]:
    """Revisions this program can migrate from: the first part of each file's name."""
    return {path.name.partition("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py")}
