"""The verdicts of a snapshot under other rules: compared anew from its figures, beside it, never in it."""

from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Rules
from ingest.errors import StoreError
from ingest.model.crisis import Crisis
from ingest.model.snapshot import TABLE_FILES
from ingest.publish import frames, verdicts


def compared_anew(folder: Path, rules: Rules, crisis: Crisis, target: Path) -> None:
    """Write `discrepancies.parquet` into the folder `target`, from the tables of the snapshot `folder`.

    Raises `StoreError` where the snapshot cannot be read.
    """
    organisations, places = (_read(folder / TABLE_FILES[name]) for name in ("organisations", "places"))
    about = About(rules, organisations, places, crisis.labels())
    with frames.connection(target / "spill") as opened:
        try:
            verdicts.write_all(opened, folder, about, target)
        except duckdb.IOException as error:
            raise _unreadable(folder, error) from error


def _read(path: Path) -> pd.DataFrame:
    try:
        with duckdb.connect() as opened:
            return opened.execute("SELECT * FROM read_parquet(?)", [str(path)]).df()
    except duckdb.Error as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: duckdb.Error) -> StoreError:
    return StoreError(f"{path} cannot be read ({str(error).partition(chr(10))[0]}); publish again.")
