"""Fetching again without the network."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SourceUnavailable, StoreError
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.exchange import Accept, HttpFailure, WrongKind
from ingest.fetch.replay import Journal, ReplayClient

MakeClient = Callable[..., Client]


def test_saved_exchanges_answer_again(web: Any, make_client: MakeClient, archive: Archive, tmp_path: Path) -> None:
    """Pages, queries and failures of a recorded fetch come back the same with the server gone."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    live = make_client(record=journal)
    page = live.get(web.at("/page", {"body": b"<p>x</p>", "headers": {"Content-Type": "text/html; charset=windows-1256"}}))
    answer = live.post_json(web.at("/api", {"body": b"{}", "headers": {"Content-Type": "application/json"}}), {"q": 1}, params={"k": "v"})
    with pytest.raises(HttpFailure) as failed:
        live.get(web.base + "/gone")
    web.close()

    again = ReplayClient(archive, journal.read())

    replayed = again.get(page.url)
    assert (replayed.content, replayed.media_type, replayed.retrieved_at) == (page.content, page.media_type, page.retrieved_at)
    assert again.post_json(web.base + "/api", {"q": 1}, params={"k": "v"}).content == answer.content
    with pytest.raises(HttpFailure) as replayed_failure:
        again.get(web.base + "/gone")
    assert str(replayed_failure.value) == str(failed.value)


def test_an_exchange_is_recorded_whole(web: Any, make_client: MakeClient, archive: Archive, tmp_path: Path) -> None:
    """Who asked, under which licence, when, what for, and what came: status, headers and bytes, of failures too."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    client = make_client(record=journal).on_behalf_of("sample", "CC BY 4.0")
    page = web.at("/page", {"body": b"x", "headers": {"ETag": '"1"', "Set-Cookie": "id=7"}})
    client.get(page)
    with pytest.raises(HttpFailure):
        client.get(web.at("/gone", {"status": 410, "body": b"It is gone."}))

    found, gone = journal.read()
    assert (found.method, found.url, found.source, found.licence, found.status) == ("GET", page, "sample", "CC BY 4.0", 200)
    assert found.headers["etag"] == '"1"'
    assert "set-cookie" not in found.headers
    assert (gone.status, gone.good, archive.get(gone.sha256)) == (410, False, b"It is gone.")


def test_what_was_refused_is_refused_again(web: Any, make_client: MakeClient, archive: Archive, tmp_path: Path) -> None:
    """A page where a feed was due replays as the same refusal."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    url = web.at("/feed", {"body": b"<html><p>Closed</p></html>"})
    with pytest.raises(WrongKind) as live:
        make_client(record=journal).get(url, accept=Accept.FEED)
    with pytest.raises(WrongKind) as again:
        ReplayClient(archive, journal.read()).get(url, accept=Accept.FEED)
    assert str(again.value) == str(live.value)


def test_the_last_answer_counts(web: Any, make_client: MakeClient, archive: Archive, tmp_path: Path) -> None:
    """An address fetched twice replays as it was at the end, also when the end was a 304."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    url = web.at("/page", {"body": b"old"}, {"body": b"new"})
    make_client(record=journal).get(url)
    make_client(record=journal).get(url)

    assert ReplayClient(archive, journal.read()).get(url).content == b"new"


def test_what_was_never_fetched_cannot_be_replayed(archive: Archive) -> None:
    """The sentence names the address and says why."""
    with pytest.raises(SourceUnavailable, match=r"No answer of example\.org/x was saved"):
        ReplayClient(archive, ()).get("https://example.org/x?key=1")


def test_what_was_let_go_cannot_be_replayed(web: Any, make_client: MakeClient, archive: Archive, tmp_path: Path) -> None:
    """The journal knows of it, the archive holds it no longer: a source does without it as without one that is down."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    page = make_client(record=journal).get(web.at("/page", {"body": b"x"}))
    archive.let_go(page.sha256)
    with pytest.raises(SourceUnavailable, match="/page was let go; it can be replayed once it is fetched again"):
        ReplayClient(archive, journal.read()).get(page.url)


def test_a_torn_last_line_is_passed_over(web: Any, make_client: MakeClient, tmp_path: Path) -> None:
    """A journal whose writer was killed in the middle of a line still reads."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    make_client(record=journal).get(web.at("/page", {"body": b"x"}))
    with journal.path.open("a") as file:
        file.write('{"key": "GET http://exam')

    assert len(journal.read()) == 1


def test_no_journal_is_a_sentence(tmp_path: Path) -> None:
    """Replaying before anything was fetched says so."""
    with pytest.raises(StoreError, match="nothing was fetched here yet"):
        Journal(tmp_path / "exchanges.jsonl").read()
