"""Marks to draw: of the small snapshot, and single claims made by hand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from dashboard import charts, query
from dashboard.state import Filters

Claim = Mapping[str, Any]


@pytest.fixture
def look() -> charts.Look:
    """An English reader in daylight."""
    return charts.Look(theme=charts.LIGHT)


@pytest.fixture(scope="session")
def killed(db: query.Snapshot) -> Sequence[Claim]:
    """Every mark of people killed."""
    return query.series(db, Filters(), "killed").marks


@pytest.fixture
def mark(killed: Sequence[Claim]) -> Callable[..., list[Claim]]:
    """Single claims: SOHR's civilians of 4 December, with whatever a test changes."""
    (base,) = [claim for claim in killed if claim["figure_id"] == "f-c7"]

    def make(*changes: Claim) -> list[Claim]:
        return [{**base, "figure_id": f"f{n}", "figure_ids": f"f{n}", **change} for n, change in enumerate(changes)]

    return make
