"""SOHR's English edition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.replay import Journal, ReplayClient
from ingest.sources import sohr
from ingest.text import read

LONG_AGO = datetime(2024, 11, 1, tzinfo=UTC)


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    web.serve_example("sohr")
    return {"languages": ["en"], "feeds": {"en": web.base + "/en/feed/"}}


def test_posts_are_read_from_feed_and_page(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """A post that the feed carries whole is read from it, another from its page; menus, boxes, captions and appeals are left out."""
    whole, paged = sohr.fetch(ask(options=options))

    assert whole.text.split("\n") == [
        "Day four | Nearly 90 fata*lities in Samplia, including seven civilians",
        "Samplia province: the count of those ki*lled since Wednesday stands at 88, broken down as follows:",
        "• Seven civilians, including a woman and two children.",
        "• 46 fighters of Faction Alpha.",
        "• 35 soldiers of the Invented Army.",
        "The toll is expected to rise, as some of the wounded are in a bad way.",
    ]
    assert paged.text.split("\n") == [
        "Shelling of Exampletown leaves three people wounded",
        "Exampletown: three people, one of them a child, were wounded when four shells fell on the market this morning.",
    ]
    assert (whole.source, whole.publisher, whole.language) == ("sohr", "sohr", "en")
    assert whole.url == web.base + "/en/999003/"
    assert whole.published_at == datetime(2024, 11, 30, 18, 40, tzinfo=UTC)
    assert "fata*lities" in whole.title


def test_every_text_is_derived_again_from_its_archived_bytes(ask: Any, options: dict[str, Any], archive: Archive) -> None:
    """The archive and the media type are enough to read the same text again."""
    for document in sohr.fetch(ask(options=options, since=LONG_AGO)):
        assert read(archive.get(document.archive_sha256), document.media_type, document.url).text == document.text


def test_older_posts_are_paged_back_to(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """With a time to go back to, pages of the feed are read until it is passed."""
    documents = list(sohr.fetch(ask(options=options, since=datetime(2024, 11, 25, tzinfo=UTC))))

    assert [document.url.rsplit("/", 2)[1] for document in documents] == ["999003", "999002", "999001"]
    assert "/en/feed/?paged=3" not in web.paths()


def test_the_last_page_of_the_feed_ends_the_paging(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """WordPress answers 404 after the last page, which is no failure."""
    assert len(list(sohr.fetch(ask(options=options, since=LONG_AGO)))) == 4
    assert web.paths()[-1] == "/en/feed/?paged=3"


def test_a_feed_that_ignores_paging_is_not_read_for_ever(web: Any, ask: Any, options: dict[str, Any], examples: Any) -> None:
    """When the second page repeats the first, that is the end, and what could not be reached is told."""
    body = (examples / "sohr" / "feed.xml").read_bytes().replace(b"https://www.syriahr.com", web.base.encode())
    web.at("/en/feed/?paged=2", {"body": body, "headers": {"Content-Type": "application/rss+xml"}})

    assert len(list(sohr.fetch(ask(options=options, since=LONG_AGO)))) == 2
    assert any("lists the same reports again, so it cannot be paged back to" in told for told in ask.told)


def test_posts_that_left_the_feed_can_be_named(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """An address in the crisis file is read as a page, with the date the page states."""
    first = next(sohr.fetch(ask(options={**options, "articles": {"en": [web.base + "/en/999000/"]}})))
    assert first.title == "A quiet week in Samplia"
    assert first.published_at == datetime(2024, 11, 20, 8, 0, tzinfo=UTC)


def test_a_changed_page_costs_its_own_post(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """A page without the part that posts stand in is told and passed over; the others are read."""
    web.at("/en/999002/", {"body": b"<main><p>88 others</p></main>", "headers": {"Content-Type": "text/html"}})

    assert len(list(sohr.fetch(ask(options=options)))) == 1
    assert any("has no part “div.entry-content”" in told for told in ask.told)


def test_when_no_post_can_be_read_the_source_has_failed(web: Any, ask: Any, options: dict[str, Any], examples: Any) -> None:
    """A site that changed altogether is an error, not silence."""
    feed = (
        (examples / "sohr" / "feed.xml")
        .read_text()
        .replace("content:encoded", "content:other")
        .replace("https://www.syriahr.com", web.base)
    )
    web.at("/en/feed/", {"body": feed.encode(), "headers": {"Content-Type": "application/rss+xml"}})
    web.at("/en/999002/", {"status": 403})

    with pytest.raises(
        SourceUnavailable,
        match=r"None of the 2 reports offered by Syrian Observatory .* could be read; what follows is about the first\. .*HTTP 404",
    ):
        list(sohr.fetch(ask(options=options)))


@pytest.mark.parametrize("reply", [{"status": 503}, {"status": 200}, {"body": b"<html><body>checking your browser</body></html>"}])
def test_a_feed_that_does_not_come_is_a_failure(web: Any, ask: Any, options: dict[str, Any], reply: dict[str, Any]) -> None:
    """Down, empty, or a page instead of a feed: each is told and none is taken for “no news”."""
    web.at("/en/feed/", reply)
    with pytest.raises(SourceUnavailable, match="/en/feed/ answered with"):
        list(sohr.fetch(ask(options=options)))


def test_the_same_feed_again_gives_the_same_documents(
    ask: Any, options: dict[str, Any], make_client: Callable[..., Client], memory: Any, web: Any
) -> None:
    """A 304 costs no traffic and loses nothing: the documents come from the archive, with the same identities."""
    client = make_client(memory=memory)
    first = list(sohr.fetch(ask(options=options, client=client)))
    feed = web.base + "/en/feed/"
    web.at("/en/feed/", {"status": 304})
    second = list(sohr.fetch(ask(options=options, client=client)))

    assert feed in memory
    assert [document.document_id for document in second] == [document.document_id for document in first]


def test_a_whole_source_can_be_read_again_offline(
    ask: Any, options: dict[str, Any], make_client: Callable[..., Client], tmp_path: Any, web: Any
) -> None:
    """A recorded fetch replays to the same documents with the server gone."""
    journal = Journal(tmp_path / "exchanges.jsonl")
    request = ask(options=options, since=LONG_AGO, client=make_client(record=journal))
    live = list(sohr.fetch(request))
    web.close()

    assert list(sohr.fetch(replace(request, client=ReplayClient(request.archive, journal.read())))) == live


def test_a_refused_feed_keeps_its_status(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The error of the first page is the error of the source."""
    web.at("/en/feed/", {"status": 403})
    with pytest.raises(SourceUnavailable, match="answered with HTTP 403; it refuses this program"):
        list(sohr.fetch(ask(options=options)))


