"""The rows of a large snapshot laid out for finding: Parquet is read by the column, pages ask for some rows with all their columns.

The widest tables are copied, while pages are already answered from the Parquet files, into a database file in the snapshot's
temporary folder, compressed and with an index of identities; then the views of the same names are turned to the copy, from one
question to the next. A million figures with their verdicts take half a GB there, and some 20 seconds of one core.
"""

from pathlib import Path
from typing import Final

import duckdb

LARGE: Final = 2_000
"""Figures from which copying pays; below, it takes longer than what it saves a few readers."""
_DATABASE: Final = "pages"
_STEPS: Final = (
    """
    CREATE TABLE pages.cited AS FROM cited;
    CREATE INDEX cited_by_id ON pages.cited (figure_id);
    CREATE TABLE pages.documents AS FROM published_documents;
    CREATE INDEX documents_by_id ON pages.documents (document_id);
    """,
    """
    BEGIN;
    CREATE OR REPLACE VIEW cited AS FROM pages.cited;
    CREATE OR REPLACE VIEW figures AS SELECT * EXCLUDE (citations, figure_ids, publishers, stands, share, shape) FROM pages.cited;
    CREATE OR REPLACE VIEW published_documents AS FROM pages.documents;
    COMMIT;
    """,
    """
    CREATE TABLE pages.verdicts AS FROM discrepancies WHERE starts_with(code, 'contradiction')
        UNION ALL FROM discrepancies WHERE NOT starts_with(code, 'contradiction');
    CREATE INDEX verdicts_by_id ON pages.verdicts (discrepancy_id);
    CREATE TABLE pages.silence AS FROM published_silence;
    """,
    """
    BEGIN;
    CREATE OR REPLACE VIEW discrepancies AS FROM pages.verdicts;
    CREATE OR REPLACE VIEW published_discrepancies AS
        SELECT * EXCLUDE (group_a, group_b, ruling, ruling_code, ruled_by, ruled_at, ruling_reason) FROM pages.verdicts;
    CREATE OR REPLACE VIEW published_silence AS FROM pages.silence;
    COMMIT;
    """,
)
"""Copy figures and turn to them, then what is told by them: contradictions first, so that those are found without reading the rest."""


def attach(connection: duckdb.DuckDBPyConnection, desk: Path) -> None:
    """Put an empty database file into the folder, before the connection is locked."""
    quoted = str(desk / f"{_DATABASE}.duckdb").replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {_DATABASE}")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy, then turn the views. Raises `duckdb.Error` where it cannot, such as on a full disk; views not turned yet stay as they were."""
    with connection.cursor() as cursor:
        for step in _STEPS:
            cursor.execute(step)
