"""A small invented crisis with its own places, and a pipeline over an empty data folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
