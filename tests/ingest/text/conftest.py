"""Small files of each kind, made on the spot."""

import io
import zlib
from collections.abc import Callable

import docx
import pytest


def _pdf(streams: list[bytes], extra: str = "", attached: bytes = b"") -> bytes:
    """A PDF with one page per content stream, Helvetica as /F1, a picture as /Im, and a file attached where one is given."""
    pixels = zlib.compress(b"\x80" * 100)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(streams)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    head = b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    objects.append(head + b" /Length %d >>\nstream\n" % len(pixels) + pixels + b"\nendstream")
    for number, stream in enumerate(streams):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R "
        objects.append((page + "/Resources << /Font << /F1 3 0 R >> /XObject << /Im 4 0 R >> >> >>").encode())
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    if attached:
        deflated = zlib.compress(attached)
        head = b"<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>" % len(deflated)
        objects.append(head + b"\nstream\n" + deflated + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """Builds a PDF; a page is a list of lines, or None for a page that is only a picture."""

    def make(*pages: list[str] | None, attached: bytes = b"") -> bytes:
        streams = []
        for page in pages:
            if page is None:
                streams.append(b"q 500 0 0 700 50 50 cm /Im Do Q")
            else:
                text = " ".join("({}) Tj T*".format(line.replace("(", r"\(").replace(")", r"\)")) for line in page)
                streams.append(f"BT /F1 12 Tf 14 TL 50 750 Td {text} ET".encode("latin-1"))
        return _pdf(streams, attached=attached)

    return make


@pytest.fixture
def pdf_of() -> Callable[..., bytes]:
    """Builds a PDF of pages given as what is drawn on them."""
    return lambda *streams: _pdf(list(streams))


@pytest.fixture
def make_docx() -> Callable[[Callable[[docx.document.Document], None]], bytes]:
    """Builds a Word file by a function that fills it."""

    def make(fill: Callable[[docx.document.Document], None]) -> bytes:
        word = docx.Document()
        fill(word)
        buffer = io.BytesIO()
        word.save(buffer)
        return buffer.getvalue()

    return make
