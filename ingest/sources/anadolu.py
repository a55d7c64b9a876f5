"""Anadolu Agency, in English and Arabic: a feed of about thirty entries for each, and the articles' pages.

The English feed's category and where pages keep their text are known from others' programs only: either being otherwise is an error of
the source. The Arabic feed is of the whole world, so `words` belong into the crisis file. Options there:
`ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="anadolu",
    title="Anadolu Agency",
    publisher="anadolu",
    kind=SourceKind.MEDIA,
    address="https://www.aa.com.tr/en",
    languages=("en", "ar"),
    licence="© Anadolu Agency, all rights reserved",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="World news, with much of Syria and of what Türkiye does there.",
    limitation=(
        "State-run agency of Türkiye, a party to the conflict in the north: counts of “neutralised” people are the ministry’s "
        "and hold killed, captured and surrendered alike. Repeats opposition, rescuers and SOHR."
    ),
    expected_volume=(10, 300),
    stance=Stance.OTHER_STATE,
    title_ar="وكالة الأناضول",
    mandate_ar="أخبار العالم، وكثير منها عن سوريا وما تفعله تركيا فيها.",
    limitation_ar=(
        "وكالة رسمية لتركيا، وهي طرف في نزاع الشمال: أعداد من «تم تحييدهم» أعداد الوزارة وتشمل القتلى والأسرى والمستسلمين معاً. "
        "وتنقل عن المعارضة وفرق الإنقاذ والمرصد السوري."
    ),
)

_PAGE = Page(parts=("div.detay-icerik", "[itemprop=articleBody]"), drop="figure, aside, script, .detay-spot-category, .detay-paylas")
EDITIONS = (
    Edition("en", "https://www.aa.com.tr/en/rss/default?cat=middle-east", _PAGE, pages=False),
    Edition("ar", "https://www.aa.com.tr/ar/rss/default?cat=guncel", _PAGE, pages=False),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
