"""PDF files: the words of each page in reading order, Arabic lines turned back from the order they are drawn in.

Figures read from a PDF deserve a second look: the layout decides what stands on a line.
"""

import io
import logging
import re
import unicodedata

import pdfplumber
from bidi.algorithm import get_display
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ingest.errors import UnreadableDocument
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.plain import first_line
from ingest.text.whitespace import flatten, join_page_lines, tidy

_MOST_PAGES = 1500
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
            texts: list[str] = []
            pictures: list[int] = []
            for number, page in enumerate(pdf.pages, start=1):
                text = page_text(page.extract_text() or "")
                if not text and page.images:
                    pictures.append(number)
                texts.append(text)
                page.close()
    except PdfminerException as error:
        raise UnreadableDocument(_cause(name, error)) from error
    except UnreadableDocument:
        raise
    except Exception as error:  # pdfminer fails on damaged files with whatever it stumbles over
        raise UnreadableDocument(f"{name} is damaged or is not the PDF it claims to be ({type(error).__name__}); save it again.") from error
    text = tidy("\n\n".join(texts))
    if not text:
        raise UnreadableDocument(f"{name} has no text: it is a scan, or pictures of pages; run it through OCR and add the result.")
    header = {"pages_without_text": ", ".join(map(str, pictures))} if pictures else {}
    return Extracted(title=title or first_line(text), text=text, header=header)


def _refuse_many(pages: int, name: str) -> None:
    if pages > _MOST_PAGES:
        raise UnreadableDocument(f"{name} has {pages:,} pages, more than the {_MOST_PAGES:,} that are read; split it.")


def _stated_title(value: object) -> str:
    """The title of the file's properties, unless a program put the name of a file there."""
    title = flatten(value) if isinstance(value, str) else ""
    return "" if _FILE_NAME.search(title) else title


def _cause(name: str, error: PdfminerException) -> str:
    if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
        return f"{name} is protected by a password; save a copy without one."
    return f"{name} is damaged or is not the PDF it claims to be; save it again."


def page_text(drawn: str) -> str:
    """The text of one page as it is read: Arabic lines in logical order, lines joined where only the page broke them."""
    lines = [flatten(logical(line)) for line in drawn.split("\n")]
    # Vowel signs are drawn above their letters and may come as a line of their own.
    return "\n".join(join_page_lines([line for line in lines if any(not unicodedata.category(c).startswith("M") for c in line)]))


def logical(line: str) -> str:
    """A drawn line in the order it is read. Lines are drawn left to right, so Arabic letters come reversed; digits do not."""
    if len(_ARABIC.findall(line)) > len(_LATIN.findall(line)):
        line = str(get_display(line, base_dir="R"))
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), line)
