"""The shipped scenario as the tests see it: the crisis, the sample reports taken apart, and what is expected of each."""

import csv
from pathlib import Path

import pytest

from ingest.model.crisis import Crisis, Organisation, load_crisis, load_organisations
from ingest.settings import shipped_data
from tests.quality.sample import Expectation, SampleReport, load_expected, load_reports


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The folder of data that comes with the program."""
    return shipped_data()


@pytest.fixture(scope="session")
def organisations(shipped: Path) -> dict[str, Organisation]:
    """The organisations known in every crisis, by id."""
    return load_organisations(shipped / "organisations.toml")


@pytest.fixture(scope="session")
def crisis(shipped: Path, organisations: dict[str, Organisation]) -> Crisis:
    """The shipped crisis."""
    return load_crisis(shipped / "crises" / "syria-2024.toml", organisations)


@pytest.fixture(scope="session")
def reports() -> dict[str, SampleReport]:
    """The sample reports by file name without its ending."""
    return load_reports()


@pytest.fixture(scope="session")
def expected() -> dict[str, tuple[Expectation, ...]]:
    """What is expected of each report, by the same name."""
    return load_expected()


@pytest.fixture(scope="session")
def every_expectation(expected: dict[str, tuple[Expectation, ...]]) -> list[Expectation]:
    """All expected figures in one list."""
    return [one for figures in expected.values() for one in figures]


@pytest.fixture(scope="session")
def place_ids(shipped: Path, crisis: Crisis) -> frozenset[str]:
    """Identities of the places the crisis's gazetteer knows."""
    ids: set[str] = set()
    for name in crisis.gazetteer:
        with (shipped / "gazetteer" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
            ids.update(row["place_id"] for row in csv.DictReader(table))
    return frozenset(ids)


@pytest.fixture(scope="session")
def sample_rows(shipped: Path) -> list[dict[str, str]]:
    """The rows of the sample's table as text."""
    with (shipped / "sample" / "figures.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
