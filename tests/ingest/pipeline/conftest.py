"""A small invented crisis with its own places, and a pipeline over an empty data folder."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from ingest.model.ids import document_id
from ingest.model.records import Document
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.settings import Settings, load

CRISIS = """
id = "tiny"
title = { en = "An invented crisis", ar = "أزمة متخيلة" }
country = "XXX"
timezone = "Asia/Damascus"
start = 2024-11-27
end = 2024-12-31
gazetteer = ["tiny"]

[[organisation]]
id = "watch"
name = { en = "Valley Watch", ar = "مرصد الوادي" }
short = "VW"
kind = "monitor"
"""
PLACES = """place_id,adm_level,name_en,name_ar,parent_id,lat,lon,kind,importance,status
XX,0,Xland,إكس,,35.0,38.0,country,5,cod
XX01,1,Northvale,شمال,XX,36.0,37.0,adm1,4,cod
XX02,1,Southvale,جنوب,XX,34.0,37.0,adm1,4,cod
"""


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    moment: datetime = datetime(2024, 12, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time it shows."""
        return self.moment

    def forward(self, **units: float) -> None:
        """Let some time pass."""
        self.moment += timedelta(**units)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until it is moved."""
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty data folder under the invented crisis."""
    for name, text in {"crises/tiny.toml": CRISIS, "gazetteer/tiny.csv": PLACES}.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return load({"CROSSCOUNT_CRISIS": "tiny"}, tmp_path / "data")


@pytest.fixture
def pipeline(settings: Settings, clock: Clock) -> Iterator[Pipeline]:
    """The way of a figure over an empty ledger."""
    with assembled(settings, clock) as opened:
        yield opened


@pytest.fixture
def report() -> Callable[..., Document]:
    """Makes a report of Valley Watch with some text."""

    def make(text: str, *, url: str = "", source: str = "fake") -> Document:
        when = datetime(2024, 12, 4, 9, tzinfo=UTC)
        identity = document_id(source, "watch", url, text)
        return Document(identity, source, "watch", "A report", text, "en", url, when, when, "text/plain", "0" * 64)

    return make


@dataclass
class Mailbox:
    """An SMTP server on this machine. `refuses` makes it turn messages away."""

    port: int = 0
    refuses: bool = False
    got: list[Any] = field(default_factory=list)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps what it gets."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                verb = line[:4].upper().strip()
                if verb == b"DATA" and not box.refuses:
                    self.wfile.write(b"354 go on\r\n")
                    lines = list(iter(self.rfile.readline, b".\r\n"))
                    box.got.append(message_from_bytes(b"".join(lines), policy=policy.default))
                refused = verb == b"DATA" and box.refuses
                self.wfile.write(b"451 not now\r\n" if refused else b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield box
        server.shutdown()
