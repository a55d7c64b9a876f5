"""What is told of a snapshot only when asked: verdicts under other rules or as known on a day, and incidents no source lists.

Made from its figures, beside it, never in it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Rules, Undocumented, as_known, end_of_day, incidents, undocumented
from ingest.errors import StoreError
from ingest.model.crisis import Crisis
from ingest.model.snapshot import TABLE_FILES
from ingest.model.vocabulary import Clock
from ingest.publish import frames, verdicts


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
    """Write figures, discrepancies and the claims of incidents into the folder `target`, from the tables of the snapshot `folder`.

    Raises `StoreError` where the snapshot cannot be read.
    """
    figures, organisations, places = (_read(folder / TABLE_FILES[name]) for name in ("figures", "organisations", "places"))
    if asked.known is not None:
        figures = as_known(figures, end_of_day(asked.known.day, asked.crisis.timezone), asked.known.clock)
    about = About(asked.rules, organisations, places, asked.crisis.labels())
    _, claims = incidents(figures, asked.rules, organisations=organisations, places=places)
    target.mkdir(exist_ok=True)
    with frames.connection(target / "spill") as opened:
        for name, rows in (("figures", figures), ("incident_claims", claims)):
            frames.write_parquet(opened, name, frames.conform(name, rows), target / TABLE_FILES[name])
        verdicts.write_all(opened, target, about, target)


def undocumented_in(folder: Path) -> tuple[Undocumented, ...]:
    """What the lists of incidents in the folder's figures leave out. Raises `StoreError` where it cannot be read."""
    return undocumented(_read(folder / TABLE_FILES["figures"]), _read(folder / TABLE_FILES["incident_claims"]))


def _read(path: Path) -> pd.DataFrame:
    try:
        with duckdb.connect() as opened:
            return opened.execute("SELECT * FROM read_parquet(?)", [str(path)]).df()
    except duckdb.Error as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: duckdb.Error) -> StoreError:
    return StoreError(f"{path} cannot be read ({str(error).partition(chr(10))[0]}); publish again.")
