"""Word files: paragraphs, list items and tables in the order of the document."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.errors import UnreadableDocument
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.plain import first_line
from ingest.text.whitespace import flatten, tidy

_UNPACKED = 300_000_000  # bytes; a report with many pictures stays far below
_PACKED_PARTS = 10_000


def read(content: bytes, _media: MediaType, name: str) -> Extracted:
    """Read a DOCX; table rows become lines with cells joined by ` | `. Raises `UnreadableDocument` when it is damaged or a bomb."""
    _refuse_bomb(content, name)
    try:
        word = docx.Document(io.BytesIO(content))
        text = tidy("\n".join(_lines(word)))
        properties = word.core_properties
        title = flatten(properties.title or "")
    except Exception as error:  # python-docx fails on damaged files with whatever it stumbles over
        raise UnreadableDocument(
            f"{name} is damaged or is not the Word file it claims to be ({type(error).__name__}); save it again."
        ) from error
    if not text:
        raise UnreadableDocument(f"{name} has no text, perhaps only pictures; add the report as text or run it through OCR.")
    return Extracted(title=title or first_line(text), text=text)


def _refuse_bomb(content: bytes, name: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(f"{name} is damaged or is not the Word file it claims to be; save it again.") from error
    if len(parts) > _PACKED_PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise UnreadableDocument(
            f"{name} unpacks to more than {_UNPACKED // 1_000_000} MB, so it was not opened; save it again without pictures."
        )


def _lines(word: WordDocument) -> Iterator[str]:
    for block in word.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield from _rows(block)


def _paragraph(paragraph: Paragraph) -> str:
    text = paragraph.text.strip()
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    properties = paragraph._p.pPr
    listed = style.startswith("List") or (properties is not None and properties.numPr is not None)
    return f"• {text}" if text and listed else text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell is listed once per column it covers
                seen.add(id(cell._tc))
                cells.append(flatten(cell.text))
        yield " | ".join(cells).rstrip(" |")
