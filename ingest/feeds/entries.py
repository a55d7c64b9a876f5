"""From one entry of a feed, or one page, to a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.feeds.house import House, Tally
from ingest.fetch.exchange import Accept, HttpFailure, Response, shown
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.failures import say
from ingest.model.ids import document_id
from ingest.model.records import Document
from ingest.model.unreadable import Unreadable
from ingest.text import Extracted, FeedItem, MediaType, pick, read, read_feed_item
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

NOT_FOUND = frozenset({404, 410})
_LANGUAGE_CODE = 2  # letters; the path of a front page is empty or a language
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})


@dataclass(frozen=True, slots=True)
class Listed:
    """The answer an entry was found in, and the language it declares."""

    response: Response
    language: str = ""


def documents_of(request: FetchRequest, listed: Listed, items: list[FeedItem], house: House, tally: Tally) -> Iterator[Document]:
    """Yield the documents of entries; one that cannot be read is told to `request.progress` and passed over."""
    for item in items:
        try:
            yield _entry_document(request, listed, item, house)
            tally.read += 1
        except (UnreadableDocument, SourceUnavailable) as error:
            passed_over(request, tally, str(error))


def page_document(request: FetchRequest, address: str, house: House, *, item: FeedItem | None, settled: bool = False) -> Document:
    """The document of a page. With `settled` a page that was read before is taken from the archive without asking again.

    Raises `UnreadableDocument` where it holds no dated report, `SourceUnavailable` where it cannot be had.
    """
    response = _page(request, address, house, settled=settled)
    name = shown(response.url)
    media, extracted = _page_text(response, house, name)
    published = (item.published if item else None) or extracted.published or _shown_date(response, media, house, name)
    if published is None:
        stated = f" (its feed says “{item.stated_date}”)" if item and item.stated_date else ""
        raise UnreadableDocument(say(Unreadable.NO_DAY_STATED, name=name, why=stated))
    moment = in_utc(published, request.timezone)
    made = _Made(response, str(media), extracted, address, moment, house.publisher_of(item, moment))
    return _document(house, made, extracted.language)


def passed_over(request: FetchRequest, tally: Tally, reason: str) -> None:
    """Note a report that cannot be read."""
    tally.failed.append(reason)
    request.progress(reason)


def _entry_document(request: FetchRequest, listed: Listed, item: FeedItem, house: House) -> Document:
    """The document of one entry, from the feed where it carries the dated report and from its page otherwise.

    Sites put a changed report into a changed feed, so the pages behind a feed that is as it was are not asked for again.
    """
    if item.markup and item.published:
        return _feed_document(request, listed, item, house)
    if item.link:
        return page_document(request, item.link, house, item=item, settled=listed.response.not_modified)
    cause = Unreadable.LOOSE_DATED_ENTRY if item.markup else Unreadable.LOOSE_ENTRY
    raise UnreadableDocument(say(cause, part=item.title, where=shown(listed.response.url), wanted=item.stated_date))


def _feed_document(request: FetchRequest, listed: Listed, item: FeedItem, house: House) -> Document:
    response = listed.response
    declared = MediaType.parse(response.media_type)
    essence = declared.essence if declared.essence in _FEED_TYPES else "application/rss+xml"
    media = house.page.media(essence, charset=declared.params.get("charset", ""), item=item.identity)
    name = f"“{item.title}” in {shown(response.url)}"
    extracted = read_feed_item(item, str(media), name)
    if not extracted.text or item.published is None:
        raise UnreadableDocument(say(Unreadable.NO_TEXT_HERE, name=name))
    published = in_utc(item.published, request.timezone)
    address = item.link or f"{response.url}#{item.identity}"
    made = _Made(response, str(media), extracted, address, published, house.publisher_of(item, published))
    return _document(house, made, listed.language)


def _page(request: FetchRequest, address: str, house: House, *, settled: bool) -> Response:
    """The page, or the first of its other addresses that still answers."""
    if settled and (kept := request.client.known(address)):
        return kept
    try:
        return own_page(request, address)
    except HttpFailure as error:
        if error.status not in NOT_FOUND:
            raise
        gone = error
    for other in house.elsewhere(address):
        try:
            return own_page(request, other)
        except SourceUnavailable as error:
            request.progress(str(error))
    if request.client.known(address):
        request.vanished(address)
    raise gone


def own_page(request: FetchRequest, address: str) -> Response:
    """The page itself: sites send readers of a page that is gone to their front page, whose news are other reports.

    Raises `HttpFailure` with the status 404 there, and as `Client.get` does.
    """
    response = request.client.get(address, accept=Accept.PAGE)
    arrived = urlsplit(response.final_url)
    if response.final_url != address and not arrived.query and len(arrived.path.strip("/")) <= _LANGUAGE_CODE:
        raise HttpFailure(address, 404, advise(Advice.FRONT_PAGE, where=arrived.netloc))
    return response


def _page_text(response: Response, house: House, name: str) -> tuple[MediaType, Extracted]:
    """Read the page by the first of the house's parts that it has."""
    declared = MediaType.parse(response.media_type)
    base = "text/html" if declared.essence not in {"text/html", "application/xhtml+xml"} else declared.essence
    failure: UnreadableDocument | None = None
    for part in house.page.parts:
        media = house.page.media(base, charset=declared.params.get("charset", ""), select=part)
        try:
            return media, read(response.content, str(media), name)
        except UnreadableDocument as error:
            failure = failure or error
    raise failure or UnreadableDocument(say(Unreadable.UNREAD, name=name))


def _shown_date(response: Response, media: MediaType, house: House, name: str) -> datetime | None:
    date_at = house.page.date_at
    return parse_moment(pick(response.content, str(media), name, date_at)) if date_at else None


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
