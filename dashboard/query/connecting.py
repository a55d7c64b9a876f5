"""A database over the files of one snapshot: nothing outside its folder can be read, and only its temporary folder is written."""

from pathlib import Path

import duckdb

from dashboard.query.knowledge import Known, restricted
from dashboard.query.views import opening, stored_columns
from ingest.model import snapshot as layout


def connect(manifest: layout.Manifest, folder: Path, desk: Path, known: Known | None) -> duckdb.DuckDBPyConnection:
    """Open it, with the views of `dashboard.query.views` over the files. Raises `duckdb.Error` where one cannot be read."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"SET allowed_directories = ['{quoted(folder)}', '{quoted(desk)}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET parquet_metadata_cache = true")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute(opening(folder, stored_columns(connection, folder, manifest.sha256), restricted(known) if known else None))
    except duckdb.Error:
        connection.close()
        raise
    return connection


def quoted(path: Path) -> str:
    """A path inside the quotes of a SQL text."""
    return str(path).replace("'", "''")


def first_line(error: Exception) -> str:
    """What went wrong, without the query that follows it."""
    return (str(error).splitlines() or [type(error).__name__])[0]
