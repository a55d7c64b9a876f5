"""PDF and Word files."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap

from ingest.errors import UnreadableDocument
from ingest.model.failures import heard
from ingest.model.unreadable import Unreadable
from ingest.text import read
from ingest.text.media import DOCX, MediaType
from ingest.text.pdf import spoken
from ingest.text.reader import read_here

MakePdf = Callable[..., bytes]


def drawn(*texts: tuple[int, int, str], lines: str = "") -> bytes:
    """The content of a page: ten-point texts at (x, y) from its foot, and lines."""
    told = " ".join("BT /F1 10 Tf {} {} Td ({}) Tj ET".format(x, y, text.replace("(", r"\(").replace(")", r"\)")) for x, y, text in texts)
    return f"{lines} {told}".encode("latin-1")


ROWS = (("Place", "Killed", "Injured"), ("Stonebridge", "4", "7"), ("Harrowdale", "12", "31"), ("Total", "16", "38"))
RULES = " ".join(
    [f"50 {614 - 20 * n} m 410 {614 - 20 * n} l S" for n in range(5)] + [f"{50 + 120 * n} 614 m {50 + 120 * n} 534 l S" for n in range(4)]
)
LEFT = (
    "Some 4,500 people fled the district of",
    "Exampleton on Friday, of whom 2,100 are",
    "staying with relatives near the river.",
    "The others are in schools and halls",
    "that were opened for them, and in tents",
)
RIGHT = (
    "of an older camp, the invented mayor said.",
    "Seven people were killed on the road,",
    "among them two children of one family,",
    "and twelve others were hurt on a bridge",
    "to the north of the town.",
)


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


def test_an_arabic_table_begins_on_the_right() -> None:
    """The rows of a table drawn from right to left are read from their label on, digits of both kinds in order."""
    content = Path(__file__).with_name("arabic-table.pdf").read_bytes()
    assert read(content, "application/pdf", "a.pdf").text.split("\n") == [
        "حصيلة القصف حسب المحافظة",
        "المحافظة | القتلى | الجرحى",
        "الأولى | 14 | ٣٧",
        "الثانية | 2 | 1,234",
        "المجموع | 16 | 1,271",
        "نزحت 120 عائلة من بلدة نموذجية يوم الجمعة.",
    ]


def test_a_scan_is_told_and_needs_ocr(make_pdf: MakePdf) -> None:
    """A PDF that is only pictures has no text, and the sentence says what to do."""
    with pytest.raises(UnreadableDocument, match=r"^scan\.pdf has no text: it is a scan, .*OCR"):
        read(make_pdf(None, None), "application/pdf", "scan.pdf")


def test_pages_that_are_pictures_are_named(make_pdf: MakePdf) -> None:
    """A report with a scanned annex is read, and says which pages were not."""
    assert read(make_pdf(["Text of page one."], None), "application/pdf", "a.pdf").header == {"pages_without_text": "2"}


@pytest.mark.parametrize("lines", ["", RULES])
def test_a_drawn_table_is_read_by_rows(pdf_of: Callable[..., bytes], lines: str) -> None:
    """With lines around its cells or without, each row is a line with its cells in their columns."""
    cells = [(60 + 120 * column, 600 - 20 * row, text) for row, texts in enumerate(ROWS) for column, text in enumerate(texts)]
    page = drawn((50, 700, "Casualties, in the first week of June:"), *cells, (50, 480, "Four families fled."), lines=lines)
    assert read(pdf_of(page), "application/pdf", "a.pdf").text.split("\n") == [
        "Casualties, in the first week of June:",
        *(" | ".join(row) for row in ROWS),
        "Four families fled.",
    ]


def test_empty_cells_of_a_drawn_table_keep_their_place(pdf_of: Callable[..., bytes]) -> None:
    """A number stays under its head where the cell before it is empty."""
    cells = [(60, 600, "Place"), (180, 600, "Killed"), (300, 600, "Injured"), (60, 580, "Stonebridge"), (300, 580, "7")]
    more = [(60, 560, "Harrowdale"), (180, 560, "12")]
    assert read(pdf_of(drawn(*cells, *more)), "application/pdf", "a.pdf").text.split("\n") == [
        "Place | Killed | Injured",
        "Stonebridge | | 7",
        "Harrowdale | 12",
    ]


@pytest.mark.parametrize("shift", [0, 6])
def test_two_columns_are_read_one_after_the_other(pdf_of: Callable[..., bytes], shift: int) -> None:
    """Lines beside one another are not run together, whether they stand at one height or not; a sentence goes on in the next column."""
    columns = [(50, 700 - 14 * at, line) for at, line in enumerate(LEFT)]
    columns += [(320, 700 - shift - 14 * at, line) for at, line in enumerate(RIGHT)]
    page = drawn((50, 740, "A headline that stands over both columns of this page of an invented report"), *columns)
    text = read(pdf_of(page), "application/pdf", "a.pdf").text
    assert "of whom 2,100 are staying with relatives near the river." in text
    assert "that were opened for them, and in tents of an older camp, the invented mayor said." in text
    assert "among them two children of one family, and twelve others were hurt on a bridge to the north of the town." in text


def test_headers_and_footers_are_read_once(pdf_of: Callable[..., bytes]) -> None:
    """What stands at the edge of every page is read on the first, page numbers nowhere, and the pages' own lines always."""

    def page(number: int) -> bytes:
        own = [(50, 700, f"In place {number} a wall fell."), (50, 640, f"{number} families fled place {number}.")]
        edges = [(50, 770, "Exampleton update: 12 killed"), (50, 30, f"Exampleton, sheet {number + 7}"), (300, 15, f"Page {number} of 4")]
        return drawn(*own, *edges)

    text = read(pdf_of(*(page(number) for number in (1, 2, 3, 4))), "application/pdf", "a.pdf").text
    assert text.count("12 killed") == 1
    assert "Page" not in text
    assert text.count("sheet") == 2  # only on the third page is it sure that it counts the pages
    for number in (1, 2, 3, 4):
        assert f"In place {number} a wall fell." in text
        assert f"{number} families fled place {number}." in text


