"""The verdicts of a snapshot under other rules: compared anew from its figures, beside it, never in it."""

from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import Rules, compare
from ingest.errors import StoreError
from ingest.model.crisis import Crisis
from ingest.model.snapshot import TABLE_FILES
from ingest.publish import frames


def compared_anew(folder: Path, rules: Rules, crisis: Crisis, target: Path) -> None:
    """Write `discrepancies.parquet` into the folder `target`, from the tables of the snapshot `folder`.

    Raises `StoreError` where the snapshot cannot be read.
    """
    told = {name: _read(folder / TABLE_FILES[name]) for name in ("figures", "organisations", "places")}
    verdicts = compare(told["figures"], rules, organisations=told["organisations"], places=told["places"], sides=crisis.labels())
    with frames.connection(target / "spill") as opened:
        path = target / TABLE_FILES["discrepancies"]
        frames.write_parquet(opened, "discrepancies", frames.conform("discrepancies", verdicts), path)


def _read(path: Path) -> pd.DataFrame:
    try:
        with duckdb.connect() as opened:
            return opened.execute("SELECT * FROM read_parquet(?)", [str(path)]).df()
    except duckdb.Error as error:
        raise StoreError(f"{path} cannot be read ({str(error).partition(chr(10))[0]}); publish again.") from error
