"""Marks to draw: of the small snapshot, and single claims made by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, query
from dashboard.state import Filters

Claim = dict[str, Any]


@pytest.fixture
def look() -> charts.Look:
    """An English reader in daylight."""
    return charts.Look(theme=charts.LIGHT)


@pytest.fixture(scope="session")
def killed(db: query.Snapshot) -> pd.DataFrame:
    """Every mark of people killed."""
    return query.series(db, Filters(), "killed")


@pytest.fixture
def mark(killed: pd.DataFrame) -> Callable[..., pd.DataFrame]:
    """Frames of single claims: SOHR's civilians of 4 December, with whatever a test changes."""
    base = killed[killed["figure_id"] == "f-c7"]

    def make(*changes: Claim) -> pd.DataFrame:
        frames = [base.assign(figure_id=f"f{n}", figure_ids=f"f{n}", **change) for n, change in enumerate(changes)]
        return pd.concat(frames, ignore_index=True).astype({"low": "Int64", "best": "Int64", "high": "Int64"})

    return make
