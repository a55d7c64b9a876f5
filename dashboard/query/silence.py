"""Who spoke and who did not: the rows of the silence table for a metric and a place, as a grid of sources and days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from dashboard.query.clauses import Condition
from dashboard.query.labels import names
from dashboard.query.snapshots import Snapshot, answered
from dashboard.state import Filters
from ingest.model.vocabulary import METRICS, SOURCE_KINDS, SilenceState

MOST_DAYS: Final = 62
"""Days a grid shows at once, the newest first to be kept; the table and its download hold all."""

_ORDER: Final = {str(kind): place for place, kind in enumerate(SOURCE_KINDS)}
_CELL: Final = ("day", "state", "claims", "figure_id", "value_text")
"""What a cell of the grid tells."""

# What holds in one division: its own row where something was claimed about it, else what holds where the source made no claim,
# as far as the division lies in its mandate.
_DIVISION: Final = """
SELECT w.day, w.claimed_source, w.metric, $division AS adm1_id,
    coalesce(o.state, CASE WHEN m.organisation IS NULL THEN 'out_of_mandate' ELSE w.unspoken END) AS state, w.unspoken,
    o.state IS NULL AND m.organisation IS NOT NULL AND w.due AS due, coalesce(o.claims, 0) AS claims,
    coalesce(o.figure_id, '') AS figure_id, coalesce(o.figure_ids, '') AS figure_ids, coalesce(o.value_text, '') AS value_text
FROM (SELECT * FROM published_silence WHERE adm1_id = '' AND {where}) w
LEFT JOIN (SELECT * FROM published_silence WHERE adm1_id = $division) o
    ON o.day = w.day AND o.claimed_source = w.claimed_source AND o.metric = w.metric
LEFT JOIN (
    SELECT DISTINCT organisation, metric, since, until FROM published_mandates
    WHERE places = '' OR list_contains(string_split(places, ';'), $division)
) m ON m.organisation = w.claimed_source AND m.metric = w.metric
    AND w.day >= coalesce(m.since, w.day) AND w.day <= coalesce(m.until, w.day)
"""


def division(db: Snapshot, filters: Filters) -> str:
    """The first-level division of the place the reader chose first; empty for anywhere in the crisis area."""
    if not filters.places:
        return ""
    found = db.rows("SELECT coalesce(nullif(adm1_id, ''), place_id), adm_level FROM places WHERE place_id = $id", {"id": filters.places[0]})
    return str(found[0][0]) if found and found[0][1] else ""


def silence_rows(db: Snapshot, filters: Filters) -> Condition:
    """A SELECT of the columns of the silence table, and its values: of a division where one is chosen, else every stored row."""
    parts, values = ["true"], dict[str, Any]()
    for name, column in (("metrics", "metric"), ("sources", "claimed_source")):
        if getattr(filters, name):
            parts.append(f"list_contains(${name}::VARCHAR[], {column})")
            values[name] = list(getattr(filters, name))
    if filters.date_from or filters.date_to:
        parts.append("day >= coalesce($first::DATE, DATE '0001-01-01') AND day <= coalesce($last::DATE, DATE '9999-12-31')")
        values.update(first=filters.date_from, last=filters.date_to)
    where, chosen = " AND ".join(parts), division(db, filters)
    if chosen:
        return Condition(_DIVISION.format(where=where), {**values, "division": chosen})
    return Condition(f"SELECT * FROM published_silence WHERE {where}", values)  # noqa: S608 - conditions are ours


@answered
def silence_metrics(db: Snapshot) -> tuple[str, ...]:
    """The metrics somebody is asked about or spoke of, in the order of the vocabulary."""
    found = {metric for (metric,) in db.rows("SELECT DISTINCT metric FROM published_silence")}
    return tuple(str(metric) for metric in METRICS if str(metric) in found)


@answered
def silence_divisions(db: Snapshot, lang: str = "en") -> tuple[tuple[str, str], ...]:
    """Identity and name of the first-level divisions, by name."""
    named = names(db, lang)
    found = [(place, named.place(place)) for (place,) in db.rows("SELECT place_id FROM places WHERE adm_level = 1")]
    return tuple(sorted(found, key=lambda one: one[1]))


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source said on one day, with the first of its `claims` about it."""

    day: date
    state: str
    claims: int = 0
    figure_id: str = ""
    value_text: str = ""


