"""ReliefWeb, OCHA's library of reports, by version 2 of its API: reports of UN bodies, NGOs and others about one country.

The publisher of a report is the organisation that wrote it, not ReliefWeb. Needs an approved name for this program, asked for
at https://apidoc.reliefweb.int/parameters#appname and set as RELIEFWEB_APPNAME.

Options in the crisis file: `country` (ISO code of three letters, needed), `from` and `to` (dates between which reports were
posted), `languages` (["en", "ar"]), `publishers` (organisation ids by the API's short names, where they are not simply the
short name in lower case), `attachments` ("missing" reads PDFs of reports without a text of their own, as happens where nothing is
said; "all" those of every report, as documents beside it; false leaves them alone), `address` (another address of the API).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept, Response
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.ids import document_id
from ingest.model.missettings import Missetting
from ingest.model.records import Document, SourceInfo
from ingest.model.unreadable import Unreadable
from ingest.model.vocabulary import SourceKind, Stance
from ingest.reliefweb import APPNAME, Changes, Condition, Query, country, day, opened, pages, tables, words, written
from ingest.text import Extracted, MediaType, read, read_json_field
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

INFO = SourceInfo(
    name="reliefweb",
    title="ReliefWeb",
    publisher="reliefweb",
    kind=SourceKind.UN,
    address="https://api.reliefweb.int/v2/reports",
    languages=("en", "ar"),
    licence="each report belongs to its source; ReliefWeb's own documentation is CC BY 4.0",
    redistribution="Figures, a short quote and the link; never the report's text.",
    cadence_hours=24,
    mandate="Humanitarian reports that UN bodies, NGOs, governments and some media post or allow to be posted.",
    limitation=(
        "A library, not a counter: each report speaks for the organisation that wrote it, and many repeat one another’s figures. "
        "Reports appear hours to days after their date. The richest tables are often only in attached PDFs, which are read only where "
        "a report has no text of its own."
    ),
    expected_volume=(5, 300),
    needs=(APPNAME,),
    stance=Stance.VARIES,
    title_ar="ريليف ويب",
    mandate_ar="تقارير إنسانية تنشرها هيئات الأمم المتحدة والمنظمات والحكومات وبعض وسائل الإعلام أو تسمح بنشرها.",
    limitation_ar=(
        "مكتبة لا جهة إحصاء: كل تقرير يتكلم باسم المنظمة التي كتبته، وكثير منها يكرر أرقام غيره. تظهر التقارير بعد تاريخها "
        "بساعات أو أيام. وأغنى الجداول لا توجد غالباً إلا في ملفات PDF مرفقة، ولا تُقرأ هذه إلا حين يخلو التقرير من نص."
    ),
)

_DAYS_BACK = 30  # where nothing says since when
_FIELDS = ("id", "url", "url_alias", "title", "body-html", "body", "date", "source", "language", "file", "origin")
_MISSING = "missing"
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Record:
    """One report as the API gives it. `body_field` names the field its text is in, empty where it has none; `changed` is when it was
    last edited, None where that is not stated.
    """

    number: str
    title: str
    body: str
    body_field: str
    posted: datetime
    changed: datetime | None
    authors: tuple[str, ...]
    language: str
    address: str
    pdfs: tuple[str, ...]


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports about the country that were posted or edited since `request.since`, oldest first."""
    if request.options.get("attachments", _MISSING) not in (_MISSING, "all", False):
        given = f'"{_MISSING}", "all", false'
        raise SettingsError(say(Missetting.CHOICES, wanted="attachments", setting=f"sources.{INFO.name}", choices=given))
    changes = Changes()
    query = Query(str(request.options.get("address", INFO.address)), "reports", _FIELDS, tuple(_conditions(request)))
    try:
        for response, rows in pages(request, query):
            for index, row in enumerate(rows):
                yield from _documents(request, response, index, row, changes=changes)
    finally:
        changes.tell(request)


def _conditions(request: FetchRequest) -> Iterator[Condition]:
    posted = {"from": day(request, INFO.name, "from"), "to": day(request, INFO.name, "to")}
    if not posted["from"] and request.since is None:
        posted["from"] = written(request.now() - timedelta(days=_DAYS_BACK))
    yield {"field": "primary_country.iso3", "value": country(request, INFO.name)}
    yield {"field": "language.code", "value": list(request.options.get("languages", INFO.languages)), "operator": "OR"}
    if any(posted.values()):
        yield {"field": "date.created", "value": {end: moment for end, moment in posted.items() if moment}}
    if request.since is not None:
        yield {"field": "date.changed", "value": {"from": written(request.since)}}  # edited reports carry new figures


