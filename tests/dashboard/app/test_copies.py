"""Archived copies: who may have them, that they are only ever downloads, and what is said where there is none."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import query
from dashboard.app import answers, create_app
from ingest.fetch.archive import Archive
from ingest.fetch.tombstones import Tombstone, Tombstones
from ingest.model import snapshot as layout
from ingest.settings import Settings
from tests.dashboard.published import CRISIS

HERE: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "127.0.0.1"}, "base_url": "http://127.0.0.1"}
ELSEWHERE: dict[str, Any] = {**HERE, "environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
FIRST = (
    "SELECT figure_id, quote, archive_sha256 FROM figures JOIN published_documents d USING (archive_sha256)"
    " WHERE d.document_id = figures.document_id ORDER BY figure_id LIMIT 1"
)


@pytest.fixture
def named(settings: Settings) -> tuple[str, bytes, str]:
    """A published figure, the bytes that its document was read in, and the hash it names them by."""
    figure, quote, sha256 = query.Snapshots(settings.published).open(CRISIS).rows(FIRST)[0]
    return figure, quote.encode(), sha256


@pytest.fixture
def sha256(settings: Settings, named: tuple[str, bytes, str]) -> str:
    """The hash of those bytes, which lie in the archive."""
    assert Archive(settings.raw).put(named[1]) == named[2]
    return named[2]


def _get(settings: Settings, address: str, asked: dict[str, Any] = HERE, **more: Any) -> TestResponse:
    return create_app(settings).server.test_client().get(address, **{**asked, **more})


def _drawer(client: FlaskClient, figure: str, asked: dict[str, Any], words: str = "en") -> str:
    """The evidence as the browser gets it, out of the memory of answers where it is there."""
    state = {"path": "/figures", "query": f"lang={words}", "figure": figure, "dark": False, "narrow": False, "drawn": True}
    body = {
        "output": "evidence-body.children",
        "outputs": {"id": "evidence-body", "property": "children"},
        "inputs": [{"id": "evidence", "property": "data", "value": figure}],
        "state": [{"id": "view", "property": "data", "value": state}],
        "changedPropIds": ["evidence.data"],
    }
    answer = client.post(answers.ROUTE, json=body, headers={"Accept-Encoding": "gzip"}, **asked)
    assert answer.status_code == 200
    return json.dumps(json.loads(gzip.decompress(answer.data)), ensure_ascii=False)


def test_a_copy_is_a_download_that_no_browser_opens(settings: Settings, named: tuple[str, bytes, str], sha256: str) -> None:
    """The bytes as they came, under a name of ours; whatever they are, nothing of them runs or is kept for others."""
    answer = _get(settings, f"/archive/{sha256}")
    assert (answer.status_code, answer.data) == (200, named[1])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="crosscount-{sha256[:16]}.txt"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Length"] == str(len(named[1]))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"] == f'"{sha256}"'


def test_a_reader_who_has_a_copy_is_not_sent_it_again(settings: Settings, sha256: str) -> None:
    """The hash is the tag."""
    answer = _get(settings, f"/archive/{sha256}", headers={"If-None-Match": f'"{sha256}"'})
    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize(
    ("who", "asked", "status"),
    [
        ({}, ELSEWHERE, 403),
        ({}, {**HERE, "headers": {"X-Forwarded-For": "127.0.0.1"}}, 403),
        ({}, {**HERE, "base_url": "http://other.example"}, 403),
        ({"review": "off"}, HERE, 403),
        ({"review": "on"}, ELSEWHERE, 200),
        ({"review": "on"}, {**HERE, "headers": {"Origin": "http://other.example"}}, 403),
        ({"review": "on", "copies": "off"}, HERE, 403),
        ({"review": "off", "copies": "local"}, HERE, 200),
        ({"review": "on", "copies": "local"}, ELSEWHERE, 403),
    ],
)
def test_copies_go_to_whoever_may_rule_unless_their_own_setting_says_otherwise(
    settings: Settings, sha256: str, who: dict[str, Any], asked: dict[str, Any], status: int
) -> None:
    """Everybody else is told who holds it, and no cache keeps that."""
    answer = _get(replace(settings, **who), f"/archive/{sha256}", asked)
    assert answer.status_code == status
    assert (answer.data == Archive(settings.raw).get(sha256)) is (status == 200)
    assert status == 200 or ("Those who run this server" in answer.text and answer.headers["Cache-Control"] == "no-store")


@pytest.mark.parametrize("address", ["..%2f..%2fledger.sqlite", "a" * 63, "A" * 64, "é" * 64, "a" * 64, "taken-down"])
def test_only_a_hash_that_a_published_document_names_is_looked_for(settings: Settings, address: str) -> None:
    """Nothing of an address becomes a path."""
    answer = _get(settings, f"/archive/{address}")
    assert (answer.status_code, answer.headers.get("Content-Disposition")) == (404, None)


def test_bytes_that_no_published_document_names_stay_in_the_archive(settings: Settings) -> None:
    """Also from whoever may have copies."""
    unpublished = Archive(settings.raw).put(b"A list of names.")
    answer = _get(settings, f"/archive/{unpublished}")
    assert (answer.status_code, answer.text) == (404, "No published document was read in bytes with this hash.\n")


def test_a_server_without_the_archive_says_where_copies_lie(settings: Settings, named: tuple[str, bytes, str]) -> None:
    """Where only what is published is served."""
    answer = _get(settings, f"/archive/{named[2]}?lang=fr")
    assert answer.status_code == 404 and "n’est pas à portée de ce serveur" in answer.text


def test_what_was_taken_down_is_gone_with_its_reason(settings: Settings, sha256: str) -> None:
    """Before the bytes are erased too, and to a reader who has them; in the language the reason was written in."""
    stone = Tombstone("k1", ("d1",), (sha256,), (), ("At the request of a family.", "بطلب من عائلة.", ""), "desk", datetime.now(UTC))
    Tombstones(settings.raw).add(stone)
    for language, reason in (("en", "At the request of a family."), ("ar", "بطلب من عائلة."), ("fr", "At the request of a family.")):
        answer = _get(settings, f"/archive/{sha256}?lang={language}", headers={"If-None-Match": f'"{sha256}"'})
        assert answer.status_code == 410 and answer.text.endswith(f" {reason}\n")


def test_what_a_rule_let_go_is_gone_by_that_rule(settings: Settings, named: tuple[str, bytes, str]) -> None:
    """Its time was over; without a rule it is only missing."""
    folder = layout.current(settings.published / CRISIS)
    assert folder is not None
    path = folder / layout.TABLE_FILES["documents"]
    with duckdb.connect() as opened:
        opened.execute(f"CREATE TABLE d AS FROM '{path}'")
        opened.execute("UPDATE d SET retrieved_at = TIMESTAMPTZ '2024-12-01 06:00:00+00'")
        opened.execute(f"COPY d TO '{path}' (FORMAT parquet)")
    answer = _get(replace(settings, retention={"days": 30}), f"/archive/{named[2]}")
    assert answer.status_code == 410 and "let go by the rules" in answer.text
    assert _get(settings, f"/archive/{named[2]}").status_code == 404


def test_bytes_that_are_not_what_they_were_are_not_handed_out(settings: Settings, sha256: str) -> None:
    """The hash is what the figure was read in, so another file under it is none."""
    (settings.raw / sha256[:2] / sha256).write_bytes(b"Something else.")
    answer = _get(settings, f"/archive/{sha256}")
    assert answer.status_code == 500 and "Something else" not in answer.text and sha256 in answer.text


def test_the_evidence_leads_to_the_copy_for_whoever_may_have_it_alone(
    settings: Settings, named: tuple[str, bytes, str], sha256: str
) -> None:
    """What one reader is shown is never the remembered answer of another; both see the hash."""
    client = create_app(settings).server.test_client()
    for asked, shown in ((HERE, True), (ELSEWHERE, False), (HERE, True)):
        drawer = _drawer(client, named[0], asked)
        assert sha256[:16] in drawer
        assert (f"/archive/{sha256}" in drawer and "Archived copy (text, 1 kB)" in drawer) is shown
        assert ("Those who run this server" in drawer) is not shown
    assert f"/archive/{sha256}?lang=ar" in _drawer(client, named[0], HERE, "ar")
    followed = client.get(f"/archive/{sha256}?lang=ar", **HERE)
    assert followed.data == named[1]


def test_the_evidence_says_why_there_is_no_copy(settings: Settings, named: tuple[str, bytes, str]) -> None:
    """A damaged marker of what was taken down costs the way to the copy and nothing else."""
    assert "not within reach of this server" in _drawer(create_app(settings).server.test_client(), named[0], HERE)
    (settings.raw / "taken-down").mkdir(parents=True)
    (settings.raw / "taken-down" / "k1.json").write_text("{", encoding="utf-8")
    drawer = _drawer(create_app(settings).server.test_client(), named[0], HERE)
    assert "is damaged" in drawer and "Four dates" in drawer
