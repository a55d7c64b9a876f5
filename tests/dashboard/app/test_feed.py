"""The feed of alerts is what the refresher wrote, in the language that is asked for."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from ingest.alerts.feed import alerts_feed
from ingest.settings import Settings
from tests.dashboard.published import NOTE, WITHDRAWAL

ATOM = "{http://www.w3.org/2005/Atom}"


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
    """English where the language is unknown; a reader that has it already gets 304."""
    client = app.server.test_client()
    arabic = client.get("/alerts.atom?lang=ar")
    assert arabic.get_data(as_text=True) == "<feed>ar</feed>" and arabic.content_type == "application/atom+xml; charset=utf-8"
    assert client.get("/alerts.atom?lang=../../x").get_data(as_text=True) == "<feed>en</feed>"
    assert client.get("/alerts.atom?lang=ar", headers={"If-None-Match": arabic.headers["ETag"]}).status_code == 304


def test_the_feed_can_be_subscribed_to_before_anything_was_released(app: Dash) -> None:
    """It is then a whole feed that says so, under the identity and address it will have; one of a channel that never wrote is none."""
    client = app.server.test_client()
    answer = client.get("/alerts.atom?lang=fr")
    feed = Xml.fromstring(answer.get_data())  # noqa: S314 - written by us a moment ago
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    said = {name: feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")}
    later = Xml.fromstring(alerts_feed("syria-2024", "", "fr", ()))  # noqa: S314 - written by us a moment ago
    assert said["id"] == later.findtext(f"{ATOM}id") and said["updated"]
    assert said["title"] == "Crosscount: syria-2024 (rien de libéré pour l’instant)"
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.find(f"{ATOM}link").get("href") == "http://localhost/alerts.atom?lang=fr"  # type: ignore[union-attr]  # an error if none
    assert client.get("/digest.atom?name=team").status_code == 404


def test_the_public_notes_are_a_feed_in_the_language_asked_for(client: FlaskClient, empty_client: FlaskClient) -> None:
    """Each note once, in the reader's language or the one it was written in, with a link to it; without a snapshot there is none."""
    answer = client.get("/corrections.atom?lang=ar")
    feed = Xml.fromstring(answer.get_data())  # noqa: S314 - written by us a moment ago
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in feed.findall(f"{ATOM}entry")}
    assert set(entries) == {f"urn:crosscount:note:{one}" for one in (NOTE, WITHDRAWAL)}
    note, withdrawal = (entries[f"urn:crosscount:note:{one}"] for one in (NOTE, WITHDRAWAL))
    assert (note.findtext(f"{ATOM}summary"), note.findtext(f"{ATOM}title")) == ("عُدّ مبنى مرتين.", "تصحيح")
    assert withdrawal.findtext(f"{ATOM}summary") == "L’éditeur a repris le rapport."
    assert note.find(f"{ATOM}link").get("href") == f"http://localhost/method?lang=ar#{NOTE}"  # type: ignore[union-attr]  # an error if none
    assert client.get("/corrections.atom?lang=ar", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert empty_client.get("/corrections.atom").status_code == 404
