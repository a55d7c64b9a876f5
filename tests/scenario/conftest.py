"""The shipped scenario as the tests see it: the crisis, the sample reports taken apart, and what is expected of each."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ingest.model.crisis import Crisis, Organisation, load_crisis, load_organisations
from ingest.settings import shipped_data


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One file of the sample: the keys before the line `---` and the text after it."""

    header: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected figure with the defaults of its report and of the file filled in."""

    report: str
    index: int
    keys: Mapping[str, Any]

    def checked(self, key: str) -> list[Any]:
        """The values of a key that are right; none where it is not checked."""
        value = self.keys.get(key, "?")
        if value == "?":
            return []
        return value if isinstance(value, list) else [value]


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
def reports(shipped: Path) -> dict[str, SampleReport]:
    """The sample reports by file name without its ending."""
    return {path.stem: _report(path) for path in sorted((shipped / "sample" / "reports").glob("*.txt"))}


def _report(path: Path) -> SampleReport:
    head, mark, body = path.read_text(encoding="utf-8").partition("\n---\n")
    assert mark, f"{path.name} has no line --- after its keys"
    return SampleReport(dict(line.split(": ", 1) for line in head.splitlines()), body.strip())


@pytest.fixture(scope="session")
def expected() -> dict[str, tuple[Expectation, ...]]:
    """What is expected of each report, by the same name."""
    table = tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))
    defaults = table.pop("defaults")
    return {name: tuple(_figures(name, defaults, entry)) for name, entry in table.items()}


def _figures(name: str, defaults: Mapping[str, Any], entry: Mapping[str, Any]) -> Iterator[Expectation]:
    of_report = {key: value for key, value in entry.items() if key != "figures"}
    for index, figure in enumerate(entry["figures"]):
        yield Expectation(name, index, {**defaults, **of_report, **figure})


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