def test_what_goes_on_over_the_end_of_a_page_is_not_parted(pdf_of: Callable[..., bytes]) -> None:
    """A sentence is closed up, and a table that repeats its head on the next page is one table."""
    sentence = (50, 100, "Some of those who left their houses on Friday night say that the people")
    rows = [[(60 + 120 * column, 600 - 20 * row, text) for column, text in enumerate(texts)] for row, texts in enumerate(ROWS)]
    first = drawn((50, 700, "By place:"), *rows[0], *rows[1], sentence)
    assert (
        "that the people who were hurt are twelve."
        in read(pdf_of(first, drawn((50, 700, "who were hurt are twelve."))), "application/pdf", "a.pdf").text
    )
    pages = (drawn(*rows[0], *rows[1]), drawn(*rows[0], *rows[2], *rows[3]))
    assert read(pdf_of(*pages), "application/pdf", "a.pdf").text.split("\n") == [" | ".join(row) for row in ROWS]


def test_a_scan_with_a_stamp_needs_ocr_too(pdf_of: Callable[..., bytes]) -> None:
    """A page that is a picture but for a line below it is named, and the line is kept."""
    scan = b"q 560 0 0 760 20 40 cm /Im Do Q " + drawn((50, 20, "Scanned copy"))
    logo = b"q 60 0 0 60 20 700 cm /Im Do Q " + drawn((50, 600, "Four families fled."))
    extracted = read(pdf_of(scan, logo), "application/pdf", "a.pdf")
    assert extracted.header == {"pages_without_text": "1"}
    assert extracted.text == "Scanned copy\n\nFour families fled."


def test_letters_and_spaces_of_print_become_plain() -> None:
    """Ligatures come apart, a soft hyphen at the end of a line shows, and the space that groups thousands keeps a number one."""
    assert spoken("o\ufb03cials were dis\u00ad") == "officials were dis-"
    assert spoken("12\u202f500 of\u00a0them") == "12\u202f500 of them"


