"""Version 2 of ReliefWeb's API, as its reports and its disasters are asked for: the query, its pages, its moods, its fields."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingest.errors import SettingsError, SourceUnavailable, UnreadableDocument
from ingest.fetch.exchange import HttpFailure, Response
from ingest.fetch.request import FetchRequest
from ingest.model.advice import Advice, advise
from ingest.model.changes import Change
from ingest.model.failures import Failure, say
from ingest.model.missettings import Missetting
from ingest.model.unreadable import Unreadable
from ingest.text import read_json

APPNAME = "RELIEFWEB_APPNAME"
_TITLE = "ReliefWeb"
FORM = "https://apidoc.reliefweb.int/parameters#appname"
_PAGE = 100
_MOST_PAGES = 200  # of the 1000 calls a day that the API allows
_ADVICE = {
    400: advise(Advice.QUERY, setting=APPNAME),
    403: advise(Advice.NAME_REFUSED, setting=APPNAME, where=FORM),
    410: Advice.API_RETIRED,
    429: Advice.CALLS_USED_UP,
}

Condition = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """Fields of the records that no reader knows: told once each, with how often they came."""

    fields: Counter[str] = field(default_factory=Counter)

    def unread(self, where: str, rest: Mapping[str, Any]) -> None:
        """Count what is left of a table after everything known was taken from it."""
        self.fields.update(f"{where}{key}" for key in rest)

    def tell(self, request: FetchRequest) -> None:
        """Say what was noticed."""
        for name, times in sorted(self.fields.items()):
            request.progress(f"ReliefWeb changed: the field “{name}” is new ({times} records); check whether its reader must follow.")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: which `fields` of records that meet all `conditions`, the oldest first. `noun` is what people call them."""

    address: str
    noun: str
    fields: tuple[str, ...]
    conditions: tuple[Condition, ...]

    def payload(self, offset: int) -> dict[str, Any]:
        """The query for one page, as the API takes it."""
        return {
            "limit": _PAGE,
            "offset": offset,
            "sort": ["date.created:asc"],
            "fields": {"include": list(self.fields)},
            "filter": {"operator": "AND", "conditions": list(self.conditions)},
        }


def pages(request: FetchRequest, query: Query) -> Iterator[tuple[Response, list[Any]]]:
    """The answers to a query with their records, page by page, until one has no next or is empty.

    Raises `SettingsError` without an approved name, `SourceUnavailable` with what its moods mean.
    """
    appname = request.keys.get(APPNAME, "").strip()
    if not appname:
        whence = advise(Advice.ASK_FOR_NAME, where=FORM)
        raise SettingsError(say(Missetting.NEEDS_KEY, title=_TITLE, setting=APPNAME, whence=whence))
    offset = 0
    for _ in range(_MOST_PAGES):
        try:
            response = request.client.post_json(query.address, query.payload(offset), params={"appname": appname})
        except HttpFailure as error:
            advice = _ADVICE.get(error.status, Advice.LATER)
            said = f" (“{error.detail}”)" if error.detail else ""
            raise SourceUnavailable(say(Failure.REFUSED, title="ReliefWeb", status=error.status, detail=said, cause=advice)) from error
        answer = _answer(response)
        rows, count, links = answer.get("data"), answer.get("count"), answer.get("links", {})
        if not isinstance(rows, list) or not isinstance(count, int) or not isinstance(links, dict):
            raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.WITHOUT, title=_TITLE, parts="`data`, `count`, `links`")))
        if count == 0 or not rows:
            return
        yield response, rows
        if not links.get("next"):
            return
        offset += len(rows)
        request.progress(f"ReliefWeb: {offset} of {answer.get('totalCount', '?')} {query.noun}.")
    request.progress(f"ReliefWeb: stopped after {_MOST_PAGES} pages; narrow `from` and `to` in the crisis file.")


def country(request: FetchRequest, source: str) -> str:
    """The country of the crisis file as the API knows it. Raises `SettingsError` where it is not named."""
    named = str(request.options.get("country", "")).lower()
    if not named:
        raise SettingsError(say(Missetting.NONE_NAMED, wanted="country", setting=f"sources.{source}", advice=Advice.ISO_CODE))
    return named


def day(request: FetchRequest, source: str, option: str) -> str:
    """The start of the day `from`, or the end of the day `to`, of the crisis's time zone as the API writes times."""
    given = request.options.get(option)
    if given is None:
        return ""
    if not isinstance(given, date):
        like = advise(Advice.WRITE_LIKE, example="2024-11-27")
        raise SettingsError(say(Missetting.NOT_UNDERSTOOD, wanted=option, setting=f"sources.{source}", advice=like))
    start = datetime(given.year, given.month, given.day, tzinfo=request.timezone)
    return written(start if option == "from" else start + timedelta(days=1, seconds=-1))


def written(moment: datetime) -> str:
    """A time as the API takes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def opened(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A record and its fields, to be taken apart. Raises `SourceUnavailable` where it is none; empty fields are omitted, not null."""
    if not isinstance(row, dict) or not isinstance(row.get("fields"), dict):
        raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.RECORD_WITHOUT, title=_TITLE, part="`fields`")))
    rest, fields = dict(row), dict(row["fields"])
    for known in ("fields", "score", "href"):
        rest.pop(known, None)
    return rest, fields


def words(table: dict[str, Any], key: str) -> str:
    """The text of a field, empty where it is omitted. Raises `UnreadableDocument` where it is of another type than it always was."""
    value = table.pop(key, "")
    if not isinstance(value, str):
        raise UnreadableDocument(say(Unreadable.RECORD_NO_TEXT, name=_TITLE, answer=f"{value!r:.60}", part=key))
    return value


def tables(value: Any, key: str) -> list[dict[str, Any]]:
    """The objects of a list. Raises `UnreadableDocument` where it is something else."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UnreadableDocument(say(Unreadable.RECORD_NO_OBJECTS, name=_TITLE, answer=f"{value!r:.60}", part=key))
    return [dict(one) for one in value]


def _answer(response: Response) -> dict[str, Any]:
    try:
        answer = read_json(response.content, "The answer of ReliefWeb")
    except UnreadableDocument as error:
        raise SourceUnavailable(str(error)) from error
    if not isinstance(answer, dict):
        raise SourceUnavailable(say(Failure.CHANGED, what=advise(Change.LIST_FOR_OBJECT, title=_TITLE)))
    return answer
