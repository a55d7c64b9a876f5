"""HDX, OCHA's exchange of humanitarian data: tables of named datasets, with the publisher, licence and time HDX states for them.

    [sources.hdx]
    discover = "displacement"            # optional: tells which datasets of the country there are about this, and reads none

    [[sources.hdx.datasets]]
    id = "example-displacement"          # the dataset's name in its address
    resource = "admin2.*\\\\.csv"          # optional: a regular expression that names of its files match
    publisher = "example"                # optional: organisation id; else the organisation as HDX names it
    mapping = "~/mappings/example.toml"  # optional, as for the source `tables`
    sheet = "^HRP"                       # optional, as for the source `tables`

Files are found by format and name, for HDX renames them. CSV is read, and a workbook (XLSX) where no CSV matches, for many datasets
give the same rows as both. Option: `address` (another address of the API).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import Accept, Response
from ingest.fetch.request import FetchRequest
from ingest.fetch.sniff import whole
from ingest.fetch.transport import MEGABYTE
from ingest.model.advice import Advice, advise
from ingest.model.changes import Defect
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import SourceInfo, Table
from ingest.model.vocabulary import SourceKind, Stance
from ingest.structured import Audit, Flaw, Row, ask, json_answer, needed
from ingest.text import read_toml
from ingest.text.moment import parse_moment

INFO = SourceInfo(
    name="hdx",
    title="HDX datasets",
    publisher="hdx",
    kind=SourceKind.UN,
    address="https://data.humdata.org/api/3/action/",
    languages=("en",),
    licence="that of each dataset, as HDX states it",
    redistribution="As the dataset's licence allows; it is kept with every figure's document.",
    cadence_hours=24,
    mandate="Tables that humanitarian organisations share on HDX, dataset by dataset as the crisis file names them.",
    limitation=(
        "Others’ data: what a table counts is as its tags or its mapping say. Layouts and names of files change between updates, which is "
        "told and costs the table. A workbook is read only where no CSV matches."
    ),
    expected_volume=(0, 50),
    largest=100 * MEGABYTE,
    stance=Stance.NO_PARTY,
    title_ar="مجموعات بيانات منصة تبادل البيانات الإنسانية",
    mandate_ar="جداول تشاركها المنظمات الإنسانية على المنصة، مجموعةً مجموعةً كما يسميها ملف الأزمة.",
    limitation_ar=(
        "بيانات غيرها: ما يعدّه الجدول هو ما تقوله وسومه أو ملف المطابقة. تتغير التصاميم وأسماء الملفات بين التحديثات فيُبلَّغ عن ذلك ويسقط "
        "الجدول. لا يُقرأ مصنف إكسل إلا حيث لا يوجد CSV مطابق."
    ),
)

_ADVICE = {
    404: advise(Advice.NO_DATASET, setting="sources.hdx.datasets.id"),
    406: advise(Advice.PROGRAM_REFUSED, setting="sources.tables"),
}
_FORMATS = frozenset({"CSV", "XLSX"})
_MOST = 50  # datasets that are told of


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A dataset as the crisis file names it."""

    id: str
    resource: re.Pattern[str]
    publisher: str
    mapping: Mapping[str, Any]
    sheet: str


@dataclass(frozen=True, slots=True)
class HdxFile:
    """A file of a dataset, and what HDX states of both; `format` in capitals, `changed` in UTC."""

    name: str
    format: str
    url: str
    changed: datetime
    publisher: str
    licence: str
    uploaded: bool


def fetch(request: FetchRequest) -> Iterator[Table]:
    """Yield the tables of every dataset; one that fails leaves the others alone and is told at the end."""
    wanted = [_wanted(dict(entry)) for entry in request.options.get("datasets", ())]
    search = str(request.options.get("discover", ""))
    if not wanted and not search:
        raise SettingsError(say(Missetting.NONE_NAMED, wanted="datasets", setting="sources.hdx", advice=Advice.DISCOVER))
    if search:
        _discover(request, search)
    failures: list[str] = []
    for one in wanted:
        try:
            for file in _wanted_files(request, one):
                response = _settled(request, file) or ask(request, file.url, INFO, advice=_ADVICE, accept=Accept.TABLE)
                page = f"https://data.humdata.org/dataset/{one.id}"
                about = (one.publisher or file.publisher, file.changed, file.licence, one.mapping, one.sheet)
                yield Table(response.content, file.name, page, response.retrieved_at, response.sha256, *about)
        except SourceUnavailable as error:
            failures.append(str(error))
    if failures:
        raise SourceUnavailable(" ".join(failures))


