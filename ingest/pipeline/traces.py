"""Looking for words in the files of a data folder: what an erasure has to reach, and what of it is left."""

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.model.records import Document, Figure

_SHORTEST = 25  # characters from which a passage is told from another by chance
_LARGEST = 64_000_000  # bytes of a file that are also read as escaped or broken text; a larger one is looked through as it is
_PIECE = 1 << 24
# PDF, ZIP and what is one (DOCX, XLSX, XLSM), gzip, OLE2 (DOC, XLS, MSG), RAR, 7z, bzip2, xz, and pictures.
_CLOSED = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
)


@dataclass(frozen=True, slots=True)
class Words:
    """Passages of documents, each long enough to be theirs alone: title, sentences with numbers, and the longest line."""

    passages: tuple[str, ...]

    @classmethod
    def of(cls, documents: Iterable[tuple[Document, Sequence[Figure]]]) -> "Words":
        """The passages of documents with their figures."""
        found: list[str] = []
        for document, figures in documents:
            longest = max(document.text.splitlines(), key=len, default="")
            found += [document.title, longest, *(figure.quote for figure in figures)]
        whole = (" ".join(passage.split()) for passage in found)
        return cls(tuple(dict.fromkeys(passage for passage in whole if len(passage) >= _SHORTEST)))

    def stand_in(self, text: str) -> bool:
        """Whether any of them stands in a text, however its white space is broken."""
        plain = " ".join(text.split())
        return any(passage in plain for passage in self.passages)

    def stand_in_file(self, path: Path) -> bool:
        """Whether any of them stands in a file: as UTF-8, or escaped as in HTML or JSON. Packed and drawn text is not seen."""
        if not self.passages:
            return False
        if path.stat().st_size > _LARGEST:
            return self._stand_in_pieces(path)
        content = path.read_bytes()
        if any(form in content for form in self._forms()):
            return True
        text = content.decode("utf-8", "replace")
        return self.stand_in(html.unescape(text)) if "<" in text or "&" in text else self.stand_in(text)

    def _forms(self) -> Iterator[bytes]:
        for passage in self.passages:
            yield passage.encode()
            yield json.dumps(passage)[1:-1].encode()
            yield json.dumps(passage, ensure_ascii=False)[1:-1].encode()

    def _stand_in_pieces(self, path: Path) -> bool:
        forms, before = tuple(self._forms()), b""
        overlap = max(map(len, forms))
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                if any(form in before + piece for form in forms):
                    return True
                before = piece[-overlap:]
        return False


def is_closed(path: Path) -> bool:
    """Whether a file is packed or drawn, so that its words do not stand in its bytes."""
    with path.open("rb") as file:
        return file.read(max(map(len, _CLOSED))).startswith(_CLOSED)


def files_with(words: Words, files: Iterable[Path]) -> Iterator[Path]:
    """Those of the files in which any of the words stand."""
    return (path for path in files if path.is_file() and words.stand_in_file(path))
