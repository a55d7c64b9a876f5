"""What a source is handed for one fetch; source modules import this, the text readers and the model, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ingest.fetch.archive import Archive
from ingest.fetch.exchange import Fetcher


def _silent(_: str) -> None:
    """Progress that nobody watches."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One fetch of one source.

    `since` asks for reports published (or edited, where the source can tell) at or after that time; None asks for what the
    source offers without digging. `options` is the source's table in the crisis file, `keys` the settings and environment.
    `country` (ISO code of three letters) and `days` (its first and last day, the last open while it goes on) are the crisis's, and
    so is `timezone`, for times that a publisher states without a zone. `progress` takes sentences for people:
    how far the work is, what was passed over and why, and every sign that the source changed its shape. `vanished` takes the address
    of a report that was there before and is gone.
    """

    client: Fetcher
    archive: Archive
    since: datetime | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    country: str = ""
    days: tuple[date, date | None] = (date.min, None)
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    progress: Callable[[str], None] = _silent
    vanished: Callable[[str], None] = _silent
    now: Callable[[], datetime] = _utc_now
