"""The rows of a large snapshot laid out for finding: Parquet is read by the column, pages ask for some rows with all their columns.

The widest tables are copied, while pages are already answered from the Parquet files, into a database file in the snapshot's
temporary folder, compressed and with an index of identities; then the views of the same names are turned to the copy, from one
question to the next. What is counted where no days are chosen is counted once, more coarsely (`tallies`). Words that many rows share
are numbers there (ENUM), for numbers are compared and counted several times as fast, and rows lie as pages ask for them, for what lies
together is read together.
"""

from pathlib import Path
from typing import Final

import duckdb

from dashboard.query.severity import BY_SHARPNESS, SHARPEST
from dashboard.query.views import COUNTED, LAST_WORD, STATED, Order, against, by_day, marks, tallies

LARGE: Final = 2_000
"""Figures from which copying pays; below, it takes longer than what it saves a few readers."""
_DATABASE: Final = "pages"
FEW: Final = 20_000
"""Different words of a column up to which they are numbered."""
SHARED: Final = 20
"""Rows to a word from which numbering pays."""
_SCATTERED: Final = frozenset({"figure_id", "figure_ids", "claim_id", "quote"})
"""Texts of marks, which lie all over a million rows: to unpack thousands of texts for each of them takes longer than all else."""


def _placed(key: str, name: str, order: Order, rows: str) -> str:
    """SQL for the place of each of the rows in an order, by their key: a number, where a sort key is some hundred bytes."""
    columns = ", ".join(f"{column} {direction}" for column, direction in order)
    return f"SELECT {key}, row_number() OVER (ORDER BY {columns}) AS {name} FROM {rows}"  # noqa: S608 - names of ours


_CITED: Final = (
    f"SELECT cited.*, precedence FROM cited LEFT JOIN ({_placed('figure_id', 'precedence', LAST_WORD, f'figures WHERE {STATED}')})"  # noqa: S608
    " USING (figure_id) ORDER BY day, figure_id"
)
_CONTRADICTIONS_FIRST: Final = (
    "SELECT d.* REPLACE (placed.sharpness AS sharpness)"  # noqa: S608 - names of ours
    f" FROM discrepancies d JOIN ({_placed('discrepancy_id', 'sharpness', BY_SHARPNESS, 'published_discrepancies')}) placed"
    " USING (discrepancy_id) ORDER BY starts_with(code, 'contradiction') DESC, placed.sharpness"
)
_BESIDE: Final = "citations, figure_ids, publishers, stands, share, shape"  # what `cited` has beside the columns of figures
_FIGURES_TURNED: Final = f"""
    BEGIN;
    CREATE OR REPLACE VIEW cited AS SELECT * EXCLUDE (precedence) FROM pages.cited;
    CREATE OR REPLACE VIEW marks AS {marks("pages.cited", spot="rowid", precedence="precedence")};
    CREATE OR REPLACE VIEW figures_by_day AS FROM pages.figures_by_day;
    CREATE OR REPLACE VIEW marks_by_day AS FROM pages.figures_by_day WHERE stands;
    CREATE OR REPLACE VIEW figures AS SELECT * EXCLUDE ({_BESIDE}, precedence) FROM pages.cited;
    CREATE OR REPLACE VIEW published_documents AS FROM pages.documents;
    CREATE OR REPLACE VIEW kin AS FROM pages.kin;
    COMMIT;
"""  # noqa: S608 - names of ours
_VERDICTS_TURNED: Final = """
    BEGIN;
    CREATE OR REPLACE VIEW discrepancies AS FROM pages.verdicts;
    CREATE OR REPLACE VIEW contradictions AS FROM pages.contradictions;
    CREATE OR REPLACE VIEW published_discrepancies AS
        SELECT * EXCLUDE (group_a, group_b, ruling, ruling_code, ruled_by, ruled_at, ruling_reason, sharpness)
        FROM pages.verdicts;
    CREATE OR REPLACE VIEW published_silence AS FROM pages.silence;
    CREATE OR REPLACE VIEW published_series AS FROM pages.series;
    CREATE OR REPLACE VIEW pairs AS FROM pages.pairs;
    COMMIT;
"""


