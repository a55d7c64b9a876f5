"""PDF files: the words of each page in reading order, Arabic lines turned back from the order they are drawn in.

Figures read from a PDF deserve a second look: the layout decides what stands on a line.
"""

import io
import logging
import re
import unicodedata
from typing import Any

import pdfplumber
from bidi.algorithm import get_display
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ingest.errors import UnreadableDocument
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.page_lines import Block, blocks_of
from ingest.text.plain import first_line
from ingest.text.rows import BAR
from ingest.text.whitespace import flatten, goes_on, join_page_lines, tidy

_MOST_PAGES = 1500
_STAMP, _MOST_OF_PAGE = 120, 0.6  # letters beside a scan, and the share of a page that a scan covers
_EDGE, _REMEMBERED = 2, 2  # lines at the top and the foot of a page; pages back, for left and right pages differ
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:(?:page|صفحة|الصفحة)\s*)?[-–—|]?\s*\d{1,4}\s*(?:(?:/|of|من)\s*\d{1,4}\s*)?[-–—|]?", re.IGNORECASE)
_HYPHEN_AT_END = re.compile("\u00ad\\s*$")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z]")
_FILE_NAME = re.compile(r"\.(?:html?|docx?|indd|odt|pdf|pptx?|xlsx?|rtf|txt)$|^(?:Microsoft Word|untitled)", re.IGNORECASE)
# Ligatures and Arabic presentation forms; other compatibility characters (½, ², ™) keep their meaning.
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")


def read(content: bytes, _media: MediaType, name: str) -> Extracted:
    """Read a PDF. Pages that are pictures are named in the header as `pages_without_text`.

    Raises `UnreadableDocument` for a PDF that is protected, damaged, or has no text at all.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings about fonts say nothing to a reader of reports
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            _refuse_many(len(pdf.pages), name)
            title = _stated_title(pdf.metadata.get("Title"))
            pages: list[list[Block]] = []
            pictures: list[int] = []
            for number, page in enumerate(pdf.pages, start=1):
                pages.append(blocks_of(page, spoken))
                if _is_picture(page, pages[-1]):
                    pictures.append(number)
                page.close()
    except PdfminerException as error:
        raise UnreadableDocument(_cause(name, error)) from error
    except UnreadableDocument:
        raise
    except Exception as error:  # pdfminer fails on damaged files with whatever it stumbles over
        raise UnreadableDocument(say(Unreadable.DAMAGED_PDF, name=name, why=f" ({type(error).__name__})")) from error
    text = tidy(_joined([_page_lines(blocks) for blocks in without_repeats(pages)]))
    if not text:
        raise UnreadableDocument(say(Unreadable.SCAN, name=name))
    header = {"pages_without_text": ", ".join(map(str, pictures))} if pictures else {}
    return Extracted(title=title or first_line(text), text=text, header=header)


def _refuse_many(pages: int, name: str) -> None:
    if pages > _MOST_PAGES:
        raise UnreadableDocument(say(Unreadable.MANY_PAGES, name=name, pages=f"{pages:,}", most=f"{_MOST_PAGES:,}"))


def _stated_title(value: object) -> str:
    """The title of the file's properties, unless a program put the name of a file there."""
    title = flatten(value) if isinstance(value, str) else ""
    return "" if _FILE_NAME.search(title) else title


def _cause(name: str, error: PdfminerException) -> str:
    if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
        return say(Unreadable.LOCKED_PDF, name=name)
    return say(Unreadable.DAMAGED_PDF, name=name, why="")


def _is_picture(page: Any, blocks: list[Block]) -> bool:
    """Whether a page is a picture: nothing else, or one over most of the page beside a stamp or a page number."""
    letters = sum(len(line) for block in blocks for line in block)
    area = max((abs((image["x1"] - image["x0"]) * (image["bottom"] - image["top"])) for image in page.images), default=0.0)
    return bool(page.images) and (letters == 0 or (letters < _STAMP and area > _MOST_OF_PAGE * page.width * page.height))


def without_repeats(pages: list[list[Block]]) -> list[list[Block]]:
    """The pages without page numbers, and without the headers and footers that an earlier page had at the same edge.

    A line counts as the same when it is, or when one number in it grew with the pages. Rows of tables stay.
    """
    kept: list[list[Block]] = []
    before: list[list[str]] = []
    for blocks in pages:
        lines = [(at, line) for at, block in enumerate(blocks) for line in block]
        edges = {*range(min(_EDGE, len(lines))), *range(max(len(lines) - _EDGE, 0), len(lines))}
        shown = [lines[at][1] for at in sorted(edges) if BAR not in lines[at][1]]
        gone = {at for at in edges if BAR not in lines[at][1] and _is_repeat(lines[at][1], before)}
        kept.append([[line for at, (of, line) in enumerate(lines) if of == block and at not in gone] for block in range(len(blocks))])
        before = [shown, *before[: _REMEMBERED - 1]]
    return kept


def _is_repeat(line: str, before: list[list[str]]) -> bool:
    """Whether a line at the edge of a page only numbers it, or stood at an edge one or two pages before; sentences stay."""
    if _PAGE_NUMBER.fullmatch(line):
        return True
    if line.endswith("."):
        return False
    if any(line in shown for shown in before):
        return True
    return len(before) == _REMEMBERED and all(
        any(_grown(other, line) == back for other in shown) for back, shown in enumerate(before, start=1)
    )


def _grown(other: str, line: str) -> int:
    """By how much the only number that differs between two lines grew; 0 where more than that differs."""
    old, new = _DIGITS.findall(other), _DIGITS.findall(line)
    if len(old) != len(new) or _DIGITS.sub("#", other) != _DIGITS.sub("#", line):
        return 0
    grown = [int(b) - int(a) for a, b in zip(old, new, strict=True) if a != b]
    return grown[0] if len(grown) == 1 else 0


def _page_lines(blocks: list[Block]) -> list[str]:
    """The lines of a page, text joined where only the page broke it, rows as they are."""
    return [line for block in blocks for line in (block if any(BAR in one for one in block) else join_page_lines(block))]


def _joined(pages: list[list[str]]) -> str:
    """The pages one after the other; a table or a sentence that goes on over the end of a page is not parted by it."""
    text: list[str] = []
    head = ""
    for number, lines in enumerate(pages):
        rest = lines
        if text and lines and BAR in lines[0] and BAR in text[-1] and lines[0].count(BAR) == text[-1].count(BAR):
            rest = lines[1:] if lines[0] == head else lines
        elif text and lines and lines[0][:1].islower() and goes_on(text[-1]):
            text[-1] = f"{text[-1]} {lines[0]}"
            rest = lines[1:]
        elif number:
            text.append("")
        for line in rest:
            head = line if BAR in line and not (text and BAR in text[-1]) else head
            text.append(line)
    return "\n".join(text)


def spoken(drawn: str) -> str:
    """A drawn line in the order it is read, a soft hyphen at its end shown."""
    return flatten(logical(_HYPHEN_AT_END.sub("-", drawn)))


def logical(line: str) -> str:
    """A drawn line in the order it is read. Lines are drawn left to right, so Arabic letters come reversed; digits do not."""
    if len(_ARABIC.findall(line)) > len(_LATIN.findall(line)):
        line = str(get_display(line, base_dir="R"))
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), line)
