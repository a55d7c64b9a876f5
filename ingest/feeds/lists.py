"""Walking what lists a publisher's reports: a feed and its earlier pages, a page of links, or a list of addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.feeds.entries import NOT_FOUND, Listed, documents_of, page_document, passed_over
from ingest.feeds.house import House, Tally
from ingest.feeds.rechecks import is_due
from ingest.fetch.exchange import Accept, HttpFailure, Response, shown
from ingest.fetch.request import FetchRequest
from ingest.model.failures import Failure, say
from ingest.model.records import Document
from ingest.text import Feed, FeedItem, read_cards, read_feed
from ingest.text.moment import in_utc, parse_moment


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the links stand on a page that lists reports: selectors of an `entry`, and within it of its `link` (empty where the
    entry is the link) and its `date`.

    `page` is the query parameter that names further pages, empty where there are none.
    """

    entry: str
    link: str = ""
    date: str = ""
    page: str = ""


def from_feed(
    request: FetchRequest, address: str, house: House, *, tally: Tally, pages: int = 1, cache_buster: str = ""
) -> Iterator[Document]:
    """Yield the reports of a feed published at or after `request.since`, paging back (`paged=2` ...) through at most `pages` pages.

    Without `since` only the first page is read. A report that cannot be read is told to `request.progress` and passed over.
    Raises `SourceUnavailable` when the feed itself cannot be had, or lists nothing at all and is not known to be empty at times.
    """
    walk = _Walk(request, address, house, tally, pages)
    before = request.client.known(address)
    while response := walk.turn("paged", Accept.FEED, cache_buster):
        feed = _feed(request, response)
        yield from walk.documents(Listed(response, feed.language), feed.items)
        if before is not None and not response.not_modified:
            _look_for_vanished(request, before, feed)
        before = None  # of the pages before the newest, which shift with every report


def from_listing(
    request: FetchRequest, address: str, listing: Listing, house: House, *, tally: Tally, pages: int = 1
) -> Iterator[Document]:
    """Yield the reports that a page links to, as `from_feed` does those of a feed."""
    walk = _Walk(request, address, house, tally, pages if listing.page else 1)
    while response := walk.turn(listing.page, Accept.PAGE):
        try:
            items = _linked(response, listing)
        except UnreadableDocument as error:
            raise SourceUnavailable(str(error)) from error
        yield from walk.documents(Listed(response), items)


def from_pages(request: FetchRequest, addresses: list[str], house: House, *, tally: Tally) -> Iterator[Document]:
    """Yield the reports at the given addresses, for reports that are no longer in any feed; failures as in `from_feed`.

    Pages change ever less often: one that was read before is asked for again as `rechecks` says.
    """
    for address in addresses:
        try:
            yield _read_before(request, address, house) or page_document(request, address, house, item=None)
            tally.read += 1
        except (UnreadableDocument, SourceUnavailable) as error:
            passed_over(request, tally, str(error))


def _read_before(request: FetchRequest, address: str, house: House) -> Document | None:
    """The report of a page as it was read, where it is not yet time to ask for it again."""
    if request.client.known(address) is None:
        return None
    try:
        document = page_document(request, address, house, item=None, settled=True)
    except (UnreadableDocument, SourceUnavailable):
        return None  # it may have become readable
    return None if is_due(document.published_at, document.retrieved_at, request.now()) else document


