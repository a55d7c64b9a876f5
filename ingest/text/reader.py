"""From bytes and media type to clean text: the one door to every reader."""

import importlib
from collections.abc import Mapping
from dataclasses import asdict
from types import ModuleType
from typing import Any

from ingest.errors import UnreadableDocument
from ingest.text.bounded import ask, moment_from, read_bounded
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
_MARKUP = frozenset(_READERS) - _FILES - {"text/plain", "text/markdown"}
_ADVICE = {
    "text/csv": "is a table; import it with the columns of the tidy dataset, or add the report it came from",
    "application/msword": "is in an old Office format; save it as DOCX, PDF or text",
    "application/rtf": "is in Rich Text Format; save it as DOCX, PDF or text",
    "application/zip": "is a zip archive that no reader opens here; unpack it first",
    "image/png": "is a picture; run it through OCR and add the text",
    "image/jpeg": "is a picture; run it through OCR and add the text",
    "image/gif": "is a picture; run it through OCR and add the text",
}

# Parsers of markup need quadratic time for tags with very many attributes and for very deep nesting, far below any size cap, and
# packed files tell by nothing of their outside what is in them. So both are read in a worker process that is ended when it takes
# too long or too much memory. Plain text, tables and records are not: reading them takes time by their size alone.
_MARKUP_SECONDS = 20.0
_PDF_SECONDS = 240.0  # a report of a thousand pages takes about two minutes
_WORKBOOK_SECONDS = 60.0  # a hundred thousand rows take about two seconds
_LONGER = {"application/pdf": _PDF_SECONDS, XLSX: _WORKBOOK_SECONDS}
_APART = _MARKUP | _FILES


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
        size = f"{len(content) / _MEGABYTE:,.1f} MB"
        raise UnreadableDocument(
            f"{name} is {size}, more than the {largest // _MEGABYTE} MB that are read; split it or add only the report."
        )
    if not content.strip(b"\xef\xbb\xbf\r\n\t "):
        raise UnreadableDocument(f"{name} is empty; check where it came from.")
    if media.essence in _APART:
        extracted = read_bounded(content, str(media), name, seconds=_LONGER.get(media.essence, _MARKUP_SECONDS))
    else:
        extracted = read_here(content, media, name)
    if not extracted.text:
        raise UnreadableDocument(f"{name} has no text that can be read; open it to see what it holds.")
    return extracted


def read_here(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read in this process, however long it takes."""
    if "record" in media.params:
        of_record: Extracted = _module("record").read(content, media, name)
        return of_record
    if media.essence not in _READERS:
        advice = _ADVICE.get(
            media.essence, f"is of the type {media.essence or 'unknown'}, which cannot be read; save it as text, PDF, DOCX or HTML"
        )
        raise UnreadableDocument(f"{name} {advice}.")
    module, function = _READERS[media.essence]
    extracted: Extracted = getattr(_module(module), function)(content, media, name)
    return extracted


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"ingest.text.{name}")


def read_feed(content: bytes, media_type: str, name: str, address: str = "") -> Feed:
    """Read a feed into its entries, completing relative links with `address`. Raises `UnreadableDocument` when it is none."""
    request = {"task": "feed", "media_type": media_type, "name": name, "address": address}
    answer = ask(content, request, seconds=_MARKUP_SECONDS)
    items = tuple(FeedItem(**{**item, "published": moment_from(item["published"])}) for item in answer["items"])
    return Feed(**{**answer, "items": items})


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook that people see and that hold a table. Raises `UnreadableDocument` where it is damaged, locked or too large.

    The text of each is what `read` gives for the workbook's bytes and a media type with `sheet`.
    """
    answer = ask(content, {"task": "sheets", "media_type": XLSX, "name": name}, seconds=_WORKBOOK_SECONDS)
    return tuple(Sheet(**sheet) for sheet in answer["sheets"])


def read_cards(content: bytes, media_type: str, name: str, entry: str, fields: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], ...]:
    """What a page shows in each element that `entry` selects (`ingest.text.cards`). Raises `UnreadableDocument` as `read` does."""
    request = {"task": "cards", "media_type": media_type, "name": name, "entry": entry, "fields": dict(fields)}
    return tuple(ask(content, request, seconds=_MARKUP_SECONDS)["cards"])


def read_page_row(content: bytes, media_type: str, name: str) -> dict[str, str]:
    """What a page says field by field, as the media type tells where (`ingest.text.record`)."""
    row: dict[str, str] = ask(content, {"task": "row", "media_type": media_type, "name": name}, seconds=_MARKUP_SECONDS)["row"]
    return row


def read_feed_item(item: FeedItem, media_type: str, name: str) -> Extracted:
    """The text of one entry of a feed already read: what `read` gives for the feed's bytes and a media type with `item`."""
    told = {**asdict(item), "markup": "", "published": item.published and item.published.isoformat()}
    return _extracted(item.markup.encode("utf-8", "surrogatepass"), {"task": "entry", "media_type": media_type, "name": name, "item": told})


def read_json_field(value: str, title: str, media_type: str) -> Extracted:
    """The text of one field of a JSON answer already parsed: what `read` gives for the answer's bytes and a media type with `at`."""
    name = f"“{title}”"
    request = {"task": "field", "media_type": media_type, "name": name, "title": title}
    extracted = _extracted(value.encode("utf-8", "surrogatepass"), request)
    if not extracted.text:
        raise UnreadableDocument(f"{name} has no text that can be read; open it to see what it holds.")
    return extracted


def pick(content: bytes, media_type: str, name: str, selector: str) -> str:
    """The words of the first element of a page that a CSS selector finds, on one line; empty where there is none."""
    request = {"task": "pick", "media_type": media_type, "name": name, "selector": selector}
    return str(ask(content, request, seconds=_MARKUP_SECONDS)["words"])


def _extracted(content: bytes, request: dict[str, Any]) -> Extracted:
    """The text that the worker read."""
    answer = ask(content, request, seconds=_MARKUP_SECONDS)
    return Extracted(**{**answer, "published": moment_from(answer["published"])})
