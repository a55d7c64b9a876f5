"""A ledger with something in it, and everything a publication takes. The databases are those of the tests of the ledger."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import pytest

from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis, Organisation, Side
from ingest.model.records import Document, Figure, SourceInfo
from ingest.model.vocabulary import SourceKind
from ingest.places import Gazetteer
from ingest.places.place import Kind
from ingest.places.tidy import PLACE_COLUMNS, PlaceRow, write_rows
from ingest.publish import Snapshot, publish
from ingest.publish.frames import frame
from ingest.settings import Settings
from ingest.store import Ledger

_spec = importlib.util.spec_from_file_location("crosscount_tests_ledger", Path(__file__).parents[1] / "store" / "conftest.py")
assert _spec
assert _spec.loader
_ledger = sys.modules.setdefault("crosscount_tests_ledger", importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(_ledger)

url, sqlite_url, now, a_document, a_figure = _ledger.url, _ledger.sqlite_url, _ledger.now, _ledger.a_document, _ledger.a_figure
doomed, dice, small_disk = _ledger.doomed, _ledger.dice, _ledger.small_disk

PLACES = (
    PlaceRow("SY", 0, "Syria", "سوريا", "", 34.99, 38.5, Kind.COUNTRY, 5, "test"),
    PlaceRow("SY02", 1, "Aleppo", "حلب", "SY", 36.2, 37.5, Kind.ADM1, 4, "test"),
    PlaceRow("SY07", 1, "Idleb", "إدلب", "SY", 35.8, 36.7, Kind.ADM1, 4, "test"),
    PlaceRow("SY0200", 2, "Jebel Saman", "جبل سمعان", "SY02", 36.1, 37.1, Kind.ADM2, 3, "test"),
    PlaceRow("C1007", 4, "Aleppo City", "مدينة حلب", "SY0200", 36.21, 37.16, Kind.COMMUNITY, 4, "test"),
)


@pytest.fixture
def crisis() -> Crisis:
    """A small crisis."""
    return Crisis(
        id="test",
        title={"en": "Test"},
        country="SYR",
        timezone=ZoneInfo("Asia/Damascus"),
        start=date(2024, 11, 27),
        end=None,
        gazetteer=("syr",),
        boundaries="",
        sides=(Side("government", {"en": "Government", "ar": "الحكومة"}, {}),),
        organisations={
            "sohr": Organisation("sohr", {"en": "Observatory", "ar": "المرصد"}, "SOHR", SourceKind.MONITOR, definition="Counts.")
        },
        regions=(),
        household_factors=(),
        sources={"test": {}, "off": {"enabled": False}},
    )


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    """A country, two governorates, a district and a town."""
    path = tmp_path / "syr.csv"
    write_rows(path, PLACES, PLACE_COLUMNS)
    return Gazetteer.load([path])


def source(name: str, **said: Any) -> SourceInfo:
    """A connector's description."""
    fields: dict[str, Any] = {
        "name": name, "title": name.title(), "publisher": "sohr", "kind": SourceKind.MONITOR, "address": "https://example.org/",
        "languages": ("en", "ar"), "licence": "own", "redistribution": "no", "cadence_hours": 6.0, "mandate": "All.",
        "limitation": "Some.", "expected_volume": (0, 9),
    }  # fmt: skip
    return SourceInfo(**{**fields, **said})


def no_verdicts(_: pd.DataFrame, **__: Any) -> pd.DataFrame:
    """A comparison with nothing to say."""
    return frame("discrepancies", ())


@dataclass
class Newsroom:
    """A ledger that can be added to and published, with a clock that goes on by itself."""

    ledger: Ledger
    settings: Settings
    crisis: Crisis
    gazetteer: Gazetteer
    clock: datetime
    a_document: Callable[..., Document]
    a_figure: Callable[..., Figure]
    sources: tuple[SourceInfo, ...] = ()
    compare: Callable[..., pd.DataFrame] | None = no_verdicts
    reports: int = field(default=0)

    @property
    def root(self) -> Path:
        """Where the crisis is published."""
        return self.settings.published / self.crisis.id

    def add(self, text: str = "", **said: Any) -> Figure:
        """Add a report with one figure, different each time."""
        self.reports += 1
        document = self.a_document(
            text or f"Report {self.reports}: at least 4 civilians were killed.", url=f"https://example.org/{self.reports}"
        )
        figure = self.a_figure(document, "4 ", **said)
        figure = replace(figure, span_end=figure.span_end - 1) if figure.span_end - figure.span_start > 1 else figure
        self.ledger.add([document], [figure], self.clock)
        return figure

    def publish(self, *, later: timedelta = timedelta(minutes=1), **options: Any) -> Snapshot:
        """Publish some time later."""
        self.clock += later
        return publish(self.ledger, self.settings, self.crisis, self.gazetteer, self.sources, self.clock, compare=self.compare, **options)


@pytest.fixture
def newsroom(tmp_path: Path, crisis: Crisis, gazetteer: Gazetteer, now: datetime, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """An empty ledger on SQLite, ready to publish into the same folder."""
    address = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    settings = Settings(tmp_path / "data", tmp_path, crisis.id, address)
    sources = (source("test"), source("off"), source("keyed", needs=("SECRET_KEY",)), source("quiet"))
    with Ledger.open(address) as ledger:
        builders = (request.getfixturevalue(name) for name in ("a_document", "a_figure"))
        yield Newsroom(ledger, settings, crisis, gazetteer, now, *builders, sources)


@pytest.fixture
def rows() -> Callable[[Path, str], list[dict[str, Any]]]:
    """Reads a published table as a reader would: rows as dictionaries, empty cells as None, moments as text in UTC."""

    def read(folder: Path, table: str) -> list[dict[str, Any]]:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [layout.pattern(folder, table)]).fetchall()
            columns = [f'CAST("{name}" AS VARCHAR) AS "{name}"' if "TIME ZONE" in kind else f'"{name}"' for name, kind, *_ in described]
            query = f"SELECT {', '.join(columns)} FROM read_parquet(?)"  # noqa: S608 -- columns of the schema
            found = connection.execute(query, [layout.pattern(folder, table)])
            return [dict(zip([name for name, *_ in described], row, strict=True)) for row in found.fetchall()]

    return read
