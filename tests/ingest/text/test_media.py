"""Media types and what kind of file some bytes are."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableDocument
from ingest.model.failures import heard
from ingest.model.unreadable import Phrase
from ingest.text import MediaType, file_type_of, media_type_of
from ingest.text.media import DOCX, XLSX


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,9}", fullmatch=True), st.text(st.characters(codec="utf-8"), min_size=1), max_size=4))
def test_a_media_type_reads_back_as_it_was_written(params: dict[str, str]) -> None:
    """Whatever a selector, pattern or guid holds, it survives being written into a media type."""
    media = MediaType("text/html", params)
    assert MediaType.parse(str(media)) == media


def test_a_declared_type_is_understood() -> None:
    """Case, spaces and quotes of a server's declaration do not matter."""
    media = MediaType.parse('Text/HTML ; Charset="windows-1256"')
    assert (media.essence, media.params) == ("text/html", {"charset": "windows-1256"})


def test_empty_parameters_are_not_written() -> None:
    """A reading without selectors has a plain media type."""
    assert str(MediaType("text/html").with_params(select="", drop_line="x")) == "text/html; drop-line=x"


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("report", b"%PDF-1.7\n...", "application/pdf"),
        ("report.txt", b"%PDF-1.7\n...", "application/pdf"),
        ("report.docx", _zip("word/document.xml"), DOCX),
        ("table.bin", _zip("xl/workbook.xml"), XLSX),
        ("reports", _zip("a.txt"), "application/zip"),
        ("broken.zip", b"PK\x03\x04 nothing more", "application/zip"),
        ("broken.xlsx", b"PK\x03\x04 nothing more", XLSX),
        ("broken.docx", b"PK\x03\x04 nothing more", DOCX),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", "application/msword"),
        ("scan.pdf", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("page", b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "text/html"),
        ("fragment", b"<div class='x'>text</div>", "text/html"),
        ("page.htm", b"text with no tag at its start <p>", "text/html"),
        ("feed.xml", b"<?xml version='1.0'?>\n<!-- made by x -->\n<rss version='2.0'>", "application/rss+xml"),
        ("feed", b"<feed xmlns='http://www.w3.org/2005/Atom'>", "application/atom+xml"),
        ("feed", b"<rdf:RDF xmlns:rdf='x'>", "application/rdf+xml"),
        ("figures.csv", b"metric,value\nkilled,4\n", "text/csv"),
        ("report.txt", b"Four people were killed.", "text/plain"),
        ("report.txt", "قتل أربعة".encode("utf-16"), "text/plain"),
        ("report", b"\x00\x01\x02\x03", "application/octet-stream"),
    ],
)
def test_what_a_file_is(name: str, content: bytes, expected: str) -> None:
    """The bytes decide, and the extension only where they say nothing."""
    assert media_type_of(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("figures.xlsx", b"metric,value\nkilled,4\n", "named as an Excel workbook, but it holds text"),
        ("report.pdf", b"Four people were killed.", "named as a PDF, but it holds text"),
        ("report.docx", b"<!DOCTYPE html><html><p>Four</p></html>", "named as a Word document, but it holds a web page"),
        ("report.docx", _zip("xl/workbook.xml"), "named as a Word document, but it holds an Excel workbook"),
        ("old.xls", b"killed\t4\n", "named as an old Office file, but it holds text"),
        ("mail.msg", b"From: a@example.org\n\nFour.", "named as an Outlook message, but it holds text"),
        ("report.txt", b"%PDF-1.7\n...", "named as text, but it holds a PDF"),
        ("figures.csv", _zip("xl/workbook.xml"), "named as text, but it holds an Excel workbook"),
        ("figures.csv", b"metric,value\x00\x00\x01", "named as text, but it holds binary data"),
        ("report.txt", bytes(range(1, 32)) * 20, "named as text, but it holds binary data"),
        ("page.html", b"<p>\x00\x01\x02</p>", "named as text, but it holds binary data"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes, said: str) -> None:
    """The sentence names the file, what it is named as, what it is, and what to do."""
    with pytest.raises(UnreadableDocument) as told:
        file_type_of(name, content)
    assert str(told.value).startswith(f"{name} is {said}") and "save it again" in str(told.value)
    (one,) = heard(str(told.value))
    assert one.values["name"] == name and {one.values["promised"], one.values["found"]} <= {*Phrase}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"%PDF-1.7\n..."),
        ("scan.pdf", b"\xff\xd8\xff\xe0"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest"),
        ("report", b"%PDF-1.7\n..."),
        ("report.TXT", "قتل أربعة".encode("utf-16")),
        ("report.txt", "قُتل أربعة".encode("cp1256")),
        ("page.txt", b"<!DOCTYPE html><html>"),
        ("broken.xlsx", b"PK\x03\x04 nothing more"),
        ("empty.pdf", b""),
    ],
)
def test_other_files_are_what_their_bytes_are(name: str, content: bytes) -> None:
    """Whatever no name contradicts, or its reader has a sentence of its own for."""
    assert file_type_of(name, content) == media_type_of(name, content)
