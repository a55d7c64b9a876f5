"""Files on this machine: reports as text, HTML, PDF, Word or saved messages (EML, MSG), single, in folders or in zips.

A text file may begin with lines `key: value`, ended by a line `---`, that say what the file is; they outrank what is said for
all files together. Keys: title, publisher, published, language, url, licence, citation, relayed_via (organisation ids joined
by commas), original_language (of which the text is a translation), and paraphrase or second_hand (yes: the primary document
was not read).

Options in the crisis file, for files that every refresh shall look for: `paths` (files and folders), `publisher`, `language`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ingest.errors import UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.files import LocalFile, files_at
from ingest.fetch.request import FetchRequest
from ingest.model.failures import say
from ingest.model.ids import document_id
from ingest.model.records import Document, SourceInfo
from ingest.model.unreadable import Unreadable
from ingest.model.vocabulary import SourceKind, Stance
from ingest.text import TABLES, Extracted, file_type_of, media_type_of, read
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

INFO = SourceInfo(
    name="local",
    title="Files on this machine",
    publisher="",
    kind=SourceKind.OTHER,
    address="",
    languages=("en", "ar"),
    licence="that of each publisher",
    redistribution="Depends on the publisher; the files themselves never leave this machine.",
    cadence_hours=24,
    mandate="Whatever reports somebody hands in.",
    limitation=(
        "Shows only what was handed in, under the publisher and date that were given with it. Tables and columns in PDFs may be read "
        "in the wrong order, so every figure from a PDF deserves a look."
    ),
    expected_volume=(0, 10000),
    stance=Stance.VARIES,
    title_ar="ملفات على هذا الجهاز",
    mandate_ar="أي تقارير يسلّمها أحد المستخدمين.",
    limitation_ar=(
        "لا يُظهر إلا ما سُلّم إليه، باسم الناشر والتاريخ المذكورين معه. قد تُقرأ جداول ملفات PDF وأعمدتها بترتيب خاطئ، فكل رقم "
        "من ملف PDF يستحق نظرة."
    ),
)

_YES = frozenset({"yes", "true", "1"})
_KEYS = frozenset(
    {"title", "publisher", "published", "language", "url", "licence", "citation", "relayed_via", "original_language", "paraphrase"}
    | {"translated_from", "second_hand", "pages_without_text", "attachments"}
)

Tell = Callable[[str], None]
Refuse = Callable[[UnreadableDocument], None]


def _silent(_: str) -> None:
    """Oddities that nobody asked for."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What is said of reports by whoever hands them in, and where they are taken; a file's own header outranks it."""

    archive: Archive
    now: Callable[[], datetime]
    timezone: ZoneInfo
    publisher: str
    published: datetime | None
    language: str
    url: str
    source: str
    progress: Tell


def fetch(request: FetchRequest) -> Iterator[Document]:
    """Yield the reports at the configured paths. One that cannot be read is told to `request.progress` and passed over."""

    def refuse(error: UnreadableDocument) -> None:
        request.progress(str(error))

    for path in request.options.get("paths", ()):
        try:
            yield from read_path(
                Path(str(path)).expanduser(),
                archive=request.archive,
                now=request.now,
                timezone=request.timezone,
                publisher=str(request.options.get("publisher", "")),
                language=str(request.options.get("language", "")),
                progress=request.progress,
                refuse=refuse,
            )
        except UnreadableDocument as error:
            refuse(error)


def read_path(
    path: Path,
    *,
    archive: Archive,
    now: Callable[[], datetime],
    timezone: ZoneInfo,
    publisher: str = "",
    published: datetime | None = None,
    language: str = "",
    url: str = "",
    source: str = INFO.name,
    progress: Tell = _silent,
    refuse: Refuse | None = None,
    table: Callable[[LocalFile], None] | None = None,
) -> Iterator[Document]:
    """Yield the reports of a file, a folder or a zip; what is said of them applies where a file does not say it itself.

    `published` without a zone, and dates in headers, are in `timezone`; a day alone counts from its noon. Tables (CSV, XLSX) are
    handed to `table`. What cannot be read is handed to `refuse`; without it the first such file raises `UnreadableDocument`.
    A `url` given for several files together would be none of theirs, so it is left out. `progress` is told of oddities that
    did not hinder the reading.
    """
    refuse = refuse or _raise
    several = path.is_dir() or path.suffix.lower() == ".zip"
    given = _Given(archive, now, timezone, publisher, published, language, "" if several else url, source, progress)
    for file in files_at(path, refuse):
        try:
            kind = file_type_of(file.name, file.content)
            if table is not None and kind in TABLES:
                table(file)
            else:
                yield _document(file.content, kind, file.name, given)
        except UnreadableDocument as error:
            refuse(error)


