"""What charts draw: one mark per claim, with everything its tooltip and its line need.

Marks are plain mappings: a chart goes through a few hundred of them one by one, for which a frame is only a way there and back.
"""

from collections.abc import Sequence, Set
from typing import Any, Final

from dashboard.query.clauses import CLAUSES, Condition, figure_condition
from dashboard.query.labels import group_text, listed, names, people_of
from dashboard.query.snapshots import Row, Snapshot
from dashboard.state import Filters
from ingest.model.vocabulary import GroupStatus

_COLUMNS: Final = ", ".join(
    (
        *("figure_id", "figure_ids", "citations", "publishers", "metric", "kind", "family", "unit", "group_key"),
        *("claimed_source", "claimed_source_kind AS source_kind", "shape", "independence_group", "enemy", "perpetrator"),
        *("day", "last_day", "as_of", "window_start", "published_at"),
        *("value_text", "value_status", "qualifier", "value_low AS low", "value_best AS best", "value_high AS high"),
        *("interval_open_high AS open_high", "review IN ('human_checked', 'corrected') AS checked"),
        *("place_id", "place_name", "place_text", "place_precision", "adm1_id", "coverage_area", "quote"),
    )
)
"""No more than is drawn and said of a mark: each column costs as much as the others, for marks lie all over a million rows."""

Mark = Row
"""A claim with the columns of `MARK_COLUMNS`; a text that is not stated is empty."""
Spot = int | str
"""Where a mark is found with all its columns: its row in what is laid out, its identity while nothing is."""

_TALLIED: Final = frozenset({"metrics", "kinds", "groups", "places", "sources"})
"""The clauses, by their first field, that ask for columns which `tallies` have."""
_BY_DAY: Final = _TALLIED | {"date_from"}
"""The same of `marks_by_day`."""
_LAID_OUT: Final = "rowid IN (SELECT unnest($spots::BIGINT[]))"
_IN_FILES: Final = "list_contains($spots::VARCHAR[], {})"


def marks(db: Snapshot, spots: Sequence[Spot], lang: str, *also: str) -> tuple[Mark, ...]:
    """The marks at the spots that a query of `marks` gave, oldest first, with labels in the language; `also` are more columns."""
    if not spots:
        return ()
    columns = ", ".join((_COLUMNS, *also))
    found = f"pages.cited WHERE {_LAID_OUT}" if isinstance(spots[0], int) else f"cited WHERE {_IN_FILES.format('figure_id')}"
    made = db.records(f"SELECT {columns} FROM {found}", {"spots": list(spots)})  # noqa: S608 - names of ours
    named, people = names(db, lang), dict[str, dict[str, str]]()
    for mark in made:
        key, source, place = mark["group_key"], mark["claimed_source"], mark["place_id"]
        if key not in people:
            group = people_of(key)
            people[key] = {**group, "group_text": group_text(group, lang, db.sides)}
        mark.update(people[key])
        mark["publishers"] = listed(map(named.short, mark["publishers"].split(";")), lang)
        mark["source_label"], mark["source_short"] = named.organisation(source), named.short(source)
        mark["place_label"] = named.place(place, mark.pop("place_name"), mark.pop("place_text"))
        mark["adm1_label"] = named.place(mark["adm1_id"])
    return tuple(sorted(made, key=_age))  # a few hundred, which a database would take longer to put in order


def _age(mark: Mark) -> tuple[Any, ...]:
    """The oldest first, by day and publication; those of no known day last."""
    day, published = mark["day"], mark["published_at"]
    return day is None, day, published is None, published, mark["figure_id"]


def spotted(db: Snapshot, spots: Sequence[Spot], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Each of the spots with some columns of `marks_by_day` and nothing else, in no order."""
    if not spots:
        return []
    laid_out = isinstance(spots[0], int)
    found = f"pages.figures_by_day WHERE {_LAID_OUT}" if laid_out else f"figures_by_day WHERE {_IN_FILES.format('spot')}"
    return db.rows(f"SELECT spot, {', '.join(columns)} FROM {found}", {"spots": list(spots)})  # noqa: S608 - names of ours


def tallied(filters: Filters) -> str:
    """The table whose rows are counted under the filters: `tallies`, which are far fewer, unless days, documents, words, an event or single
    figures are chosen, which only marks tell apart. All say in `claims` how many marks a row stands for.
    """
    return "tallies" if _chosen(filters) <= _TALLIED else marked(filters)


def marked(filters: Filters) -> str:
    """The table of marks that is asked under the filters: the one of few columns wherever it has what is chosen by."""
    return "marks_by_day" if _chosen(filters) <= _BY_DAY else "marks"


def figured(filters: Filters) -> str:
    """The same of figures."""
    return "figures_by_day" if _chosen(filters) <= _BY_DAY else "figures"


def _chosen(filters: Filters) -> Set[str]:
    """The clauses that choose figures, by their first field."""
    return {clause.fields[0] for clause in CLAUSES if clause.figures and clause.chosen(filters)}


def selection(filters: Filters, db: Snapshot) -> Condition:
    """Which marks the filters select. Breakdowns by age, sex or role only when the reader chose one; shares of a count never."""
    condition = figure_condition(filters, db)
    asked = any(token not in list(GroupStatus) and not token.startswith("side.") for token in filters.groups)
    whole = "true" if asked else "whole"
    return Condition(f"({condition.sql}) AND NOT share AND {whole}", condition.values)
