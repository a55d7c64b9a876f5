"""What is told of a snapshot only when asked: verdicts under other rules or as known on a day, and incidents no source lists.

Made from its figures, beside it, never in it.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from ingest.compare import About, Rules, Undocumented, as_known, end_of_day, incidents, undocumented
from ingest.errors import StoreError
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.vocabulary import Clock
from ingest.places import Gazetteer
from ingest.publish import frames, tables, verdicts


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


@dataclass(frozen=True, slots=True)
class Given:
    """Figures to be compared, with the organisations and places they name, as published tables have them."""

    figures: pd.DataFrame
    organisations: pd.DataFrame
    places: pd.DataFrame

    @classmethod
    def published(cls, folder: Path) -> "Given":
        """Those of a snapshot. Raises `StoreError` where it cannot be read."""
        return cls(*(_read(folder, name) for name in ("figures", "organisations", "places")))

    @classmethod
    def alone(cls, figures: pd.DataFrame, crisis: Crisis, gazetteer: Gazetteer) -> "Given":
        """Figures that are in no ledger."""
        return cls(**tables.alone(figures, crisis, gazetteer))

    def known(self, asked: Asked) -> "Given":
        """What of it was known when it is asked for."""
        if asked.known is None:
            return self
        return replace(self, figures=as_known(self.figures, end_of_day(asked.known.day, asked.crisis.timezone), asked.known.clock))


def compared_anew(given: Given, target: Path, asked: Asked) -> None:
    """Write the discrepancies into the folder `target`."""
    known = given.known(asked)
    about = About(asked.rules, known.organisations, known.places, asked.crisis.labels())
    target.mkdir(exist_ok=True)
    with frames.connection(target / "spill") as opened:
        opened.execute(
            "RESET threads"
        )  # only the order of the rows matters here, not their bytes, and every verdict has its own place in it
        verdicts.write_all_of(opened, known.figures, about, target)


def undocumented_anew(given: Given, asked: Asked) -> tuple[Undocumented, ...]:
    """What the lists of incidents among the figures leave out."""
    known = given.known(asked)
    _, claims = incidents(known.figures, asked.rules, organisations=known.organisations, places=known.places)
    return undocumented(known.figures, claims)


def undocumented_in(folder: Path) -> tuple[Undocumented, ...]:
    """What the lists of incidents in a snapshot leave out. Raises `StoreError` where it cannot be read."""
    return undocumented(_read(folder, "figures"), _read(folder, "incident_claims"))


def _read(folder: Path, table: str) -> pd.DataFrame:
    try:
        with duckdb.connect() as opened:
            return opened.execute("SELECT * FROM read_parquet(?)", [layout.pattern(folder, table)]).df()
    except duckdb.Error as error:
        raise StoreError(f"The {table} of {folder} cannot be read ({str(error).partition(chr(10))[0]}); publish again.") from error
