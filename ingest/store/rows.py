"""Records as rows and back. Types are restored exactly: words of the vocabulary, tuples, days, moments in UTC."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, get_args

import sqlalchemy as sa

from ingest.errors import StoreError
from ingest.model.ids import digest
from ingest.model.records import Document, Figure
from ingest.store import tables

Record = TypeVar("Record", Document, Figure)
SEPARATOR = ";"
LARGEST = 2**63 - 1  # what a database integer holds

# Text taken from a report may hold what no database stores (NUL, halves of surrogate pairs). One character stands for one, so
# that every offset keeps its meaning.
_UNSTORABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


def storable(text: str) -> str:
    """The text with characters no database takes replaced one for one."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.translate(_UNSTORABLE)


def address_digest(url: str) -> str:
    """What an address is looked up by: addresses may be longer than an index entry."""
    return digest(storable(url), length=32)


def document_row(document: Document, now: datetime) -> dict[str, Any]:
    """A document as a row of the ledger, first seen at `now`."""
    return _row(document) | {"first_seen_at": now, "address_digest": address_digest(document.url)}


def figure_row(figure: Figure, now: datetime) -> dict[str, Any]:
    """A figure as a row of the ledger, first seen at `now`. Raises `StoreError` for a number no database holds."""
    row = _row(figure)
    row["first_seen_at"] = now
    for name in ("value_low", "value_best", "value_high"):
        value = row[name]
        if value is not None and abs(value) > LARGEST:
            raise StoreError(
                f"Figure {figure.figure_id} claims {value}, larger than any count of people; correct the row it was read from."
            )
    return row


def columns(record: type[Record]) -> list[sa.Column[Any]]:
    """The ledger's columns in the order of the record's fields, for a select that `restore` understands."""
    table = tables.documents if record is Document else tables.figures
    return [table.c[field.name] for field in fields(record)]


def restore(record: type[Record], rows: Iterable[Sequence[Any]]) -> list[Record]:
    """Rows selected with `columns(record)` as records."""
    readers = _readers(tables.hints(record))
    restored = []
    for row in rows:
        values = list(row)
        for position, read in readers:
            values[position] = read(values[position])
        restored.append(record(*values))
    return restored


def _row(record: Document | Figure) -> dict[str, Any]:
    writers = _DOCUMENT_WRITERS if isinstance(record, Document) else _FIGURE_WRITERS
    try:
        return {name: write(getattr(record, name)) for name, write in writers}
    except ValueError as error:
        raise StoreError(
            f"{type(record).__name__} {getattr(record, writers[0][0])} cannot be stored: {error}; give its times a zone."
        ) from error


def _writers(hints: Mapping[str, Any]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple((name, _writer(hint)) for name, hint in hints.items())


def _writer(hint: Any) -> Callable[[Any], Any]:
    if _words(hint):
        return _value
    if hint is str:
        return storable
    if hint == tuple[str, ...]:
        return _joined
    return _utc if datetime in (hint, *get_args(hint)) else _same


def _readers(hints: Mapping[str, Any]) -> list[tuple[int, Callable[[Any], Any]]]:
    found: list[tuple[int, Callable[[Any], Any]]] = []
    for position, hint in enumerate(hints.values()):
        words = _words(hint)
        if words:
            found.append((position, _by_value(words)))
        elif hint == tuple[str, ...]:
            found.append((position, split))
    return found


def _words(hint: Any) -> type[StrEnum] | None:
    """The closed vocabulary a field is drawn from, if it is."""
    for candidate in (hint, *get_args(hint)):
        if isinstance(candidate, type) and issubclass(candidate, StrEnum):
            return candidate
    return None


def _by_value(words: type[StrEnum]) -> Callable[[Any], Any]:
    known: dict[str | None, StrEnum | None] = {word.value: word for word in words}
    known[None] = None

    def read(value: str | None) -> StrEnum | None:
        try:
            return known[value]
        except KeyError:
            raise StoreError(
                f"The ledger holds the word {value!r}, which is no {words.__name__} known here; a newer Crosscount wrote it, so update."
            ) from None

    return read


def _value(word: StrEnum | None) -> str | None:
    return None if word is None else word.value


def _joined(items: tuple[str, ...]) -> str:
    return storable(SEPARATOR.join(items))


def split(text: str) -> tuple[str, ...]:
    """The items of a list that is stored as one text."""
    return tuple(text.split(SEPARATOR)) if text else ()


def _utc(moment: datetime | None) -> datetime | None:
    """The moment in UTC; COPY writes it as it is given here."""
    if moment is not None and moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return None if moment is None else moment.astimezone(UTC)


def _same(value: Any) -> Any:
    return value


_DOCUMENT_WRITERS = _writers(tables.hints(Document))
_FIGURE_WRITERS = _writers(tables.hints(Figure))
