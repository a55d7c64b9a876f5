"""What sources of records share: taking a record apart field by field, noticing what changed, and making its document.

A source reads the fields it knows from a `Row`; what it does not read, and does not `skip`, is told as a change of the source.
A field that is missing, or of another type than it always had, is a `Flaw` of that record: the record is left out and told.
Where no record of an answer can be read the source changed its shape, and that is an error.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from ingest.errors import SettingsError, SourceUnavailable
from ingest.fetch.exchange import HttpFailure, Response
from ingest.fetch.request import FetchRequest
from ingest.model.ids import document_id
from ingest.model.records import Count, Document, Record, SourceInfo, Where
from ingest.model.vocabulary import Kind, Metric
from ingest.text.json_answer import load_json
from ingest.text.media import MediaType
from ingest.text.record import Line, line_of, table_rows

JSON = MediaType("application/json")
CSV = MediaType("text/csv")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_DIGITS = re.compile(r"\d+(?:\.0+)?")
_MOST_DIGITS = 15  # of a count of people, and of what is taken for a number at all
_VALUES = frozenset({"value_low", "value_best", "value_high"})
_TOLD = 20  # different flaws of one source that are told
_SHOWN = 60  # characters of a value that is told


class Flaw(Exception):
    """Why one record cannot be read; the text completes "a record ..."."""


@dataclass(slots=True)
class Audit:
    """What was unexpected in the records of one source: told once each, with how often it came."""

    title: str
    new: Counter[str] = field(default_factory=Counter)
    flaws: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    read: int = 0

    def leave(self, why: str) -> None:
        """Count a record that is left aside on purpose."""
        self.aside[why] += 1

    def close(self, request: FetchRequest) -> None:
        """Tell what was noticed. Raises `SourceUnavailable` where there were records and none could be read."""
        for name, times in sorted(self.new.items()):
            request.progress(f"{self.title} changed: the field “{name}” is new ({times} records); check whether its reader must follow.")
        for why, times in sorted(self.aside.items()):
            request.progress(f"{self.title}: {times} records left aside: {why}.")
        for flaw, times in self.flaws.most_common(_TOLD):
            request.progress(f"{self.title}: {times} records left out: a record {flaw}.")
        if self.flaws and not self.read:
            raise SourceUnavailable(f"{self.title} changed: a record {next(iter(self.flaws))}; its reader must be adapted.")


@dataclass(slots=True)
class Row:
    """One record while it is taken apart. Each method reads one field and raises `Flaw` where it is missing or of another type."""

    left: dict[str, Any]

    def raw(self, name: str) -> Any:
        """The value as it was sent."""
        if name not in self.left:
            raise Flaw(f"has no field “{name}”")
        return self.left.pop(name)

    def text(self, name: str) -> str:
        """Words on one line; empty where the field is empty."""
        value = self.raw(name)
        if value is not None and not isinstance(value, str):
            raise _other(name, value, "no text")
        return " ".join((value or "").split())

    def whole(self, name: str, unknown: tuple[str, ...] = ()) -> int | None:
        """A count; None where the field is empty or says one of `unknown`. Negative and broken numbers are none."""
        value = self.raw(name)
        if value is None or (isinstance(value, str) and value.strip() in {"", *unknown}):
            return None
        if isinstance(value, str) and _DIGITS.fullmatch(value.strip()):
            value = int(value.strip().partition(".")[0][: _MOST_DIGITS + 1])
        elif isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS and value == int(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**_MOST_DIGITS:
            raise _other(name, value, "no count")
        return value

    def number(self, name: str) -> float | None:
        """A number with or without a point, such as a coordinate; None where the field is empty."""
        value = self.raw(name)
        if value is None or value == "":
            return None
        try:
            number = float("nan") if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise _other(name, value, "no number") from error
        if not abs(number) < 10**_MOST_DIGITS:
            raise _other(name, value, "no number")
        return number

    def day(self, name: str) -> date | None:
        """A day, of a time the day it is written with; None where the field is empty."""
        value = self.text(name)
        if not value:
            return None
        found = _DAY.fullmatch(value)
        try:
            return date.fromisoformat(found[1] if found else value)
        except ValueError as error:
            raise _other(name, value, "no day") from error

    def one_of(self, name: str, known: Mapping[Any, Any]) -> Any:
        """What one of the known words stands for. Raises `Flaw` for any other word: it is not guessed at."""
        value = self.raw(name)
        if not isinstance(value, str | int | None) or value not in known:
            raise _other(name, value, "a word that is not known")
        return known[value]

    def skip(self, *names: str) -> None:
        """Fields that are known and not needed; they may be missing."""
        for name in names:
            self.left.pop(name, None)

    def has(self, name: str) -> bool:
        """Whether the record has the field."""
        return name in self.left


def _other(name: str, value: Any, what: str) -> Flaw:
    return Flaw(f"has {what} in the field “{name}” but {str(value)[:_SHOWN]!r}")


def needed(name: str, value: Any) -> Any:
    """The value of a field without which a record says nothing. Raises `Flaw` where it is empty."""
    if value in (None, ""):
        raise Flaw(f"has nothing in the field “{name}”")
    return value


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
        raise SourceUnavailable(f"{info.title} answered with HTTP {error.status}{said}: {advice[error.status]}.") from error


def key_of(request: FetchRequest, name: str, info: SourceInfo, whence: str) -> str:
    """A setting that a source needs; `whence` says how people come by it. Raises `SettingsError` where it is missing."""
    value = request.keys.get(name, "").strip()
    if not value:
        raise SettingsError(f"{info.title} needs {name}: {whence}; set it in the environment or in settings.toml.")
    return value


def listed(answer: Any, name: str, info: SourceInfo) -> list[Any]:
    """The list that an answer holds under a name. Raises `SourceUnavailable` where it holds none."""
    rows = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise SourceUnavailable(f"{info.title} answered without a list “{name}”, so its API changed; its reader must be adapted.")
    return rows


def within(days: tuple[date, date], request: FetchRequest, audit: Audit) -> bool:
    """Whether a stretch of days touches those of the crisis; one that does not is counted as left aside."""
    first, last = request.days
    inside = days[1] >= first and (last is None or days[0] <= last)
    if not inside:
        audit.leave("they are of another time than the crisis")
    return inside


def own_address(page: str, *identity: Any) -> str:
    """An address of one record alone, on a page where people find it among others."""
    return page + "#" + "/".join(quote(str(part), safe="") for part in identity)


def json_answer(response: Response, title: str) -> Any:
    """The answer parsed, numbers as they were written. Raises `UnreadableDocument` where it is no JSON."""
    return load_json(response.content, f"The answer of {title}", exact=True)


def csv_answer(response: Response, title: str, **params: str) -> Answer:
    """The rows of a delimited table. Raises `UnreadableDocument` where it is none."""
    media = CSV.with_params(charset=MediaType.parse(response.media_type).params.get("charset", ""), **params)
    return Answer(response, media, list(table_rows(response.content, media, f"The table of {title}")))


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a record: the field it stands in, what it counts, and further fields of the `Figure`.

    Without a value among them it is the exact number in the field.
    """

    field: str
    metric: Metric
    kind: Kind
    where: Where
    given: Mapping[str, Any]
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a source makes of a record. `fields` are those its text says, in order; `url` belongs to this record alone."""

    title: str
    url: str
    fields: tuple[str, ...]
    stated: tuple[Stated, ...]
    published: datetime
    publisher: str = ""
    licence: str = ""
    relayed_via: tuple[str, ...] = ()


Reading = Callable[[Row], Told | None]


def records(answer: Answer, info: SourceInfo, audit: Audit, read: Reading) -> Iterator[Record]:
    """The records of an answer as `read` tells them; it returns None for one that it leaves aside."""
    for number, raw in enumerate(answer.rows):
        try:
            row = Row(_object(raw))
            told = read(row)
            if told is not None:
                audit.new.update(iter(row.left))
                yield _record(answer, number, told, info)
            audit.read += 1
        except Flaw as flaw:
            audit.flaws[str(flaw)] += 1


def _object(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Flaw(f"is no object but {str(raw)[:_SHOWN]!r}")
    return dict(raw)


def _record(answer: Answer, number: int, told: Told, info: SourceInfo) -> Record:
    line = line_of(answer.rows[number], told.fields)
    publisher = told.publisher or info.publisher
    document = Document(
        document_id=document_id(info.name, publisher, told.url, line.text),
        source=info.name,
        publisher=publisher,
        title=told.title,
        text=line.text,
        language="en",
        url=told.url,
        published_at=told.published,
        retrieved_at=answer.response.retrieved_at,
        media_type=str(answer.media_of(number, told.fields)),
        archive_sha256=answer.response.sha256,
        licence=told.licence or info.licence,
        relayed_via=told.relayed_via,
        citation=f"{info.title}, “{told.title}”, read {answer.response.retrieved_at:%d %B %Y}, {told.url}",
    )
    return Record(document, tuple(_count(one, line) for one in told.stated))


def _count(stated: Stated, line: Line) -> Count:
    if stated.field not in line.spans:
        raise Flaw(f"says nothing in “{stated.field}”")
    start, end = line.spans[stated.field]
    given = stated.given if _VALUES & {*stated.given} else {**stated.given, "value_best": Row({"": line.text[start:end]}).whole("")}
    return Count(stated.metric, stated.kind, (start, end), stated.where, given, stated.part_of)
