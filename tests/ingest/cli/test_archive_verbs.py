"""The archive's verbs over a refresh from a loopback server: its size, what is let go, and everything read again."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.fetch.archive import Archive
from ingest.fetch.replay import Journal
from ingest.store import Ledger, tables

FEED = {"Content-Type": "application/rss+xml"}
WHOLE = "<item><title>Report {0}</title><link>{1}/{0}</link><guid>{0}</guid><pubDate>Sat, 30 Nov 2024 1{0}:00:00 GMT</pubDate>{2}</item>"
PROSE = (
    "<content:encoded><![CDATA[<p>{0} people were killed in Northvale on Saturday when a wall fell, the mayor said in the evening.</p>"
    "<p>The street is closed to traffic.</p>]]>"
    "</content:encoded>"
)
CONTENT = "http://purl.org/rss/1.0/modules/content/"


@pytest.fixture
def refreshed(data: Path, web: Any, crosscount: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder after a refresh of a feed with two reports, of which one is on a page."""
    monkeypatch.setenv("CROSSCOUNT_ALLOW_LOOPBACK", "1")
    items = WHOLE.format(1, web.base, PROSE.format("Seven")) + WHOLE.format(2, web.base, "")
    web.at("/feed", {"body": f"<rss xmlns:content='{CONTENT}'><channel>{items}</channel></rss>".encode(), "headers": FEED})
    page = b"<main><p>Nine people were injured in Northvale on Saturday.</p><p>The bridge is open again.</p></main>"
    web.at("/2", {"body": page, "headers": {"Content-Type": "text/html"}})
    crisis = data / "crises" / "tiny.toml"
    feed = f'feeds = [{{ url = "{web.base}/feed", publisher = "herald", licence = "all rights reserved" }}]'
    crisis.write_text(crisis.read_text().replace("feeds = []", feed))
    done = crosscount("refresh", "--source", "rss")
    assert done.exit_code == 0, done.output
    return data


def _ledger(data: Path) -> Ledger:
    return Ledger.open(f"sqlite:///{data / 'ledger.sqlite'}")


def test_the_archive_says_how_large_it_is(refreshed: Path, answer: Callable[..., Any], crosscount: Callable[..., Any]) -> None:
    """By source and licence, with the time it spans; every exchange is in the journal under its source."""
    mine = {(row["source"], row["licence"]): row for row in answer("archive", "--json")}
    fetched = mine["rss", "that of each publisher"]
    assert (fetched["answers"], fetched["bodies"]) == (2, 2)
    assert "MB in" in crosscount("archive").stdout
    saved = Journal.of(Archive(refreshed / "raw")).read()
    assert {one.source for one in saved} == {"rss"}


def test_everything_is_read_again_to_the_same(refreshed: Path, answer: Callable[..., Any], web: Any) -> None:
    """With the server gone every text and figure comes out of the archive as it was, in one process or two."""
    web.close()
    same = {"same": 2, "kept": 0, "other_figures": 0, "other_text": 0, "taken_down": 0, "no_bytes": 0, "unreadable": 0}
    assert answer("replay", "--json") == same
    assert answer("replay", "--json", "--jobs", "2") == same
    assert answer("replay", "--json", "--source", "nothing")["same"] == 0


def test_a_new_ledger_comes_out_of_the_archive(refreshed: Path, answer: Callable[..., Any], tmp_path: Path) -> None:
    """Its documents and figures are those of the old one."""
    answer("replay", "--json", "--into", tmp_path / "again")

    def figures(folder: Path) -> list[tuple[Any, ...]]:
        with _ledger(folder) as ledger:
            return [(one.figure_id, one.metric, one.value_best, one.quote, one.archive_sha256) for one in ledger.figures("tiny")]

    assert figures(tmp_path / "again") == figures(refreshed) != []


def test_bytes_that_changed_or_are_gone_are_told(refreshed: Path, crosscount: Callable[..., Any]) -> None:
    """A damaged file and a missing one are two different exit codes' worth of news, and both are named."""
    with _ledger(refreshed) as ledger:
        feed, page = (next(d for d in ledger.documents() if d.url.endswith(end)) for end in ("/1", "/2"))
    (refreshed / "raw" / page.archive_sha256[:2] / page.archive_sha256).unlink()
    done = crosscount("replay")
    assert done.exit_code == 6
    assert "/2: its bytes are not in the archive any more" in done.stderr
    damaged = refreshed / "raw" / feed.archive_sha256[:2] / feed.archive_sha256
    damaged.write_bytes(damaged.read_bytes().replace(b"Seven", b"Eight"))
    assert "is damaged" in crosscount("replay").stderr


def test_old_bytes_go_by_their_licence(refreshed: Path, crosscount: Callable[..., Any], answer: Callable[..., Any]) -> None:
    """Without a rule nothing goes; with one the bytes do that no document needs, and texts, figures and the journal stay."""
    kept = Archive(refreshed / "raw")
    journal = Journal.of(kept)
    old = replace(journal.read()[0], sha256=kept.put(b"an answer of long ago"), retrieved_at=datetime(2020, 1, 1, tzinfo=UTC))
    journal(old)
    assert crosscount("archive", "prune").stdout == "0 files, 0.0 MB let go\n"
    (refreshed / "settings.toml").write_text('[retention]\n[retention.licences]\n"that of each*" = 90\n')

    assert crosscount("archive", "prune", "--dry-run").stdout == "1 files, 0.0 MB would go\n"
    assert kept.has(old.sha256)
    assert crosscount("archive", "prune").stdout == "1 files, 0.0 MB let go\n"
    assert not kept.has(old.sha256)
    assert answer("replay", "--json")["same"] == 2
    assert old in journal.read()


def test_texts_go_where_their_licence_says_so_and_the_archive_says_what_it_let_go(
    refreshed: Path, answer: Callable[..., Any], crosscount: Callable[..., Any]
) -> None:
    """Only under that licence, and only once they are old enough; figures and their sentences stay, published and verified."""
    assert crosscount("publish").exit_code == 0
    with _ledger(refreshed) as ledger:
        documents = list(ledger.documents())
        quotes = {one.figure_id: one.quote for one in ledger.figures("tiny")}
    ((licence, meant),) = Counter(one.licence for one in documents).items()
    terms = f'[retention.texts]\n"{licence}" = 30\n"nobody\'s" = 1\n'
    (refreshed / "settings.toml").write_text(terms.replace("30", "999999"), encoding="utf-8")
    assert "texts" not in crosscount("archive", "prune").stdout
    with _ledger(refreshed) as ledger, ledger.writing() as connection:
        connection.execute(sa.update(tables.documents).values(retrieved_at=datetime(2020, 1, 1, tzinfo=UTC)))
    (refreshed / "settings.toml").write_text(terms, encoding="utf-8")
    assert f"{meant} texts would go" in crosscount("archive", "prune", "--dry-run").stdout
    assert f"{meant} texts let go" in crosscount("archive", "prune").stdout
    with _ledger(refreshed) as ledger:
        assert [one.text for one in ledger.documents()] == [""] * meant
        assert {one.figure_id: one.quote for one in ledger.figures("tiny")} == quotes
    left = (refreshed / "ledger.sqlite").read_bytes()
    assert not any(one.text.encode() in left for one in documents)
    assert crosscount("publish").exit_code == 0 and crosscount("verify").exit_code == 0
    assert answer("replay", "--json")["other_text"] == 0
    for path in Archive(refreshed / "raw").files():
        path.unlink()
    assert sum(row["gone"] for row in answer("archive", "--json")) > 0 and "let go" in crosscount("archive").stdout
