"""Sources that became late, or fresh again: told once, when it happens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.model.freshness import freshness
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import Freshness
from ingest.store import Ledger


@dataclass(frozen=True, slots=True)
class Turn:
    """A source whose freshness is another than people were told last; `before` is None where they never were."""

    source: str
    before: Freshness | None
    after: Freshness
    changed_at: datetime

    def __str__(self) -> str:
        """In a sentence, in UTC."""
        if self.after is Freshness.FRESH:
            return f"{self.source}: fresh again."
        return f"{self.source}: {self.after.value}, nothing new since {self.changed_at:%Y-%m-%d %H:%M} UTC."


def turns(described: Iterable[SourceInfo], ledger: Ledger, now: datetime) -> tuple[Turn, ...]:
    """What changed since this was last asked, on this machine or another. That a source is fresh for the first time is no news."""
    states, found = ledger.source_states(), list[Turn]()
    for info in described:
        state = states.get(info.name)
        if state is None or state.changed_at is None:
            continue
        after = freshness(info.cadence_hours, state.changed_at, now)
        before = Freshness(state.freshness) if state.freshness else None
        if after is None or after is before or not ledger.turn_fresh(info.name, state.freshness, after.value):
            continue
        if before is not None or after is not Freshness.FRESH:
            found.append(Turn(info.name, before, after, state.changed_at))
    return tuple(found)
