"""How fresh the sources are at the moment somebody looks, which a snapshot cannot know."""

from datetime import UTC, datetime

from dashboard.query.snapshots import Snapshot
from ingest.model.freshness import freshness
from ingest.model.vocabulary import Freshness

_AWAKE = {"ready", "failing"}  # states of sources that are asked on their own, and so can be late


def lateness(db: Snapshot, now: datetime) -> dict[str, Freshness]:
    """How fresh each source is at a moment (aware), by connector; one that never had anything new, or is not asked, is left out."""
    found = db.rows("SELECT source, state, cadence_hours, changed_at FROM published_sources WHERE changed_at IS NOT NULL")
    words = {name: freshness(hours, at.replace(tzinfo=UTC), now) for name, state, hours, at in found if state in _AWAKE and hours}
    return {name: word for name, word in words.items() if word is not None}
