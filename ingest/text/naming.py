"""Whether a file is what its name says: one that is not would be read as something else, and give nothing without a word."""

from pathlib import PurePath
from typing import Final

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Phrase, Unreadable
from ingest.text.media import DOCX, MAIL, OUTLOOK, XLSX, media_type_of

_PDF, _OLD_OFFICE, _BINARY, _TEXT = "application/pdf", "application/msword", "application/octet-stream", "text/plain"
_CHARACTERS: Final = frozenset(
    {_TEXT, "text/html", "text/csv", "text/markdown", "application/json", "application/xml", MAIL}
    | {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
)
# What an ending promises; the endings of text promise any of the types that are made of characters.
_PROMISED: Final = {
    **{".pdf": _PDF, ".docx": DOCX, ".xlsx": XLSX, ".msg": OUTLOOK, ".doc": _OLD_OFFICE, ".xls": _OLD_OFFICE},
    **dict.fromkeys((".csv", ".eml", ".htm", ".html", ".json", ".md", ".rss", ".tsv", ".txt", ".xhtml", ".xml"), _TEXT),
}
_SAID: Final = {
    _PDF: Phrase.PDF,
    DOCX: Phrase.WORD,
    XLSX: Phrase.EXCEL,
    OUTLOOK: Phrase.OUTLOOK,
    MAIL: Phrase.MAIL,
    _OLD_OFFICE: Phrase.OLD_OFFICE,
    _BINARY: Phrase.BINARY,
    _TEXT: Phrase.TEXT,
    "text/html": Phrase.WEB_PAGE,
}
_ENDINGS: Final = {_PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", OUTLOOK: ".msg", "text/html": ".html"}
_SNIFFED, _MOST_CONTROLS = 4096, 0.05
_CONTROLS: Final = bytes({*range(32), 127} - {*b"\t\n\f\r\x1b"})


def file_type_of(name: str, content: bytes) -> str:
    """What kind of file the bytes are, as `media_type_of` tells. Raises `UnreadableDocument` where the name says another.

    Kinds that no reader opens (pictures, old Office files) are left to the reader's own sentence.
    """
    kind = media_type_of(name, content)
    promised = _PROMISED.get(PurePath(name).suffix.lower(), "")
    found = _BINARY if kind in _CHARACTERS and _is_binary(content) else kind
    if not promised or not content.strip() or found not in _SAID.keys() | _CHARACTERS or _kept(promised, found):
        return kind
    cause = Unreadable.MISNAMED if found in _ENDINGS else Unreadable.MISNAMED_TEXT if found in _CHARACTERS else Unreadable.MISNAMED_BINARY
    told = {"promised": _SAID[promised], "found": _SAID.get(found, _SAID[_TEXT]), "ending": _ENDINGS.get(found, "")}
    raise UnreadableDocument(say(cause, name=name, **told))


def _kept(promised: str, found: str) -> bool:
    return found in _CHARACTERS if promised == _TEXT else found in {promised, _OLD_OFFICE}


def _is_binary(content: bytes) -> bool:
    """Whether the bytes are no characters of any encoding: zeros without a mark of UTF-16 or UTF-32, or many control characters."""
    start = content[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    return b"\x00" in start or len(start) - len(start.translate(None, _CONTROLS)) > len(start) * _MOST_CONTROLS
