"""Where the nearest claims are when the filters leave none: without one thing chosen, and on other days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.query.clauses import Choice, choices, figure_condition
from dashboard.query.counting import figures_count
from dashboard.query.snapshots import Snapshot
from dashboard.query.wording import Day, Translate
from dashboard.state import Filters


def without_one(db: Snapshot, filters: Filters, translate: Translate, day: Day) -> tuple[tuple[Choice, int], ...]:
    """Each thing chosen that alone keeps all claims away, with the claims there are without it."""
    return tuple(
        (one, claims)
        for one in choices(db, filters, translate, day)
        if "known" not in one.without and (claims := figures_count(db, replace(filters, **one.without)))
    )


def nearest_days(db: Snapshot, filters: Filters) -> tuple[tuple[date, int], ...]:
    """The last day before the chosen dates and the first day after them that anything else chosen has claims of, with their number."""
    return tuple((day, figures_count(db, _on(filters, day))) for day in _around(db, filters) if day is not None)


def _around(db: Snapshot, filters: Filters) -> Iterator[date | None]:
    condition = figure_condition(_on(filters, None), db)
    sides = (("max(last_day)", "last_day <", filters.date_from), ("min(day)", "day >", filters.date_to))
    for nearest, beyond, edge in sides:
        if edge is not None:
            sql = f"SELECT {nearest} FROM figures WHERE {condition.sql} AND {beyond} $edge"  # noqa: S608 - the literals above
            values: dict[str, Any] = {**condition.values, "edge": edge}
            yield from (day for (day,) in db.rows(sql, values))


def _on(filters: Filters, day: date | None) -> Filters:
    return replace(filters, date_from=day, date_to=day)
