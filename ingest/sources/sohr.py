"""Syrian Observatory for Human Rights, in English and Arabic: WordPress feeds that carry whole posts, and the posts' pages.

The two editions number their posts apart. Options in the crisis file: `ingest.feeds.editions.from_editions`.
"""

from collections.abc import Iterator

from ingest.feeds import Edition, Page, from_editions
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance

INFO = SourceInfo(
    name="sohr",
    title="Syrian Observatory for Human Rights",
    publisher="sohr",
    kind=SourceKind.MONITOR,
    address="https://www.syriahr.com/en/feed/",
    languages=("en", "ar"),
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

_PARTS = ("div.entry-content",)
_DROP = "div.ruby-table-contents, ul.gallery_attach_list, figure, script, iframe, aside, blockquote"
EDITIONS = (
    Edition(
        language="en",
        address="https://www.syriahr.com/en/feed/",
        page=Page(
            parts=_PARTS,
            drop=_DROP,
            drop_line=r"^(?:SOHR|The Syrian Observatory for Human Rights)(?: \(SOHR\))? (?:renews|reiterates|repeats) its (?:appeal|call)",
        ),
    ),
    Edition(
        language="ar",
        address="https://www.syriahr.com/feed/",
        page=Page(parts=_PARTS, drop=_DROP, drop_line=r"^(?:يجدد|يكرر|جدد) المرصد السوري لحقوق الإنسان (?:مطالبته|دعوته|نداءه|مناشدته)"),
    ),
)


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the posts since `request.since`; without it those of each feed's first page."""
    yield from from_editions(request, INFO, EDITIONS)