def test_a_pdf_that_unpacks_without_end_is_ended(
    pdf_of: Callable[..., bytes], within: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of a billion drawing commands in a small file costs seconds and a sentence; the next file is read as ever."""
    within("pdf", 2.0)
    packed = zlib.compress(b"BT (x) Tj ET\n" * 8_000_000)
    plain = pdf_of(packed)
    bomb = plain.replace(b"<< /Length %d >>" % len(packed), b"<< /Filter /FlateDecode /Length %d >>" % len(packed))
    assert bomb != plain
    with pytest.raises(UnreadableDocument, match=r"^bomb\.pdf could not be read within 2 seconds"):
        read(bomb, "application/pdf", "bomb.pdf")
    monkeypatch.undo()
    assert read(pdf_of(drawn((50, 700, "Four families fled."))), "application/pdf", "a.pdf").text == "Four families fled."


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.4\ngarbage\n%%EOF", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_a_damaged_pdf_is_a_sentence(content: bytes) -> None:
    """Whatever is wrong inside, the file is named and nobody sees a traceback."""
    with pytest.raises(UnreadableDocument, match=r"^a\.pdf ") as refused:
        read(content, "application/pdf", "a.pdf")
    assert [one.failure for one in heard(str(refused.value))] in ([Unreadable.DAMAGED_PDF], [Unreadable.SCAN])


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
        "Others | | 1",
        "• two children",
    ]


def test_a_word_files_tables_keep_their_columns(make_docx: Callable[..., bytes]) -> None:
    """A label over several rows is said in each, a head over two columns leaves the second empty, lists in cells stay lists."""

    def fill(word: Any) -> None:
        table = word.add_table(rows=4, cols=3)
        rows = (("Province", "Killed", ""), ("Province", "All", "Children"), ("Northmark", "4", "1"), ("", "5", "2"))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Killed"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Province"
        table.cell(2, 0).merge(table.cell(3, 0)).text = "Northmark"
        updates = word.add_table(rows=1, cols=2)
        updates.cell(0, 0).text = "Southmark"
        updates.cell(0, 1).paragraphs[0].text = "Overnight:"
        updates.cell(0, 1).add_paragraph("two killed", style="List Bullet")
        updates.cell(0, 1).add_paragraph("one of them a child", style="List Bullet 2")

    assert read(make_docx(fill), DOCX, "report.docx").text.split("\n") == [
        "Province | Killed",
        "Province | All | Children",
        "Northmark | 4 | 1",
        "Northmark | 5 | 2",
        "Southmark",
        "Overnight:",
        "• two killed",
        "◦ one of them a child",
    ]


def test_a_word_file_is_read_as_it_stands_now(make_docx: Callable[..., bytes]) -> None:
    """Tracked insertions, content controls and text boxes are read; deletions and what is there twice for old programs are not."""
    run = "<w:r xmlns:w='{w}'><w:t>{text}</w:t></w:r>"
    box = (
        "<w:r xmlns:w='{w}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:AlternateContent>"
        "<mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def xml(template: str, text: str) -> Any:
        return parse_xml(template.replace("{w}", nsmap["w"]).replace("{text}", text))

    def fill(word: Any) -> None:
        paragraph = word.add_paragraph("Some ")
        for tag, text in (("w:del", "nine "), ("w:ins", "ten ")):
            change = OxmlElement(tag)
            change.append(xml(run.replace("w:t>", "w:delText>") if tag == "w:del" else run, text))
            paragraph._p.append(change)
        paragraph.add_run("people fled.")
        paragraph._p.append(xml(box, "Highlights: 12 killed"))
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(content)
        content.append(word.add_paragraph("In a control.")._p)
        word.element.body.insert(1, control)

    assert read(make_docx(fill), DOCX, "report.docx").text.split("\n") == [
        "Some ten people fled.",
        "Highlights: 12 killed",
        "In a control.",
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
        read_here(buffer.getvalue(), MediaType.parse(DOCX), "bomb.docx")
