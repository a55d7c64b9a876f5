"""The app behind its own server, on loopback."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import request

from dashboard.cli.serving import listening
from ingest.settings import Settings, shipped_data
from tests.dashboard.published import CRISIS


@pytest.fixture
def settings(tmp_path: Path, write_snapshot: Callable[..., Path]) -> Settings:
    """Of a data folder with the small snapshot."""
    settings = Settings(data=tmp_path, shipped=shipped_data(), crisis=CRISIS, database="sqlite://")
    write_snapshot(settings.published)
    return settings


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    server, port, app = listening(settings, "127.0.0.1", 0)
    app.server.add_url_rule("/seen", "seen", _seen)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{port}"


@pytest.fixture
def served() -> Callable[[Settings], AbstractContextManager[str]]:
    """Gives the address of the app, which also tells at /seen what it takes a request for."""
    return _served


def _seen() -> str:
    told = {"url": request.url, "address": request.remote_addr, "forwarded": "X-Forwarded-For" in request.headers}
    return json.dumps(told)
