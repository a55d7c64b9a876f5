"""Enab Baladi, in English and Arabic: a feed for each, and the articles' pages.

That the English pages keep their text where the Arabic ones do is not confirmed: otherwise is an error of the source. Options in
the crisis file: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="enab_baladi",
    title="Enab Baladi",
    publisher="enab_baladi",
    kind=SourceKind.MEDIA,
    address="https://www.enabbaladi.net/",
    languages=("en", "ar"),
    licence="© Enab Baladi, all rights reserved",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="News from all over Syria, by its own reporters and from others.",
    limitation=(
        "Mostly repeats the counts of monitors, rescuers and parties, and names them; a number of its own is what one reporter "
        "heard in one place. The English edition is a selection, hours behind the Arabic."
    ),
    expected_volume=(30, 400),
    stance=Stance.NO_PARTY,
    title_ar="عنب بلدي",
    mandate_ar="أخبار من أنحاء سوريا، من مراسليها وعن غيرهم.",
    limitation_ar=(
        "تكرر في الغالب أعداد المراصد وفرق الإنقاذ والأطراف وتسميها؛ والرقم الذي لها وحدها هو ما سمعه مراسل في مكان واحد. "
        "والنسخة الإنكليزية مختارات تتأخر ساعات عن العربية."
    ),
)

_PAGE = Page(parts=("div.content-article", "div.entry-content"), drop="figure, aside, script, .related-posts, .share-buttons, .wp-caption")
EDITIONS = (
    Edition("en", "https://english.enabbaladi.net/feed/", _PAGE),
    Edition("ar", "https://www.enabbaladi.net/feed", _PAGE),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
