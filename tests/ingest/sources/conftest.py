"""A fetch request against the loopback server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.request import FetchRequest

DAMASCUS = ZoneInfo("Asia/Damascus")


@dataclass
class Ask:
    """Builds requests; `told` collects what sources say on the way."""

    archive: Archive
    client: Client
    now: Callable[[], Any]
    told: list[str] = field(default_factory=list)

    def __call__(self, **fields: Any) -> FetchRequest:
        """A request with these fields."""
        crisis = {"country": "SYR", "days": (date(2024, 11, 27), date(2024, 12, 31)), "timezone": DAMASCUS}
        base = {"client": self.client, "archive": self.archive, "progress": self.told.append, "now": self.now, **crisis}
        return FetchRequest(**{**base, **fields})


@pytest.fixture
def ask(archive: Archive, make_client: Callable[..., Client], fake_time: Any) -> Ask:
    """Builds fetch requests for loopback, in Damascus time."""
    return Ask(archive, make_client(), fake_time.now)


@pytest.fixture
def remembering(make_client: Callable[..., Client], memory: Any) -> Client:
    """A client that remembers what it was answered, as refreshes one after another do."""
    return make_client(memory=memory)
