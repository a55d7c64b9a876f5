"""North Press Agency, in English and Arabic: a WordPress feed for each, and the articles' pages.

That pages keep their text in one of the usual elements of WordPress themes is not confirmed: otherwise is an error of the source.
Options in the crisis file: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="north_press",
    title="North Press Agency",
    publisher="north_press",
    kind=SourceKind.MEDIA,
    address="https://npasyria.com/en/",
    languages=("en", "ar"),
    licence="© North Press Agency, all rights reserved",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="News of the north-east of Syria first, by its own reporters and from local authorities.",
    limitation=(
        "Works where the Autonomous Administration rules and hears its authorities first; of other areas it mostly repeats SOHR "
        "and media. English pieces are shorter than the Arabic."
    ),
    expected_volume=(30, 400),
    stance=Stance.NO_PARTY,
    title_ar="نورث برس",
    mandate_ar="أخبار شمال شرق سوريا أولاً، من مراسليها ومن السلطات المحلية.",
    limitation_ar=(
        "تعمل حيث تحكم الإدارة الذاتية وتسمع سلطاتها أولاً؛ وعن المناطق الأخرى تنقل في الغالب عن المرصد السوري ووسائل الإعلام. "
        "والمواد الإنكليزية أقصر من العربية."
    ),
)

_PAGE = Page(
    parts=("div.entry-content", "div.td-post-content", "[itemprop=articleBody]"),
    drop="figure, aside, script, .sharedaddy, .jp-relatedposts",
)
EDITIONS = (
    Edition("en", "https://npasyria.com/en/feed/", _PAGE),
    Edition("ar", "https://npasyria.com/feed/", _PAGE),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
