"""What is done with texts in the process that can be ended (`ingest.apart.tasks`); modules are loaded when a text first needs them."""

import io
import tomllib
import zipfile
from dataclasses import asdict
from typing import Any

from ingest.apart import Sent
from ingest.apart.sent import Told
from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text.extracted import Extracted, FeedItem
from ingest.text.media import DOCX, XLSX, MediaType


def text(sent: Sent, told: Told) -> dict[str, Any]:
    """A report as text."""
    from ingest.text.reader import read_here  # noqa: PLC0415

    return _told(read_here(sent.whole(), _media(told), told["name"]))


def feed(sent: Sent, told: Told) -> dict[str, Any]:
    """A feed with its entries."""
    from ingest.text.feed import read_feed  # noqa: PLC0415

    return asdict(read_feed(sent.whole(), _media(told), told["name"], told["address"]))


def entry(sent: Sent, told: Told) -> dict[str, Any]:
    """The text of one entry, whose markup was sent."""
    from ingest.text.feed import item_text  # noqa: PLC0415

    return _told(item_text(FeedItem(**{**told["item"], "markup": _characters(sent)}), _media(told), told["name"]))


def field(sent: Sent, told: Told) -> dict[str, Any]:
    """The text of one field of an answer, which was sent."""
    from ingest.text.json_answer import field_text  # noqa: PLC0415

    return _told(field_text(_characters(sent), told["title"], _media(told), told["name"]))


def cards(sent: Sent, told: Told) -> list[dict[str, str]]:
    """What a page shows many times."""
    from ingest.text.cards import read_cards  # noqa: PLC0415

    return list(read_cards(sent.whole(), _media(told), told["name"], told["entry"], told["fields"]))


def row(sent: Sent, told: Told) -> dict[str, str]:
    """What a page says field by field."""
    from ingest.text.record import page_row  # noqa: PLC0415

    return page_row(sent.whole(), _media(told), told["name"])


def pick(sent: Sent, told: Told) -> str:
    """The words of one element."""
    from ingest.text import html  # noqa: PLC0415

    return html.pick(sent.whole(), _media(told), told["name"], told["selector"])


def json(sent: Sent, told: Told) -> Any:
    """A JSON answer."""
    from ingest.text.json_answer import load_json  # noqa: PLC0415

    return load_json(sent.whole(), told["name"], exact=told["exact"])


def listed(sent: Sent, told: Told) -> str:
    """Those items of a long list whose `field` says `value`, or nothing, as they are written."""
    from ingest.text.json_answer import listed_in  # noqa: PLC0415

    field, value = told["field"], told["value"]
    return ",\n".join(
        written
        for written, item in listed_in(io.BufferedReader(sent), told["name"])
        if not (said := item.get(field) if isinstance(item, dict) else None) or said == value
    )


def answer(sent: Sent, told: Told) -> Any:
    """An answer as what holds its records."""
    from ingest.text.record import taken_apart  # noqa: PLC0415

    return taken_apart(sent.whole(), _media(told), told["name"])


def table(sent: Sent, told: Told) -> tuple[str, list[tuple[Any, ...]]]:
    """The text of a delimited table, and its rows."""
    from ingest.text.delimited import taken_apart  # noqa: PLC0415

    taken = taken_apart(sent.whole(), told["name"])
    rows = [(one.line, one.start, one.end, [(cell.value, cell.start, cell.end) for cell in one.cells], one.flaw) for one in taken.records]
    return taken.text, rows


def toml(sent: Sent, told: Told) -> dict[str, Any]:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(sent.whole().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableDocument(say(Unreadable.NO_TOML, name=told["name"], answer=error)) from error


def sheets(sent: Sent, told: Told) -> list[dict[str, str]]:
    """The tables of a workbook."""
    from ingest.text.workbook import read_sheets  # noqa: PLC0415

    return [asdict(sheet) for sheet in read_sheets(sent.whole(), told["name"])]


def packed(sent: Sent, told: Told) -> tuple[bool, bool]:
    """Whether passages stand in a file or in what it holds, and whether some of that was not looked into."""
    from ingest.text.packed import Look  # noqa: PLC0415

    look = Look(tuple(told["passages"]), told["text_known"])
    look.into(sent.whole())
    return look.stands, look.unseen


def zip_kind(sent: Sent, _: Told) -> str:
    """What a zip holds; empty where it is damaged."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(sent.whole())).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else "application/zip"


def _media(told: Told) -> MediaType:
    return MediaType.parse(told["media_type"])


def _characters(sent: Sent) -> str:
    return sent.whole().decode("utf-8", "surrogatepass")


def _told(read: Extracted) -> dict[str, Any]:
    return {**asdict(read), "header": dict(read.header)}
