"""What is otherwise than when a reader last looked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dashboard.query.snapshots import Snapshot, answered

_SINCE: Final = """
    SELECT count(*) FILTER (first_seen_at > $since AND supersedes = ''),
        count(*) FILTER (first_seen_at > $since AND supersedes <> ''),
        count(*) FILTER (superseded_at > $since AND figure_id NOT IN (SELECT supersedes FROM figures WHERE first_seen_at > $since))
    FROM figures
"""


@dataclass(frozen=True, slots=True)
class Since:
    """Figures that are new, that replace an earlier edition's, and that an edition dropped without another in their place."""

    new: int
    changed: int
    removed: int


@answered
def since(db: Snapshot, moment: datetime) -> Since:
    """What entered or left the snapshot after a moment, which is that of an earlier publication."""
    return Since(*map(int, db.rows(_SINCE, {"since": moment.astimezone(UTC).replace(tzinfo=None)})[0]))
