"""The verdicts of a snapshot under other rules, or as they were known on a day: compared anew from its figures, beside it, never in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Rules, as_known, end_of_day
from ingest.errors import StoreError
from ingest.model.crisis import Crisis
from ingest.model.snapshot import TABLE_FILES
from ingest.model.vocabulary import Clock
from ingest.publish import frames, verdicts

_FIGURES = TABLE_FILES["figures"]


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at the end of a day of the crisis, by one of the two clocks."""

    day: date
    clock: Clock = Clock.PUBLISHED


@dataclass(frozen=True, slots=True)
class Asked:
    """How to compare anew: by which rules, and what was known when; None for all that is known now."""

    rules: Rules
    crisis: Crisis
    known: Known | None = None


def compared_anew(folder: Path, target: Path, asked: Asked) -> None:
    """Write `discrepancies.parquet` into the folder `target`, from the tables of the snapshot `folder`.

    Raises `StoreError` where the snapshot cannot be read.
    """
    organisations, places = (_read(folder / TABLE_FILES[name]) for name in ("organisations", "places"))
    about = About(asked.rules, organisations, places, asked.crisis.labels())
    target.mkdir(exist_ok=True)
    with frames.connection(target / "spill") as opened:
        try:
            if asked.known is not None:
                figures = as_known(_read(folder / _FIGURES), end_of_day(asked.known.day, asked.crisis.timezone), asked.known.clock)
                frames.write_parquet(opened, "figures", frames.conform("figures", figures), target / _FIGURES)
            verdicts.write_all(opened, target if asked.known else folder, about, target)
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
