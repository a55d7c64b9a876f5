"""Frames with the published columns and exact types, and frames as Parquet files whose bytes depend on nothing but the rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from ingest.model.schema import TABLES, Column

SQL: Mapping[str, str] = {
    "string": "VARCHAR",
    "list": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}
_MEMORY = "2GB"  # a million verdicts in three languages are about one and a half
# The order of the rows, part of the format: readers of one metric and place read few row groups.
ORDER: Mapping[str, str] = {
    "figures": "metric, adm1_id, coalesce(event_start, as_of, CAST(published_at AS DATE)), figure_id",
    "documents": "published_at, document_id",
    "organisations": "organisation",
    "sources": "source",
    "discrepancies": "discrepancy_id",
    "corrections": "written_at, correction_id",
    "rulings": "ruled_at, discrepancy_id, ruled_by",
    "incidents": "incident_id",
    "incident_claims": "incident_id, figure_id",
    "places": "place_id",
    "runs": "started_at, run_id",
    "mandates": "organisation, metric, since, until, places",
    "silence": "metric, adm1_id, claimed_source, day",
    "series": "metric, claimed_source, series_id, day, derived, published_at, figure_id, parent_after",
    "relays": "publisher, claimed_source",
    "behaviour": "organisation",
}


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with exactly the published columns of a table; a column that a row lacks is "not stated"."""
    listed = list(rows)
    return pd.DataFrame({column.name: series([row.get(column.name) for row in listed], column) for column in TABLES[table]})


def series(values: Sequence[Any], column: Column) -> "pd.Series[Any]":
    """One column with its exact type. Text that is not stated is empty; a list is joined by `;`; anything else is NA.

    Days are `datetime64[us]` at midnight, moments `datetime64[us, UTC]`: frames have no type for a day.
    """
    match column.type:
        case "integer":
            return pd.Series(values, dtype="Int64")
        case "number":
            return pd.Series(values, dtype="float64")
        case "boolean":
            return pd.Series(values, dtype="boolean")
        case "date":
            return pd.Series(np.array(values, dtype="datetime64[D]").astype("datetime64[us]"))
        case "datetime":
            plain = [None if value is None or pd.isna(value) else value.astimezone(UTC).replace(tzinfo=None) for value in values]
            return pd.Series(np.array(plain, dtype="datetime64[us]")).dt.tz_localize("UTC")
        case _:
            return pd.Series([value if value.__class__ is str else _text(value) for value in values], dtype="str")


def conform(table: str, given: pd.DataFrame) -> pd.DataFrame:
    """A frame with the published columns in their order and types, whatever types it came with. Raises `KeyError` for a missing one."""
    return pd.DataFrame({column.name: _conformed(given[column.name], column) for column in TABLES[table]})


def connection(spill: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that does everything in one order and reaches nothing but this machine's files.

    What does not fit into its share of the memory goes to the folder `spill`.
    """
    opened = duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": _MEMORY,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    opened.execute("SET TimeZone = 'UTC'")
    return opened


def hold(opened: duckdb.DuckDBPyConnection, table: str, name: str, rows: Iterable[pd.DataFrame]) -> None:
    """Have frames with the columns of a published table, whatever their types, as a table of exactly its types."""
    columns = ", ".join(f'"{column.name}" {SQL[column.type]}' for column in TABLES[table])
    opened.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
    for part in rows:
        opened.register("part", conform(table, part))
        opened.execute(f"INSERT INTO {name} SELECT {typed(table)} FROM part")  # noqa: S608 -- names of the schema
        opened.unregister("part")


def written(kind: str) -> bool:
    """Whether a ledger is asked for values of a type as text: days and moments too, which are read faster by whole columns."""
    return kind in {"string", "list", "date", "datetime"}


def append(opened: duckdb.DuckDBPyConnection, table: str, name: str, rows: Mapping[str, Sequence[Any]]) -> None:
    """Append columns as a ledger gives them (see `written`; moments are UTC) to a table that is held; what they lack is not stated."""
    columns = TABLES[table]
    given = {column.name: _given(rows[column.name], column) for column in columns if column.name in rows}
    opened.register("part", pd.DataFrame(given, copy=False))
    opened.execute(f"INSERT INTO {name} SELECT {', '.join(_read(column, column.name in given) for column in columns)} FROM part")  # noqa: S608
    opened.unregister("part")


def _given(values: Sequence[Any], column: Column) -> "pd.Series[Any]":
    if not written(column.type):
        return series(values, column)
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return pd.Series(held, dtype=object, copy=False)


def _read(column: Column, given: bool) -> str:
    value = f'CAST("{column.name}" AS {SQL[column.type]})' if given else f"CAST(NULL AS {SQL[column.type]})"
    return f"coalesce({value}, '')" if column.type in {"string", "list"} else value


def write_parquet(opened: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame, path: Path) -> None:
    """Write a frame as Parquet. The same rows make the same bytes, in whatever order they came."""
    opened.register("given", rows)
    try:
        write_rows(opened, table, "given", path)
    finally:
        opened.unregister("given")


def write_rows(opened: duckdb.DuckDBPyConnection, table: str, source: str, path: Path) -> int:
    """The same for rows that the database has under the name `source`; returns how many there are."""
    written = opened.execute(
        f"COPY (SELECT * FROM (SELECT {typed(table)} FROM {source}) ORDER BY {ORDER[table]}) "  # noqa: S608 -- names of the schema
        f"TO '{quoted(path)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    ).fetchone()
    return int(written[0]) if written else 0


def typed(table: str) -> str:
    """The columns of a table as SQL expressions of exactly their types."""
    return ", ".join(f'CAST("{column.name}" AS {SQL[column.type]}) AS "{column.name}"' for column in TABLES[table])


def quoted(path: Path | str) -> str:
    """A path, or a pattern of several, for use between single quotes in SQL."""
    return str(path).replace("'", "''")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    return "" if value is None or pd.isna(value) else str(value)


def _conformed(column: "pd.Series[Any]", wanted: Column) -> "pd.Series[Any]":
    plain = {"integer": "Int64", "number": "float64", "boolean": "boolean"}.get(wanted.type)
    if plain:
        return pd.Series(column.array, dtype=plain)
    if wanted.type == "date":
        return pd.Series(pd.to_datetime(column).astype("datetime64[us]"))
    if wanted.type == "datetime":
        return pd.Series(pd.to_datetime(column, utc=True).astype("datetime64[us, UTC]"))
    if column.dtype == "str" and not column.hasnans:
        return pd.Series(column.array)
    return series(column.tolist(), wanted)
