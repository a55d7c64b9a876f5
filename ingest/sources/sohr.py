"""Syrian Observatory for Human Rights, English edition: a WordPress feed that carries whole posts, and the posts' pages.

Options in the crisis file: `address` (another feed address), `pages` (how far to page back, 50), `articles` (addresses of
posts that are in no feed any more).
"""

from collections.abc import Iterator

from ingest.feeds import House, Tally, from_feed, from_pages
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="sohr",
    title="Syrian Observatory for Human Rights",
    publisher="sohr",
    kind=SourceKind.MONITOR,
    address="https://www.syriahr.com/en/feed/",
    languages=("en",),
    licence="© SOHR; no terms of reuse found",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=12,
    mandate="Deaths, injuries, detentions and displacement all over Syria, of civilians and of fighters by party.",
    limitation=(
        "A network of activists whose individual records are not published. Its “civilians” may include civilians who took up arms. "
        "Successive posts raise one running count and must not be added. Headlines round, and mask violent words with asterisks. "
        "The terms for fighting parties are its own."
    ),
    expected_volume=(20, 400),
    stance=Stance.NO_PARTY,
    title_ar="المرصد السوري لحقوق الإنسان",
    mandate_ar="الوفيات والإصابات والاعتقالات والنزوح في كل سوريا، للمدنيين وللمقاتلين بحسب الطرف.",
    limitation_ar=(
        "شبكة من الناشطين لا تُنشر سجلاتها الفردية. قد يدخل في «المدنيين» مدنيون حملوا السلاح. والمواد المتتالية ترفع حصيلة "
        "واحدة جارية ولا يجوز جمعها. العناوين تقرّب الأرقام وتخفي كلمات العنف بنجوم. وأسماء الأطراف المتقاتلة هي تسمياته."
    ),
)

_HOUSE = House(
    source=INFO.name,
    title=INFO.title,
    publisher=lambda _: INFO.publisher,
    language="en",
    licence=INFO.licence,
    parts=("div.entry-content",),
    drop="div.ruby-table-contents, ul.gallery_attach_list, figure, script, iframe, aside, blockquote",
    drop_line=r"^(?:SOHR|The Syrian Observatory for Human Rights)(?: \(SOHR\))? (?:renews|reiterates|repeats) its (?:appeal|call)",
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the posts since `request.since`; without it those of the feed's first page."""
    tally = Tally()
    yield from from_pages(request, list(request.options.get("articles", ())), _HOUSE, tally=tally)
    address = str(request.options.get("address", INFO.address))
    yield from from_feed(request, address, _HOUSE, tally=tally, pages=int(request.options.get("pages", 50)))
    tally.close(INFO.title)
