"""ReliefWeb, OCHA's library of reports, by version 2 of its API: reports of UN bodies, NGOs and others about one country.

The publisher of a report is the organisation that wrote it, not ReliefWeb. Needs an approved name for this program, asked for
at https://apidoc.reliefweb.int/parameters#appname and set as RELIEFWEB_APPNAME.

Options in the crisis file: `country` (ISO code of three letters, needed), `from` and `to` (dates between which reports were
posted), `languages` (["en", "ar"]), `publishers` (organisation ids by the API's short names, where they are not simply the
short name in lower case), `attachments` (false leaves PDFs alone), `address` (another address of the API).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept, HttpFailure, Response
from ingest.fetch.request import FetchRequest
from ingest.model.ids import document_id
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind, Stance
from ingest.text import Extracted, MediaType, read, read_json_field
from ingest.text.json_answer import load_json
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
    needs=("RELIEFWEB_APPNAME",),
    stance=Stance.VARIES,
    title_ar="ريليف ويب",
    mandate_ar="تقارير إنسانية تنشرها هيئات الأمم المتحدة والمنظمات والحكومات وبعض وسائل الإعلام أو تسمح بنشرها.",
    limitation_ar=(
        "مكتبة لا جهة إحصاء: كل تقرير يتكلم باسم المنظمة التي كتبته، وكثير منها يكرر أرقام غيره. تظهر التقارير بعد تاريخها "
        "بساعات أو أيام. وأغنى الجداول لا توجد غالباً إلا في ملفات PDF مرفقة، ولا تُقرأ هذه إلا حين يخلو التقرير من نص."
    ),
)

_APPNAME = "RELIEFWEB_APPNAME"
_FORM = "https://apidoc.reliefweb.int/parameters#appname"
_PAGE = 100
_MOST_PAGES = 200  # of the 1000 calls a day that the API allows
_DAYS_BACK = 30  # where nothing says since when
_FIELDS = ["id", "url", "url_alias", "title", "body-html", "body", "date", "source", "language", "file", "origin"]
_ADVICE = {
    400: f"it did not understand the query or misses the program's name; check {_APPNAME} and the options of the crisis file",
    403: f"the name in {_APPNAME} is not approved; ask for one at {_FORM}",
    410: "this version of its API is retired; a newer version of this program is needed",
    429: "the calls allowed for today are used up; the next refresh will try again",
}


@dataclass(slots=True)
class _Audit:
    """What was unexpected in the records: told once each, with how often it came."""

    changes: Counter[str] = field(default_factory=Counter)

    def unread(self, where: str, rest: Mapping[str, Any]) -> None:
        self.changes.update(f"{where}{key}" for key in rest)

    def tell(self, request: FetchRequest) -> None:
        for name, times in sorted(self.changes.items()):
            request.progress(f"ReliefWeb changed: the field “{name}” is new ({times} records); check whether its reader must follow.")


@dataclass(frozen=True, slots=True)
class _Record:
    """One report as the API gives it. `body_field` names the field its text is in, empty where it has none."""

    number: str
    title: str
    body: str
    body_field: str
    posted: datetime
    authors: tuple[str, ...]
    language: str
    address: str
    pdf: str


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports about the country that were posted or edited since `request.since`, oldest first."""
    appname = request.keys.get(_APPNAME, "").strip()
    if not appname:
        raise SettingsError(f"ReliefWeb answers only to approved names: ask for one at {_FORM} and set {_APPNAME}.")
    audit = _Audit()
    try:
        for response, answer in _pages(request, appname):
            for index, row in enumerate(answer):
                yield from _document(request, response, index, row, audit=audit)
    finally:
        audit.tell(request)


def _pages(request: FetchRequest, appname: str) -> Iterator[tuple[Response, list[Any]]]:
    """The answers to the query, page by page, until one has no next or is empty."""
    address = str(request.options.get("address", INFO.address))
    offset = 0
    for _ in range(_MOST_PAGES):
        try:
            response = request.client.post_json(address, _query(request, offset), params={"appname": appname})
        except HttpFailure as error:
            advice = _ADVICE.get(error.status, "try again later")
            said = f" (“{error.detail}”)" if error.detail else ""
            raise SourceUnavailable(f"ReliefWeb answered with HTTP {error.status}{said}: {advice}.") from error
        answer = _answer(response)
        rows, count = answer.get("data"), answer.get("count")
        if not isinstance(rows, list) or not isinstance(count, int):
            raise SourceUnavailable("ReliefWeb answered without `data` and `count`, so its API changed; its reader must be adapted.")
        if count == 0 or not rows:
            return
        yield response, rows
        if not (answer.get("links") or {}).get("next"):
            return
        offset += len(rows)
        request.progress(f"ReliefWeb: {offset} of {answer.get('totalCount', '?')} reports.")
    request.progress(f"ReliefWeb: stopped after {_MOST_PAGES} pages; narrow `from` and `to` in the crisis file.")


def _answer(response: Response) -> dict[str, Any]:
    try:
        answer = load_json(response.content, "The answer of ReliefWeb")
    except UnreadableDocument as error:
        raise SourceUnavailable(str(error)) from error
    if not isinstance(answer, dict):
        raise SourceUnavailable("ReliefWeb answered with a list where an object was due, so its API changed; its reader must be adapted.")
    return answer


