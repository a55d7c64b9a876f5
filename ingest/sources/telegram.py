"""Public Telegram channels, by the preview at t.me/s/<channel> that every browser is shown: any channel the crisis file names.

    [[sources.telegram.channels]]
    channel = "examplechannel"
    publisher = "example"    # organisation id; a handle says nothing of who writes behind it: confirm it by hand
    language = "ar"          # optional
    pages = 5                # optional: how many pages of about twenty posts to go back

`address` (another address than https://t.me/s/) is a further option. A post that is edited keeps its address and its first date, and
becomes a later edition; one that is gone from a page that goes back behind it is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept, Response, shown, with_params
from ingest.fetch.request import FetchRequest
from ingest.model.failures import Failure, say
from ingest.model.ids import document_id
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance
from ingest.text import MediaType, read, read_cards
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

INFO = SourceInfo(
    name="telegram",
    title="Telegram channels",
    publisher="",
    kind=SourceKind.OTHER,
    address="named in the crisis file",
    languages=("en", "ar"),
    licence="that of each channel",
    redistribution="Figures, a short quote and the link; never the post's text.",
    cadence_hours=3,
    mandate="Whatever the configured channels post.",
    limitation=(
        "Nobody but the crisis file says who writes behind a handle. Posts are first reports: short, without a date of the event, "
        "edited or deleted later, and forwarded from channels that may not be named. Only public previews are read: no pictures, no "
        "videos, and nothing of channels that show none."
    ),
    expected_volume=(0, 2000),
    stance=Stance.VARIES,
    title_ar="قنوات تلغرام",
    mandate_ar="كل ما تنشره القنوات المسماة في ملف الأزمة.",
    limitation_ar=(
        "لا شيء سوى ملف الأزمة يقول من يكتب وراء اسم القناة. المنشورات أخبار أولى: قصيرة وبلا تاريخ للحدث، وتُعدَّل أو تُحذف لاحقاً، "
        "وتُعاد من قنوات قد لا تُسمّى. ولا تُقرأ إلا المعاينات العامة: لا صور ولا مقاطع، ولا شيء من القنوات التي لا تعرضها."
    ),
)

_ADDRESS = "https://t.me/s/"
_PAGES = 5
_POST = "div.tgme_widget_message[data-post]"
# A quoted post stands in the same kind of element as the post's own words; of an album the outer element holds the inner one.
_WORDS = "div.js-message_text:not(.js-message_reply_text)"
_FIELDS = {
    "post": ("", "data-post"),
    "time": ("a.tgme_widget_message_date time", "datetime"),
    "marks": ("span.tgme_widget_message_meta", ""),
    "forwarded": (".tgme_widget_message_forwarded_from_name", ""),
    "text": (_WORDS, ""),
}
_MORE = "a.tme_messages_more[data-before]"
_EDITED = "edited"


@dataclass(frozen=True, slots=True)
class _Channel:
    name: str
    publisher: str
    language: str
    pages: int
    address: str


@dataclass(frozen=True, slots=True)
class _Post:
    """One post of a page. `number` counts up within its channel; `text` only tells whether there are words at all."""

    number: int
    published: datetime
    edited: bool
    forwarded: str
    text: str


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the posts of every configured channel; one that fails leaves the others' alone and is told at the end."""
    failures: list[str] = []
    for table in request.options.get("channels", ()):
        channel = _channel(dict(table), str(request.options.get("address", _ADDRESS)))
        try:
            yield from _posts(request, channel)
        except SourceUnavailable as error:
            failures.append(str(error))
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _channel(table: dict[str, Any], address: str) -> _Channel:
    try:
        name, publisher = str(table.pop("channel")), str(table.pop("publisher"))
    except KeyError as error:
        raise SettingsError(say(Missetting.ENTRY_LACKS, setting="sources.telegram.channels", wanted=error)) from error
    channel = _Channel(name, publisher, str(table.pop("language", "")), int(table.pop("pages", _PAGES)), f"{address}{name}")
    if table:
        raise SettingsError(say(Missetting.UNKNOWN_KEY_OF, name=name, setting="sources.telegram.channels", wanted=repr(sorted(table)[0])))
    return channel


