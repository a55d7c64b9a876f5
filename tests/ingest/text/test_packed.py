"""Words are found wherever they are packed in a file, and what cannot be looked into is never taken for free of them."""

import base64
import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable

import docx
import pytest

from ingest.text.packed import Look, is_closed
from tests.ingest.workbooks import workbook

SENTENCE = "Seventeen people were killed near the old mill, said the miller of Northvale."
PAGE = b"<html><body><p>Seventeen people were killed near the <b>old mill</b>, said the miller\nof Northvale.</p></body></html>"
OTHER = b"<html><body><p>Four people were hurt at the new bridge.</p></body></html>"
PICTURE = b"\x89PNG\r\n\x1a\n and what follows"
MakePdf = Callable[..., bytes]
MakeDocx = Callable[[Callable[[docx.document.Document], None]], bytes]


def zipped(**members: bytes) -> bytes:
    """A zip of these members, deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return buffer.getvalue()


def message(attachment: bytes) -> bytes:
    """An e-mail with an attachment."""
    head = b"Subject: news\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=BB\n\n"
    head += b"--BB\nContent-Type: text/plain\n\nAttached.\n--BB\n"
    coded = base64.encodebytes(attachment)
    return head + b"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n" + coded + b"\n--BB--\n"


def look(content: bytes, *, text_known: bool = False) -> tuple[bool, bool]:
    """Whether the sentence stands in a file, and whether some of it was not seen."""
    looked = Look((SENTENCE,), text_known)
    looked.into(content)
    return looked.stands, looked.unseen


@pytest.mark.parametrize(
    "packed",
    [
        zipped(page=PAGE),
        zipped(other=OTHER, inner=zipped(deeper=gzip.compress(PAGE))),
        gzip.compress(PAGE),
        bz2.compress(PAGE),
        lzma.compress(PAGE),
        message(PAGE),
        message(zipped(page=PAGE)),
        workbook({"Seen": [["Place", "Dead"], ["Northvale", 4]], "Notes": [["Note"], [SENTENCE]]}, hidden=["Notes"]),
        zipped(picture=PICTURE, page=SENTENCE.encode("utf-16-le")),
    ],
    ids=["zip", "zip in zip", "gzip", "bzip2", "xz", "mail", "zip in mail", "hidden sheet", "other letters"],
)
def test_words_are_found_inside(packed: bytes) -> None:
    """Also where tags, lines and other files are around them."""
    assert is_closed(packed) and look(packed)[0]


def test_words_are_found_in_documents(make_docx: MakeDocx, make_pdf: MakePdf) -> None:
    """In runs of a Word file, on the page of a PDF, and in what is attached to one, whose own text need not be drawn again."""

    def fill(word: docx.document.Document) -> None:
        paragraph = word.add_paragraph(SENTENCE[:20])
        paragraph.add_run(SENTENCE[20:]).bold = True

    assert look(make_docx(fill))[0]
    drawn = make_pdf(["Seventeen people were killed near the", "old mill, said the miller of Northvale."])
    assert look(drawn) == (True, False) and look(drawn, text_known=True) == (False, False)
    attached = make_pdf(["Four people were hurt."], attached=zipped(page=PAGE))
    assert look(attached, text_known=True) == (True, False)
    assert look(zipped(report=drawn), text_known=True) == (True, False)


def test_what_is_looked_into_and_holds_no_words_is_free_of_them(make_pdf: MakePdf) -> None:
    """Nothing of it is unseen."""
    for content in (zipped(page=OTHER), message(OTHER), gzip.compress(OTHER), make_pdf(["Four people were hurt."]), OTHER):
        assert look(content) == (False, False)


def test_what_is_not_looked_into_is_unseen(make_pdf: MakePdf) -> None:
    """Pictures, scans, damaged files, what is packed by programs nobody here unpacks, and files too deep within files."""
    deep = PAGE
    for _ in range(6):
        deep = zipped(inner=deep)
    rest = (
        PICTURE,
        zipped(page=OTHER, picture=PICTURE),
        b"Rar!\x1a\x07 and more",
        b"PK\x03\x04 and no zip",
        deep,
        gzip.compress(OTHER)[:30],
    )
    for content in (*rest, make_pdf(None, ["Four people were hurt."])):
        assert is_closed(content) and look(content) == (False, True)
