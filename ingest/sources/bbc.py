"""BBC News on the Middle East, in English and Arabic: feeds with teasers, and the articles' pages.

Where pages keep their text is known from others' programs only: otherwise is an error of the source. The feeds cover a whole region,
so `words` belong into the crisis file. Options there: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="bbc",
    title="BBC News",
    publisher="bbc",
    kind=SourceKind.MEDIA,
    address="https://www.bbc.com/news/world/middle_east",
    languages=("en", "ar"),
    licence="© BBC, all rights reserved",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="World news; of the region what its editors choose.",
    limitation=(
        "Relays monitors, the UN and agencies, often without saying since when they count; few numbers of its own. An article "
        "is edited again and again under one address and date."
    ),
    expected_volume=(5, 150),
    stance=Stance.NO_PARTY,
    title_ar="بي بي سي",
    mandate_ar="أخبار العالم؛ ومن المنطقة ما يختاره محرروها.",
    limitation_ar=(
        "تنقل عن المراصد والأمم المتحدة والوكالات، ولا تذكر في الغالب منذ متى يُعدّ؛ وأعدادها الخاصة قليلة. وتُحرَّر المادة "
        "مراراً تحت عنوان واحد وتاريخ واحد."
    ),
)

_DROP = (
    "figure, aside, nav, section[aria-labelledby], [data-component=links-block], [data-component=topic-list], [data-component=tags], "
    "[data-component=byline-block], [data-component=image-block], [data-e2e=related-content], [data-testid=byline]"
)
EDITIONS = (
    Edition("en", "https://feeds.bbci.co.uk/news/world/middle_east/rss.xml", Page(("article",), _DROP), pages=False),
    Edition("ar", "https://feeds.bbci.co.uk/arabic/middleeast/rss.xml", Page(("main[role=main]", "article"), _DROP), pages=False),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
