"""The texts that archived bytes give now; an answer that holds many records is taken apart once for all that follow one another."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ingest.fetch.archive import Archive
from ingest.model.records import Document
from ingest.store.tidy import CSV
from ingest.text import TABLES, MediaType, read_answer
from ingest.text import read as text_of
from ingest.text.delimited import text_of_table
from ingest.text.record import said_in

_ANSWERS = 2  # that are held; documents are asked for in the order of their bytes
_OF_ONE = ("record", "fields")  # what differs between the records of an answer
_PAGE = "text/html"  # of which one is one record, and some are built to keep a parser busy


@dataclass(slots=True)
class ArchivedTexts:
    """Ask for documents of the same bytes one after the other: each answer is read, hashed and parsed when its first is asked for."""

    archive: Archive
    _answer: Callable[[str, str], Any] = field(init=False)

    def __post_init__(self) -> None:
        """Hold the last answers."""
        self._answer = lru_cache(_ANSWERS)(self._opened)

    def of(self, document: Document) -> str:
        """The text of a document. Raises `StoreError` where its bytes are missing or damaged, `UnreadableDocument`."""
        name, media = document.url or document.title, MediaType.parse(document.media_type)
        if "record" in media.params and media.essence != _PAGE:
            of_all = MediaType(media.essence, {key: value for key, value in media.params.items() if key not in _OF_ONE})
            return said_in(self._answer(document.archive_sha256, str(of_all)), media, name).text
        content = self.archive.get(document.archive_sha256)
        if media.essence == CSV and is_table(media):
            return text_of_table(content, name)
        return text_of(content, document.media_type, name).text

    def _opened(self, sha256: str, media_type: str) -> Any:
        return read_answer(self.archive.get(sha256), media_type, f"The answer {sha256}")


def is_table(media: MediaType) -> bool:
    """Whether a document is a table of figures, whose text is made of its rows."""
    return media.essence in TABLES and "record" not in media.params
