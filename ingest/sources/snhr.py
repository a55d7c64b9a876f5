"""Syrian Network for Human Rights, English edition: a WordPress feed, and the posts' pages.

That `/feed/` is served and that pages keep their text in one of the usual elements of WordPress themes is not confirmed: either being
otherwise is an error of the source. Options in the crisis file: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="snhr",
    title="Syrian Network for Human Rights",
    publisher="snhr",
    kind=SourceKind.MONITOR,
    address="https://snhr.org/",
    languages=("en",),
    licence="© SNHR; no terms of reuse found",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=24,
    mandate=("Civilians killed, detained and forcibly disappeared, by the party held responsible; daily posts and monthly reports."),
    limitation=(
        "Counts civilians only, and only deaths it could document, so its totals are below those that hold fighters, and grow "
        "for months. Monthly and yearly reports repeat what daily posts said: never add them up."
    ),
    expected_volume=(5, 80),
    stance=Stance.NO_PARTY,
    title_ar="الشبكة السورية لحقوق الإنسان",
    mandate_ar="المدنيون الذين قُتلوا أو احتُجزوا أو أُخفوا قسراً، بحسب الطرف المسؤول؛ مواد يومية وتقارير شهرية.",
    limitation_ar=(
        "تعدّ المدنيين وحدهم، والوفيات التي استطاعت توثيقها وحدها، فمجاميعها أدنى من تلك التي تشمل المقاتلين وتزداد أشهراً. "
        "والتقارير الشهرية والسنوية تكرر ما قالته المواد اليومية: لا يجوز جمعها."
    ),
)

_PAGE = Page(
    parts=("div.entry-content", "div.td-post-content", "[itemprop=articleBody]"),
    drop="figure, aside, script, .sharedaddy, .jp-relatedposts",
)
EDITIONS = (Edition("en", "https://snhr.org/feed/", _PAGE),)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports since `request.since`; without it those of each edition's first page."""
    yield from from_editions(request, INFO, EDITIONS)
