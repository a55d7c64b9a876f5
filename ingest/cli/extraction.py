"""Lines of JSON -> documents -> figures -> lines of JSON, in one process or several, in order."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol

from ingest.cli.lasting import settle
from ingest.extract import Reader, numbered, read
from ingest.model.ids import document_id
from ingest.model.records import Document, Figure, Reading
from ingest.model.vocabulary import Kind
from ingest.pipeline.opening import reader_of
from ingest.settings import Settings
from ingest.text.language import language_of
from ingest.text.moment import in_utc, parse_moment

_BATCH = 32  # lines handed to a process at a time
_AHEAD = 4  # batches per process that may wait, so that a long input is never held in memory
_written = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of output, and whether its input could not be read."""

    line: bytes
    failed: bool = False


class Pending(Protocol):
    """What becomes of a batch handed to another process."""

    def result(self) -> list[Answer]:
        """The answers, once they are there."""


def answers(lines: Iterable[bytes], settings: Settings, now: datetime, jobs: int) -> Iterator[Answer]:
    """The answer to every line, in order. `now` stands in where a document does not say when it was published."""
    if jobs == 1:
        yield from answers_of(lines, settled_reader(settings), now)
        return
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(settings, now)) as pool:
        yield from in_order(lines, lambda batch: pool.submit(_batch, batch), size=_BATCH, ahead=jobs * _AHEAD)


def settled_reader(settings: Settings) -> Reader:
    """The reader of a long run, whose tables outlive every report."""
    reader = reader_of(settings)
    settle()
    return reader


def answers_of(lines: Iterable[bytes], reader: Reader, now: datetime) -> Iterator[Answer]:
    """The answers of this process."""
    return (_answer(line, reader, now) for line in lines)


def in_order(lines: Iterable[bytes], submit: Callable[[list[bytes]], Pending], *, size: int, ahead: int) -> Iterator[Answer]:
    """Hands out batches of lines, never more than `ahead` before the first of them is answered, and gives the answers in order."""
    batches = iter(lines)
    waiting: deque[Pending] = deque()
    while batch := list(islice(batches, size)):
        waiting.append(submit(batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


_prepared: list[tuple[Reader, datetime]] = []  # of a worker process: made once, before its first batch


def _prepare(settings: Settings, now: datetime) -> None:
    _prepared[:] = [(settled_reader(settings), now)]


def _batch(lines: list[bytes]) -> list[Answer]:
    return list(answers_of(lines, *_prepared[0]))


def _answer(line: bytes, reader: Reader, now: datetime) -> Answer:
    identity: object = None
    try:
        row = json.loads(line)
        identity = row.get("id") if isinstance(row, dict) else None
        answer: dict[str, Any] = {"id": identity, "figures": list(figure_fields(read(document_of(row, reader, now), reader), reader))}
    except ValueError as error:
        answer = {"id": identity, "figures": [], "error": f"The line cannot be read: {error}."}
    except Exception as error:  # one text that the rules stumble over must not end a long run
        answer = {"id": identity, "figures": [], "error": f"The rules failed on this text ({type(error).__name__}: {error})."}
    return Answer(_written(answer).encode("utf-8", "replace") + b"\n", "error" in answer)


def document_of(row: Any, reader: Reader, now: datetime) -> Document:
    """A document from what a script gives. Raises `ValueError` where it is no object with a text, or "published" is no date."""
    if not (isinstance(row, dict) and isinstance(row.get("text"), str)):
        raise ValueError('it is no JSON object with a "text"')  # noqa: TRY004  # a line's content is wrong, no caller's type
    text = row["text"]
    stated = row.get("published")
    moment = parse_moment(str(stated)) if stated else now
    if moment is None:
        raise ValueError(f'"published" is {stated!r}, which is no date such as 2024-12-02')
    url, publisher = str(row.get("url") or ""), reader.publisher_named(str(row.get("publisher") or ""))
    return Document(
        document_id=document_id("extract", publisher, url, text),
        source="extract",
        publisher=publisher,
        title=str(row.get("title") or ""),
        text=text,
        language=str(row.get("lang") or "") or language_of(text) or "en",
        url=url,
        published_at=in_utc(moment, reader.timezone),
        retrieved_at=now,
        media_type="text/plain",
        archive_sha256="",
    )


def figure_fields(readings: tuple[Reading, ...], reader: Reader) -> Iterator[dict[str, Any]]:
    """The readings of a document as a script gets them; `part_of` and `restates` are indices into the same list.

    Claims without a number are left out. Where a text gives no day of its event, the day of publication stands in and
    `event_stated` is false.
    """
    figures = [reading.figure for reading in numbered(readings)]
    index = {figure.figure_id: number for number, figure in enumerate(figures)}
    for figure in figures:
        yield {
            "metric": figure.metric,
            "kind": figure.kind,
            "value_text": figure.value_text,
            "value_status": figure.value_status,
            "value_low": figure.value_low,
            "value_high": figure.value_high,
            "value_best": figure.value_best,
            "qualifier": figure.qualifier,
            "unit": figure.unit,
            "group_status": figure.group_status,
            "group_side": figure.group_side,
            "group_sex": figure.group_sex,
            "group_age": figure.group_age,
            "group_role": figure.group_role,
            "group_label": figure.group_label,
            "claimed_source": _voice(figure, reader),
            "place_text": figure.place_text,
            "place_id": figure.place_id,
            "event_start": _iso(figure.event_start or _stand_in(figure)),
            "event_end": _iso(figure.event_end or _stand_in(figure)),
            "event_stated": figure.event_start is not None,
            "as_of": _iso(figure.as_of),
            "span": [figure.span_start, figure.span_end],
            "part_of": index.get(figure.parent_figure_id),
            "restates": index.get(figure.restates),
            "confidence": figure.confidence,
            "doubts": list(figure.doubts),
        }


def _voice(figure: Figure, reader: Reader) -> str:
    """Who claims it in one text: identity, English name, and the words the text uses."""
    organisation = reader.organisations.get(figure.claimed_source)
    name = organisation.name.get("en", "") if organisation else ""
    return " ".join(dict.fromkeys(filter(None, (figure.claimed_source, name, figure.claimed_source_text))))


def _stand_in(figure: Figure) -> date | None:
    return figure.as_of if figure.kind is Kind.INCIDENT else None


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
