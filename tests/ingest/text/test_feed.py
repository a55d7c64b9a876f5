"""Feeds and JSON answers as places where reports stand."""

from collections.abc import Callable

import pytest

from ingest.errors import UnreadableDocument
from ingest.text import MediaType, read, read_feed
from ingest.text.json_answer import load_json

LONG = "Four people were hurt when a wall fell in the market of Exampletown, the invented mayor said on Friday."


def rss(*items: str, head: str = "", end: str = "</channel></rss>") -> bytes:
    """An RSS 2.0 feed with these items."""
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    start = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {names}><channel><title>Example</title>'
    return (start + head + "".join(items) + end).encode()


def item(guid: str = "https://example.org/?p=1", body: str = f"<p>{LONG}</p>", **fields: str) -> str:
    """One item; empty fields are left out."""
    told = {"title": "Wall falls", "link": "https://example.org/1/", "pubDate": "Sat, 30 Nov 2024 18:40:00 +0000", "guid": guid, **fields}
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in told.items() if value)
    return f"<item>{inner}<content:encoded><![CDATA[{body}]]></content:encoded></item>" if body else f"<item>{inner}</item>"


def test_rss_is_read() -> None:
    """Title, link, date and the full text of an entry are taken; the feed's language is its first part."""
    feed = read_feed(rss(item(), head="<language>en-US</language>"), "application/rss+xml", "feed")
    (one,) = feed.items
    assert (feed.title, feed.language, feed.cut_off) == ("Example", "en", False)
    assert (one.identity, one.title, one.link) == ("https://example.org/?p=1", "Wall falls", "https://example.org/1/")
    assert one.published is not None
    assert one.published.isoformat() == "2024-11-30T18:40:00+00:00"
    assert LONG in one.markup


def test_the_text_of_an_entry_is_derived_from_the_feeds_bytes() -> None:
    """The media type names the entry, and reading the archived feed with it gives the text."""
    media = MediaType("application/rss+xml", {"item": "https://example.org/?p=1"})
    assert read(rss(item()), str(media), "feed").text == f"Wall falls\n{LONG}"
    with pytest.raises(UnreadableDocument, match="has no entry"):
        read(rss(item(guid="other")), str(media), "feed")
    with pytest.raises(UnreadableDocument, match="is a feed, which is many reports"):
        read(rss(item()), "application/rss+xml", "feed")


def test_atom_and_rdf_are_read() -> None:
    """The other two families of feeds give the same fields."""
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>A</title>
    <entry><id>tag:example.org,2024:1</id><title>Wall falls</title>
    <link href="/1/"/><updated>2024-11-30T18:40:00+03:00</updated><content type="html">&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>"""
    rdf = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel><title>R</title></channel><item rdf:about="https://example.org/1/"><title>Wall falls</title><link>https://example.org/1/</link>
    <description>{LONG}</description><dc:date>2024-11-30T18:40:00Z</dc:date></item></rdf:RDF>"""
    (entry,) = read_feed(atom.encode(), "application/atom+xml", "feed", "https://example.org/feed/").items
    assert (entry.link, entry.published and entry.published.isoformat()) == ("https://example.org/1/", "2024-11-30T18:40:00+03:00")
    assert LONG in entry.markup
    (entry,) = read_feed(rdf.encode(), "application/rdf+xml", "feed").items
    assert (entry.link, entry.published and entry.published.isoformat()) == ("https://example.org/1/", "2024-11-30T18:40:00+00:00")


def test_a_feed_that_is_not_well_formed_is_read() -> None:
    """A duplicate attribute, a bare ampersand or a byte order mark do not cost the feed."""
    broken = rss(item(title="Wall & roof fall"), head='<link href="a" href="b"/>')
    for content in (broken, b"\xef\xbb\xbf" + broken):
        (one,) = read_feed(content, "application/rss+xml", "feed").items
        assert one.title == "Wall & roof fall"
        assert LONG in one.markup


def test_a_feed_in_another_encoding_is_read() -> None:
    """The declaration of the file or of the server is used."""
    text = "قتل أربعة مدنيين في بلدة مختلقة"
    declared = rss(item(title=text)).decode().replace("UTF-8", "windows-1256").encode("cp1256")
    undeclared = rss(item(title=text)).decode().replace(' encoding="UTF-8"', "").encode("cp1256")
    assert read_feed(declared, "application/rss+xml", "feed").items[0].title == text
    assert read_feed(undeclared, "application/rss+xml; charset=windows-1256", "feed").items[0].title == text


def test_a_feed_that_breaks_off_loses_only_the_entry_it_broke_off_in() -> None:
    """Half an entry is not read as if it were whole."""
    whole = rss(item(guid="1"), item(guid="2"))
    feed = read_feed(whole[: whole.rindex(b"mayor")], "application/rss+xml", "feed")
    assert feed.cut_off
    assert [one.identity for one in feed.items] == ["1"]


