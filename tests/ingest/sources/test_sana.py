"""SANA's English edition, in both shapes of its site."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.archive import Archive
from ingest.sources import sana
from ingest.text import read


@pytest.fixture
def options(web: Any) -> dict[str, Any]:
    """The example answers, and the options that point to them."""
    web.serve_example("sana")
    feeds = {"en": [web.base + "/en/feed/", web.base + "/en/?feed=rss2"]}
    return {"languages": ["en"], "feeds": feeds, "archive": web.base + "/archive/", "selectors": {"en": "article div.body"}}


def test_the_new_site_is_read(web: Any, ask: Any, options: dict[str, Any], archive: Archive) -> None:
    """A feed that is not well-formed is read past its cache; sign-offs, menus and recommendations are left out."""
    whole, paged = sana.fetch(ask(options=options))

    assert whole.text.split("\n") == [
        "Update-Five people wounded by a fallen crane in Exampletown",
        "Exampletown, SANA- Five people, among them two workers, were wounded on Friday when a crane fell in the harbour, "
        "a police source told SANA’s reporter.",
        "Several others were treated on the spot.",
    ]
    assert whole.published_at == datetime(2024, 11, 29, 9, 10, tzinfo=UTC)
    assert paged.text.split("\n") == [
        "Twelve families return to Samplia",
        "Samplia, SANA- Twelve families returned on Thursday to their houses in the invented town, the mayor said.",
    ]
    assert {document.publisher for document in (whole, paged)} == {"sana"}
    assert web.paths()[0].startswith("/en/feed/?_cb=")
    for document in (whole, paged):
        assert read(archive.get(document.archive_sha256), document.media_type, document.url).text == document.text


def test_a_layout_nobody_saw_is_no_report(ask: Any, options: dict[str, Any]) -> None:
    """Of a page of the new site nothing is read until the crisis file says where its report stands; what the feed carries is."""
    del options["selectors"]
    (whole,) = sana.fetch(ask(options=options))
    assert whole.title.startswith("Update-Five people")
    assert any("/en/syria/9990002/ has no part “div.entry”, where its report used to be" in told for told in ask.told)


def test_the_former_site_is_read_when_the_new_feed_is_not_there(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The feed's former address and the old theme's pages are still understood."""
    web.at("/en/feed/", {"status": 404})

    (document,) = sana.fetch(ask(options=options))

    assert document.text.split("\n") == [
        "Three civilians martyred in Exampletown",
        "Exampletown, SANA – Three civilians were martyred and five others were injured on Friday in shelling, "
        "an invented police source told SANA.",
    ]
    assert document.published_at == datetime(2024, 11, 29, 10, 0, tzinfo=UTC)


def test_a_dead_link_leads_to_the_archive(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """An old post that is gone is read from the archive, dated by what the old theme shows, under its own address."""
    old = web.base + "/en/?p=990000"

    document = next(sana.fetch(ask(options={**options, "articles": {"en": [old]}})))

    assert document.title == "Two soldiers martyred in Samplia"
    assert document.url == old
    assert document.published_at == datetime(2024, 11, 25, 9, 0, tzinfo=UTC)


def test_a_link_that_leads_to_the_front_page_is_dead(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The front page's news are not the report that was asked for."""
    web.at("/en/?p=990000", {"status": 301, "headers": {"Location": "/en/"}})
    web.at("/en/", {"body": b"<main><p>99 people were killed in the news of today.</p></main>", "headers": {"Content-Type": "text/html"}})

    document = next(sana.fetch(ask(options={**options, "articles": {"en": [web.base + "/en/?p=990000"]}})))

    assert document.title == "Two soldiers martyred in Samplia"


def test_a_report_that_is_nowhere_is_told(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Neither page nor archive: the address is named, and the rest is read."""
    documents = list(sana.fetch(ask(options={**options, "articles": {"en": [web.base + "/en/?p=1"]}})))
    assert len(documents) == 2
    assert any("/en/ answered with HTTP 404" in told for told in ask.told)


def test_the_publisher_follows_the_era(ask: Any, options: dict[str, Any]) -> None:
    """The same address spoke for another government before a day the crisis file names."""
    eras = [{"until": date(2024, 11, 29), "publisher": "sana"}, {"publisher": "sana_new"}]
    documents = list(sana.fetch(ask(options={**options, "eras": eras})))
    assert [(document.published_at.isoformat(), document.publisher) for document in documents] == [
        ("2024-11-29T09:10:00+00:00", "sana_new"),
        ("2024-11-28T23:30:00+00:00", "sana_new"),  # the 29th in Damascus
    ]
    with pytest.raises(SettingsError, match=r"`sources\.sana\.eras` in the crisis file needs `publisher`"):
        list(sana.fetch(ask(options={**options, "eras": [{"until": date(2024, 12, 8)}]})))


def test_the_arabic_edition_is_read_past_a_feed_that_is_no_xml(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """Its feed declares an attribute twice; the old theme's pages and the archive serve both languages."""
    feeds = {"ar": web.base + "/feed/"}
    old = {"ar": [web.base + "/?p=990007"]}

    listed = list(sana.fetch(ask(options={**options, "languages": ["ar"], "feeds": feeds, "articles": old})))

    assert [document.language for document in listed] == ["ar", "ar"]
    assert listed[0].text.split("\n") == [
        "استشهاد مدنيين اثنين في مثال",
        "مثال-سانا: استشهد مدنيان وأصيب نحو 60 آخرين بجروح، بحسب مصدر في قيادة الشرطة.",
    ]
    assert listed[1].title == "ارتفاع عدد الشهداء في مثال إلى 14 شهيداً"
    assert any(path.startswith("/feed/?_cb=") for path in web.paths())


def test_both_feeds_gone_is_a_failure(web: Any, ask: Any, options: dict[str, Any]) -> None:
    """The sentence names what was tried."""
    web.at("/en/feed/", {"status": 404})
    web.at("/en/?feed=rss2", {"status": 404})
    with pytest.raises(SourceUnavailable, match="/en/ answered with HTTP 404"):
        list(sana.fetch(ask(options=options)))
    assert any("former address is tried" in told for told in ask.told)
