"""What publishers' sites share: several languages, words asked for, lists instead of feeds, no change, and reports that vanish."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SourceUnavailable
from ingest.sources import aljazeera, enab_baladi, syria_civil_defence, un_news

HTML = {"Content-Type": "text/html; charset=utf-8"}
FEED = {"Content-Type": "application/rss+xml"}


def test_entries_without_the_words_are_left_aside_and_counted(web: Any, ask: Any) -> None:
    """A feed of the whole world is read for one crisis; the page of another matter is never asked for."""
    options = web.serve_example("aljazeera")["options"]
    assert len(list(aljazeera.fetch(ask(options=options)))) == 2
    assert any("1 entries have none of the words" in told for told in ask.told)
    assert not [path for path in web.paths() if "sports" in path]


def test_one_language_that_fails_leaves_the_other(web: Any, ask: Any) -> None:
    """What the other gave is kept, and the failure is told at the end."""
    options = web.serve_example("enab_baladi")["options"]
    web.at("/feed/", {"status": 404})
    read = []
    with pytest.raises(SourceUnavailable, match="HTTP 404"):
        read.extend(enab_baladi.fetch(ask(options=options)))
    assert [document.language for document in read] == ["ar"]


def test_a_feed_that_lists_nothing_is_a_fault(web: Any, ask: Any) -> None:
    """Both an empty answer, as UN News gives for a region, and a feed without entries."""
    options = web.serve_example("un_news")["options"]
    english = {**options, "languages": ["en"]}
    for body, told in ((b"", "an empty body"), (b"<rss version='2.0'><channel></channel></rss>", "lists no reports at all")):
        web.at("/feed/subscribe/en/news/all/rss.xml", {"body": body, "headers": FEED})
        with pytest.raises(SourceUnavailable, match=told):
            list(un_news.fetch(ask(options=english)))


def test_a_page_laid_out_otherwise_is_a_fault(web: Any, ask: Any) -> None:
    """An address or layout nobody confirmed is told on the first contact; the page's other words are not taken for the report."""
    options = web.serve_example("un_news")["options"]
    page = b"<html><body><main><p>Sixty people were killed elsewhere, says a box.</p></main></body></html>"
    web.at("/feed/view/en/story/2024/11/990001", {"body": page, "headers": HTML})
    with pytest.raises(SourceUnavailable, match=r"None of the 1 reports .* has no part “div\.paragraph--type--one-column-text”"):
        list(un_news.fetch(ask(options={**options, "languages": ["en"]})))


def test_a_page_of_links_stands_in_for_a_feed(web: Any, ask: Any) -> None:
    """Each report is read once however often it is linked; a page without such links has changed."""
    options = web.serve_example("syria_civil_defence")["options"]
    documents = list(syria_civil_defence.fetch(ask(options=options)))
    assert [document.url.rpartition("/")[2] for document in documents] == ["990002-market", "990001-week"]
    web.at("/reports", {"body": b"<html><body><main><p>New design</p></main></body></html>", "headers": HTML})
    with pytest.raises(SourceUnavailable, match=r"has nothing like .*; the site has changed"):
        list(syria_civil_defence.fetch(ask(options=options)))


@pytest.mark.parametrize("validator", [{"ETag": '"1"'}, {}])
def test_a_feed_without_news_costs_one_request(web: Any, ask: Any, make_client: Any, memory: Any, validator: dict[str, str]) -> None:
    """The pages behind a feed that is as it was are taken from the archive, whether it says 304 or sends the same bytes."""
    options = web.serve_example("enab_baladi")["options"]
    body = (web.reply_of("/feed/")).body
    web.at("/feed/", {"body": body, "headers": {**FEED, **validator}})
    client = make_client(memory=memory)
    english = {**options, "languages": ["en"]}
    first = list(enab_baladi.fetch(ask(options=english, client=client)))
    asked = len(web.asked)
    if validator:
        web.at("/feed/", {"status": 304})
    second = list(enab_baladi.fetch(ask(options=english, client=client)))
    assert [document.document_id for document in second] == [document.document_id for document in first]
    assert len(web.asked) - asked == 1


def test_a_report_taken_from_feed_and_site_is_told(web: Any, ask: Any, make_client: Any, memory: Any) -> None:
    """An entry that is gone though the feed goes back behind it is looked for; the address that answers 404 is gone."""
    item = "<item><title>{0}</title><link>{1}/{0}</link><guid>{0}</guid><pubDate>Sat, 30 Nov 2024 {2}:00:00 GMT</pubDate></item>"
    page = b"<html><body><div class='content-article'><p>Two people were killed in Exampletown.</p></div></body></html>"
    client, gone = make_client(memory=memory), list[str]()

    def serve(*names: str) -> None:
        hours = {"a": 10, "b": 11, "c": 12, "d": 13}
        items = "".join(item.format(name, web.base, hours[name]) for name in names)
        web.at("/feed/", {"body": f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "headers": FEED})

    for name in "abcd":
        web.at(f"/{name}", {"body": page, "headers": HTML})
    options = {"languages": ["en"], "feeds": {"en": web.base + "/feed/"}}
    serve("c", "b", "a")
    list(enab_baladi.fetch(ask(options=options, client=client)))
    web.at("/c", {"status": 404})
    serve("d", "b")
    list(enab_baladi.fetch(ask(options=options, client=client, vanished=gone.append)))
    assert gone == [f"{web.base}/c"]


def test_a_page_that_is_gone_is_told_once_it_was_read(web: Any, ask: Any, make_client: Any, memory: Any, fake_time: Any) -> None:
    """A listed article that answered before and does not any more has vanished; one that never answered has not."""
    page = b"<html><head><meta property='article:published_time' content='2024-11-30T10:00:00Z'></head><body><div class='content-article'>"
    web.at("/1", {"body": page + b"<p>Two people were killed in Exampletown.</p></div></body></html>", "headers": HTML}, {"status": 410})
    client, gone = make_client(memory=memory), list[str]()
    item = f"<item><title>x</title><link>{web.base}/1</link><pubDate>Sat, 30 Nov 2024 10:00:00 GMT</pubDate></item>"
    web.at("/feed", {"body": f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "headers": FEED})
    options = {"languages": ["ar"], "feeds": {"ar": web.base + "/feed"}, "articles": {"ar": [f"{web.base}/1", f"{web.base}/never"]}}

    def fetch() -> None:
        request = ask(options=options, client=client, vanished=gone.append, since=datetime(2024, 12, 1, tzinfo=UTC))
        try:
            list(enab_baladi.fetch(request))
        except SourceUnavailable as error:
            assert "None of the" in str(error)

    fetch()
    assert gone == []
    fake_time.passed += 24 * 3600
    fetch()
    assert gone == [f"{web.base}/1"]
