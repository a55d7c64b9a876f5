"""Word files: paragraphs, list items and tables in the order of the document."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.plain import first_line
from ingest.text.rows import Cell, Grid
from ingest.text.whitespace import flatten, tidy

_UNPACKED = 300_000_000  # bytes; a report with many pictures stays far below
_PACKED_PARTS = 10_000

_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_HOLDERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_WORDS, _BOX = qn("w:t"), qn("w:txbxContent")
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PROPERTIES, _STYLE, _NUMBERED, _LEVEL = qn("w:pPr"), qn("w:pStyle"), qn("w:numPr"), qn("w:ilvl")
_CELL_PROPERTIES, _SPAN, _MERGED, _VALUE = qn("w:tcPr"), qn("w:gridSpan"), qn("w:vMerge"), qn("w:val")
# Taken back, said twice for old programs, or read on its own: deleted text, the fallback of a drawing, text boxes, properties.
_GONE = frozenset({*map(qn, ("w:del", "w:moveFrom")), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_UNREAD = _GONE | {_BOX, _PROPERTIES, qn("w:rPr"), qn("w:footnoteReference"), qn("w:instrText")}
_UNREAD_HERE = _GONE | {_PROPERTIES}


def read(content: bytes, _media: MediaType, name: str) -> Extracted:
    """Read a DOCX; table rows become lines with cells joined by ` | `. Raises `UnreadableDocument` when it is damaged or a bomb."""
    _refuse_bomb(content, name)
    try:
        word = docx.Document(io.BytesIO(content))
        text = tidy("\n".join(_lines(word.element.body)))
        properties = word.core_properties
        title = flatten(properties.title or "")
    except Exception as error:  # python-docx fails on damaged files with whatever it stumbles over
        raise UnreadableDocument(say(Unreadable.DAMAGED_WORD, name=name, why=f" ({type(error).__name__})")) from error
    if not text:
        raise UnreadableDocument(say(Unreadable.ONLY_PICTURES, name=name))
    return Extracted(title=title or first_line(text), text=text)


def _refuse_bomb(content: bytes, name: str) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument(say(Unreadable.DAMAGED_WORD, name=name, why="")) from error
    if len(parts) > _PACKED_PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise UnreadableDocument(say(Unreadable.BOMB, name=name, most=_UNPACKED // 1_000_000))


def _lines(holder: Any) -> Iterator[str]:
    """The lines of whatever holds paragraphs and tables: the body, a cell, a text box, a content control."""
    for block in holder:
        if block.tag == _P:
            yield from _paragraph(block)
        elif block.tag == _TABLE:
            yield from _rows(block)
        elif block.tag in _HOLDERS:
            yield from _lines(block)


def _paragraph(paragraph: Any) -> Iterator[str]:
    """A paragraph as a line, an item of a list with its bullet, and the lines of the text boxes that hang on it."""
    text = "".join(_text(paragraph)).strip()
    bullet = _bullet(paragraph)
    yield f"{bullet}{text}" if text else ""
    for box in _within(paragraph, _BOX):
        yield from _lines(box)


def _text(element: Any) -> Iterator[str]:
    """The words of a paragraph as they stand now: what was inserted, not what was deleted."""
    for child in element:
        if child.tag == _WORDS:
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _UNREAD:
            yield from _text(child)


def _bullet(paragraph: Any) -> str:
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        return ""
    style = properties.find(_STYLE)
    named = re.fullmatch(r"List(?:Bullet|Number|Paragraph)?(\d?)", (style.get(_VALUE) or "") if style is not None else "")
    level = properties.find(f"{_NUMBERED}/{_LEVEL}")
    if properties.find(_NUMBERED) is None and (named is None or style.get(_VALUE) == "ListParagraph"):
        return ""
    deep = int(level.get(_VALUE) or 0) > 0 if level is not None else bool(named and named[1])
    return "◦ " if deep else "• "


def _rows(table: Any) -> Iterator[str]:
    """The rows of a table as lines; a row whose cells hold lists or tables gives the lines of its cells."""
    grid = Grid()
    for row in _within(table, _ROW):
        cells = list(_within(row, _CELL))
        read = [[line for line in _lines(cell) if line] for cell in cells]
        if any(_is_layout(cell, lines) for cell, lines in zip(cells, read, strict=True)):
            yield from (line for lines in read for line in lines)
        else:
            yield grid.line([_cell(cell, "\n".join(lines)) for cell, lines in zip(cells, read, strict=True)])


def _is_layout(cell: Any, lines: list[str]) -> bool:
    return any(line.startswith(("• ", "◦ ")) for line in lines) or next(_within(cell, _TABLE), None) is not None


def _cell(cell: Any, text: str) -> Cell:
    """A cell with the columns it covers; one that goes on with the cell above says the same."""
    properties = cell.find(_CELL_PROPERTIES)
    span = properties.find(_SPAN) if properties is not None else None
    merged = properties.find(_MERGED) if properties is not None else None
    columns = (span.get(_VALUE) or "") if span is not None else ""
    follows = merged is not None and merged.get(_VALUE) != "restart"
    return Cell(text, int(columns) if columns.isdigit() else 1, below=follows)


def _within(element: Any, tag: str) -> Iterator[Any]:
    """The nearest elements of a kind inside another, not those inside them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _UNREAD_HERE:
            yield from _within(child, tag)
