"""From bytes and media type to clean text: the one door to every reader."""

import importlib
from collections.abc import Mapping
from dataclasses import asdict
from types import ModuleType
from typing import Any

from ingest.apart import ask
from ingest.apart.asking import Pieces
from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text.delimited import Cell, Delimited, Record
from ingest.text.extracted import Extracted, Feed, FeedItem, Sheet
from ingest.text.media import DOCX, MAIL, OUTLOOK, XLSX, MediaType

_MEGABYTE = 1_000_000
_LARGEST_TEXT = 20 * _MEGABYTE
_LARGEST_FILE = 60 * _MEGABYTE
# Media type -> module of this package and its function; modules are imported when first needed, for some take long to load.
_READERS = {
    "text/plain": ("plain", "read"),
    "text/markdown": ("plain", "read_markdown"),
    "text/html": ("html", "read"),
    "application/xhtml+xml": ("html", "read"),
    "application/pdf": ("pdf", "read"),
    DOCX: ("docx", "read"),
    MAIL: ("mail", "read"),
    OUTLOOK: ("mail", "read_outlook"),
    XLSX: ("workbook", "read"),
    "application/json": ("json_answer", "read"),
    "application/rss+xml": ("feed", "read_item"),
    "application/atom+xml": ("feed", "read_item"),
    "application/rdf+xml": ("feed", "read_item"),
    "application/xml": ("feed", "read_item"),
    "text/xml": ("feed", "read_item"),
}
_FILES = frozenset({"application/pdf", DOCX, MAIL, OUTLOOK, XLSX})
_UNREAD = {
    "text/csv": Unreadable.TABLE,
    "application/msword": Unreadable.OLD_OFFICE,
    "application/rtf": Unreadable.RICH_TEXT,
    "application/zip": Unreadable.ZIP,
    **dict.fromkeys(("image/png", "image/jpeg", "image/gif"), Unreadable.PICTURE),
}

# Everything is read in a process that is ended when it takes too long or too much memory (`ingest.apart`): parsers of markup need
# quadratic time for tags with very many attributes and for very deep nesting, far below any size cap, packed files tell by nothing of
# their outside what is in them, and nobody knows the input that keeps the next parser busy.
_TASKS = {"application/pdf": "pdf", XLSX: "workbook"}


