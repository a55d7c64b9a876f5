"""Any feed: RSS 2.0, RDF or Atom, named in the crisis file.

[[sources.rss.feeds]]
url = "https://example.org/feed/"
publisher = "example"                # organisation id
language = "en"                      # optional
selector = "div.article-text"        # optional: the report on the publisher's pages
drop = "figure, .box"                # optional: what in it is no report
pages = 1                            # optional: how far to page back (WordPress `paged`)
outlets = { "example.net" = "other" } # optional: for feeds that collect others' reports
words = ["Exampletown"]              # optional: only entries that have one of these words
may_be_empty = false                 # optional: for feeds that answer a search, where nothing found is an answer
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable
from ingest.feeds import House, Page, Tally, from_feed
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="rss",
    title="News feeds",
    publisher="",
    kind=SourceKind.MEDIA,
    address="named in the crisis file",
    languages=("en", "ar"),
    licence="that of each publisher",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="Whatever the publishers of the configured feeds report.",
    limitation=(
        "A feed shows only its latest entries, so what was published while nobody refreshed is missing. Wires and media mostly relay "
        "others’ counts. Of pages without a configured selector the report is chosen by rule and may be cut short."
    ),
    expected_volume=(0, 1000),
    stance=Stance.VARIES,
    title_ar="موجزات الأخبار",
    mandate_ar="كل ما يذكره ناشرو الموجزات المسماة في ملف الأزمة.",
    limitation_ar=(
        "لا يُظهر الموجز إلا آخر مواده، فما نُشر ولم يحدّث أحد خلاله مفقود. وتنقل الوكالات ووسائل الإعلام في الغالب أعداد "
        "غيرها. والصفحات التي لم يُحدَّد موضع التقرير فيها يُختار نصها بقاعدة عامة وقد يُقتطع."
    ),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports of every configured feed; one feed that fails leaves the others' alone and is told at the end."""
    failures: list[str] = []
    for table in request.options.get("feeds", ()):
        feed = dict(table)
        try:
            yield from _feed(request, feed)
        except SourceUnavailable as error:
            failures.append(str(error))
            request.progress(str(error))
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _feed(request: FetchRequest, feed: dict[str, Any]) -> Iterator[Document]:
    try:
        address, publisher = str(feed.pop("url")), str(feed.pop("publisher"))
    except KeyError as error:
        raise SettingsError(say(Missetting.ENTRY_LACKS, setting="sources.rss.feeds", wanted=error)) from error
    outlets: Mapping[str, str] = feed.pop("outlets", {})
    house = House(
        source=INFO.name,
        title=str(feed.pop("title", publisher)),
        publisher=lambda _: publisher,
        language=str(feed.pop("language", "")),
        licence=str(feed.pop("licence", "")),
        page=Page(parts=(str(feed.pop("selector", "")),), drop=str(feed.pop("drop", ""))),
        outlets={host.removeprefix("www."): organisation for host, organisation in outlets.items()},
        words=tuple(feed.pop("words", ())),
        may_be_empty=bool(feed.pop("may_be_empty", False)),
    )
    pages = int(feed.pop("pages", 1))
    if feed:
        raise SettingsError(say(Missetting.UNKNOWN_KEY_OF, name=address, setting="sources.rss.feeds", wanted=repr(sorted(feed)[0])))
    tally = Tally()
    yield from from_feed(request, address, house, tally=tally, pages=pages)
    tally.close(address)
