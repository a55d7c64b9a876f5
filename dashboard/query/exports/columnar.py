"""Parquet, written by the database with the types of the columns; what the file is stands in its own metadata."""

from collections.abc import Iterator
from typing import Final

from dashboard.query.exports.notes import about
from dashboard.query.exports.selections import Download, selection
from ingest.model.schema import Column

_CHUNK: Final = 1 << 16


def parquet(download: Download) -> Iterator[bytes]:
    """The file in chunks. Moments are UTC and say so; not stated is null for numbers and days, empty for text."""
    chosen = selection(download)
    told = {"citation": about(download).citation, "about": about(download).text()}
    named = ", ".join(f"{name}: {_literal(text)}" for name, text in told.items())
    sql = chosen.sql(", ".join(map(_typed, download.columns)))
    with (
        download.db.written(sql, chosen.values, f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{named}}}") as path,
        path.open("rb") as file,
    ):
        while chunk := file.read(_CHUNK):
            yield chunk


def _typed(column: Column) -> str:
    if column.type in {"string", "list"}:
        return f"{column.name}::VARCHAR AS {column.name}"  # a large snapshot has numbers for common words
    return f"{column.name} AT TIME ZONE 'UTC' AS {column.name}" if column.type == "datetime" else column.name


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