def attach(connection: duckdb.DuckDBPyConnection, desk: Path) -> None:
    """Put an empty database file into the folder, before the connection is locked."""
    quoted = str(desk / f"{_DATABASE}.duckdb").replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {_DATABASE}")


def prepare(cursor: duckdb.DuckDBPyConnection) -> None:
    """Copy, then turn the views: figures, then what is told by them.

    Raises `duckdb.Error` where it cannot, such as on a full disk; views not turned yet stay as they were.
    """
    _copy(cursor, "cited", _CITED, of="figures", key="figure_id")
    # in their order, so that a figure has one place in both tables
    cursor.execute(f"CREATE TABLE pages.figures_by_day AS {by_day('pages.cited', spot='rowid', precedence='precedence')} ORDER BY rowid")
    _copy(cursor, "documents", "FROM published_documents", of="published_documents", key="document_id")
    cursor.execute("CREATE TABLE pages.kin AS FROM kin ORDER BY of_whom")
    cursor.execute(_FIGURES_TURNED)
    cursor.execute(f"CREATE TABLE pages.tallies AS {tallies()}")
    cursor.execute("CREATE OR REPLACE VIEW tallies AS FROM pages.tallies")
    for name, (rows, columns) in COUNTED.items():
        counted = f"SELECT {', '.join(columns)}, count(*) AS n FROM {rows} GROUP BY ALL"  # noqa: S608 - names of ours
        cursor.execute(f"CREATE TABLE pages.counted_{name} AS {counted}")
        cursor.execute(f"CREATE OR REPLACE VIEW counted_{name} AS FROM pages.counted_{name}")
    _copy(cursor, "verdicts", _CONTRADICTIONS_FIRST, of="published_discrepancies", key="discrepancy_id")
    # one in eight verdicts, few columns, those of some weeks side by side
    cursor.execute(f"CREATE TABLE pages.contradictions AS {against('pages.verdicts')} ORDER BY day, {SHARPEST}")
    cursor.execute("CREATE TABLE pages.pairs AS FROM pairs ORDER BY figure_id")
    _copy(cursor, "silence", "FROM published_silence", of="published_silence")
    _copy(cursor, "series", "FROM published_series", of="published_series")
    cursor.execute(_VERDICTS_TURNED)


def _copy(cursor: duckdb.DuckDBPyConnection, name: str, rows: str, *, of: str, key: str = "") -> None:
    """Copy rows that have the columns of the view `of`, with the common words of that view as numbers, and an index of the key."""
    types = {str(column): str(kind) for column, kind, *_ in cursor.execute(f"DESCRIBE {rows}").fetchall()}
    types.update({column: f"{kind} USING COMPRESSION uncompressed" for column, kind in types.items() if column in _SCATTERED})
    for column in _common(cursor, of):
        types[column] = f"{_DATABASE}.{name}_{column}"
        # in their order, for that is how the numbers are sorted
        words = f"SELECT DISTINCT {column} FROM {of} ORDER BY {column}"  # noqa: S608 - names of ours
        cursor.execute(f"CREATE TYPE {types[column]} AS ENUM ({words})")
    columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
    cursor.execute(f"CREATE TABLE {_DATABASE}.{name} ({columns})")
    cursor.execute(f"INSERT INTO {_DATABASE}.{name} {rows}")
    if key:
        cursor.execute(f"CREATE INDEX {name}_by_id ON {_DATABASE}.{name} ({key})")


def _common(cursor: duckdb.DuckDBPyConnection, of: str) -> list[str]:
    """The columns of a view whose words are `FEW`, and each common to at least `SHARED` rows."""
    texts = [column for column, kind, *_ in cursor.execute(f"DESCRIBE {of}").fetchall() if kind == "VARCHAR"]
    counts = ", ".join(f"approx_count_distinct({text})" for text in texts)
    rows, *words = cursor.execute(f"SELECT count(*), {counts} FROM {of}").fetchall()[0]  # noqa: S608 - names of ours
    return [text for text, different in zip(texts, words, strict=True) if different <= min(FEW, rows // SHARED)]
