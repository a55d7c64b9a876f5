"""The rules of the comparison as a reader changed them: which they are, and the verdicts they give on what is shown.

A changed rule compares anew, from the snapshot's own figures, with the same comparison that published it. A snapshot of up to
`MOST` claims is compared whole. A larger one is compared as far as the filters reach: the metrics chosen with those they are parts
or wholes of, the places chosen with what overlaps them, and the days chosen with those near enough to matter; where that is still too
much, the published verdicts stand. What was known on a day is compared anew in the same way where its verdicts are those reached since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from dashboard.query.severity import CONTRADICTIONS
from dashboard.query.snapshots import Snapshot
from dashboard.query.views import ruled
from dashboard.state import Filters
from ingest.compare import DEFAULT, Rules, compare
from ingest.compare.alignment.vector import METRIC_WHOLES
from ingest.compare.claims.comparable import NEEDED, USED
from ingest.compare.settings import changed, from_tables, shown
from ingest.errors import SettingsError
from ingest.model.ids import digest

MOST: Final = 100_000
"""Claims compared while a reader waits: two or three seconds, once."""
PUBLISHED: Final = "discrepancies"


def published_value(db: Snapshot | None, name: str) -> str:
    """The value a rule was published with, as written in an address; empty for a table of several."""
    return shown(published_rules(db), name) if db is not None else ""


@dataclass(frozen=True, slots=True)
class Change:
    """A rule with its published value and the one it is shown with, both as written in an address; `now` is refused where `wrong`."""

    name: str
    published: str
    now: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """The rules of a view. `changes` are in force, `refused` are not; `claims` were compared anew, all or a `part` of the snapshot.

    `table` holds the verdicts. `too_many` says that nothing is compared anew, because the filters leave too many claims: changed rules
    are not applied, and what was known on a day is judged as it was since.
    """

    rules: Rules
    changes: tuple[Change, ...] = ()
    refused: tuple[Change, ...] = ()
    table: str = PUBLISHED
    claims: int = 0
    part: bool = False
    too_many: bool = False


def published_rules(db: Snapshot) -> Rules:
    """The rules the snapshot was published with; those of the program where it does not say."""
    return from_tables(db.manifest.rules, DEFAULT, db.id)


def applied(db: Snapshot, filters: Filters) -> Applied:
    """What the rules of the view make of the snapshot, compared anew where they differ from the published ones."""
    published = published_rules(db)
    rules, changes, refused = _chosen(published, filters)
    if rules == published and not db.judged_since:
        return Applied(published, refused=refused)
    where, values = _neighbourhood(db, filters, rules)
    claims = int(db.rows(f"SELECT count(*) FROM published_figures WHERE {where}", values)[0][0])  # noqa: S608 - no value is pasted
    if claims > MOST:
        return Applied(published, changes, refused, claims=claims, too_many=True)
    name = f"anew-{digest(rules.version, where, values)}"
    table = db.made(name, lambda: (_compared(db, rules, where, values), ruled("given")))
    return Applied(rules, changes, refused, f'"{table}"', claims, part=where != "true")


def verdicts(db: Snapshot, filters: Filters) -> str:
    """The table with the verdicts of the view, for a FROM."""
    return applied(db, filters).table


def contradictions(db: Snapshot, filters: Filters) -> str:
    """The contradictions among them, for a FROM: a table of their own where nothing was compared anew and no words are looked for."""
    table = verdicts(db, filters)
    return "contradictions" if table == PUBLISHED and not filters.q else f"(SELECT * FROM {table} WHERE {CONTRADICTIONS})"  # noqa: S608


def _chosen(published: Rules, filters: Filters) -> tuple[Rules, tuple[Change, ...], tuple[Change, ...]]:
    """The published rules with the reader's changes, one by one, so that a wrong one costs only itself."""
    rules, changes, refused = published, [], []
    for given in filters.rules:
        name, _, value = given.partition(":")
        try:
            rules = changed(rules, {name: value})
        except SettingsError:
            refused.append(Change(name, shown(published, name), value, wrong=True))
            continue
        if shown(rules, name) != shown(published, name):
            changes.append(Change(name, shown(published, name), shown(rules, name)))
    return (rules if changes else published), tuple(changes), tuple(refused)


def _neighbourhood(db: Snapshot, filters: Filters, rules: Rules) -> tuple[str, dict[str, Any]]:
    """The condition on figures that decides what is compared anew."""
    if db.manifest.rows.get("figures", 0) <= MOST:
        return "true", {}
    parts: list[str] = []
    values: dict[str, Any] = {}
    if divisions := _divisions(db, filters.places):
        parts.append("(adm1_id = '' OR list_contains($divisions, adm1_id) OR list_has_any(string_split(coverage_area, ';'), $divisions))")
        values["divisions"] = divisions
    if filters.metrics:
        parts.append("list_contains($metrics::VARCHAR[], metric)")
        values["metrics"] = sorted(_related(filters.metrics))
    # a claim is set beside others up to the horizon away, and read by its neighbours up to the horizon from them
    reach = timedelta(days=2 * max(rules.lag_horizon_days, rules.lag_tolerance_days, rules.start_tolerance_days))
    day = "coalesce(event_start, as_of, published_at::DATE)"
    if filters.date_from:
        parts.append(f"coalesce(event_end, {day}) >= $first::DATE")
        values["first"] = filters.date_from - reach
    if filters.date_to:
        parts.append(f"{day} <= $last::DATE")
        values["last"] = filters.date_to + reach
    return " AND ".join(parts) or "true", values


def _divisions(db: Snapshot, places: tuple[str, ...]) -> list[str]:
    """The first-level divisions the places lie in; none where one of them is wider, or is not known."""
    rows = db.rows("SELECT adm1_id FROM places WHERE list_contains($places::VARCHAR[], place_id)", {"places": list(places)})
    found = sorted({division for (division,) in rows})
    return found if len(rows) == len(places) and "" not in found else []


def _related(metrics: tuple[str, ...]) -> set[str]:
    """The metrics, and those they are a part or a whole of, directly or through others."""
    related = set(metrics)
    links = [(str(part), str(whole)) for part, wholes in METRIC_WHOLES.items() for whole in wholes]
    while more := {other for pair in links for one, other in (pair, pair[::-1]) if one in related} - related:
        related |= more
    return related


def _compared(db: Snapshot, rules: Rules, where: str, values: Mapping[str, Any]) -> Any:
    columns = ", ".join(dict.fromkeys((*NEEDED, *USED, "review")))
    figures = db.bulk(f"SELECT {columns} FROM published_figures WHERE {where}", values)  # noqa: S608 - no value is pasted
    organisations, places = (db.bulk(f"SELECT * FROM published_{name}") for name in ("organisations", "places"))  # noqa: S608
    return compare(figures, rules, organisations=organisations, places=places, sides=db.sides)
