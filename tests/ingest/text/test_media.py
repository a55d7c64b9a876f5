"""Media types and what kind of file some bytes are."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import MediaType, media_type_of
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
