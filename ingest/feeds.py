"""From a publisher's feed and pages to documents: what every source with a feed shares, so that its own file says only what is its own.

A publisher's `House` states how its reports are read. Each document records that in its media type, so that its text can be
derived again from the archived bytes alone: of the feed where the feed carries the report, of the page otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept, HttpFailure, Response, shown
from ingest.fetch.request import FetchRequest
from ingest.model.ids import document_id
from ingest.model.records import Document
from ingest.text import Extracted, Feed, FeedItem, MediaType, pick, read, read_feed, read_feed_item
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

_NOT_FOUND = frozenset({404, 410})
_LANGUAGE_CODE = 2  # letters; the path of a front page is empty or a language
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})


def _no_other(_: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class House:
    """How one publisher's reports are found and read.

    `publisher` gives the organisation id for a time of publication. `parts` are CSS selectors of the report on a page, tried
    in order, the empty one standing for the general reader; `drop` are selectors of what is no report; `drop_line` and
    `drop_tail` are patterns of lines left out (anywhere, at the end). `date_at` selects the element that shows a page's date
    where it states none for programs. `elsewhere` gives other addresses of a page that is gone. `outlets` gives the
    organisation id for the host of each outlet whose reports the feed collects.
    """

    source: str
    title: str
    publisher: Callable[[datetime], str]
    language: str = ""
    licence: str = ""
    parts: tuple[str, ...] = ("",)
    drop: str = ""
    drop_line: str = ""
    drop_tail: str = ""
    date_at: str = ""
    elsewhere: Callable[[str], tuple[str, ...]] = _no_other
    outlets: Mapping[str, str] = field(default_factory=dict)

    def publisher_of(self, item: FeedItem | None, published: datetime) -> str:
        """The organisation whose report it is. Raises `UnreadableDocument` for an outlet that the crisis file does not name."""
        host = (urlsplit(item.outlet).hostname or "").removeprefix("www.") if item and item.outlet else ""
        if host and host not in self.outlets:
            raise UnreadableDocument(
                f"“{item.title if item else host}” is a report of {host}, which the crisis file does not name under `outlets`."
            )
        return self.outlets[host] if host else self.publisher(published)

    def media(self, media_type: str, **params: str) -> MediaType:
        """The media type with everything the reading depends on."""
        return MediaType.parse(media_type).with_params(**params, drop=self.drop, drop_line=self.drop_line, drop_tail=self.drop_tail)


@dataclass(slots=True)
class Tally:
    """What became of the entries of one fetch, so that a source of which nothing can be read is an error, not silence."""

    read: int = 0
    failed: list[str] = field(default_factory=list)

    def close(self, title: str) -> None:
        """Raises `SourceUnavailable` when entries were there and none could be read."""
        if self.failed and not self.read:
            raise SourceUnavailable(f"None of the {len(self.failed)} reports offered by {title} could be read; the first: {self.failed[0]}")


def from_feed(
    request: FetchRequest, address: str, house: House, *, tally: Tally, pages: int = 1, cache_buster: str = ""
) -> Iterator[Document]:
    """Yield the reports of a feed published at or after `request.since`, paging back (`paged=2` ...) through at most `pages` pages.

    Without `since` only the first page is read. A report that cannot be read is told to `request.progress` and passed over.
    Raises `SourceUnavailable` when the feed itself cannot be had.
    """
    seen: set[str] = set()
    for number in range(1, pages + 1):
        try:
            params = {"paged": str(number)} if number > 1 else None
            response = request.client.get(address, accept=Accept.FEED, params=params, cache_buster=cache_buster)
        except HttpFailure as error:
            if number > 1 and error.status in _NOT_FOUND:
                return  # WordPress says 404 for the page after the last
            raise
        feed = _feed(request, response)
        fresh = [item for item in feed.items if item.identity not in seen]
        seen.update(item.identity for item in fresh)
        for item in fresh:
            if not _older(request, item):
                yield from _entry(request, response, item, house, tally=tally, language=feed.language)
        if request.since is None or not fresh or any(_older(request, item) for item in fresh):
            return
    if pages > 1:
        request.progress(
            f"{shown(address)}: stopped after {pages} pages without reaching {request.since:%d %B %Y}; raise `pages` to go on."
        )


def from_pages(request: FetchRequest, addresses: list[str], house: House, *, tally: Tally) -> Iterator[Document]:
    """Yield the reports at the given addresses, for reports that are no longer in any feed; failures as in `from_feed`."""
    for address in addresses:
        try:
            yield _page_document(request, address, house, item=None)
            tally.read += 1
        except (UnreadableDocument, SourceUnavailable) as error:
            _passed_over(request, tally, str(error))


def _feed(request: FetchRequest, response: Response) -> Feed:
    try:
        feed = read_feed(response.content, response.media_type, shown(response.url), response.final_url)
    except UnreadableDocument as error:
        raise SourceUnavailable(str(error)) from error
    if feed.cut_off:
        request.progress(f"{shown(response.url)} breaks off before its end; the entry it broke off in was left for the next refresh.")
    if not feed.items:
        request.progress(f"{shown(response.url)} lists no reports.")
    return feed


def _older(request: FetchRequest, item: FeedItem) -> bool:
    return request.since is not None and item.published is not None and in_utc(item.published, request.timezone) < request.since


def _entry(request: FetchRequest, response: Response, item: FeedItem, house: House, *, tally: Tally, language: str) -> Iterator[Document]:
    try:
        yield _entry_document(request, response, item, house, language=language)
        tally.read += 1
    except (UnreadableDocument, SourceUnavailable) as error:
        _passed_over(request, tally, str(error))


def _entry_document(request: FetchRequest, response: Response, item: FeedItem, house: House, *, language: str) -> Document:
    """The document of one entry, from the feed where it carries the dated report and from its page otherwise."""
    if item.markup and item.published:
        return _feed_document(request, response, item, house, language=language)
    if item.link:
        return _page_document(request, item.link, house, item=item)
    what = f"the date “{item.stated_date}”" if item.markup else "no text"
    raise UnreadableDocument(f"“{item.title}” in {shown(response.url)} has {what} and no web address, so it was left out.")


def _passed_over(request: FetchRequest, tally: Tally, reason: str) -> None:
    tally.failed.append(reason)
    request.progress(reason)


def _feed_document(request: FetchRequest, response: Response, item: FeedItem, house: House, *, language: str) -> Document:
    declared = response.media_type if MediaType.parse(response.media_type).essence in _FEED_TYPES else "application/rss+xml"
    charset = MediaType.parse(response.media_type).params.get("charset", "")
    media = house.media(MediaType.parse(declared).essence, charset=charset, item=item.identity)
    name = f"“{item.title}” in {shown(response.url)}"
    extracted = read_feed_item(item, response.content, str(media), name)
    if not extracted.text or item.published is None:
        raise UnreadableDocument(f"{name} has no text that can be read.")
    published = in_utc(item.published, request.timezone)
    address = item.link or f"{response.url}#{item.identity}"
    made = _Made(response, str(media), extracted, address, published, house.publisher_of(item, published))
    return _document(house, made, language)


def _page_document(request: FetchRequest, address: str, house: House, *, item: FeedItem | None) -> Document:
    response = _page(request, address, house)
    name = shown(response.url)
    media, extracted = _page_text(response, house, name)
    published = (item.published if item else None) or extracted.published or _shown_date(response, media, house, name)
    if published is None:
        stated = f" (its feed says “{item.stated_date}”)" if item and item.stated_date else ""
        raise UnreadableDocument(f"{name} states no date that can be understood{stated}, so it was left out; add it by hand with its date.")
    moment = in_utc(published, request.timezone)
    made = _Made(response, str(media), extracted, address, moment, house.publisher_of(item, moment))
    return _document(house, made, extracted.language)


def _page(request: FetchRequest, address: str, house: House) -> Response:
    """The page, or the first of its other addresses that still answers."""
    try:
        return _own_page(request, address)
    except HttpFailure as error:
        if error.status not in _NOT_FOUND:
            raise
        gone = error
    for other in house.elsewhere(address):
        try:
            return _own_page(request, other)
        except SourceUnavailable as error:
            request.progress(str(error))
    raise gone


def _own_page(request: FetchRequest, address: str) -> Response:
    """The page itself: sites send readers of a page that is gone to their front page, whose news are other reports."""
    response = request.client.get(address, accept=Accept.PAGE)
    arrived = urlsplit(response.final_url)
    if response.final_url != address and not arrived.query and len(arrived.path.strip("/")) <= _LANGUAGE_CODE:
        raise HttpFailure(address, 404, f"it leads to the front page of {arrived.netloc}")
    return response


def _page_text(response: Response, house: House, name: str) -> tuple[MediaType, Extracted]:
    """Read the page by the first of the house's parts that it has."""
    declared = MediaType.parse(response.media_type)
    base = "text/html" if declared.essence not in {"text/html", "application/xhtml+xml"} else declared.essence
    failure: UnreadableDocument | None = None
    for part in house.parts:
        media = house.media(base, charset=declared.params.get("charset", ""), select=part)
        try:
            return media, read(response.content, str(media), name)
        except UnreadableDocument as error:
            failure = failure or error
    raise failure or UnreadableDocument(f"{name} could not be read.")


def _shown_date(response: Response, media: MediaType, house: House, name: str) -> datetime | None:
    return parse_moment(pick(response.content, str(media), name, house.date_at)) if house.date_at else None


@dataclass(frozen=True, slots=True)
class _Made:
    """What a document is made of."""

    response: Response
    media_type: str
    extracted: Extracted
    address: str
    published: datetime
    publisher: str


def _document(house: House, made: _Made, language: str) -> Document:
    text, title = made.extracted.text, made.extracted.title
    return Document(
        document_id=document_id(house.source, made.publisher, made.address, text),
        source=house.source,
        publisher=made.publisher,
        title=title,
        text=text,
        language=house.language or language_of(text, language),
        url=made.address,
        published_at=made.published,
        retrieved_at=made.response.retrieved_at,
        media_type=made.media_type,
        archive_sha256=made.response.sha256,
        licence=house.licence,
        citation=f"{house.title}, “{title}”, {made.published:%d %B %Y}, {made.address}",
    )
