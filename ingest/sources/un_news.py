"""UN News, in English and Arabic: feeds of the whole world, and the articles' pages.

The feeds by region answer with nothing, so those of all news are read and `words` belong into the crisis file. That the Arabic feed is
where the English one is, and where pages keep their text, is known from others' programs or not at all: otherwise is an error of
the source. Options in the crisis file: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="un_news",
    title="UN News",
    publisher="un",
    kind=SourceKind.UN,
    address="https://news.un.org/en/",
    languages=("en", "ar"),
    licence="© United Nations; reuse with attribution, see un.org/en/about-us/terms-of-use",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=12,
    mandate="What UN bodies and officials say, told by the UN’s own news service.",
    limitation=(
        "Tells the figures of OCHA, UNHCR and others in words, rounded and often without their date and area: the report of the "
        "body itself says more. Several bodies may stand in one article."
    ),
    expected_volume=(1, 60),
    stance=Stance.NO_PARTY,
    title_ar="أخبار الأمم المتحدة",
    mandate_ar="ما تقوله هيئات الأمم المتحدة ومسؤولوها كما ترويه خدمتها الإخبارية.",
    limitation_ar=(
        "تروي أرقام أوتشا ومفوضية اللاجئين وغيرهما بالكلام، مقرّبة وبلا تاريخ أو منطقة في الغالب: تقرير الهيئة نفسها يقول أكثر. "
        "وقد تجتمع هيئات عدة في مادة واحدة."
    ),
)

_PAGE = Page(parts=("div.paragraph--type--one-column-text",), drop="figure, aside, script, blockquote.twitter-tweet")
EDITIONS = (
    Edition("en", "https://news.un.org/feed/subscribe/en/news/all/rss.xml", _PAGE, pages=False),
    Edition("ar", "https://news.un.org/feed/subscribe/ar/news/all/rss.xml", _PAGE, pages=False),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
