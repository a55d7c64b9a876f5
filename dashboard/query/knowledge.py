"""What was known on a day, in a snapshot: the published tables restricted to it, and the tables that follow worked out again.

What follows from the figures of a small snapshot is computed again from what was known, exactly as a publication of that day would
have: verdicts, incidents, silence, series, who repeats whom and how sources behave. Of a large one (more than `RECOMPUTED` figures)
verdicts are compared anew as far as a page's filters reach (`dashboard.query.rules`), relays and behaviour are measured from the
verdicts that are kept, up to `MEASURED` figures and not at all beyond, and of incidents, silence and series the published rows are
kept whose figures were known, which differs where a claim known then was superseded since. Pages say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

from ingest.compare import DEFAULT, Seen, Window, compare, end_of_day, incidents, measured, series_table, silence
from ingest.compare.chronology.known import BEGINS, ENDS
from ingest.compare.settings import from_tables
from ingest.model.schema import TABLES
from ingest.model.snapshot import Manifest
from ingest.model.vocabulary import Clock

RECOMPUTED: Final = 20_000
"""Figures up to which what follows from them is worked out again, in about two seconds."""
MEASURED: Final = 100_000
"""Figures up to which relays and behaviour are measured again, in about two seconds."""
_SQL: Final = {"boolean": "BOOLEAN", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "datetime": "TIMESTAMP"}


@dataclass(frozen=True, slots=True)
class Known:
    """The end of a day of a crisis, by one of two clocks. `start` and `end` are the crisis's own days, `zone` its time zone."""

    day: date
    clock: Clock
    start: date
    end: date | None
    zone: ZoneInfo

    @property
    def moment(self) -> datetime:
        """When the day was over (UTC, aware)."""
        return end_of_day(self.day, self.zone).astimezone(UTC)

    @property
    def window(self) -> Window:
        """The days of the crisis up to then."""
        return Window(self.start, min(self.day, self.end or self.day), self.zone)


def restricted(known: Known) -> dict[str, str]:
    """For each table that is restricted the SELECT that does it, from a view of all its rows under the name `every_<table>`."""
    moment = f"TIMESTAMP '{known.moment:%Y-%m-%d %H:%M:%S}'"
    begins, ends = BEGINS[known.clock], ENDS[known.clock]
    if known.clock is Clock.PUBLISHED:  # a table published before the column was there has it empty
        begins = f"coalesce({begins}, published_at, first_seen_at)"
    known_figures = f"SELECT figure_id FROM every_figures WHERE {begins} < {moment}"  # noqa: S608 - names and times of ours
    return {
        # no row of them is about one figure: they are measured anew or not shown
        **{name: f"SELECT * FROM every_{name} WHERE false" for name in ("relays", "behaviour")},  # noqa: S608
        "figures": (
            f"SELECT * REPLACE (CASE WHEN {ends} < {moment} THEN superseded_at END AS superseded_at,"  # noqa: S608
            f" CASE WHEN withdrawn_at < {moment} THEN withdrawn_at END AS withdrawn_at,"
            f" CASE WHEN withdrawn_at < {moment} THEN withdrawn ELSE '' END AS withdrawn)"
            f" FROM every_figures WHERE {begins} < {moment}"
        ),
        "documents": (
            "SELECT d.* FROM every_documents d LEFT JOIN every_documents e ON d.revises <> '' AND e.document_id = d.revises"  # noqa: S608
            f" WHERE CASE WHEN {str(known.clock is Clock.READ).lower()} OR e.published_at >= d.published_at THEN d.retrieved_at"
            f" ELSE coalesce(d.published_at, d.retrieved_at) END < {moment}"
        ),
        "discrepancies": f"SELECT * FROM every_discrepancies WHERE figure_a IN ({known_figures}) AND figure_b IN ({known_figures})",  # noqa: S608
        "incident_claims": f"SELECT * FROM every_incident_claims WHERE figure_id IN ({known_figures})",  # noqa: S608
        "incidents": (
            "SELECT * FROM every_incidents WHERE incident_id IN"  # noqa: S608
            f" (SELECT incident_id FROM every_incident_claims WHERE figure_id IN ({known_figures}))"
        ),
        "silence": (
            "SELECT * REPLACE ("  # noqa: S608
            f"CASE WHEN figure_id <> '' AND figure_id NOT IN ({known_figures}) THEN 'not_ingested' ELSE state END AS state)"
            f" FROM every_silence WHERE day <= DATE '{known.day.isoformat()}'"
        ),
        "series": (
            f"SELECT * FROM every_series WHERE CASE WHEN derived THEN parent_before IN ({known_figures})"  # noqa: S608
            f" AND parent_after IN ({known_figures}) ELSE figure_id IN ({known_figures}) END"
        ),
    }


def work_out_again(connection: duckdb.DuckDBPyConnection, known: Known, manifest: Manifest, sides: Mapping[str, Mapping[str, str]]) -> None:
    """Put in place of the published verdicts, incidents, silence, series, relays and behaviour those that follow from what was known."""
    names = ("figures", "documents", "organisations", "places", "mandates", "sources", "runs")
    told = {name: connection.execute(f"SELECT * FROM published_{name}").df() for name in names}  # noqa: S608 - names of ours
    began = told["runs"]["started_at"].dt.tz_localize("UTC") < known.moment
    runs = told["runs"][began] if known.clock is Clock.READ else told["runs"]
    rules = from_tables(manifest.rules, DEFAULT, manifest.id)
    around = {"organisations": told["organisations"], "places": told["places"]}
    seen = Seen(told["figures"], told["documents"], told["mandates"], told["sources"], runs)
    events, their_claims = incidents(told["figures"], rules, **around)
    verdicts = compare(told["figures"], rules, **around, sides=sides)
    again = {
        "incidents": events,
        "incident_claims": their_claims,
        "discrepancies": verdicts,
        **measured(told["figures"], verdicts),
        "silence": silence(seen, known.window),
        "series": series_table(told["figures"], rules, **around),
    }
    _put(connection, again)


def measure_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Put in place of relays and behaviour those that follow from the figures known and the verdicts kept."""
    told = (connection.execute(f"SELECT * FROM published_{name}").df() for name in ("figures", "discrepancies"))  # noqa: S608
    _put(connection, measured(*told))


def _put(connection: duckdb.DuckDBPyConnection, again: Mapping[str, pd.DataFrame]) -> None:
    for name, rows in again.items():
        columns = ", ".join(f'CAST("{one.name}" AS {_SQL.get(one.type, "VARCHAR")}) AS {one.name}' for one in TABLES[name])
        connection.register("given", rows)
        connection.execute(f"DROP VIEW published_{name}; CREATE TABLE published_{name} AS SELECT {columns} FROM given")  # noqa: S608
        connection.unregister("given")
