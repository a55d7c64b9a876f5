"""SANA, the Syrian Arab News Agency, in English and Arabic, in both shapes of its site.

Until 2025 posts were at `/en/?p=<id>` in an old theme and the feeds at `/en/?feed=rss2` and `/ar/?feed=rss2`; since then at
`/en/<category>/<id>/` with the feeds at `/en/feed/` and `/feed/`, behind a cache that only an unknown parameter gets past. Old posts
live on at archive.sana.sy. Where a report stands on the pages of the new site was never seen: its feed mostly carries reports whole, and
a page that has none of the usual elements is an error, until `selectors` in the crisis file says where to look.

Options in the crisis file: those of `ingest.feeds.editions.from_editions`, `archive` (another address of the archive), and `eras`,
because after a change of government the same address speaks for another one:

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
from ingest.feeds import Edition, Page, Speaks, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="sana",
    title="Syrian Arab News Agency (SANA)",
    publisher="sana",
    kind=SourceKind.STATE,
    address="https://sana.sy/en/feed/",
    languages=("en", "ar"),
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
        "إعلام رسمي يتكلم باسم حكومة اليوم، وقد تغيرت في ٨ كانون الأول ٢٠٢٤. نادراً ما يذكر خسائر قواتها، ويسمي المدنيين "
        "والجنود على السواء «شهداء». والكميات مبهمة في الغالب («عدد من»، «عدة»). وقد لا توجد المواد القديمة إلا في أرشيفها."
    ),
)

_ARCHIVE = "https://archive.sana.sy/"
_PARTS = ("div.entry", "[itemprop=articleBody]", "div.entry-content")
_DROP = "a.more-link, .share-post, .post-tag, .check-also, #check-also-box, #related_posts, figure, blockquote.twitter-tweet"
_DATE = "span.tie-date"
# The names of translator and editor that close a report: "A. Sample/B. Example", without a word in between.
_SIGN_OFF = r"^[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2} ?/ ?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}$"
EDITIONS = (
    Edition(
        language="en",
        address="https://sana.sy/en/feed/",
        former=("https://sana.sy/en/?feed=rss2",),
        cache_buster="_cb",
        page=Page(_PARTS, _DROP, drop_tail=_SIGN_OFF, date_at=_DATE),
    ),
    Edition(
        language="ar",
        address="https://sana.sy/feed/",
        former=("https://sana.sy/ar/?feed=rss2",),
        cache_buster="_cb",
        page=Page(_PARTS, _DROP, date_at=_DATE),
    ),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each feed's first page."""
    archive = str(request.options.get("archive", _ARCHIVE))
    speaks = Speaks(
        publisher=_publisher(request.options.get("eras", ()), request.timezone),
        elsewhere=lambda url: _archived(url, archive),
        options=frozenset({"archive", "eras"}),
    )
    yield from from_editions(request, INFO, EDITIONS, speaks)


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
            raise SettingsError(say(Missetting.ERA, setting="sources.sana.eras"))
        spans.append((until, publisher))
    return lambda published: next((name for until, name in spans if published.astimezone(zone).date() < until), INFO.publisher)
