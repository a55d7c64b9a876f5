"""Whether passages stand in a file, also where they are packed or drawn in it: zips and documents that are zips, gzip, bzip2, xz, PDF with
its attachments, messages with theirs, one inside another.

Done in the process that can be ended (`ingest.apart`); of what is not looked into, such as pictures, it is said that it was not.
"""

import bz2
import contextlib
import email
import email.policy
import gzip
import html
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ingest.errors import UnreadableDocument
from ingest.text.media import DOCX, MediaType

# How files begin in whose bytes their words do not stand.
_CLOSED: Final = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",  # OLE2: DOC, XLS, MSG
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
)
_DEEPEST: Final = 4  # files within files
_LARGEST: Final = 500_000_000  # bytes unpacked of one
_MESSAGE: Final = re.compile(rb"(?im)^content-transfer-encoding:\s*(?:base64|quoted-printable)")
HEADERS: Final = 100_000
"""Bytes of a message in which it is told that parts of it are encoded."""
_TAG: Final = re.compile(r"<[^<>]*>")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    RuntimeError,  # a way of packing that is not known, or a password
    ValueError,
    LookupError,
)


@dataclass(slots=True)
class Look:
    """Looking for passages. `text_known` says that the text of the outermost file, if it is a PDF, was looked through elsewhere.

    `stands` is whether one was found, `unseen` whether anything was not looked into before that.
    """

    passages: tuple[str, ...]
    text_known: bool
    stands: bool = False
    unseen: bool = False

    def into(self, content: bytes, depth: int = 0) -> None:
        """Look into a file, and into what it holds, until a passage is found."""
        if self.stands:
            return
        opening = next((opening for start, opening in _OPENINGS.items() if content.startswith(start)), None)
        if opening is None and _is_message(content):
            opening = _of_message
        self.stands = stand_in(self.passages, content)
        if opening is None:
            self.unseen |= content.startswith(_CLOSED)
            return
        if depth >= _DEEPEST:
            self.unseen = True
            return
        try:
            for part in opening(self, content, depth):
                self.into(part, depth + 1)
                if self.stands:
                    return
        except (UnreadableDocument, *_BROKEN):
            self.unseen = True

    def drawn(self, content: bytes, media_type: str) -> Iterator[bytes]:
        """The text of a document as its reader reads it."""
        from ingest.text.reader import read_here  # noqa: PLC0415 -- readers of files are loaded where one is met

        read = read_here(content, MediaType.parse(media_type), "It")
        self.unseen |= "pages_without_text" in read.header
        yield read.text.encode()


def is_closed(start: bytes) -> bool:
    """Whether a file that begins like that is packed, drawn, or a message that may hold such files."""
    return start.startswith(_CLOSED) or _is_message(start)


def _is_message(start: bytes) -> bool:
    return not start.startswith(_CLOSED) and _MESSAGE.search(start, 0, HEADERS) is not None


def stand_in(passages: tuple[str, ...], content: bytes) -> bool:
    """Whether a passage stands in bytes: as UTF-8 or UTF-16, escaped as in HTML or JSON, or with tags of markup within."""
    if any(form in content for passage in passages for form in forms(passage)):
        return True
    text = content.decode("utf-8", "replace")
    if "<" in text or "&" in text:
        told = html.unescape(text)
        return _stand_in_text(passages, told) or _stand_in_text(passages, html.unescape(_TAG.sub("", text)))
    return _stand_in_text(passages, text)


def forms(passage: str) -> Iterator[bytes]:
    """How a passage stands in bytes where its white space is not broken."""
    yield passage.encode()
    yield passage.encode("utf-16-le")
    yield json.dumps(passage)[1:-1].encode()
    yield json.dumps(passage, ensure_ascii=False)[1:-1].encode()


def _stand_in_text(passages: tuple[str, ...], text: str) -> bool:
    plain = " ".join(text.split())
    return any(passage in plain for passage in passages)


def _of_zip(look: Look, content: bytes, _: int) -> Iterator[bytes]:
    opened = zipfile.ZipFile(io.BytesIO(content))
    left = _LARGEST
    for member in opened.infolist():
        if member.flag_bits & 1 or member.file_size > left:  # a password, or too large
            look.unseen = True
            continue
        with opened.open(member) as file:
            unpacked = file.read(left + 1)
        left -= len(unpacked)
        yield unpacked
    names = set(opened.namelist())
    if "word/document.xml" in names:
        yield from look.drawn(content, DOCX)  # rows of its tables
    elif "xl/workbook.xml" in names:
        from ingest.text.workbook import read_sheets  # noqa: PLC0415

        yield from (sheet.text.encode() for sheet in read_sheets(content, "It"))


def _of_stream(unpack: Callable[[io.BytesIO], io.BufferedIOBase]) -> Callable[[Look, bytes, int], Iterator[bytes]]:
    def opening(look: Look, content: bytes, _: int) -> Iterator[bytes]:
        with unpack(io.BytesIO(content)) as file:
            unpacked = file.read(_LARGEST)
            look.unseen |= bool(file.read(1))
            yield unpacked

    return opening


def _of_pdf(look: Look, content: bytes, depth: int) -> Iterator[bytes]:
    if b"EmbeddedFile" in content:
        yield from _attached(content)
    if not (look.text_known and depth == 0):
        yield from look.drawn(content, "application/pdf")


def _attached(content: bytes) -> Iterator[bytes]:
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415
    from pdfminer.pdftypes import PDFStream  # noqa: PLC0415
    from pdfminer.psexceptions import PSException  # noqa: PLC0415

    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)))
        for identity in {one for xref in document.xrefs for one in xref.get_objids()}:
            with contextlib.suppress(KeyError):
                found = document.getobj(identity)
                if isinstance(found, PDFStream) and "EmbeddedFile" in str(found.get("Type", "")):
                    yield found.get_data()
    except PSException as error:
        raise ValueError(str(error)) from error


def _of_message(_: Look, content: bytes, __: int) -> Iterator[bytes]:
    for part in email.message_from_bytes(content, policy=email.policy.default).walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            yield payload if isinstance(payload, bytes) else b""


_OPENINGS: Final = {
    b"PK\x03\x04": _of_zip,
    b"\x1f\x8b": _of_stream(lambda file: gzip.GzipFile(fileobj=file)),
    b"BZh": _of_stream(bz2.BZ2File),
    b"\xfd7zXZ": _of_stream(lzma.LZMAFile),
    b"%PDF": _of_pdf,
}
