"""A ledger of any earlier version is brought to the form this program knows; a later one is left alone."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from ingest.errors import StoreError
from ingest.store import Ledger, migrate, rows, tables
from ingest.store.engine import connectable, writing

Build = Callable[..., Any]
VERSION = sa.table(tables.VERSION_TABLE, sa.column("version_num"))


def test_migrations_end_at_the_schema_of_the_program(url: str) -> None:
    """Running every migration file gives exactly the tables that the program works with."""
    Ledger.open(url).close()
    engine = connectable(url)
    with engine.connect() as connection:
        options = {"version_table": tables.VERSION_TABLE, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata) == []
        assert connection.scalar(sa.select(VERSION.c.version_num)) == tables.REVISION
    engine.dispose()


def test_the_newest_file_is_the_programs_revision() -> None:
    """The revision in the code is that of the last migration file."""
    assert max(migrate.known_revisions()) == tables.REVISION


@pytest.mark.parametrize("revision", sorted(migrate.known_revisions()))
def test_a_ledger_of_any_schema_keeps_every_row(revision: str, url: str, a_document: Build, a_figure: Build, now: datetime) -> None:
    """What any version stored, in every table and column it had, is there after the upgrade to this one."""
    document = a_document()
    figure = a_figure(document)
    given = {"documents": rows.document_row(document, now), "figures": rows.figure_row(figure, now)}
    engine = connectable(url)
    with writing(engine).begin() as connection:
        migrate.upgrade(connection, revision)
        present = [table.name for table in tables.metadata.sorted_tables if sa.inspect(connection).has_table(table.name)]
        for name in present:
            given.setdefault(name, _any_row(tables.metadata.tables[name], given, now))
            _insert_what_fits(connection, name, given[name])
        before = {name: _stored(connection, name) for name in present}
    engine.dispose()
    with Ledger.open(url) as ledger:
        assert [one.document_id for one in ledger.documents()] == [document.document_id]
        assert list(ledger.figures("test")) == [replace(figure, first_seen_at=now)]
    engine = connectable(url)
    with engine.connect() as connection:
        for name, stored in before.items():
            after = _stored(connection, name)
            assert {column: after[column] for column in stored} == stored, name
    engine.dispose()


def _any_row(table: sa.Table, others: Mapping[str, Mapping[str, Any]], now: datetime) -> dict[str, Any]:
    """A row of a table, each column with a value of its type; what refers to another table refers to the row there."""
    values = ((tables.Utc, now), (sa.Text, "x"), (sa.Boolean, True), (sa.Integer, 1), (sa.Double, 0.5), (sa.Date, now.date()))
    row = {column.name: next(value for kind, value in values if isinstance(column.type, kind)) for column in table.c}
    keys = {column.name: others[key.column.table.name][key.column.name] for column in table.c for key in column.foreign_keys}
    return row | keys


def _stored(connection: sa.Connection, name: str) -> dict[str, Any]:
    """The one row of a table, as the database holds it."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    (row,) = connection.execute(sa.select(table)).mappings()
    return dict(row)


def _insert_what_fits(connection: sa.Connection, name: str, row: Mapping[str, Any]) -> None:
    """Insert the columns that a table of an earlier schema has."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    typed = sa.Table(name, sa.MetaData(), *(sa.Column(column.name, tables.metadata.tables[name].c[column.name].type) for column in table.c))
    connection.execute(sa.insert(typed), {key: value for key, value in row.items() if key in table.c})


def test_a_newer_ledger_is_left_alone(url: str) -> None:
    """A schema that this program does not know is an error that says to update the program."""
    Ledger.open(url).close()
    engine = connectable(url)
    with writing(engine).begin() as connection:
        connection.execute(sa.update(VERSION).values(version_num="9999"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"newer Crosscount \(schema 9999\); update this program"):
        Ledger.open(url)


def test_several_may_open_a_new_ledger_at_once(url: str, a_document: Build, now: datetime) -> None:
    """Whoever comes first makes the tables, the others wait for it."""
    failures: list[BaseException] = []

    def open_and_add(number: int) -> None:
        try:
            with Ledger.open(url) as ledger:
                ledger.add([a_document(f"Report {number}.")], [], now)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=open_and_add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Ledger.open(url) as ledger:
        assert len(list(ledger.documents())) == 6


def test_sources_of_an_earlier_schema_get_the_time_of_their_newest_document(url: str, a_document: Build, now: datetime) -> None:
    """The schema before freshness knew when each document was first seen, which is when its source last had something new."""
    engine = connectable(url)
    with writing(engine).begin() as connection:
        migrate.upgrade(connection, "0005")
        _insert_what_fits(connection, "documents", rows.document_row(a_document(), now))
        state = {"source": "test", "failures": 0, "message": "", "cursor": "", "last_attempt_at": now}
        _insert_what_fits(connection, "source_state", state)
    engine.dispose()
    with Ledger.open(url) as ledger:
        assert ledger.source_state("test").changed_at == now
