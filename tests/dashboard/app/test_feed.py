"""The feed of alerts is what the refresher wrote, in the language that is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash

from dashboard.app import create_app
from ingest.settings import Settings


@pytest.fixture
def app(make_settings: object, tmp_path: Path) -> Iterator[Dash]:
    """The app over a folder with feeds in it."""
    settings: Settings = make_settings(tmp_path)  # type: ignore[operator]
    folder = settings.published / settings.crisis
    folder.mkdir(parents=True)
    for language in ("en", "ar"):
        (folder / f"alerts-{language}.atom").write_text(f"<feed>{language}</feed>", encoding="utf-8")
    yield create_app(settings)


def test_the_feed_is_served_in_the_language_asked_for(app: Dash) -> None:
    """English where the language is unknown; a reader that has it already gets 304; none is 404."""
    client = app.server.test_client()
    arabic = client.get("/alerts.atom?lang=ar")
    assert arabic.get_data(as_text=True) == "<feed>ar</feed>" and arabic.content_type == "application/atom+xml; charset=utf-8"
    assert client.get("/alerts.atom?lang=../../x").get_data(as_text=True) == "<feed>en</feed>"
    assert client.get("/alerts.atom?lang=ar", headers={"If-None-Match": arabic.headers["ETag"]}).status_code == 304
    assert client.get("/alerts.atom?lang=fr").status_code == 404