@pytest.mark.parametrize("stated", ["", "yesterday", "30/11/2024 18:40", "Sat, 31 Nov 2024 18:40:00 +0000"])
def test_a_date_that_is_missing_or_malformed_is_none(stated: str) -> None:
    """Nothing is guessed; what was stated is kept for the sentence."""
    (one,) = read_feed(rss(item(pubDate=stated)), "application/rss+xml", "feed").items
    assert one.published is None
    assert one.stated_date == stated


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Sat, 30 Nov 2024 18:40:00 GMT", "2024-11-30T18:40:00+00:00"),
        ("Sat, 30 Nov 2024 18:40:00 +0300", "2024-11-30T18:40:00+03:00"),
        ("30 Nov 2024 18:40 -0000", "2024-11-30T18:40:00+00:00"),
        ("Sat, 30 Nov 2024 18:40:00", "2024-11-30T18:40:00"),
        ("2024-11-30T18:40:00+03:00", "2024-11-30T18:40:00+03:00"),
    ],
)
def test_dates_keep_the_zone_they_state(stated: str, expected: str) -> None:
    """A date without a zone stays without one, for the caller to place."""
    (one,) = read_feed(rss(item(pubDate=stated)), "application/rss+xml", "feed").items
    assert one.published is not None
    assert one.published.isoformat() == expected


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@example.org", "http://", "http://[bad"])
def test_links_that_are_no_web_addresses_are_left_out(link: str) -> None:
    """Only http and https links are kept."""
    (one,) = read_feed(rss(item(link=link)), "application/rss+xml", "feed").items
    assert one.link == ""


def test_an_entry_without_guid_is_known_by_its_link() -> None:
    """And two entries of one identity are one."""
    feed = read_feed(rss(item(guid=""), item(guid="")), "application/rss+xml", "feed")
    assert [one.identity for one in feed.items] == ["https://example.org/1/"]


@pytest.mark.parametrize(
    "body", ["", "<p>Too short.</p>", f"<p>{LONG} The rest is [&#8230;]</p>", f"<p>{LONG} … Continue reading Wall falls</p>"]
)
def test_a_teaser_is_not_taken_for_the_report(body: str) -> None:
    """What breaks off or says next to nothing is left to the page."""
    assert read_feed(rss(item(body=body)), "application/rss+xml", "feed").items[0].markup == ""


def test_the_outlet_of_a_collected_report_is_named() -> None:
    """Feeds that collect others' reports say whose each is."""
    collected = item().replace("<link>", '<source url="https://www.example.net">Example Net</source><link>')
    assert read_feed(rss(collected), "application/rss+xml", "feed").items[0].outlet == "https://www.example.net"


def test_what_is_no_feed_is_told() -> None:
    """A page or other XML is named as no feed."""
    for content in (b"<html><body>Moved</body></html>", b"<?xml version='1.0'?><opml/>", b"words"):
        with pytest.raises(UnreadableDocument, match=r"^feed is not a feed"):
            read_feed(content, "application/xml", "feed")


def test_an_entity_bomb_is_harmless() -> None:
    """Entities that grow without end are not followed."""
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
        + "]>"
    )
    content = rss(item(title="&j;")).replace(b"<rss", bomb.encode() + b"<rss")
    for one in read_feed(content, "application/rss+xml", "feed").items:
        assert len(one.title) < 100_000


def test_a_feed_built_to_keep_a_parser_busy_is_read_apart(within: Callable[..., None]) -> None:
    """A feed that raises suspicion is read in the worker, with the same result or a sentence."""
    long_text = item(body=f"<p>{LONG}</p>" + "word " * 6000)
    assert read_feed(rss(long_text), "application/rss+xml", "feed").items[0].published is not None
    within("feed", 0.5)
    with pytest.raises(UnreadableDocument, match="could not be read within"):
        read_feed(rss(item(), head="<x " + " ".join(f"a{n}='1'" for n in range(60_000)) + "/>"), "application/rss+xml", "feed")


def test_a_feed_that_breaks_its_parser_is_a_sentence() -> None:
    """Breakages that even a forgiving parser stumbles over are told."""
    with pytest.raises(UnreadableDocument, match="feed is too broken to be read as a feed"):
        read_feed(rss(item(title="&#x110000;"), head='<link href="a" href="b"/>'), "application/rss+xml", "feed")


def test_a_report_inside_json_is_derived_from_the_answer() -> None:
    """Pointers in the media type say where text and title stand, and of what type the text is."""
    answer = b'{"data": [{"fields": {"title": "Update 9", "body-html": "<p>Some 4,500 fled.</p>", "body": "**Some** 4,500 fled."}}]}'
    base = {"title": "/data/0/fields/title"}
    html = MediaType("application/json", {"at": "/data/0/fields/body-html", "as": "text/html", **base})
    markdown = MediaType("application/json", {"at": "/data/0/fields/body", "as": "text/markdown", **base})
    assert read(answer, str(html), "a").text == read(answer, str(markdown), "a").text == "Update 9\nSome 4,500 fled."
    with pytest.raises(UnreadableDocument, match="has nothing at /data/1"):
        read(answer, str(MediaType("application/json", {"at": "/data/1/fields"})), "a")