@dataclass(frozen=True, slots=True)
class SourceDays:
    """A source and its cells, one for each day of the grid."""

    source: str
    label: str
    short: str
    kind: str
    cells: tuple[Cell, ...]

    @property
    def spoke(self) -> int:
        """On how many days it gave a number."""
        return sum(cell.state == SilenceState.VALUE for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """Sources by the order of their kinds, of each kind those first that gave a number on most days; nobody where there are no days.

    Those for which all of the days are not their task are left out, and counted.
    """

    sources: tuple[SourceDays, ...] = ()
    days: tuple[date, ...] = ()
    left_out: int = 0


@answered
def silence_grid(db: Snapshot, filters: Filters, metric: str) -> Grid:
    """Who said what on which day, every day there from the first that is shown to the last."""
    rows, first, last = _shown(db, filters, metric)
    if first is None or last is None:
        return Grid()
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    told: dict[str, dict[date, Cell]] = {}
    for source, *cell in db.rows(f"SELECT claimed_source, {', '.join(_CELL)} FROM {rows.sql}", rows.values):  # noqa: S608 - ours
        told.setdefault(source, {})[cell[0]] = Cell(*cell)
    kinds, named = _kinds(db), names(db, filters.lang)
    asked = [
        SourceDays(
            source,
            named.organisation(source),
            named.short(source),
            kinds.get(source, "other"),
            tuple(own.get(day) or Cell(day, SilenceState.OUT_OF_MANDATE.value) for day in days),  # a day without a row is nobody's task
        )
        for source, own in told.items()
        if any(cell.state != SilenceState.OUT_OF_MANDATE for cell in own.values())
    ]
    asked.sort(key=lambda one: (_rank(one.kind), -one.spoke, one.source))
    return Grid(tuple(asked), days, len(told) - len(asked))


@dataclass(frozen=True, slots=True)
class Unheard:
    """Names of the sources that were asked about something and gave no number from `first` to `last`; nobody where `names` are none."""

    names: tuple[str, ...]
    first: date
    last: date


@answered
def unheard(db: Snapshot, filters: Filters, metric: str) -> Unheard | None:
    """Who of the grid gave no number in its days, in its order; None where nobody was asked."""
    rows, first, last = _shown(db, filters, metric)
    asked = f"bool_or(state <> '{SilenceState.OUT_OF_MANDATE}')"
    sql = f"SELECT claimed_source, bool_or(state = '{SilenceState.VALUE}') FROM {rows.sql} GROUP BY 1 HAVING {asked}"  # noqa: S608 - ours
    found = db.rows(sql, rows.values)
    if first is None or last is None or not found:
        return None
    kinds, named = _kinds(db), names(db, filters.lang)
    silent = sorted((source for source, spoke in found if not spoke), key=lambda source: (_rank(kinds.get(source, "other")), source))
    return Unheard(tuple(dict.fromkeys(map(named.organisation, silent))), first, last)


def _shown(db: Snapshot, filters: Filters, metric: str) -> tuple[Condition, date | None, date | None]:
    """The rows of the days a grid shows, for a FROM, and its first and last day; None where there are no rows."""
    chosen = silence_rows(db, filters.changed(metrics=(metric,)))
    everywhen = f"FROM ({chosen.sql})" + ("" if division(db, filters) else " WHERE adm1_id = ''")
    earliest, last = db.rows(f"SELECT min(day), max(day) {everywhen}", chosen.values)[0]
    first = max(earliest, last - timedelta(days=MOST_DAYS - 1)) if last else None
    rows = f"(SELECT * FROM (SELECT * {everywhen}) WHERE day >= $shown_first::DATE)"  # noqa: S608 - no value is pasted
    return Condition(rows, {**chosen.values, "shown_first": first}), first, last


@answered
def _kinds(db: Snapshot) -> dict[str, str]:
    """The kind of each organisation."""
    return dict(db.rows("SELECT organisation, kind FROM organisations"))


def _rank(kind: str) -> int:
    return _ORDER.get(kind, len(_ORDER))
