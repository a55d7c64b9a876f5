"""How many rows the filters select, as lists, menus and downloads all say it: added up where rows are counted already."""

from typing import Final

from dashboard.query.clauses import figure_condition, series_condition
from dashboard.query.marks import figured, tallied
from dashboard.query.snapshots import Snapshot
from dashboard.state import Filters

_ADDED: Final = "coalesce(sum(n), 0)::BIGINT"


def figures_count(db: Snapshot, filters: Filters) -> int:
    """How many figures the filters select."""
    condition = figure_condition(filters, db)
    if tallied(filters) != "tallies":
        return db.count(f"{figured(filters)} WHERE {condition.sql}", condition.values)
    return db.count(f"counted_figures WHERE {condition.sql}", condition.values, _ADDED)


def series_count(db: Snapshot, filters: Filters) -> int:
    """How many rows of published series they select."""
    condition = series_condition(filters, db)
    if filters.date_from or filters.date_to:
        return db.count(f"published_series WHERE {condition.sql}", condition.values)
    return db.count(f"counted_series WHERE {condition.sql}", condition.values, _ADDED)
