"""PDF and Word files."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import UnreadableDocument
from ingest.text import read
from ingest.text.media import DOCX

MakePdf = Callable[..., bytes]


def test_lines_that_only_the_page_broke_are_joined(make_pdf: MakePdf) -> None:
    """A printed line that ends no sentence goes on in the next, and a hyphen at its end closes up; lists stay lists."""
    page = [
        "Flash Update",
        "Some 4,500 people fled the invented district of Exampleton be-",
        "tween Friday and Sunday, of whom about 2,100 are staying with",
        "relatives. The others are in schools.",
        "1) Twelve schools are full.",
    ]
    text = read(make_pdf(page, ["Page two."]), "application/pdf", "update.pdf").text
    assert text.split("\n") == [
        "Flash Update",
        "Some 4,500 people fled the invented district of Exampleton between Friday and Sunday, of whom about 2,100 are staying with "
        "relatives. The others are in schools.",
        "1) Twelve schools are full.",
        "",
        "Page two.",
    ]


def test_arabic_pages_read_in_order_with_their_digits(examples: Path) -> None:
    """Letters drawn from right to left come back in the order they are read, and 14 does not become 41 in either script."""
    extracted = read((examples / "local" / "arabic-and-english.pdf").read_bytes(), "application/pdf", "a.pdf")
    assert extracted.text.split("\n") == [
        "تقرير مصطنع",
        "قتل ١٤ مدنيا وأصيب 37 آخرون في قصف على بلدة نموذجية يوم الجمعة، وفق مصدر طبي مختلق.",
        "بلغ عدد النازحين ٢٬٥٠٠ شخص.",
        "",
        "Page two: 12 people were killed in Exampletown.",
    ]
    assert extracted.title == "تقرير مصطنع"


def test_a_scan_is_told_and_needs_ocr(make_pdf: MakePdf) -> None:
    """A PDF that is only pictures has no text, and the sentence says what to do."""
    with pytest.raises(UnreadableDocument, match=r"^scan\.pdf has no text: it is a scan, .*OCR"):
        read(make_pdf(None, None), "application/pdf", "scan.pdf")


def test_pages_that_are_pictures_are_named(make_pdf: MakePdf) -> None:
    """A report with a scanned annex is read, and says which pages were not."""
    assert read(make_pdf(["Text of page one."], None), "application/pdf", "a.pdf").header == {"pages_without_text": "2"}


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\ngarbage\n%%EOF", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_a_damaged_pdf_is_a_sentence(content: bytes) -> None:
    """Whatever is wrong inside, the file is named and nobody sees a traceback."""
    with pytest.raises(UnreadableDocument, match=r"^a\.pdf "):
        read(content, "application/pdf", "a.pdf")


def test_a_protected_pdf_is_a_sentence(make_pdf: MakePdf) -> None:
    """A password is named as the reason."""
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -60 /O (" + "o" * 32 + ") /U (" + "u" * 32 + ") >> /ID [(a) (a)] "
    locked = make_pdf(["Text."]).replace(b"/Root 1 0 R ", f"/Root 1 0 R {lock}".encode())
    with pytest.raises(UnreadableDocument, match=r"^a\.pdf is protected by a password; save a copy without one\.$"):
        read(locked, "application/pdf", "a.pdf")


def test_a_huge_pdf_is_refused() -> None:
    """PDFs may be larger than texts, and still not of any size."""
    with pytest.raises(UnreadableDocument, match="more than the 60 MB"):
        read(b"%PDF" + b"x" * 60_000_001, "application/pdf", "a.pdf")


def test_a_word_file_is_read_in_order(make_docx: Callable[..., bytes]) -> None:
    """Paragraphs, list items and tables come in the order of the document; a merged cell is read once."""

    def fill(word: Any) -> None:
        word.core_properties.title = "Situation in Exampleton"
        word.add_paragraph("Four people were killed.")
        table = word.add_table(rows=2, cols=3)
        for row, texts in zip(table.rows, (("Place", "Killed", "Injured"), ("Exampleton", "4", "7")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        wide = table.add_row().cells
        wide[0].merge(wide[1]).text = "Others"
        wide[2].text = "1"
        word.add_paragraph("two children", style="List Bullet")

    extracted = read(make_docx(fill), DOCX, "report.docx")

    assert extracted.title == "Situation in Exampleton"
    assert extracted.text.split("\n") == [
        "Four people were killed.",
        "Place | Killed | Injured",
        "Exampleton | 4 | 7",
        "Others | 1",
        "• two children",
    ]


def test_a_word_file_without_text_is_a_sentence(make_docx: Callable[..., bytes]) -> None:
    """A document of pictures or nothing says so."""
    with pytest.raises(UnreadableDocument, match=r"^report\.docx has no text"):
        read(make_docx(lambda _: None), DOCX, "report.docx")


@pytest.mark.parametrize("content", [b"PK\x03\x04 nothing", b"no zip at all"])
def test_a_damaged_word_file_is_a_sentence(content: bytes) -> None:
    """A file that only claims to be Word is told."""
    with pytest.raises(UnreadableDocument, match=r"^report\.docx is damaged"):
        read(content, DOCX, "report.docx")


def test_a_word_file_that_unpacks_without_end_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip bomb is recognised by what it claims to unpack to."""
    monkeypatch.setattr("ingest.text.docx._UNPACKED", 1_000_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 1_000_001)
    with pytest.raises(UnreadableDocument, match="unpacks to more than 1 MB"):
        read(buffer.getvalue(), DOCX, "bomb.docx")
