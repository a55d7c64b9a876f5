"""From the ledger to what people read: checks, an immutable snapshot with a pointer to it, and exports of its tables.

`publish` writes a snapshot or refuses; `current` finds the one to read. A check that fails publishes nothing, and the last good
snapshot stays up.
"""

from ingest.model.snapshot import current
from ingest.publish.objects import Objects
from ingest.publish.snapshot import Snapshot, publish

__all__ = ["Objects", "Snapshot", "current", "publish"]
