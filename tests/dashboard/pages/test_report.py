"""Keeping a report from the page: only for those who may write."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.pages import report
from dashboard.shell import View
from ingest.pipeline.trying import Handed, Said
from ingest.settings import Settings


class Untouched:
    """A bench nobody may use."""

    def __getattr__(self, name: str) -> Any:
        """Being asked for anything fails the test."""
        raise AssertionError(name)


@pytest.mark.parametrize(
    ("setting", "request_"),
    [
        ("off", {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}}),
        ("local", {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}),
        ("on", {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "headers": {"Origin": "https://evil.example"}}),
    ],
)
def test_who_may_not_write_keeps_nothing(
    settings: Settings, read: Callable[[Any], str], setting: str, request_: dict[str, Any], look_at: Callable[..., View]
) -> None:
    """Switched off, from another machine, or sent by another site's page: a sentence, and the ledger is not opened."""
    elsewhere = replace(settings, review=setting)
    app = create_app(elsewhere)
    with app.server.test_request_context(**request_):
        view = look_at("/report")
        view = replace(view, desk=replace(view.desk, settings=elsewhere))
        said = report._kept(view, Untouched(), Handed(b"14 killed", "a.txt"), Said())  # type: ignore[arg-type]
    assert "CROSSCOUNT_REVIEW" in read(said)
