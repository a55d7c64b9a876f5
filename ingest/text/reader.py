"""From bytes and media type to clean text: the one door to every reader."""

import importlib
import re
from collections.abc import Mapping
from types import ModuleType

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

# Parsers need quadratic time for tags with very many attributes and for very deep nesting, far below any size cap. Markup that
# shows either is read in a worker process that is ended when it takes too long; a false alarm costs only the detour.
_MARKUP_SECONDS = 20.0
_PDF_SECONDS = 240.0  # a report of a thousand pages takes about two minutes
_WORKBOOK_SECONDS = 60.0  # a hundred thousand rows take about two seconds
# Read apart always: their parts are packed, so that nothing of their outside tells what is in them.
_APART = {"application/pdf": _PDF_SECONDS, MAIL: _MARKUP_SECONDS, OUTLOOK: _MARKUP_SECONDS, XLSX: _WORKBOOK_SECONDS}
_SUSPECT_SIZE = 3 * _MEGABYTE
_SUSPECT_TAG = 20_000
_SUSPECT_ATTRIBUTES = 300
_SUSPECT_DEPTH = 400
_TAG = re.compile(rb"<(/?)([a-zA-Z][\w:-]*)")
_LEAVES = frozenset(b"br img hr meta link input p li source wbr col td tr th".split())


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
        extracted = read_bounded(content, str(media), name, seconds=_APART[media.essence])
    elif (media.essence in _MARKUP and suspect(content)) or (media.essence == DOCX and _module("docx").is_large(content)):
        extracted = read_bounded(content, str(media), name, seconds=_MARKUP_SECONDS)
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
    if not suspect(content):
        feed: Feed = _module("feed").read_feed(content, MediaType.parse(media_type), name, address)
        return feed
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
    """What a page shows in each element that `entry` selects (`ingest.text.cards`). Raises `UnreadableDocument` for a hostile page."""
    if suspect(content):
        raise UnreadableDocument(f"{name} is built in a way that keeps a reader busy; it was left alone.")
    cards: tuple[dict[str, str], ...] = _module("cards").read_cards(content, MediaType.parse(media_type), name, entry, fields)
    return cards


def read_feed_item(item: FeedItem, content: bytes, media_type: str, name: str) -> Extracted:
    """The text of one entry of a feed already read: what `read` gives for the feed's bytes and a media type with `item`."""
    if suspect(item.markup.encode("utf-8")):
        return read(content, media_type, name)
    extracted: Extracted = _module("feed").item_text(item, MediaType.parse(media_type), name)
    return extracted


def read_json_field(value: str, title: str, content: bytes, media_type: str) -> Extracted:
    """The text of one field of a JSON answer already parsed: what `read` gives for the answer's bytes and a media type with `at`."""
    name = f"“{title}”"
    if suspect(value.encode("utf-8")):
        return read(content, media_type, name)
    extracted: Extracted = _module("json_answer").field_text(value, title, MediaType.parse(media_type), name)
    if not extracted.text:
        raise UnreadableDocument(f"{name} has no text that can be read; open it to see what it holds.")
    return extracted


def pick(content: bytes, media_type: str, name: str, selector: str) -> str:
    """The words of the first element of a page that a CSS selector finds, on one line; empty where there is none."""
    return "" if suspect(content) else str(_module("html").pick(content, MediaType.parse(media_type), name, selector))


def suspect(content: bytes) -> bool:
    """Whether markup may be built to keep a parser busy: very large, one tag with hundreds of attributes, or very deep."""
    if len(content) > _SUSPECT_SIZE:
        return True
    for piece in content.split(b">"):
        if len(piece) > _SUSPECT_TAG and len(piece.split(None, _SUSPECT_ATTRIBUTES)) > _SUSPECT_ATTRIBUTES:
            return True
    depth = 0
    for closing, tag in _TAG.findall(content):
        if tag.lower() not in _LEAVES:
            depth += -1 if closing else 1
            if depth > _SUSPECT_DEPTH:
                return True
    return False