def read(content: bytes, media_type: str, name: str, select: str | None = None, drop: tuple[str, ...] = ()) -> Extracted:
    """Read one report. A pure function of its arguments; `select` and `drop` may also stand in the media type (`ingest.text.media`).

    Raises `UnreadableDocument` with a sentence naming `name`: too large, empty, damaged, protected, scanned, no report.
    """
    media = MediaType.parse(media_type)
    if select is not None:
        media = media.with_params(select=select)
    if drop:
        media = media.with_params(drop=", ".join(drop))
    largest = _LARGEST_FILE if media.essence in _FILES else _LARGEST_TEXT
    if len(content) > largest:
        size = f"{len(content) / _MEGABYTE:,.1f}"
        raise UnreadableDocument(say(Unreadable.LARGE_FILE, name=name, size=size, most=largest // _MEGABYTE))
    if not content.strip(b"\xef\xbb\xbf\r\n\t "):
        raise UnreadableDocument(say(Unreadable.EMPTY, name=name))
    extracted = Extracted(**ask(_TASKS.get(media.essence, "text"), content, name=name, media_type=str(media)))
    if not extracted.text:
        raise UnreadableDocument(say(Unreadable.NO_TEXT, name=name))
    return extracted


def read_here(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read in this process, however long it takes: what the process does that can be ended."""
    if "record" in media.params:
        of_record: Extracted = _module("record").read(content, media, name)
        return of_record
    if media.essence not in _READERS:
        cause = _UNREAD.get(media.essence, Unreadable.OTHER_TYPE)
        raise UnreadableDocument(say(cause, name=name, type=media.essence or "unknown"))
    module, function = _READERS[media.essence]
    extracted: Extracted = getattr(_module(module), function)(content, media, name)
    return extracted


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"ingest.text.{name}")


def read_feed(content: bytes, media_type: str, name: str, address: str = "") -> Feed:
    """Read a feed into its entries, completing relative links with `address`. Raises `UnreadableDocument` when it is none."""
    answer = ask("feed", content, name=name, media_type=media_type, address=address)
    return Feed(**{**answer, "items": tuple(FeedItem(**item) for item in answer["items"])})


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook that people see and that hold a table. Raises `UnreadableDocument` where it is damaged, locked or too large.

    The text of each is what `read` gives for the workbook's bytes and a media type with `sheet`.
    """
    return tuple(Sheet(**sheet) for sheet in ask("sheets", content, name=name))


def read_cards(content: bytes, media_type: str, name: str, entry: str, fields: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], ...]:
    """What a page shows in each element that `entry` selects (`ingest.text.cards`). Raises `UnreadableDocument` as `read` does."""
    return tuple(ask("cards", content, name=name, media_type=media_type, entry=entry, fields=dict(fields)))


def read_page_row(content: bytes, media_type: str, name: str) -> dict[str, str]:
    """What a page says field by field, as the media type tells where (`ingest.text.record`)."""
    row: dict[str, str] = ask("row", content, name=name, media_type=media_type)
    return row


def read_feed_item(item: FeedItem, media_type: str, name: str) -> Extracted:
    """The text of one entry of a feed already read: what `read` gives for the feed's bytes and a media type with `item`."""
    told = {**asdict(item), "markup": ""}
    return Extracted(**ask("entry", item.markup.encode("utf-8", "surrogatepass"), name=name, media_type=media_type, item=told))


def read_json(content: bytes, name: str, *, exact: bool = False) -> Any:
    """A JSON answer parsed (`ingest.text.json_answer.load_json`). Raises `UnreadableDocument`."""
    return ask("json", content, name=name, exact=exact)


def read_listed(content: Pieces, name: str, field: str, value: str) -> str:
    """Those items of a JSON list, however long, whose `field` says the value or nothing, each as it is written, joined by commas.

    Raises `UnreadableDocument` where it is no list or breaks off.
    """
    return str(ask("listed", content, name=name, field=field, value=value))


def read_answer(content: bytes, media_type: str, name: str) -> Any:
    """An answer as what holds its records (`ingest.text.record.taken_apart`). Raises `UnreadableDocument`."""
    return ask("answer", content, name=name, media_type=media_type)


def read_delimited(content: bytes, name: str) -> Delimited:
    """A table in delimited text, taken apart (`ingest.text.delimited.taken_apart`). Raises `UnreadableDocument`."""
    text, rows = ask("table", content, name=name)
    return Delimited(
        text, tuple(Record(line, start, end, tuple(Cell(*one) for one in cells), flaw) for line, start, end, cells, flaw in rows)
    )


def read_toml(content: bytes, name: str) -> dict[str, Any]:
    """The tables of a TOML file. Raises `UnreadableDocument` where it is none."""
    tables: dict[str, Any] = ask("toml", content, name=name)
    return tables


def read_json_field(value: str, title: str, media_type: str) -> Extracted:
    """The text of one field of a JSON answer already parsed: what `read` gives for the answer's bytes and a media type with `at`."""
    name = f"“{title}”"
    extracted = Extracted(**ask("field", value.encode("utf-8", "surrogatepass"), name=name, media_type=media_type, title=title))
    if not extracted.text:
        raise UnreadableDocument(say(Unreadable.NO_TEXT, name=name))
    return extracted


def pick(content: bytes, media_type: str, name: str, selector: str) -> str:
    """The words of the first element of a page that a CSS selector finds, on one line; empty where there is none."""
    return str(ask("pick", content, name=name, media_type=media_type, selector=selector))
