"""Pages that list reports, for sites without a feed: their links, titles and dates as entries like those of a feed."""

from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from ingest.errors import UnreadableDocument
from ingest.text import html
from ingest.text.extracted import FeedItem
from ingest.text.media import MediaType
from ingest.text.moment import parse_moment
from ingest.text.whitespace import flatten

Selectors = tuple[str, str, str]
"""Of one entry, and within it of its link and of its date (which may be empty)."""


def read_listing(content: bytes, media: MediaType, name: str, address: str, selectors: Selectors) -> tuple[FeedItem, ...]:
    """The entries of a page in its order, each link once. Raises `UnreadableDocument` where the page has no such entry."""
    entry, link, date = selectors
    tree = html.parse(content, media, name)
    nodes = html.matching(tree, entry, name)
    if not nodes:
        raise UnreadableDocument(
            f"{name} lists nothing at “{entry}”, where its reports used to be; the site has changed, so its reader must be adapted."
        )
    items: dict[str, FeedItem] = {}
    for node in nodes:
        item = _item(node, link, date, address)
        if item is not None:
            items.setdefault(item.identity, item)
    return tuple(items.values())


def _item(node: LexborNode, link: str, date: str, address: str) -> FeedItem | None:
    found = node.css_first(link) if link else node
    if found is None:
        return None
    target = urljoin(address, (found.attributes.get("href") or "").strip())
    if urlsplit(target).scheme not in {"http", "https"}:
        return None
    stated = _date(node.css_first(date)) if date else ""
    return FeedItem(
        identity=target,
        title=flatten(found.text(deep=True)),
        link=target,
        stated_date=stated,
        published=parse_moment(stated),
        markup="",
        outlet="",
    )


def _date(node: LexborNode | None) -> str:
    """A date as `time` elements give it to programs, or as it is shown."""
    return "" if node is None else (node.attributes.get("datetime") or flatten(node.text(deep=True))).strip()
