"""Any feed of the crisis file."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.sources import rss
from ingest.text import read


@pytest.fixture
def herald(web: Any) -> dict[str, Any]:
    """The example answers, and one feed of them."""
    web.serve_example("rss")
    return {"url": web.base + "/feed/", "publisher": "herald", "selector": "div.article-text", "drop": ".box"}


def test_every_kind_of_feed_is_read(web: Any, ask: Any, herald: dict[str, Any], archive: Archive) -> None:
    """RSS 2.0, Atom and RDF; relative links, guids that are no addresses, pages in Windows-1256; each under its publisher."""
    feeds = [
        herald,
        {"url": web.base + "/atom.xml", "publisher": "wire"},
        {"url": web.base + "/rdf", "publisher": "gazette", "language": "en"},
    ]

    documents = list(rss.fetch(ask(options={"feeds": feeds})))

    assert [(document.publisher, document.language, document.url.removeprefix(web.base)) for document in documents] == [
        ("herald", "en", "/2024/11/30/wall/"),
        ("herald", "en", "/2024/11/29/flood/"),
        ("wire", "ar", "/archives/7"),
        ("gazette", "en", "/g/1"),
    ]
    wall, flood, arabic, _ = documents
    assert wall.text.endswith("\nFour people were hurt on Saturday when a wall fell in the market of Exampletown, the mayor said.")
    assert flood.published_at == datetime(2024, 11, 29, 19, 30, tzinfo=UTC)  # stated without a zone: the crisis's
    assert arabic.text.startswith("إصابة أربعة أشخاص في بلدة نموذجية\nأصيب أربعة أشخاص بينهم طفلان")
    for document in documents:
        assert read(archive.get(document.archive_sha256), document.media_type, document.url).text == document.text


def test_what_cannot_be_read_is_told_and_passed_over(ask: Any, herald: dict[str, Any]) -> None:
    """A page that is gone and an entry that leads nowhere cost nothing but themselves."""
    assert len(list(rss.fetch(ask(options={"feeds": [herald]})))) == 2
    assert any("/gone/ answered with HTTP 404" in told for told in ask.told)
    assert any("“A trap”" in told and "no web address" in told for told in ask.told)


def test_only_what_is_new_is_read(web: Any, ask: Any, herald: dict[str, Any]) -> None:
    """Entries dated before the asked time are not fetched."""
    documents = list(rss.fetch(ask(options={"feeds": [herald]}, since=datetime(2024, 11, 30, tzinfo=UTC))))
    assert [document.title for document in documents] == ["Wall falls in Exampletown market"]
    assert web.base + "/gone/" not in web.paths()


def test_a_report_without_a_date_is_left_out(web: Any, ask: Any, herald: dict[str, Any], examples: Any) -> None:
    """Neither feed nor page states a date: nothing is invented, and the sentence says what the feed stated."""
    body = (
        (examples / "rss" / "rss.xml")
        .read_text()
        .replace("Sat, 30 Nov 2024 14:00:00 GMT", "this morning")
        .replace("https://news.example.org", web.base)
    )
    web.at("/feed/", {"body": body.encode(), "headers": {"Content-Type": "application/rss+xml"}})

    assert [document.title for document in rss.fetch(ask(options={"feeds": [herald]}))] == ["Flood in Samplia"]
    assert any("states no date that can be understood (its feed says “this morning”)" in told for told in ask.told)


def test_one_feed_that_fails_leaves_the_others_alone(web: Any, ask: Any, herald: dict[str, Any]) -> None:
    """The reports of the feed that works come first, and the failure is raised at the end."""
    web.at("/empty", {"body": b""})
    feeds = [{"url": web.base + "/empty", "publisher": "other"}, herald]
    documents = rss.fetch(ask(options={"feeds": feeds}))

    assert [next(documents).publisher, next(documents).publisher] == ["herald", "herald"]
    with pytest.raises(SourceUnavailable, match="empty body"):
        next(documents)


def test_collected_reports_are_their_outlets(web: Any, ask: Any, herald: dict[str, Any], examples: Any) -> None:
    """A feed of others' reports gives them to the organisations that the crisis file names, and to nobody else."""
    body = (examples / "rss" / "rss.xml").read_text().replace("https://news.example.org", web.base)
    body = body.replace("<item><title>Flood", '<item><source url="https://www.example.net">N</source><title>Flood')
    web.at("/feed/", {"body": body.encode(), "headers": {"Content-Type": "application/rss+xml"}})

    named = list(rss.fetch(ask(options={"feeds": [{**herald, "outlets": {"example.net": "net"}}]})))
    unnamed = list(rss.fetch(ask(options={"feeds": [herald]})))

    assert [document.publisher for document in named] == ["herald", "net"]
    assert [document.publisher for document in unnamed] == ["herald"]
    assert any("is a report of example.net, which the crisis file does not name" in told for told in ask.told)


def test_without_feeds_nothing_is_asked(web: Any, ask: Any) -> None:
    """An unconfigured crisis has no feeds, which is no error."""
    assert list(rss.fetch(ask())) == []
    assert web.asked == []


def test_a_feed_that_is_described_wrongly_is_told(ask: Any) -> None:
    """A missing or misspelt key of the crisis file is named."""
    with pytest.raises(SettingsError, match="has no 'publisher'; add it"):
        list(rss.fetch(ask(options={"feeds": [{"url": "https://example.org/feed/"}]})))
    with pytest.raises(SettingsError, match="unknown key 'selektor'; check its spelling"):
        list(rss.fetch(ask(options={"feeds": [{"url": "https://example.org/feed/", "publisher": "x", "selektor": "p"}]})))
