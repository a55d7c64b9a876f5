"""Al Jazeera, in English and Arabic: feeds of the whole world with teasers, and the articles' pages.

The Arabic feed's address is known from others' programs only: otherwise is an error of the source. `words` belong into the crisis
file. Options there: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="aljazeera",
    title="Al Jazeera",
    publisher="aljazeera",
    kind=SourceKind.MEDIA,
    address="https://www.aljazeera.com/",
    languages=("en", "ar"),
    licence="© Al Jazeera Media Network, all rights reserved",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=6,
    mandate="World news; much of the Arab world.",
    limitation=(
        "Paid for by the state of Qatar, which took part in Syria’s conflict from outside. Relays agencies, monitors and "
        "rescuers; live pages are edited all day under one address, so a number may be of any hour."
    ),
    expected_volume=(5, 200),
    stance=Stance.OTHER_STATE,
    title_ar="الجزيرة",
    mandate_ar="أخبار العالم، وكثير منها عن العالم العربي.",
    limitation_ar=(
        "تموّلها دولة قطر التي شاركت في نزاع سوريا من الخارج. وتنقل عن الوكالات والمراصد وفرق الإنقاذ؛ والصفحات المباشرة "
        "تُحرَّر طوال اليوم تحت عنوان واحد، فقد يكون الرقم من أي ساعة."
    ),
)

_ARABIC = "a7c186be-1baa-4bd4-9d80-a84db769f779/73d0e1b4-532f-45ef-b135-bfdff8b8cab9"
_PAGE = Page(parts=("div.wysiwyg--all-content", "div.wysiwyg"), drop="figure, aside, script, .more-on, .article-newsletter, .advertisement")
EDITIONS = (
    Edition("en", "https://www.aljazeera.com/xml/rss/all.xml", _PAGE, pages=False),
    Edition("ar", f"https://www.aljazeera.net/aljazeerarss/{_ARABIC}", _PAGE, pages=False),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
