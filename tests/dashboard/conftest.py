"""The snapshots that the dashboard's tests open."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard import query
from ingest.model import snapshot as layout
from ingest.model.schema import FIGURES
from tests.dashboard.published import CRISIS, build_snapshot


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of published snapshots with the small one in it."""
    root = tmp_path_factory.mktemp("published")
    build_snapshot(root)
    return root


@pytest.fixture(scope="session")
def published_lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of published snapshots with one in which three monitors list incidents for a month."""
    root = tmp_path_factory.mktemp("published-lists")
    build_snapshot(root, lists=True)
    return root


@pytest.fixture(scope="session")
def published_10k(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of published snapshots with one of ten thousand figures."""
    root = tmp_path_factory.mktemp("published-10k")
    build_snapshot(root, rows=10_000)
    return root


@pytest.fixture(scope="session")
def db(published: Path) -> query.Snapshot:
    """The small snapshot, opened."""
    return query.Snapshots(published).open(CRISIS)


@pytest.fixture(scope="session")
def write_snapshot() -> Callable[..., Path]:
    """The builder itself, for tests that publish their own."""
    return build_snapshot


@pytest.fixture(scope="session")
def edit_figures() -> Callable[[Path, str], None]:
    """Change the figures of a snapshot folder by an SQL UPDATE of the table `f`, before it is opened."""

    def edit(folder: Path, update: str) -> None:
        path = folder / layout.TABLE_FILES["figures"]
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(f"CREATE TABLE f AS FROM '{path}'")
            connection.execute(update)
            connection.execute(f"COPY f TO '{path}' (FORMAT parquet)")

    return edit


@pytest.fixture(scope="session")
def figure_columns() -> tuple[str, ...]:
    """Names of the published figure columns."""
    return tuple(column.name for column in FIGURES)