def test_the_arabic_edition_is_read_beside_the_english(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Its posts have their own numbers; its standing appeal is left out; one edition that is down leaves the other alone."""
    both = {"feeds": {"en": web.base + "/en/feed/", "ar": web.base + "/feed/"}}

    *_, arabic = sohr.fetch(ask(options=both))

    assert (arabic.language, arabic.url) == ("ar", web.base + "/mathal/999003/")
    assert arabic.text.split("\n")[1:] == [
        "قتل 16 عنصراً على الأقل من قوات النظام في اشتباكات قرب قرية مثال.",
        "وعدد القتلى مرشح للارتفاع لوجود جرحى.",
    ]
    web.at("/en/feed/", {"status": 503})
    left = []
    with pytest.raises(SourceUnavailable, match="HTTP 503"):
        left.extend(sohr.fetch(ask(options=both)))
    assert [document.language for document in left] == ["ar"]


def test_an_unknown_option_is_told(ask: Any) -> None:
    """A misspelt key would silently change nothing."""
    with pytest.raises(SettingsError, match=r"unknown key 'adress' under `sources\.sohr`"):
        list(sohr.fetch(ask(options={"adress": "https://example.org/"})))
    with pytest.raises(SettingsError, match=r"`languages` under `sources\.sohr` in the crisis file names 'fr'"):
        list(sohr.fetch(ask(options={"languages": ["fr"]})))
    with pytest.raises(SettingsError, match=r"`feeds` under `sources\.sohr` .* by language"):
        list(sohr.fetch(ask(options={"feeds": "https://example.org/"})))
