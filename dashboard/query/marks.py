"""The rows charts draw: one mark per claim, with everything its tooltip and its line need."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from dashboard.query.clauses import CLAUSES, Condition, figure_condition
from dashboard.query.labels import GROUP, group_text, labelled, listed, names, people_of
from dashboard.query.snapshots import Snapshot
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

Spot = int | str
"""Where a mark is found with all its columns: its row in what is laid out, its identity while nothing is."""

_TALLIED: Final = frozenset({"metrics", "kinds", "groups", "places", "sources"})
"""The clauses, by their first field, that ask for columns which `tallies` have."""
_LAID_OUT: Final = "pages.cited WHERE rowid IN (SELECT unnest($spots::BIGINT[]))"
_NOWHERE: Final = "cited WHERE len($spots) > 0"
_BY_IDENTITY: Final = "cited WHERE list_contains($spots::VARCHAR[], figure_id)"


def marks(db: Snapshot, spots: Sequence[Spot], lang: str, *also: str) -> pd.DataFrame:
    """The marks at the spots that a query of `marks` gave, oldest first, with labels in the language; `also` are more columns."""
    columns = ", ".join((_COLUMNS, *also))
    found = f"SELECT {columns} FROM {_at(spots)} ORDER BY day, published_at, figure_id"  # noqa: S608 - names of ours
    frame = db.frame(found, {"spots": list(spots)})
    named = names(db, lang)
    people = {key: {**people_of(key), "group_text": group_text(people_of(key), lang, db.sides)} for key in set(frame["group_key"])}
    told = {
        "publishers": labelled(frame["publishers"], lambda ids: listed(map(named.short, ids.split(";")), lang)),
        "source_label": labelled(frame["claimed_source"], named.organisation),
        "source_short": labelled(frame["claimed_source"], named.short),
        "place_label": labelled(frame["place_id"], named.place, frame["place_name"], frame["place_text"]),
        "adm1_label": labelled(frame["adm1_id"], named.place),
        **{name: labelled(frame["group_key"], lambda key, name=name: people[key][name]) for name in ("group_text", *GROUP)},
    }
    rest = frame.drop(columns=["place_name", "place_text", "publishers"])
    return pd.concat([rest, pd.DataFrame(told, frame.index)], axis="columns")  # all at once: columns set one by one cost three times that


def spotted(db: Snapshot, spots: Sequence[Spot], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Each of the spots with some columns of its mark and nothing else, in no order."""
    own = "rowid" if spots and isinstance(spots[0], int) else "figure_id"
    return db.rows(f"SELECT {own}, {', '.join(columns)} FROM {_at(spots)}", {"spots": list(spots)}) if spots else []  # noqa: S608 - names of ours


def _at(spots: Sequence[Spot]) -> str:
    """The marks at the spots, for a FROM."""
    return _NOWHERE if not spots else _LAID_OUT if isinstance(spots[0], int) else _BY_IDENTITY


def tallied(filters: Filters) -> str:
    """The table whose rows are counted under the filters: `tallies`, which are far fewer, unless days, documents, words, an event or single
    figures are chosen, which only `marks` tell apart. Both say in `claims` how many marks a row stands for.
    """
    chosen = {clause.fields[0] for clause in CLAUSES if clause.figures and clause.chosen(filters)}
    return "tallies" if chosen <= _TALLIED else "marks"


def selection(filters: Filters, db: Snapshot) -> Condition:
    """Which marks the filters select. Breakdowns by age, sex or role only when the reader chose one; shares of a count never."""
    condition = figure_condition(filters, db)
    asked = any(token not in list(GroupStatus) and not token.startswith("side.") for token in filters.groups)
    whole = "true" if asked else "whole"
    return Condition(f"({condition.sql}) AND NOT share AND {whole}", condition.values)
