"""ReliefWeb's pages on disasters and crises of one country: what each is called, its GLIDE number, its kind, and its overview.

Needs the same approved name as the reports. Options in the crisis file: `country` (ISO code of three letters, needed), `from` (disasters
entered since that day), `address` (another address of the API). The names of most fields are known, that of the overview's inner
fields is not confirmed: another type there is told, never read.
"""

from collections.abc import Iterator
from typing import Any

from ingest.errors import SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Response
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.ids import document_id
from ingest.model.records import Document, SourceInfo
from ingest.model.unreadable import Unreadable
from ingest.model.vocabulary import SourceKind, Stance
from ingest.reliefweb import APPNAME, Changes, Condition, Query, country, day, opened, pages, tables, words, written
from ingest.text import MediaType, read_json_field
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

INFO = SourceInfo(
    name="reliefweb_disasters",
    title="ReliefWeb disasters",
    publisher="reliefweb",
    kind=SourceKind.UN,
    address="https://api.reliefweb.int/v2/disasters",
    languages=("en",),
    licence="ReliefWeb; see reliefweb.int/terms-conditions",
    redistribution="Figures, a short quote and the link; never the whole text.",
    cadence_hours=24 * 7,
    mandate="Says which disasters and crises there are in a country, with an overview put together from others' reports.",
    limitation=(
        "Context: an overview of others’ reports, with their figures at second hand and of very different days. Never a count of its own, "
        "and of crises that last for years often months old."
    ),
    expected_volume=(0, 5),
    needs=(APPNAME,),
    stance=Stance.VARIES,
    title_ar="كوارث ريليف ويب",
    mandate_ar="يقول أي الكوارث والأزمات في بلد ما، مع لمحة مجموعة من تقارير الآخرين.",
    limitation_ar=(
        "سياق: لمحة عن تقارير الآخرين، وأرقامهم فيها بالنقل ومن أيام متباعدة. ليست إحصاء خاصاً بها، وكثيراً ما تكون قديمة بأشهر في الأزمات "
        "الطويلة."
    ),
)

_FIELDS = ("id", "name", "glide", "status", "type", "date", "url", "url_alias", "description-html", "description", "profile")
_TEXTS = ("overview-html", "overview")
_OWN_TEXTS = ("description-html", "description")


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the overview of every disaster of the country that was entered or edited since `request.since`."""
    changes = Changes()
    query = Query(str(request.options.get("address", INFO.address)), "disasters", _FIELDS, tuple(_conditions(request)))
    try:
        for response, rows in pages(request, query):
            for index, row in enumerate(rows):
                try:
                    yield _document(request, response, index, row, changes=changes)
                except (UnreadableDocument, SourceUnavailable) as error:
                    request.progress(str(error))
    finally:
        changes.tell(request)


def _conditions(request: FetchRequest) -> Iterator[Condition]:
    yield {"field": "country.iso3", "value": country(request, INFO.name)}
    if entered := day(request, INFO.name, "from"):
        yield {"field": "date.created", "value": {"from": entered}}
    if request.since is not None:
        yield {"field": "date.changed", "value": {"from": written(request.since)}}


def _document(request: FetchRequest, response: Response, index: int, row: Any, *, changes: Changes) -> Document:
    """The document of one record. Raises `UnreadableDocument` where it has no overview, no date or no address."""
    rest, fields = opened(row)
    rest.pop("id", None)
    fields.pop("id", None)
    name, glide, status = (words(fields, key) for key in ("name", "glide", "status"))
    alias, url = words(fields, "url_alias"), words(fields, "url")
    kinds = ", ".join(kind for one in tables(fields.pop("type", []), "type") if (kind := words(one, "name")))
    (dates,) = tables([fields.pop("date", {})], "date")
    published = parse_moment(words(dates, "changed") or words(dates, "created"))
    (profile,) = tables([fields.pop("profile", {})], "profile")
    texts = {f"profile/{key}": words(profile, key) for key in _TEXTS} | {key: words(fields, key) for key in _OWN_TEXTS}
    for where, left in (("", rest), ("fields.", fields)):
        changes.unread(where, left)
    at = next((key for key, text in texts.items() if text.strip()), "")
    if not at or published is None or not (alias or url):
        raise UnreadableDocument(say(Unreadable.NO_OVERVIEW, part=name, name=INFO.title))
    kind = "text/html" if at.endswith("-html") else "text/markdown"
    pointer = f"/data/{index}/fields"
    media = str(MediaType("application/json", {"at": f"{pointer}/{at}", "as": kind, "title": f"{pointer}/name"}))
    text = read_json_field(texts[at], name, media).text
    about = "; ".join(part for part in (kinds, f"GLIDE {glide}" if glide else "", status) if part)
    address, moment = alias or url, in_utc(published, request.timezone)
    return Document(
        document_id=document_id(INFO.name, INFO.publisher, address, text),
        source=INFO.name,
        publisher=INFO.publisher,
        title=name,
        text=text,
        language=language_of(text, "en"),
        url=address,
        published_at=moment,
        retrieved_at=response.retrieved_at,
        media_type=media,
        archive_sha256=response.sha256,
        licence=INFO.licence,
        citation=f"ReliefWeb, “{name}” ({about}), {moment:%d %B %Y}, {address}",
        second_hand=True,
    )
