"""Feeds: RSS 2.0, RDF and Atom, well-formed or not, as entries whose text can be read from the feed's bytes again.

An entry's identity is its guid, or its link where it has none; it is written into the media type of the document
(`application/rss+xml; item="..."`), so that the text can be derived from the archived feed at any time.
"""

import io
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text import html
from ingest.text.decode import decode
from ingest.text.extracted import Extracted, Feed, FeedItem
from ingest.text.media import MediaType
from ingest.text.moment import parse_moment
from ingest.text.plain import first_line
from ingest.text.whitespace import flatten

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_ENDS = re.compile(r"</(?:rss|feed|rdf:RDF)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*(?:Continue reading.*|Read more.*)?$", re.IGNORECASE | re.DOTALL)
_LONGEST_TEASER = 2_000  # characters
_SHORTEST_BODY = 80  # characters; what is shorter is a teaser, and its page is read instead


def read_feed(content: bytes, media: MediaType, name: str, address: str = "") -> Feed:
    """Read a feed; relative links are completed with `address`. Raises `UnreadableDocument` when it is none."""
    declared = _ENCODING.search(content[:400])
    text = decode(content, declared[1].decode("ascii") if declared else media.params.get("charset", ""), name)
    if not _ROOT.search(text):
        raise UnreadableDocument(say(Unreadable.NO_FEED, name=name))
    parsed = _parsed(_DECLARATION.sub("", text), name)
    cut_off = not _ENDS.search(text)
    entries = parsed.entries[:-1] if cut_off else parsed.entries
    items: dict[str, FeedItem] = {}
    for number, entry in enumerate(entries, start=1):
        item = _item(entry, number, address)
        items.setdefault(item.identity, item)
    head = parsed.feed
    language = str(head.get("language") or "").strip().lower().partition("-")[0]
    return Feed(flatten(_words(head.get("title"))), language, tuple(items.values()), cut_off)


def _parsed(text: str, name: str) -> Any:
    # feedparser gets bytes in a stream, never a name or address that it could open by itself.
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", errors="replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # its forgiving parser stumbles over some breakages with whatever comes up
        raise UnreadableDocument(say(Unreadable.BROKEN_FEED, name=name, answer=f"{type(error).__name__}: {error}")) from error


def read_item(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read the entry that the `item` parameter names. Raises `UnreadableDocument` when the feed does not have it."""
    wanted = media.params.get("item", "")
    if not wanted:
        raise UnreadableDocument(say(Unreadable.FEED, name=name))
    feed = read_feed(content, media, name)
    item = next((item for item in feed.items if item.identity == wanted), None)
    if item is None:
        raise UnreadableDocument(say(Unreadable.NO_ENTRY, name=name, wanted=repr(wanted)))
    return item_text(item, media, name)


def item_text(item: FeedItem, media: MediaType, name: str) -> Extracted:
    """The text of an entry that carries its report; the same function serves the first reading and every later one."""
    body = html.read_fragment(item.markup, media, name)
    return Extracted(item.title or first_line(body), html.with_headline(item.title, body), item.published)


def _item(entry: Any, number: int, address: str) -> FeedItem:
    link = _web_address(urljoin(address, str(entry.get("link") or "").strip()))
    stated = str(entry.get("published") or entry.get("updated") or "").strip()
    title = flatten(_words(entry.get("title")))
    outlet = entry.get("source") or {}
    return FeedItem(
        identity=str(entry.get("id") or link or f"#{number}").strip(),
        title=title,
        link=link,
        stated_date=stated,
        published=parse_moment(stated),
        markup=_full_text(entry),
        outlet=_web_address(str(outlet.get("href") or outlet.get("link") or "")),
        teaser=flatten(_words(entry.get("summary")))[:_LONGEST_TEASER],
    )


def _full_text(entry: Any) -> str:
    """The longest content the entry carries; nothing where it is only a teaser that breaks off."""
    contents = [str(content.get("value") or "") for content in entry.get("content") or []]
    longest = max(contents, key=len, default="")
    words = _words(longest)
    return "" if len(words) < _SHORTEST_BODY or _CUT_OFF.search(words) else longest


def _words(markup: Any) -> str:
    """The words of a title or teaser, which may hold markup."""
    text = str(markup or "")
    return html.read_fragment(text, MediaType("text/html"), "The feed") if "<" in text else text


def _web_address(address: str) -> str:
    """The address if it is one that a browser opens over the web; feeds also hold `javascript:` and `file:`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""