def test_json_is_read_strictly() -> None:
    """NaN is no JSON, and neither is half an answer."""
    for content in (b'{"a": NaN}', b'{"a": ', b"\xff\xfe"):
        with pytest.raises(UnreadableDocument, match="is not valid JSON"):
            load_json(content, "The answer")


_HEAD = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
_DATE = "<pubDate>Sat, 30 Nov 2024 10:00:00 +0000</pubDate>"
_PROSE = "Nine people were killed in Exampletown when a wall fell on Saturday, the mayor of the invented town said in the evening."
_ITEM = f"<item><title>Wall</title><link>https://example.org/1</link><guid>1</guid>{_DATE}"


@pytest.mark.parametrize(
    "markup",
    [
        f"<content:encoded><![CDATA[<p>{_PROSE}</p>]]></content:encoded>",
        f"<content:encoded>&lt;p&gt;{_PROSE}&lt;/p&gt;</content:encoded>",
        f"<content:encoded><![CDATA[<p>{_PROSE[:20]}]]><![CDATA[{_PROSE[20:]}</p>]]></content:encoded>",
        f"<content:encoded><![CDATA[<p>{_PROSE}<br>]]></content:encoded>",
        f'<encoded xmlns="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>{_PROSE}</p>]]></encoded>',
        f'<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>{_PROSE}</p>]]></c:encoded>',
        f"<content:encoded><![CDATA[<p>{_PROSE}</p>]]></content:encoded><media:thumbnail url='x'/>",
        f"<content:encoded><![CDATA[<p>{_PROSE}</p>]]></content:encoded><description>A & B < C</description>",
    ],
    ids=["cdata", "escaped", "cdata-in-pieces", "html-not-closed", "default-namespace", "other-prefix", "undeclared-prefix", "bare-marks"],
)
def test_the_text_of_an_entry_survives_how_it_is_written(markup: str) -> None:
    """CDATA in one piece or several, escapes, other prefixes, undeclared ones and bare marks all give the same words."""
    feed = read_feed(f"{_HEAD}{_ITEM}{markup}</item></channel></rss>".encode(), "application/rss+xml", "x")
    (item,) = feed.items
    assert _PROSE in item.markup
    assert (item.title, item.link, item.published is not None) == ("Wall", "https://example.org/1", True)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a/1", "https://example.org/a/1"),
        ("1", "https://example.org/feeds/1"),
        ("//other.example/1", "https://other.example/1"),
        ("https://example.org/%D9%85/1", "https://example.org/%D9%85/1"),
        ("\n  https://example.org/1\n ", "https://example.org/1"),
    ],
)
def test_links_are_completed_with_the_address_of_the_feed(link: str, expected: str) -> None:
    """Relative links, links without scheme and links between line breaks lead where a browser would go."""
    content = f"{_HEAD}<item><title>x</title><link>{link}</link>{_DATE}</item></channel></rss>".encode()
    assert read_feed(content, "application/rss+xml", "x", "https://example.org/feeds/all.xml").items[0].link == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_arabic_is_read_in_every_encoding_it_is_sent_in(encoding: str) -> None:
    """By byte order mark, by the declaration inside, or by that of the server."""
    title = "مقتل سبعة مدنيين في مثال"
    body = f"{_HEAD}<item><title>{title}</title><link>https://example.org/1</link>{_DATE}</item></channel></rss>"
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{body}'.encode(encoding)
    assert read_feed(declared, "application/rss+xml", "x").items[0].title == title
    assert read_feed(body.encode(encoding), f"application/rss+xml; charset={encoding.removesuffix('-sig')}", "x").items[0].title == title


@pytest.mark.parametrize(
    "spoilt",
    [
        b"<rss><channel><item><title>A</title></item><item><title>B</channel></rss>",
        b'<rss version="2.0" version="2.0"><channel><item a="1" a="2"><title>A</title></item></channel></rss>',
        b"<rss><channel>\x0b\x00<item><title>A\x08</title></item></channel></rss>".replace(b"\x00", b""),
        b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>A&x;</title></item></channel></rss>",
        b"junk before <rss><channel><item><title>A</title></item></channel></rss>",
        b"<rss><channel><item><title>A</title></item></channel></rss> junk behind",
        b"<RSS><CHANNEL><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>",
    ],
    ids=["unclosed", "attribute-twice", "control-characters", "file-entity", "junk-before", "junk-behind", "capitals"],
)
def test_bad_xml_is_read_as_far_as_it_goes(spoilt: bytes) -> None:
    """An entry that can be told is told, without anything of this machine in it; what cannot is a sentence."""
    try:
        feed = read_feed(spoilt, "application/rss+xml", "x")
    except UnreadableDocument as error:
        assert str(error).startswith("x ")
        return
    assert all(item.title.startswith("A") and "root:" not in item.title for item in feed.items[:1])
