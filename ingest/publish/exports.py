"""Tables of a snapshot as files for other programs: CSV that no spreadsheet will run, JSON, Parquet, and what the columns mean.

Verdicts have the ruling of a person that stands on each pair beside them, where the folder holds rulings."""

import csv
import io
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.cells import FORMULA, safe_cell
from ingest.model.dictionary import markdown
from ingest.model.schema import RULED, TABLES, Column
from ingest.model.snapshot import TABLE_FILES
from ingest.publish.frames import SQL, quoted

_BOM = "\ufeff"
_FORMULA = FORMULA.replace("'", "''")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def write_csv(folder: Path, table: str, target: Path, *, bom: bool = False, hxl: bool = False) -> int:
    """Write a table of a snapshot folder as UTF-8 CSV and return its rows.

    `bom` lets old Excel know that it is UTF-8, `hxl` adds the row of HXL tags. Text a spreadsheet would run begins with an
    apostrophe. The file has its name only once it is whole. Raises `StoreError` when it cannot be written.
    """
    with whole(target) as partial, _opened() as opened:
        body = partial.with_name(partial.name + ".rows")
        try:
            told = _told(opened, folder, table)
            _copy_csv(opened, told, body, header=False)
            with partial.open("wb") as file, body.open("rb") as rows:
                file.write(_head(told.columns, bom=bom, hxl=hxl).encode())
                shutil.copyfileobj(rows, file)
        finally:
            body.unlink(missing_ok=True)
        return _rows(opened, folder, table)


def write_json(folder: Path, table: str, target: Path) -> int:
    """Write a table as a JSON array of objects and return its rows: lists are arrays, what is not stated is null."""
    with whole(target) as partial, _opened() as opened:
        told = _told(opened, folder, table)
        chosen = ", ".join(_as_json(column) for column in told.columns)
        opened.execute(f"COPY (SELECT {chosen} FROM {told.rows}) TO '{quoted(partial)}' (FORMAT json, ARRAY true)")  # noqa: S608
        return _rows(opened, folder, table)


def write_parquet(folder: Path, table: str, target: Path) -> int:
    """Write a table as one Parquet file, verdicts with the rulings beside them, and return its rows."""
    with whole(target) as partial, _opened() as opened:
        told = _told(opened, folder, table)
        if told.columns == TABLES[table] and (folder / TABLE_FILES[table]).exists():
            shutil.copyfile(folder / TABLE_FILES[table], partial)
        else:
            opened.execute(f"COPY (FROM {told.rows}) TO '{quoted(partial)}' (FORMAT parquet, COMPRESSION zstd)")
        return _rows(opened, folder, table)


def dictionary_csv(table: str) -> str:
    """What each column of a table means, as CSV: column, type, meaning, the vocabulary it is drawn from, HXL tag."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["column", "type", "meaning", "words", "hxl"])
    columns = (*TABLES[table], *RULED) if table == "discrepancies" else TABLES[table]
    writer.writerows([safe_cell(text) for text in (one.name, one.type, one.meaning, one.closed, one.hxl)] for one in columns)
    return out.getvalue()


def dictionary_markdown() -> str:
    """The whole data dictionary, every table and every closed list of words."""
    return markdown()


def copy_csv(opened: duckdb.DuckDBPyConnection, table: str, source: Path, target: Path, *, header: bool = True) -> None:
    """Copy a Parquet file as CSV: days and moments in ISO 8601, nothing stated as nothing, text neutralised."""
    _copy_csv(opened, _Told(TABLES[table], _parquet(str(source))), target, header=header)


@dataclass(frozen=True, slots=True)
class _Told:
    """A table as it is exported: its columns, and the rows for a FROM."""

    columns: tuple[Column, ...]
    rows: str


def _told(opened: duckdb.DuckDBPyConnection, folder: Path, table: str) -> _Told:
    """The published table; of verdicts, with the ruling that stands on each where the folder holds any."""
    rows, rulings = _published(opened, folder, table), folder / TABLE_FILES["rulings"]
    if table != "discrepancies" or not rulings.exists():
        return _Told(TABLES[table], rows)
    said = ("decision AS ruling", "code AS ruling_code", "ruled_by", "ruled_at", "reason AS ruling_reason")
    standing = f"SELECT discrepancy_id, {', '.join(said)} FROM {_parquet(str(rulings))} WHERE standing"  # noqa: S608 -- names of the schema
    joined = f"SELECT * FROM {rows} LEFT JOIN ({standing}) USING (discrepancy_id) ORDER BY discrepancy_id"  # noqa: S608
    return _Told((*TABLES[table], *RULED), f"({joined})")


def _published(opened: duckdb.DuckDBPyConnection, folder: Path, table: str) -> str:
    """The rows of a table, with the columns empty that it was published before."""
    rows = _parquet(layout.pattern(folder, table))
    stored = {str(name) for name, *_ in opened.execute(f"DESCRIBE FROM {rows}").fetchall()}
    lacking = [f'CAST(NULL AS {SQL[one.type]}) AS "{one.name}"' for one in TABLES[table] if one.name not in stored]
    return f"(SELECT *, {', '.join(lacking)} FROM {rows})" if lacking else rows  # noqa: S608 -- names of the schema


def _parquet(pattern: str) -> str:
    return f"read_parquet('{quoted(pattern)}')"


def _copy_csv(opened: duckdb.DuckDBPyConnection, told: _Told, target: Path, *, header: bool) -> None:
    chosen = ", ".join(_as_text(column) for column in told.columns)
    opened.execute(
        f"COPY (SELECT {chosen} FROM {told.rows}) "  # noqa: S608 -- names of the schema
        f"TO '{quoted(target)}' (FORMAT csv, HEADER {str(header).lower()}, DELIMITER ',', QUOTE '\"', ESCAPE '\"')"
    )


def _as_text(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "datetime":
        return f"strftime({name} AT TIME ZONE 'UTC', '{_MOMENT}') AS {name}"
    if column.type in {"string", "list"}:
        return f"CASE WHEN regexp_matches({name}, '{_FORMULA}') THEN chr(39) || {name} ELSE nullif({name}, '') END AS {name}"
    return name


def _as_json(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type == "list":
        return f"CASE WHEN {name} = '' THEN [] ELSE string_split({name}, ';') END AS {name}"
    if column.type == "string":
        return f"nullif({name}, '') AS {name}"
    return _as_text(column)


def _head(columns: tuple[Column, ...], *, bom: bool, hxl: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    if hxl:
        writer.writerow([column.hxl for column in columns])
    return (_BOM if bom else "") + out.getvalue()


def _rows(opened: duckdb.DuckDBPyConnection, folder: Path, table: str) -> int:
    counted = opened.execute(f"SELECT count(*) FROM {_parquet(layout.pattern(folder, table))}").fetchall()  # noqa: S608 -- a file of ours
    return int(counted[0][0])


@contextmanager
def _opened() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A file beside the target that becomes it at the end, so that nobody meets half an export."""
    partial = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    try:
        yield partial
        partial.replace(target)
    except (OSError, duckdb.IOException) as error:
        cause = (getattr(error, "strerror", None) or str(error)).partition("\n")[0]
        raise StoreError(f"{target} could not be written ({cause}); choose another place or free some space.") from error
    finally:
        partial.unlink(missing_ok=True)
