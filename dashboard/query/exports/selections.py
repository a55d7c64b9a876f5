"""What is downloaded: the question behind each published table, narrowed by the filters as far as they can narrow it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.query.clauses import Condition, figure_condition, series_condition, verdict_condition
from dashboard.query.counting import figures_count, series_count
from dashboard.query.discrepancies import discrepancies_count
from dashboard.query.discrepancies import order_sql as discrepancy_order
from dashboard.query.events import claims_of_events
from dashboard.query.exports.shown import shown
from dashboard.query.figures import order_sql as figure_order
from dashboard.query.rules import verdicts
from dashboard.query.silence import silence_rows
from dashboard.query.snapshots import Snapshot
from dashboard.query.wording import Translate
from dashboard.state import Filters
from ingest.model.schema import RULED, TABLES, Column

COLUMNS: Final = {**TABLES, "discrepancies": (*TABLES["discrepancies"], *RULED)}
"""The columns of a downloaded table: the published ones, and the ruling of a person beside each verdict."""


@dataclass(frozen=True, slots=True)
class Download:
    """What is asked for: a table under filters, and from where, so that the file can say it.

    `title` is that of the crisis and `translate` gives texts in the reader's language; `address` is the one that was asked.
    `bom` marks CSV as UTF-8 for old Excel, `hxl` puts the row of HXL tags under the header of CSV and sheets.
    """

    db: Snapshot
    table: str
    filters: Filters
    address: str = ""
    title: str = ""
    translate: Translate = str
    bom: bool = False
    hxl: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the file; of figures those the reader chose for the table."""
        return shown(self.filters) if self.table == "figures" else COLUMNS[self.table]

    @property
    def rows(self) -> int:
        """How many rows it will have."""
        return rows_count(self.db, self.table, self.filters)

    @property
    def cells(self) -> int:
        """How many cells those rows have."""
        return self.rows * len(self.columns)


@dataclass(frozen=True, slots=True)
class Selection:
    """A question whose answer is streamed: `rows` is what stands behind FROM, `order` what stands behind ORDER BY."""

    rows: str
    values: Mapping[str, Any]
    order: str = ""

    def sql(self, selected: str) -> str:
        """The question, for these expressions on the columns."""
        return f"SELECT {selected} FROM {self._ordered}"  # noqa: S608 - no value is pasted

    def numbered(self, selected: str) -> str:
        """The same for expressions that may name `nth`, the number of the row, from 1.

        To count its rows the database takes one after the other: it holds few of them, and leaves the other processors to others.
        """
        return f"SELECT {selected} FROM (SELECT *, row_number() OVER () AS nth FROM (FROM {self._ordered})) WHERE nth > 0"  # noqa: S608

    @property
    def _ordered(self) -> str:
        return self.rows + (f" ORDER BY {self.order}" if self.order else "")


def selection(download: Download) -> Selection:
    """The rows of the download."""
    return _selection(download.db, download.table, download.filters)


def is_narrowed(table: str) -> bool:
    """Whether filters narrow the table; the others are always downloaded whole."""
    return table in _NARROWED


def rows_count(db: Snapshot, table: str, filters: Filters) -> int:
    """How many rows of a table the filters select."""
    if count := _COUNTED.get(table):
        return count(db, filters)
    chosen = _selection(db, table, filters)
    return db.count(chosen.rows, chosen.values)


def _selection(db: Snapshot, table: str, filters: Filters) -> Selection:
    narrow = _NARROWED.get(table)
    return narrow(db, filters) if narrow else Selection(f"published_{table}", {})


def _figures(db: Snapshot, filters: Filters) -> Selection:
    """Sorted as the table is where the reader chose a sort, else in the snapshot's own order."""
    return _where("figures", figure_condition(filters, db), figure_order(filters.sort) if filters.sort else "")


def _discrepancies(db: Snapshot, filters: Filters) -> Selection:
    """The verdicts under the rules of the view, with the rulings of people beside them."""
    return _where(verdicts(db, filters), verdict_condition(filters, db), discrepancy_order(filters.sort) if filters.sort else "")


def _silence(db: Snapshot, filters: Filters) -> Selection:
    """Every stored row, or where a place is chosen every day of its division."""
    chosen = silence_rows(db, filters)
    return Selection(f"({chosen.sql})", chosen.values, "metric, adm1_id, claimed_source, day")


def _series(db: Snapshot, filters: Filters) -> Selection:
    order = "metric, claimed_source, series_id, day, derived, published_at, figure_id, parent_after"
    return _where("published_series", series_condition(filters, db), order)


def _incidents(db: Snapshot, filters: Filters) -> Selection:
    return _of_claims("published_incidents", db, filters, "incident_id, first_day")


def _incident_claims(db: Snapshot, filters: Filters) -> Selection:
    return _of_claims("published_incident_claims", db, filters, "incident_id, figure_id")


def _of_claims(rows: str, db: Snapshot, filters: Filters, order: str) -> Selection:
    """Of each incident everything, where any of its claims is chosen."""
    chosen = figure_condition(filters, db)
    told = f"SELECT incident_id FROM {claims_of_events(db)} WHERE {chosen.sql}"  # noqa: S608 - no value is pasted
    return _where(rows, Condition(f"incident_id IN ({told})", chosen.values), order)


def _where(rows: str, condition: Condition, order: str) -> Selection:
    return Selection(f"{rows} WHERE {condition.sql}", condition.values, order)


_COUNTED: Final = {"figures": figures_count, "series": series_count, "discrepancies": discrepancies_count}
"""What counts the tables that pages count too."""
_NARROWED: Final[Mapping[str, Callable[[Snapshot, Filters], Selection]]] = {
    "figures": _figures,
    "discrepancies": _discrepancies,
    "silence": _silence,
    "series": _series,
    "incidents": _incidents,
    "incident_claims": _incident_claims,
}
