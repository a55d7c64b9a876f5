"""Looking for words in the files of a data folder: what an erasure has to reach, and what of it is left."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ingest.apart import ask
from ingest.errors import UnreadableDocument
from ingest.model.records import Document, Figure
from ingest.text import packed

_SHORTEST = 25  # characters from which a passage is told from another by chance
_LARGEST = 64_000_000  # bytes of a file that are also read as escaped or broken text; a larger one is looked through as it is
_LARGEST_PACKED = 500_000_000  # bytes of a packed file that is looked into
_PIECE = 1 << 24


class Seen(Enum):
    """What looking into a packed file showed."""

    STANDS = "the words stand in it"
    NOT_THERE = "they do not"
    NOT_WHOLLY = "not all of it could be looked into"


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
        """Whether any of them stands in the bytes of a file, as `packed.stand_in` says."""
        if not self.passages:
            return False
        if path.stat().st_size > _LARGEST:
            return self._stand_in_pieces(path)
        return packed.stand_in(self.passages, path.read_bytes())

    def look_into(self, path: Path, *, text_known: bool = False) -> Seen:
        """Look into a packed or drawn file; `text_known` where the text of the file itself need not be drawn again."""
        if not self.passages or path.stat().st_size > _LARGEST_PACKED:
            return Seen.NOT_WHOLLY if self.passages else Seen.NOT_THERE
        try:
            stands, unseen = ask("packed", path.read_bytes(), name=path.name, passages=self.passages, text_known=text_known)
        except UnreadableDocument:
            return Seen.NOT_WHOLLY
        return Seen.STANDS if stands else Seen.NOT_WHOLLY if unseen else Seen.NOT_THERE

    def _stand_in_pieces(self, path: Path) -> bool:
        forms, before = tuple(form for passage in self.passages for form in packed.forms(passage)), b""
        overlap = max(map(len, forms))
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                if any(form in before + piece for form in forms):
                    return True
                before = piece[-overlap:]
        return False


def is_closed(path: Path) -> bool:
    """Whether a file is packed or drawn, so that its words do not stand in its bytes, or a message that may hold such files."""
    with path.open("rb") as file:
        return packed.is_closed(file.read(packed.HEADERS))


def files_with(words: Words, files: Iterable[Path]) -> Iterator[Path]:
    """Those of the files in which any of the words stand."""
    return (path for path in files if path.is_file() and words.stand_in_file(path))
