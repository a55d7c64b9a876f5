"""What a run took from its source: answers, those that were the same bytes as before, and bytes that were sent."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.fetch.archive import Archive
from ingest.fetch.exchange import FetchMemory
from ingest.fetch.replay import Saved
from ingest.pipeline.intake import Run

_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Meter:
    """Counts each exchange for the run of its source, and hands it on to be written down. `memory` still has the answer before."""

    record: Callable[[Saved], None]
    archive: Archive
    memory: FetchMemory
    runs: Mapping[str, Run]
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, saved: Saved) -> None:
        """Count one exchange. Raises `StoreError` when it cannot be written down."""
        self.record(saved)
        run = self.runs.get(saved.source)
        if run is None:
            return
        sent = 0 if saved.status == _NOT_MODIFIED else self.archive.size(saved.sha256)
        before = self.memory.get(saved.url)
        same = saved.good and before is not None and before.sha256 == saved.sha256
        with self._counting:
            run.fetched += 1
            run.unchanged += same
            run.bytes += sent
