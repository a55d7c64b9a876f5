"""Tables at an address or in a folder: any CSV or workbook (XLSX) in the published columns, with HXL tags, or explained by a mapping.

    [[sources.tables.tables]]
    url = "https://example.org/figures.csv"   # or path = "~/tables", a file or folder
    publisher = "example"                     # optional: organisation id, for rows that do not name it
    licence = "CC BY 4.0"                     # optional
    mapping = "~/mappings/example.toml"       # optional: a mapping file, or its tables themselves
    sheet = "^Admin2"                         # optional: a regular expression that names of a workbook's sheets match

A row of HXL tags below the headings is understood without a mapping; each column that counts people is a number of its own. A
mapping outranks the tags, and both outrank what headings usually mean.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept
from ingest.fetch.files import files_at
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import MEGABYTE
from ingest.model.advice import Advice
from ingest.model.failures import say
from ingest.model.missettings import Missetting
from ingest.model.records import SourceInfo, Table
from ingest.model.unreadable import Unreadable
from ingest.model.vocabulary import SourceKind, Stance
from ingest.text import TABLES, file_type_of, read_toml

INFO = SourceInfo(
    name="tables",
    title="Tables at an address or in a folder",
    publisher="",
    kind=SourceKind.OTHER,
    address="named in the crisis file",
    languages=("en", "ar"),
    licence="that of each table, as the crisis file says",
    redistribution="As the table's licence allows.",
    cadence_hours=24,
    mandate="Whatever the tables that the crisis file names count.",
    limitation=(
        "Means what its headings, tags or mapping say: a mapping that is wrong makes figures that are wrong. A table that changes adds "
        "rows; rows that left it stay, as nobody said that they were withdrawn."
    ),
    expected_volume=(0, 100),
    largest=100 * MEGABYTE,
    stance=Stance.VARIES,
    title_ar="جداول في عنوان أو مجلد",
    mandate_ar="ما تعدّه الجداول التي يسميها ملف الأزمة.",
    limitation_ar=(
        "معناها ما تقوله عناوينها أو وسومها أو ملف المطابقة: مطابقة خاطئة تعطي أرقاماً خاطئة. الجدول الذي يتغير يضيف صفوفاً، وتبقى صفوف "
        "خرجت منه."
    ),
)


@dataclass(frozen=True, slots=True)
class _About:
    """What the crisis file says of a table."""

    publisher: str
    licence: str
    mapping: Mapping[str, Any]
    sheet: str

    def table(self, content: bytes, name: str, read: tuple[datetime, str], url: str = "") -> Table:
        """A table that was `read` at a time, and is archived under a hash."""
        return Table(content, name, url, *read, self.publisher, None, self.licence, self.mapping, self.sheet)


def fetch(request: FetchRequest) -> Iterator[Table]:
    """Yield every table; one that cannot be had leaves the others alone and is told at the end."""
    entries = [dict(entry) for entry in request.options.get("tables", ())]
    if not entries:
        raise SettingsError(say(Missetting.NONE_NAMED, wanted="tables", setting="sources.tables", advice=Advice.URL_OR_PATH))
    failures: list[str] = []
    for entry in entries:
        where = {name: str(entry.pop(name)) for name in ("url", "path") if name in entry}
        about = _About(str(entry.pop("publisher", "")), str(entry.pop("licence", "")), _mapping(entry.pop("mapping", {})), _sheet(entry))
        if entry:
            raise SettingsError(say(Missetting.UNKNOWN_KEY, wanted=repr(sorted(entry)[0]), setting="sources.tables.tables"))
        if len(where) != 1:
            takes = "`publisher`, `licence`, `mapping`, `sheet`"
            raise SettingsError(say(Missetting.ENTRY_TAKES_ONE, setting="sources.tables.tables", needed="`url`, `path`", taken=takes))
        try:
            yield from _addressed(request, where["url"], about) if "url" in where else _local(request, where["path"], about)
        except (SourceUnavailable, UnreadableDocument) as error:
            failures.append(str(error))
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _addressed(request: FetchRequest, url: str, about: _About) -> Iterator[Table]:
    response = request.client.get(url, accept=Accept.TABLE)
    name = PurePosixPath(urlsplit(response.final_url).path).name or url
    _require_table(name, response.content)
    yield about.table(response.content, name, (response.retrieved_at, response.sha256), url)


def _local(request: FetchRequest, path: str, about: _About) -> Iterator[Table]:
    def refuse(error: UnreadableDocument) -> None:
        request.progress(str(error))

    for file in files_at(Path(path).expanduser(), refuse):
        try:
            _require_table(file.name, file.content)
        except UnreadableDocument as error:
            refuse(error)
            continue
        sha256 = request.archive.put(file.content)
        yield about.table(file.content, Path(file.name).name, (request.now(), sha256))


def _require_table(name: str, content: bytes) -> None:
    kind = file_type_of(name, content)
    if kind not in {*TABLES, "text/plain"}:
        raise UnreadableDocument(say(Unreadable.OTHER_THAN_TABLE, name=name, type=kind))


def _sheet(entry: dict[str, Any]) -> str:
    """The pattern of the sheets that are wanted, taken from the entry."""
    pattern = str(entry.pop("sheet", ""))
    try:
        re.compile(pattern)
    except re.error as error:
        raise SettingsError(
            say(Missetting.NO_PATTERN, wanted="sheet", setting="sources.tables", part=repr(pattern), answer=error)
        ) from error
    return pattern


def _mapping(given: Any) -> Mapping[str, Any]:
    """The tables of a mapping: as they stand in the crisis file, or of the file it names."""
    if isinstance(given, Mapping):
        return given
    path = Path(str(given)).expanduser()
    try:
        return read_toml(path.read_bytes(), path.name)
    except OSError as error:
        raise SettingsError(say(Missetting.MAPPING_UNREAD, path=path, answer=error.strerror, setting="sources.tables")) from error
    except UnreadableDocument as error:
        raise SettingsError(str(error)) from error