def _posts(request: FetchRequest, channel: _Channel) -> Iterator[Document]:
    """The posts of a channel's newest page, and with `since` of those before it."""
    before = ""
    for _ in range(channel.pages):
        address = with_params(channel.address, {"before": before} if before else None)
        known = request.client.known(address)
        response = request.client.get(address, accept=Accept.PAGE)
        posts = _read(request, response)
        _tell_deleted(request, channel, known, posts)
        for post in posts:
            if post.text:
                yield _document(channel, response, post)
        before = _earlier(response)
        if request.since is None or not before or not posts or min(post.published for post in posts) < request.since:
            return


def _read(request: FetchRequest, response: Response) -> list[_Post]:
    """The posts of a page. Raises `SourceUnavailable` where it is no preview, or one of another shape."""
    name = shown(response.url)
    if "/s/" not in urlsplit(response.final_url).path:
        raise SourceUnavailable(say(Failure.NO_PREVIEW, where=name))
    try:
        cards = read_cards(response.content, response.media_type, name, _POST, _FIELDS)
    except UnreadableDocument as error:
        raise SourceUnavailable(str(error)) from error
    if not cards:
        raise SourceUnavailable(say(Failure.CHANGED, what=f"{name} holds no posts where they used to stand, so its shape changed"))
    posts = [_post(request, card) for card in cards]
    read_posts = [post for post in posts if post is not None]
    if not read_posts:
        raise SourceUnavailable(say(Failure.CHANGED, what=f"The posts on {name} have no numbers and times where they used to stand"))
    return read_posts


def _post(request: FetchRequest, card: dict[str, str]) -> _Post | None:
    published, number = parse_moment(card["time"]), card["post"].rpartition("/")[2]
    if published is None or not number.isdigit():
        request.progress(f"A post “{card['post']}” has no number or no time that is understood, so it was left out.")
        return None
    edited = card["marks"].lower().startswith(_EDITED)
    return _Post(int(number), in_utc(published, request.timezone), edited, card["forwarded"], card["text"])


def _earlier(response: Response) -> str:
    links = read_cards(response.content, response.media_type, shown(response.url), _MORE, {"before": ("", "data-before")})
    return links[0]["before"] if links else ""


def _tell_deleted(request: FetchRequest, channel: _Channel, known: Response | None, posts: list[_Post]) -> None:
    """Tell which posts stood on the page when it was read last and are gone, though it still goes back behind them."""
    if known is None:
        return
    there = {post.number for post in posts}
    for post in _read(replace(request, progress=lambda _: None), known):
        if min(there) < post.number < max(there) and post.number not in there:
            request.vanished(_address(channel, post))


def _document(channel: _Channel, response: Response, post: _Post) -> Document:
    media = MediaType.parse(response.media_type).with_params(
        select=f'div[data-post="{channel.name}/{post.number}"] {_WORDS}', headline="none"
    )
    address = _address(channel, post)
    text = read(response.content, str(media), address).text
    edited = ", edited later" if post.edited else ""
    forwarded = f", forwarded from {post.forwarded}" if post.forwarded else ""
    return Document(
        document_id=document_id(INFO.name, channel.publisher, address, text),
        source=INFO.name,
        publisher=channel.publisher,
        title=text.partition("\n")[0][:120],
        text=text,
        language=channel.language or language_of(text, ""),
        url=address,
        published_at=post.published,
        retrieved_at=response.retrieved_at,
        media_type=str(media),
        archive_sha256=response.sha256,
        licence=INFO.licence,
        citation=f"Telegram channel {channel.name}, {post.published:%d %B %Y}{edited}{forwarded}, {address}",
        second_hand=bool(post.forwarded),
    )


def _address(channel: _Channel, post: _Post) -> str:
    return f"{channel.address.replace('/s/', '/')}/{post.number}"
