"""Bytes to characters: byte order mark, UTF-8, what was declared, and only then a guess among encodings reports come in."""

import codecs

import charset_normalizer

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these names as the Windows pages that pages so declared are really written in (WHATWG Encoding Standard).
_REALLY = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_CANDIDATES = ["cp1256", "cp1252", "iso8859_6"]
_LOOKED_AT = 200_000
_TOLERATED = 0.02  # share of broken sequences among the non-ASCII characters of a text that is still UTF-8


def decode(content: bytes, declared: str = "", name: str = "The file") -> str:
    """The characters of a text. Raises `UnreadableDocument` when the bytes are no text at all."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content:
        raise UnreadableDocument(say(Unreadable.NOT_TEXT, name=name))
    # Text in a single-byte encoding is almost never valid UTF-8 by chance, so UTF-8 outranks a declaration.
    for encoding in ("utf-8", _REALLY.get(declared.lower(), declared)):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    repaired = content.decode("utf-8", errors="replace")
    outside = sum(1 for character in repaired if character > "\x7f")
    if repaired.count("\ufffd") <= outside * _TOLERATED:
        return repaired
    guess = charset_normalizer.from_bytes(content[:_LOOKED_AT], cp_isolation=_CANDIDATES).best()
    return content.decode(guess.encoding if guess else "cp1252", errors="replace")