class _Walk:
    """One walk back through the pages of a list, newest first, until what it lists was published before `request.since`."""

    def __init__(self, request: FetchRequest, address: str, house: House, tally: Tally, pages: int) -> None:
        self._request, self._address, self._house, self._tally, self._pages = request, address, house, tally, pages
        self._seen: set[str] = set()
        self._number = 0
        self._aside = 0
        self._done = False

    def turn(self, parameter: str, accept: Accept, cache_buster: str = "") -> Response | None:
        """The next page of the list, which `parameter` numbers; None when the walk is over."""
        if self._done or self._number == self._pages:
            self._end()
            return None
        self._number += 1
        params = {parameter: str(self._number)} if self._number > 1 else None
        try:
            return self._request.client.get(self._address, accept=accept, params=params, cache_buster=cache_buster)
        except HttpFailure as error:
            if self._number > 1 and error.status in NOT_FOUND:
                self._done = True  # WordPress says 404 for the page after the last
                self._end()
                return None
            raise

    def _end(self) -> None:
        since = self._request.since
        if not self._done and self._pages > 1 and since:
            self._request.progress(
                f"{shown(self._address)}: stopped after {self._pages} pages without reaching {since:%d %B %Y}; raise `pages` to go on."
            )
        if self._aside:
            self._request.progress(f"{shown(self._address)}: {self._aside} entries have none of the words that are asked for.")

    def documents(self, listed: Listed, items: tuple[FeedItem, ...]) -> Iterator[Document]:
        """The documents of the entries not met before."""
        request, house = self._request, self._house
        fresh = [item for item in items if item.identity not in self._seen]
        if not items and not self._seen and not house.may_be_empty:
            raise SourceUnavailable(say(Failure.NO_REPORTS, where=shown(listed.response.url)))
        self._seen.update(item.identity for item in fresh)
        wanted = [item for item in fresh if not self._older(item)]
        ours = [item for item in wanted if house.concerns(item)]
        self._aside += len(wanted) - len(ours)
        yield from documents_of(request, listed, ours, house, self._tally)
        self._done = request.since is None or not fresh or any(self._older(item) for item in fresh)
        if items and not fresh and request.since is not None:
            request.progress(
                f"{shown(listed.response.url)} lists the same reports again, so it cannot be paged back to {request.since:%d %B %Y}; "
                "what was published between is missing, add it under `articles` or by hand."
            )

    def _older(self, item: FeedItem) -> bool:
        since = self._request.since
        return since is not None and item.published is not None and in_utc(item.published, self._request.timezone) < since


def _feed(request: FetchRequest, response: Response) -> Feed:
    try:
        feed = read_feed(response.content, response.media_type, shown(response.url), response.final_url)
    except UnreadableDocument as error:
        raise SourceUnavailable(str(error)) from error
    if feed.cut_off and not feed.items:
        raise SourceUnavailable(say(Failure.CUT_FEED, where=shown(response.url)))
    if feed.cut_off:
        request.progress(f"{shown(response.url)} breaks off before its end; the entry it broke off in was left for the next refresh.")
    return feed


def _look_for_vanished(request: FetchRequest, before: Response, feed: Feed) -> None:
    """Ask for the pages of entries that the feed showed before and left out now, though it still goes back behind them."""
    there = {item.identity for item in feed.items}
    oldest = min((in_utc(item.published, request.timezone) for item in feed.items if item.published), default=None)
    if oldest is None or feed.cut_off:
        return
    for item in read_feed(before.content, before.media_type, shown(before.url), before.final_url).items:
        if item.link and item.published and item.identity not in there and in_utc(item.published, request.timezone) > oldest:
            try:
                request.client.get(item.link, accept=Accept.PAGE)
            except HttpFailure as error:
                if error.status in NOT_FOUND:
                    request.vanished(item.link)
            except SourceUnavailable as error:
                request.progress(str(error))


def _linked(response: Response, listing: Listing) -> tuple[FeedItem, ...]:
    """The reports a page links to, each once. Raises `UnreadableDocument` where it has no such entry at all."""
    name = shown(response.url)
    fields = {"link": (listing.link, "href"), "title": (listing.link, ""), "time": (listing.date, "datetime"), "date": (listing.date, "")}
    cards = read_cards(response.content, response.media_type, name, listing.entry, fields)
    if not cards:
        raise UnreadableDocument(say(Failure.NO_LINKS, where=name, part=listing.entry))
    items: dict[str, FeedItem] = {}
    for card in cards:
        link = urljoin(response.final_url, card["link"])
        stated = (card["time"] or card["date"]) if listing.date else ""
        if card["link"] and urlsplit(link).scheme in {"http", "https"}:
            items.setdefault(link, FeedItem(link, card["title"], link, stated, parse_moment(stated), markup="", outlet=""))
    return tuple(items.values())