def _documents(request: FetchRequest, response: Response, index: int, row: Any, *, changes: Changes) -> Iterator[Document]:
    """The document of one record, and where wanted those of its attachments; what cannot be read is told and passed over."""
    try:
        record = _take_apart(request, row, changes)
    except (UnreadableDocument, SourceUnavailable) as error:
        request.progress(str(error))
        return
    attached = _wanted(request, record)
    if not record.body and not attached:
        request.progress(f"“{record.title}” on ReliefWeb has no text and no PDF that is read; open {record.address}.")
    for address in (*([""] if record.body else []), *attached):
        try:
            yield _attachment(request, record, address) if address else _own_text(request, record, response, index)
        except (UnreadableDocument, SourceUnavailable) as error:
            request.progress(str(error))


def _wanted(request: FetchRequest, record: _Record) -> tuple[str, ...]:
    """The addresses of the PDFs that are read: of a report without a text of its own the first, which is the report."""
    match request.options.get("attachments", _MISSING):
        case False:
            return ()
        case "all":
            return record.pdfs
        case _:
            return () if record.body else record.pdfs[:1]


def _take_apart(request: FetchRequest, row: Any, changes: Changes) -> _Record:
    """Take a record apart; what is left over is a change of the source."""
    row, fields = opened(row)
    number = str(row.pop("id", "") or fields.get("id", ""))
    fields.pop("id", None)
    fields.pop("origin", None)
    (dates,) = tables([fields.pop("date", {})], "date")
    posted, changed = parse_moment(words(dates, "created")), parse_moment(words(dates, "changed"))
    title, alias, url = (words(fields, key) for key in ("title", "url_alias", "url"))
    html, markdown = words(fields, "body-html"), words(fields, "body")
    authors = tuple(words(source, "shortname") or words(source, "name") for source in tables(fields.pop("source", []), "source"))
    languages = [words(language, "code") for language in tables(fields.pop("language", []), "language")]
    files = tables(fields.pop("file", []), "file")
    dates.pop("original", None)
    changes.unread("", row)
    changes.unread("fields.", fields)
    changes.unread("fields.date.", dates)
    if not number or posted is None or not any(authors):
        raise UnreadableDocument(say(Unreadable.NO_DAY_OR_SOURCE, part=title, name=f"{INFO.title} {number or ''}".strip()))
    pdfs = [words(file, "url") for file in files if file.get("mimetype") == _PDF]
    return _Record(
        number=number,
        title=title,
        body=html or markdown,
        body_field="body-html" if html else "body" if markdown else "",
        posted=in_utc(posted, request.timezone),
        changed=in_utc(changed, request.timezone) if changed else None,
        authors=tuple(author for author in authors if author),
        language=languages[0] if len(languages) == 1 else "",
        address=alias or url,
        pdfs=tuple(pdfs),
    )


def _own_text(request: FetchRequest, record: _Record, response: Response, index: int) -> Document:
    pointer = f"/data/{index}/fields"
    kind = "text/html" if record.body_field == "body-html" else "text/markdown"
    params = {"at": f"{pointer}/{record.body_field}", "as": kind, "title": f"{pointer}/title"}
    media = str(MediaType("application/json", params))
    return _made(request, record, read_json_field(record.body, record.title, media), media, response)


def _attachment(request: FetchRequest, record: _Record, address: str) -> Document:
    """The document of an attached PDF: at the report's address where it is the report, at its own beside one."""
    name = f"The PDF of “{record.title}” on ReliefWeb"
    response = _unedited(request, record, address) or request.client.get(address, accept=Accept.ANY)
    extracted = read(response.content, _PDF, name)
    if pictures := extracted.header.get("pages_without_text"):
        request.progress(f"{name} has pages that are pictures ({pictures}); what stands on them was not read.")
    return _made(request, replace(record, address=address) if record.body else record, extracted, _PDF, response)


def _unedited(request: FetchRequest, record: _Record, address: str) -> Response | None:
    """The PDF as it was fetched, where the report was not edited since: whoever replaces an attachment edits its report."""
    known = request.client.known(address)
    return known if known is not None and record.changed is not None and known.retrieved_at > record.changed else None


def _made(request: FetchRequest, record: _Record, extracted: Extracted, media_type: str, archived: Response) -> Document:
    publishers: Mapping[str, str] = request.options.get("publishers", {})
    publisher = publishers.get(record.authors[0]) or organisation_id(record.authors[0])
    return Document(
        document_id=document_id(INFO.name, publisher, record.address, extracted.text),
        source=INFO.name,
        publisher=publisher,
        title=record.title or extracted.title,
        text=extracted.text,
        language=language_of(extracted.text, record.language),
        url=record.address,
        published_at=record.posted,
        retrieved_at=archived.retrieved_at,
        media_type=media_type,
        archive_sha256=archived.sha256,
        licence=INFO.licence,
        citation=f"{', '.join(record.authors)}, “{record.title}”, posted {record.posted:%d %B %Y}, via ReliefWeb, {record.address}",
    )


def organisation_id(shortname: str) -> str:
    """The organisation id for a short name: "UN RC/HC" as `un_rc_hc`."""
    return re.sub(r"\W+", "_", shortname.lower()).strip("_")
