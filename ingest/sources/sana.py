"""SANA, the Syrian Arab News Agency, English edition, in both shapes of its site.

Until 2025 posts were at `/en/?p=<id>` in an old theme and the feed at `/en/?feed=rss2`; since then at `/en/<category>/<id>/`
with the feed at `/en/feed/`, behind a cache that only an unknown parameter gets past. Old posts live on at archive.sana.sy.

Options in the crisis file: `address` (another feed address), `archive` (another address of the archive), `pages` (how far to
page back, 20), `articles` (addresses of posts that are in no feed any more), and `eras`, because after a change of government
the same address speaks for another one:

    [[sources.sana.eras]]
    until = 2024-12-08
    publisher = "sana"
    [[sources.sana.eras]]
    publisher = "sana-new"
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ingest.errors import SettingsError
from ingest.feeds import House, Tally, from_feed, from_pages
from ingest.fetch.exchange import HttpFailure, WrongKind
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="sana",
    title="Syrian Arab News Agency (SANA)",
    publisher="sana",
    kind=SourceKind.STATE,
    address="https://sana.sy/en/feed/",
    languages=("en",),
    licence="© SANA, all rights reserved",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="What the government of the day and its ministries announce.",
    limitation=(
        "State media: speaks for the government of the day, which changed on 8 December 2024. Rarely gives the losses of its own "
        "forces, and calls civilians and soldiers alike “martyrs”. Quantities are often vague (“several”, “a number of”). Old posts "
        "may only be had from its archive."
    ),
    expected_volume=(30, 700),
    stance=Stance.GOVERNMENT,
    title_ar="الوكالة العربية السورية للأنباء (سانا)",
    mandate_ar="ما تعلنه حكومة اليوم ووزاراتها.",
    limitation_ar=(
        "إعلام رسمي يتكلم باسم حكومة اليوم، وقد تغيرت في 8 كانون الأول 2024. نادراً ما يذكر خسائر قواتها، ويسمي المدنيين "
        "والجنود على السواء «شهداء». والكميات مبهمة في الغالب («عدد من»، «عدة»). وقد لا توجد المواد القديمة إلا في أرشيفها."
    ),
)

_FEED = "feed/"
_FORMER_FEED = "?feed=rss2"
_ARCHIVE = "https://archive.sana.sy/"
_CACHE_BUSTER = "_cb"
# The names of translator and editor that close a report: "A. Sample/B. Example", without a word in between.
_SIGN_OFF = r"^[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2} ?/ ?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}$"


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of the feed's first page."""
    house = _house(request)
    tally = Tally()
    yield from from_pages(request, list(request.options.get("articles", ())), house, tally=tally)
    address = str(request.options.get("address", INFO.address))
    pages = int(request.options.get("pages", 20))
    try:
        yield from from_feed(request, address, house, tally=tally, pages=pages, cache_buster=_CACHE_BUSTER)
    except (HttpFailure, WrongKind) as error:
        if tally.read or not address.endswith(_FEED):
            raise
        request.progress(f"{error} The former address of the feed is tried.")
        former = address.removesuffix(_FEED) + _FORMER_FEED
        yield from from_feed(request, former, house, tally=tally, pages=pages, cache_buster=_CACHE_BUSTER)
    tally.close(INFO.title)


def _house(request: FetchRequest) -> House:
    archive = str(request.options.get("archive", _ARCHIVE))
    return House(
        source=INFO.name,
        title=INFO.title,
        publisher=_publisher(request.options.get("eras", ()), request.timezone),
        language="en",
        licence=INFO.licence,
        parts=("div.entry", "[itemprop=articleBody]", "div.entry-content", ""),
        drop="a.more-link, .share-post, .post-tag, .check-also, #check-also-box, #related_posts, figure, blockquote.twitter-tweet",
        drop_tail=_SIGN_OFF,
        date_at="span.tie-date",
        elsewhere=lambda url: _archived(url, archive),
    )


def _archived(url: str, archive: str) -> tuple[str, ...]:
    """Where a dead `?p=` link lives on. Numbers of the English and the Arabic edition are not the same: the path is kept."""
    parts = urlsplit(url)
    return (f"{archive.rstrip('/')}{parts.path or '/'}?{parts.query}",) if parts.query.startswith("p=") else ()


def _publisher(eras: Any, zone: ZoneInfo) -> Callable[[datetime], str]:
    """The organisation that speaks at a time of publication, by the eras of the crisis file."""
    spans: list[tuple[date, str]] = []
    for table in eras:
        era = dict(table)
        publisher, until = era.pop("publisher", ""), era.pop("until", date.max)
        if not publisher or era or not isinstance(until, date):
            raise SettingsError(
                "An entry of `sources.sana.eras` in the crisis file needs `publisher` and, but for the last, a date `until`."
            )
        spans.append((until, publisher))
    return lambda published: next((name for until, name in spans if published.astimezone(zone).date() < until), INFO.publisher)