def _query(request: FetchRequest, offset: int) -> dict[str, Any]:
    country = str(request.options.get("country", "")).lower()
    if not country:
        raise SettingsError("The crisis file names no `country` under `sources.reliefweb`; add its ISO code of three letters.")
    posted = {"from": _day(request, "from"), "to": _day(request, "to")}
    if not posted["from"] and request.since is None:
        posted["from"] = (request.now() - timedelta(days=_DAYS_BACK)).isoformat(timespec="seconds")
    conditions: list[dict[str, Any]] = [
        {"field": "primary_country.iso3", "value": country},
        {"field": "language.code", "value": list(request.options.get("languages", INFO.languages)), "operator": "OR"},
    ]
    if any(posted.values()):
        conditions.append({"field": "date.created", "value": {end: moment for end, moment in posted.items() if moment}})
    if request.since is not None:
        since = request.since.astimezone(UTC).isoformat(timespec="seconds")
        conditions.append({"field": "date.changed", "value": {"from": since}})  # edited reports carry new figures
    return {
        "limit": _PAGE,
        "offset": offset,
        "sort": ["date.created:asc"],
        "fields": {"include": _FIELDS},
        "filter": {"operator": "AND", "conditions": conditions},
    }


def _day(request: FetchRequest, option: str) -> str:
    """The start of the day `from`, or the end of the day `to`, of the crisis's time zone as the API writes times."""
    day = request.options.get(option)
    if day is None:
        return ""
    if not isinstance(day, date):
        raise SettingsError(f"`{option}` under `sources.reliefweb` in the crisis file is no date; write it as 2024-11-27, without quotes.")
    start = datetime(day.year, day.month, day.day, tzinfo=request.timezone)
    moment = start if option == "from" else start + timedelta(days=1, seconds=-1)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _document(request: FetchRequest, response: Response, index: int, row: Any, *, audit: _Audit) -> Iterator[Document]:
    """The document of one record; one that cannot be read is told and passed over."""
    try:
        record = _take_apart(request, row, audit)
        if record.body:
            extracted, media = _own_text(response, index, record)
            archived = response
        else:
            extracted, media, archived = _attachment(request, record)
        yield _made(request, record, extracted, str(media), archived)
    except (UnreadableDocument, SourceUnavailable) as error:
        request.progress(str(error))


def _take_apart(request: FetchRequest, row: Any, audit: _Audit) -> _Record:
    """Take a record apart; what is left over is a change of the source. Empty fields are omitted by the API, not null."""
    if not isinstance(row, dict) or not isinstance(row.get("fields"), dict):
        raise SourceUnavailable("ReliefWeb gave a record without `fields`, so its API changed; its reader must be adapted.")
    row, fields = dict(row), dict(row["fields"])
    del row["fields"]
    for known in ("score", "href"):
        row.pop(known, None)
    number = str(row.pop("id", "") or fields.get("id", ""))
    fields.pop("id", None)
    fields.pop("origin", None)
    dates = dict(fields.pop("date", {}))
    posted = parse_moment(str(dates.pop("created", "")))
    title, alias, url = (str(fields.pop(key, "")) for key in ("title", "url_alias", "url"))
    html, markdown = str(fields.pop("body-html", "")), str(fields.pop("body", ""))
    authors = tuple(str(source.get("shortname") or source.get("name") or "") for source in fields.pop("source", []))
    languages = [str(language.get("code") or "") for language in fields.pop("language", [])]
    files = fields.pop("file", [])
    for known in ("original", "changed"):
        dates.pop(known, None)
    audit.unread("", row)
    audit.unread("fields.", fields)
    audit.unread("fields.date.", dates)
    if not number or posted is None or not any(authors):
        raise UnreadableDocument(
            f"The report “{title}” on ReliefWeb ({number or 'without a number'}) has no date or no source, so it was left out."
        )
    pdfs = [str(file.get("url") or "") for file in files if file.get("mimetype") == "application/pdf"]
    return _Record(
        number=number,
        title=title,
        body=html or markdown,
        body_field="body-html" if html else "body" if markdown else "",
        posted=in_utc(posted, request.timezone),
        authors=tuple(author for author in authors if author),
        language=languages[0] if len(languages) == 1 else "",
        address=alias or url,
        pdf=pdfs[0] if pdfs else "",
    )


def _own_text(response: Response, index: int, record: _Record) -> tuple[Extracted, MediaType]:
    pointer = f"/data/{index}/fields"
    kind = "text/html" if record.body_field == "body-html" else "text/markdown"
    params = {"at": f"{pointer}/{record.body_field}", "as": kind, "title": f"{pointer}/title"}
    media = MediaType("application/json", params)
    return read_json_field(record.body, record.title, response.content, str(media)), media


def _attachment(request: FetchRequest, record: _Record) -> tuple[Extracted, MediaType, Response]:
    """The text of the attached PDF of a report that has none of its own."""
    name = f"“{record.title}” on ReliefWeb"
    if not record.pdf or not request.options.get("attachments", True):
        raise UnreadableDocument(f"{name} has no text and no PDF that is read; open {record.address}.")
    response = request.client.get(record.pdf, accept=Accept.ANY)
    media = MediaType("application/pdf")
    extracted = read(response.content, str(media), f"The PDF of {name}")
    if pictures := extracted.header.get("pages_without_text"):
        request.progress(f"The PDF of {name} has pages that are pictures ({pictures}); what stands on them was not read.")
    return extracted, media, response


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