def read_content(
    content: bytes,
    name: str,
    *,
    archive: Archive,
    now: Callable[[], datetime],
    timezone: ZoneInfo,
    media_type: str = "",
    publisher: str = "",
    published: datetime | None = None,
    language: str = "",
    url: str = "",
    source: str = INFO.name,
    progress: Tell = _silent,
) -> Document:
    """The document of one report at hand as bytes: from standard input, or fetched from an address that no source covers.

    `media_type` is what a server declared, if any. Raises `UnreadableDocument` when it cannot be read, or when nobody says
    who published it or when.
    """
    given = _Given(archive, now, timezone, publisher, published, language, url, source, progress)
    return _document(content, media_type or media_type_of(name, content), name, given)


def _document(content: bytes, media_type: str, name: str, given: _Given) -> Document:
    sha256 = given.archive.put(content)
    extracted = read(content, media_type, name)
    header = extracted.header
    _tell_oddities(extracted, name, given.progress)
    publisher = header.get("publisher") or given.publisher
    if not publisher:
        raise UnreadableDocument(say(Unreadable.NO_PUBLISHER, name=name))
    published = _published(extracted, name, given)
    title = header.get("title") or extracted.title
    url = _address(header.get("url") or given.url, name, given.progress)
    return Document(
        document_id=document_id(given.source, publisher, url, extracted.text),
        source=given.source,
        publisher=publisher,
        title=title,
        text=extracted.text,
        language=header.get("language") or given.language or language_of(extracted.text, extracted.language),
        url=url,
        published_at=in_utc(published, given.timezone),
        retrieved_at=given.now(),
        media_type=media_type,
        archive_sha256=sha256,
        relayed_via=tuple(part for relay in header.get("relayed_via", "").replace(";", ",").split(",") if (part := relay.strip())),
        licence=header.get("licence", ""),
        citation=header.get("citation") or f"{publisher}, “{title}”, {published:%d %B %Y}" + (f", {url}" if url else ""),
        second_hand=any(header.get(key, "").lower() in _YES for key in ("paraphrase", "second_hand")),
        translated_from=header.get("original_language") or header.get("translated_from", ""),
    )


def _raise(error: UnreadableDocument) -> None:
    raise error


def _published(extracted: Extracted, name: str, given: _Given) -> datetime:
    """When it was published: by its header, by who hands it in, or by what a page states of itself."""
    stated = extracted.header.get("published", "")
    moment = parse_moment(stated) if stated else _day(given.published) or extracted.published
    if moment is None and stated:
        raise UnreadableDocument(say(Unreadable.STRANGE_MOMENT, name=name, part=stated))
    if moment is None:
        raise UnreadableDocument(say(Unreadable.NO_MOMENT, name=name))
    return moment


def _day(given: datetime | None) -> datetime | None:
    """A day handed in as its midnight without a zone counts from its noon, as one in a header does."""
    is_day = given is not None and given.tzinfo is None and given.time() == time()
    return given.replace(hour=12) if given is not None and is_day else given


def _address(url: str, name: str, tell: Tell) -> str:
    """The address if it is one of the web; it is shown as a link, so nothing else may pass."""
    if url and urlsplit(url).scheme not in {"http", "https"}:
        tell(f"{name}: the address “{url[:100]}” is no http or https address and was left out.")
        return ""
    return url


def _tell_oddities(extracted: Extracted, name: str, tell: Tell) -> None:
    for key in sorted(set(extracted.header) - _KEYS):
        tell(f"{name}: the line “{key}: …” in its header is not known and was left aside.")
    if attached := extracted.header.get("attachments"):
        tell(f"{name}: its attachments ({attached}) were not read; save them beside it to have them read.")
    if pictures := extracted.header.get("pages_without_text"):
        tell(f"{name}: pages {pictures} are pictures; what stands on them was not read. Run it through OCR to read them.")
