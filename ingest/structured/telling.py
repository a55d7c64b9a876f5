"""What a source makes of a record: its document, one line of text, and the numbers that stand in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ingest.model.advice import advise
from ingest.model.changes import Defect
from ingest.model.ids import document_id
from ingest.model.records import Count, Document, Record, SourceInfo, Where
from ingest.model.vocabulary import Kind, Metric
from ingest.structured.asking import Answer, taken
from ingest.structured.row import Audit, Flaw, Row
from ingest.text.record import Line, line_of

_VALUES = frozenset({"value_low", "value_best", "value_high"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of a record: the field it stands in, what it counts, and further fields of the `Figure`.

    Without a value among them it is the exact number in the field. `words` are those of the number where the field says more.
    """

    field: str
    metric: Metric
    kind: Kind
    where: Where
    given: Mapping[str, Any]
    part_of: int | None = None
    words: str = ""


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


def records(answer: Answer, info: SourceInfo, audit: Audit, read: Callable[[Row], Told | None]) -> Iterator[Record]:
    """The records of an answer as `read` tells them; it returns None for one that it leaves aside."""

    def made(row: Row, number: int) -> Record | None:
        told = read(row)
        return _record(answer, number, told, info) if told is not None else None

    yield from taken(answer, audit, made)


def own_address(page: str, *identity: Any) -> str:
    """An address of one record alone, on a page where people find it among others."""
    return page + "#" + "/".join(quote(str(part), safe="") for part in identity)


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
        raise Flaw(advise(Defect.SILENT, part=stated.field))
    start, end = line.spans[stated.field]
    if stated.words:
        start = line.text.index(stated.words, start, end)
        end = start + len(stated.words)
    given = stated.given if _VALUES & {*stated.given} else {**stated.given, "value_best": Row({"": line.text[start:end]}).whole("")}
    return Count(stated.metric, stated.kind, (start, end), stated.where, given, stated.part_of)