def _wanted(entry: dict[str, Any]) -> _Wanted:
    identity, pattern, publisher, sheet = (str(entry.pop(name, "")) for name in ("id", "resource", "publisher", "sheet"))
    given = entry.pop("mapping", {})
    if entry:
        raise SettingsError(say(Missetting.UNKNOWN_KEY, wanted=repr(sorted(entry)[0]), setting="sources.hdx.datasets"))
    if not identity:
        takes = "`resource`, `publisher`, `mapping`, `sheet`"
        raise SettingsError(say(Missetting.ENTRY_NEEDS, setting="sources.hdx.datasets", needed="`id`", taken=takes))
    try:
        mapping = given if isinstance(given, Mapping) else read_toml(Path(str(given)).expanduser().read_bytes(), str(given))
        re.compile(sheet)
        return _Wanted(identity, re.compile(pattern or ".", re.IGNORECASE), publisher, mapping, sheet)
    except (OSError, UnreadableDocument, re.error) as error:
        raise SettingsError(say(Missetting.STRANGE_DATASET, dataset=identity, setting="sources.hdx", answer=error)) from error


def _asked(request: FetchRequest, action: str, params: Mapping[str, str]) -> dict[str, Any]:
    """The result of an action. Raises `SourceUnavailable` where it did not succeed or has another shape."""
    address = str(request.options.get("address", INFO.address)) + action
    answer = json_answer(ask(request, address, INFO, advice=_ADVICE, accept=Accept.JSON, params=params), INFO.title)
    if not isinstance(answer, dict) or answer.get("success") is not True or not isinstance(answer.get("result"), dict):
        said = answer.get("error") if isinstance(answer, dict) else None
        raise SourceUnavailable(say(Failure.UNUSUAL, title=INFO.title, action=action, answer=str(said)[:200]))
    result: dict[str, Any] = answer["result"]
    return result


def _settled(request: FetchRequest, file: HdxFile) -> Response | None:
    """The file from the archive where HDX says that it did not change since it was fetched whole. Of files that are only linked HDX does
    not know when they change.
    """
    known = request.client.known(file.url) if file.uploaded else None
    return known if known is not None and file.changed < known.retrieved_at and whole(known.body, Accept.TABLE) else None


def files_of(request: FetchRequest, dataset: str) -> list[HdxFile]:
    """The files of a dataset. Raises `SourceUnavailable` where there is no such dataset, or its files are told in another shape."""
    package = _asked(request, "package_show", {"id": dataset})
    listed = package.get("resources")
    audit, found = Audit(INFO.title), list[HdxFile]()
    for raw in listed if isinstance(listed, list) else ():
        try:
            found.append(_file(Row(dict(raw)), package))
            audit.read += 1
        except (Flaw, TypeError, ValueError) as error:
            audit.flaws[str(error)] += 1
    audit.close(request)
    return found


def _wanted_files(request: FetchRequest, wanted: _Wanted) -> list[HdxFile]:
    files = files_of(request, wanted.id)
    found = [file for file in files if file.format in _FORMATS and wanted.resource.search(file.name)]
    if not found:
        names = ", ".join(file.name for file in files)
        raise SourceUnavailable(say(Failure.NO_FILE, dataset=wanted.id, files=names or "none"))
    return [file for file in found if file.format == "CSV"] or found


def _file(row: Row, package: Mapping[str, Any]) -> HdxFile:
    """A file of a dataset. What else HDX says of it is no part of the data."""
    name, kind, url = (needed(field, row.text(field)) for field in ("name", "format", "download_url"))
    changed = parse_moment(needed("last_modified", row.text("last_modified")))
    if changed is None:
        raise Flaw(advise(Defect.NO_TIME_IN, part="last_modified"))
    organisation = package.get("organization")
    publisher = str(organisation.get("name", "")) if isinstance(organisation, dict) else ""
    licence = str(package.get("license_other") or package.get("license_title") or "")
    utc = changed.replace(tzinfo=changed.tzinfo or UTC)  # CKAN's times have no zone and are UTC
    uploaded = row.has("url_type") and row.text("url_type") == "upload"
    return HdxFile(name, kind.upper(), url, utc, publisher, licence, uploaded)


def _discover(request: FetchRequest, words: str) -> None:
    """Tell which datasets of the country there are about some words, the latest first; nothing of them is read."""
    params = {"q": words, "fq": f"groups:{request.country.lower()}", "sort": "metadata_modified desc", "rows": str(_MOST)}
    found = _asked(request, "package_search", params).get("results")
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            licence = one.get("license_title") or one.get("license_other")
            request.progress(
                f"HDX has the dataset {one.get('name')}: “{one.get('title')}”, {licence}, changed {one.get('metadata_modified')}."
            )
