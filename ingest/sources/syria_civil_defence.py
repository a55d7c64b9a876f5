"""Syria Civil Defence (the White Helmets), English: a page that links to its reports, for a feed is not known.

Where the links stand and how a report is laid out is not confirmed: either being otherwise is an error of the source. Options in
the crisis file: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Listing, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="syria_civil_defence",
    title="Syria Civil Defence (White Helmets)",
    publisher="white_helmets",
    kind=SourceKind.RESCUE,
    address="https://www.syriacivildefense.org/reports",
    languages=("en",),
    licence="© Syria Civil Defence; no terms of reuse found",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=24,
    mandate="People its teams rescued, treated or recovered, and the attacks they answered.",
    limitation=(
        "Counts whom its own teams reached in the areas where they work, not the country. People who were taken to hospital by "
        "others, or died there later, are missing. Its totals over months hold earlier ones."
    ),
    expected_volume=(0, 40),
    stance=Stance.OPPOSITION,
    title_ar="الدفاع المدني السوري (الخوذ البيضاء)",
    mandate_ar="من أنقذتهم فرقه أو أسعفتهم أو انتشلتهم، والهجمات التي استجابت لها.",
    limitation_ar=(
        "يعدّ من وصلت إليهم فرقه في مناطق عملها، لا البلد كله. ومن نقلهم غيره إلى المشافي أو ماتوا فيها لاحقاً غير محسوبين. "
        "ومجاميعه عن أشهر تشمل ما قبلها."
    ),
)

EDITIONS = (
    Edition(
        "en",
        "https://www.syriacivildefense.org/reports",
        Page(parts=("div.entry-content", "div.post-content"), drop="figure, aside, nav, footer, form"),
        listing=Listing(entry='main a[href*="/reports/"]', page="page"),
    ),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
