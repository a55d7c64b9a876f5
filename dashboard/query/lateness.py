"""How fresh the sources are at the moment somebody looks, which a snapshot cannot know."""

from datetime import UTC, datetime
from typing import Any

from dashboard.query.snapshots import Snapshot, answered
from ingest.model.freshness import freshness
from ingest.model.vocabulary import Freshness

_OVERDUE = {Freshness.OVERDUE, Freshness.DELINQUENT}  # twice its own cadence has passed, so that one late report is no alarm
_AWAKE = {"ready", "failing"}  # states of sources that are asked on their own, and so can be late


def lateness(db: Snapshot, now: datetime) -> dict[str, Freshness]:
    """How fresh each source is at a moment (aware), by connector; one that never had anything new, or is not asked, is left out."""
    words = {name: freshness(hours, at.replace(tzinfo=UTC), now) for name, state, hours, at in _changes(db) if state in _AWAKE and hours}
    return {name: word for name, word in words.items() if word is not None}


def stale_since(db: Snapshot, now: datetime) -> datetime | None:
    """When anything new came last (aware, UTC), where every source that is asked is overdue by now; None while one is not, or none is."""
    words = lateness(db, now)
    if not words or not all(word in _OVERDUE for word in words.values()):
        return None
    newest = max(at for name, _, _, at in _changes(db) if name in words)
    return newest.replace(tzinfo=UTC)  # type: ignore[no-any-return]  # a moment of the table


@answered
def _changes(db: Snapshot) -> list[tuple[Any, ...]]:
    """Source, state, cadence in hours and when something new came last, of every source that had anything new."""
    return db.rows("SELECT source, state, cadence_hours, changed_at FROM published_sources WHERE changed_at IS NOT NULL")
