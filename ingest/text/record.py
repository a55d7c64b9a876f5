"""Records of structured sources as text: one line `field: value | field: value`, made again from the archived answer at any time.

Which record, and which of its fields in which order, stands in the media type: `application/json; record=/data/0;
fields="admin1_name,fatalities"`, or `text/csv; record=3` for the fourth row below the head of a table.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from selectolax.lexbor import LexborNode

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text import html
from ingest.text.decode import decode
from ingest.text.extracted import Extracted
from ingest.text.json_answer import load_json, value_at
from ingest.text.media import MediaType
from ingest.text.rows import BAR
from ingest.text.whitespace import flatten

_LARGEST_CELL = 1_000_000  # characters; the csv module's own bound is shorter than some lists of sources
_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 16_384  # as many as a worksheet has


@dataclass(frozen=True, slots=True)
class Line:
    """A record as text, and where in it the value of each field stands."""

    text: str
    spans: Mapping[str, tuple[int, int]]


def line_of(row: Mapping[str, Any], fields: Sequence[str]) -> Line:
    """The fields of a record that say something, in this order, each value as it was sent."""
    text, spans = "", {}
    for name in fields:
        said = _said(row.get(name))
        if said:
            text += f"{BAR if text else ''}{name}: "
            spans[name] = (len(text), len(text) + len(said))
            text += said
    return Line(text, spans)


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """The record that the media type names. Raises `UnreadableDocument` where the answer does not hold it."""
    return said_in(taken_apart(content, media, name), media, name)


def taken_apart(content: bytes, media: MediaType, name: str) -> Any:
    """An answer as what holds its records: parsed JSON, the rows of a table, what a page says. Raises `UnreadableDocument`."""
    match media.essence:
        case "application/json":
            return load_json(content, name, exact=True)
        case "text/html":
            return page_row(content, media, name)
        case _:
            return list(table_rows(content, media, name))


def said_in(answer: Any, media: MediaType, name: str) -> Extracted:
    """The record that the media type names, in an answer that was taken apart. Raises `UnreadableDocument` where it is not there."""
    at = media.params["record"]
    match media.essence:
        case "application/json":
            row = value_at(answer, at, name)
        case "text/html":
            row = answer
        case _:
            row = answer[int(at)] if int(at) < len(answer) else None
    if not isinstance(row, dict):
        raise UnreadableDocument(say(Unreadable.NO_RECORD, name=name, wanted=at))
    return Extracted("", line_of(row, media.params.get("fields", "").split(",")).text)


def table_rows(content: bytes, media: MediaType, name: str) -> Iterator[dict[str, str]]:
    """The rows of a delimited table by the names of its head; a row of HXL tags below the head is no row.

    `delimiter` and `skip` (lines before the head) stand in the media type. Raises `UnreadableDocument` for a table without a
    head, and for a row with more cells than the head has.
    """
    text = decode(content, media.params.get("charset", ""))
    delimiter = media.params.get("delimiter", ",")
    if text.count(delimiter) > _MOST_CELLS:
        raise UnreadableDocument(say(Unreadable.MANY_CELLS_ASKED, name=name, most=f"{_MOST_CELLS:,}"))
    csv.field_size_limit(_LARGEST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = iter([cells for cells in lines if any(cells)][int(media.params.get("skip", "0")) :])
    except csv.Error as error:
        raise UnreadableDocument(say(Unreadable.NO_TABLE, name=name, answer=error)) from error
    head = [cell.strip() for cell in next(rows, [])]
    if len(head) > _MOST_COLUMNS:
        raise UnreadableDocument(say(Unreadable.MANY_COLUMNS, name=name, count=f"{len(head):,}", most=f"{_MOST_COLUMNS:,}"))
    if not any(head):
        raise UnreadableDocument(say(Unreadable.NO_HEAD, name=name))
    for number, cells in enumerate(rows):
        if number == 0 and is_hxl(cells):
            continue
        if len(cells) > len(head) and any(cells[len(head) :]):
            raise UnreadableDocument(say(Unreadable.WIDE_ROW, name=name, cells=len(cells), columns=len(head)))
        yield dict(zip(head, cells, strict=False))


def page_row(content: bytes, media: MediaType, name: str) -> dict[str, str]:
    """What a page says field by field: `parts` are CSS selectors by field, as JSON; `pairs` selects elements whose first `div` is the
    name of a field and whose `.value` is what it says. What is not there is empty, or no field.
    """
    tree = html.parse(content, media, name)
    parts: dict[str, str] = json.loads(media.params.get("parts", "{}"))
    row = {field: _words(tree.css_first(selector)) for field, selector in parts.items()}
    for node in html.matching(tree, media.params.get("pairs", "x-none"), name):
        label, value = node.css_first("div"), node.css_first(".value")
        if label is not None and value is not None:
            row[_words(label).rstrip(":").strip()] = _words(value)
    return row


def _words(node: LexborNode | None) -> str:
    return flatten(node.text(deep=True)) if node is not None else ""


def is_hxl(cells: Sequence[str]) -> bool:
    """Whether a row is one of HXL tags: some cells may be empty, all others begin with #."""
    said = [cell.strip() for cell in cells if cell.strip()]
    return bool(said) and all(cell.startswith("#") for cell in said)


def _said(value: Any) -> str:
    """A value as it was sent, on one line, without the bar that parts fields."""
    match value:
        case None:
            return ""
        case str():
            said = value
        case bool() | list() | dict():
            said = json.dumps(value, ensure_ascii=False, default=str)
        case int() | Decimal():
            said = str(value)
        case _:
            raise TypeError(f"a value of the type {type(value).__name__} is none of a record")
    return " ".join(said.replace("|", "/").split())
