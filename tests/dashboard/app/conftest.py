"""An app over the small snapshot, asked over HTTP without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from ingest.settings import Settings, shipped_data

CRISIS = """
id = "syria-2024"
title = { en = "A crisis", ar = "أزمة" }
country = "SYR"
timezone = "Asia/Damascus"
start = 2024-11-27
gazetteer = []
"""


def _settings(data: Path) -> Settings:
    (data / "crises").mkdir(parents=True)
    (data / "crises" / "syria-2024.toml").write_text(CRISIS, encoding="utf-8")
    return Settings(data=data, shipped=shipped_data(), crisis="syria-2024", database="sqlite://")


@pytest.fixture(scope="session")
def make_settings() -> Callable[[Path], Settings]:
    """Settings of a new data folder, with nothing published."""
    return _settings


@pytest.fixture
def settings(tmp_path: Path, make_settings: Callable[[Path], Settings], write_snapshot: Callable[..., Path]) -> Settings:
    """A data folder of its own with the small snapshot, and nothing in the archive."""
    made = make_settings(tmp_path)
    write_snapshot(made.published)
    return made


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory, write_snapshot: Callable[..., Path]) -> FlaskClient:
    """Asks the app over the small snapshot."""
    settings = _settings(tmp_path_factory.mktemp("app"))
    write_snapshot(settings.published)
    return create_app(settings).server.test_client()


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Asks the app over an empty data folder."""
    return create_app(_settings(tmp_path_factory.mktemp("app-empty"))).server.test_client()
