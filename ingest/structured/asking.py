"""Asking a structured source: its answers as lists of records, and its refusals as sentences that say what to do."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import HttpFailure, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import advise
from ingest.model.changes import Change, Defect
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.records import SourceInfo
from ingest.structured.row import Audit, Flaw, Row
from ingest.text import MediaType, read_json, read_listed

JSON = MediaType("application/json")
_SHOWN = 60  # characters of a record that is none

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Answer:
    """The records of one archived answer; `pointer` says where in JSON their list stands."""

    response: Response
    media: MediaType
    rows: Sequence[Any]
    pointer: str = ""

    def media_of(self, number: int, fields: Sequence[str]) -> MediaType:
        """The media type under which the archived answer reads as the text of one record."""
        at = f"{self.pointer}/{number}" if self.media.essence == JSON.essence else str(number)
        return self.media.with_params(record=at, fields=",".join(fields))


def ask(request: FetchRequest, url: str, info: SourceInfo, *, advice: Mapping[int, str], **how: Any) -> Response:
    """Fetch an address as `Client.get` does; `advice` says, by status, what people are to do where the server refuses."""
    try:
        return request.client.get(url, **how)
    except HttpFailure as error:
        if error.status not in advice:
            raise
        said = f" (“{error.detail}”)" if error.detail else ""
        raise SourceUnavailable(
            say(Failure.REFUSED, title=info.title, status=error.status, detail=said, cause=advice[error.status])
        ) from error


def key_of(request: FetchRequest, name: str, info: SourceInfo, whence: str) -> str:
    """A setting that a source needs; `whence` says how people come by it. Raises `SettingsError` where it is missing."""
    value = request.keys.get(name, "").strip()
    if not value:
        raise SettingsError(say(Missetting.NEEDS_KEY, title=info.title, setting=name, whence=whence))
    return value


def listed(answer: Any, name: str, info: SourceInfo) -> list[Any]:
    """The list that an answer holds under a name. Raises `SourceUnavailable` where it holds none."""
    rows = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.NO_NAMED_LIST, title=info.title, part=name)))
    return rows


def within(days: tuple[date, date], request: FetchRequest, audit: Audit) -> bool:
    """Whether a stretch of days touches those of the crisis; one that does not is counted as left aside."""
    first, last = request.days
    inside = days[1] >= first and (last is None or days[0] <= last)
    if not inside:
        audit.leave("they are of another time than the crisis")
    return inside


def json_answer(response: Response, title: str) -> Any:
    """The answer parsed, numbers as they were written. Raises `UnreadableDocument` where it is no JSON."""
    return read_json(response.content, f"The answer of {title}", exact=True)


def narrowed(request: FetchRequest, response: Response, title: str, field: str, value: str) -> Answer:
    """The records of a list too long to be read again for each whose field says the value, or nothing, as an archived answer of their own:
    each as it was written, beside the hash of the answer it was in. Raises `SourceUnavailable` where it is no list, `UnreadableDocument`
    where it breaks off.
    """
    if not response.body.head(_SHOWN).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.NO_LIST, title=title)))
    records = read_listed(response.body, f"The answer of {title}", field, value)
    content = f'{{"of": "{response.sha256}", "records": [\n{records}\n]}}\n'.encode()
    own = replace(response, media_type=str(JSON), body=request.archive.body(request.archive.put(content)))
    return Answer(own, JSON, json_answer(own, title)["records"], "/records")


def latest_rounds(rows: Sequence[Any], operation: str, number: str) -> Mapping[str, int]:
    """The latest round of each operation among rows; the fields' names are given. Rounds are levels, and are never added up."""
    latest: dict[str, int] = {}
    for row in rows:
        found = row.get(number) if isinstance(row, dict) else None
        if isinstance(found, int):
            latest[str(row.get(operation))] = max(found, latest.get(str(row.get(operation)), 0))
    return latest


def taken(answer: Answer, audit: Audit, read: Callable[[Row, int], Read | None]) -> Iterator[Read]:
    """What `read` makes of each record and its number; None for one that it leaves aside. One that it cannot read is noted."""
    for number, raw in enumerate(answer.rows):
        try:
            if not isinstance(raw, dict):
                audit.flaws[advise(Defect.NO_OBJECT, answer=repr(str(raw)[:_SHOWN]))] += 1
                continue
            row = Row(dict(raw))
            found = read(row, number)
        except Flaw as flaw:
            audit.flaws[str(flaw)] += 1
            continue
        audit.read += 1
        if found is not None:
            audit.new.update(iter(row.left))
            yield found
