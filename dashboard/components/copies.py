"""Words and names of archived copies: what kind of file one is, how large, and what it is called once it is downloaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dash.development.base_component import Component

from dashboard.components.elements import html
from dashboard.components.words import Words

_KILO, _MEGA = 1_000, 1_000_000
_NAMED_BY: Final = 16  # digits of the hash in the name of a file: as many as the evidence shows


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is called in words (`copy.kind.<word>`), and how its name ends."""

    word: str
    suffix: str


_OTHER: Final = FileKind("file", "bin")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_KINDS: Final[Mapping[str, FileKind]] = {
    "text/html": FileKind("page", "html"),
    "application/xhtml+xml": FileKind("page", "html"),
    "text/plain": FileKind("text", "txt"),
    "text/markdown": FileKind("text", "md"),
    "application/rtf": FileKind("text", "rtf"),
    "application/pdf": FileKind("pdf", "pdf"),
    "application/msword": FileKind("word", "doc"),
    f"{_OFFICE}.wordprocessingml.document": FileKind("word", "docx"),
    f"{_OFFICE}.spreadsheetml.sheet": FileKind("workbook", "xlsx"),
    "text/csv": FileKind("table", "csv"),
    "application/json": FileKind("records", "json"),
    "application/xml": FileKind("records", "xml"),
    "text/xml": FileKind("records", "xml"),
    "application/rss+xml": FileKind("feed", "xml"),
    "application/rdf+xml": FileKind("feed", "xml"),
    "application/atom+xml": FileKind("feed", "xml"),
    "message/rfc822": FileKind("mail", "eml"),
    "application/vnd.ms-outlook": FileKind("mail", "msg"),
    "image/png": FileKind("picture", "png"),
    "image/jpeg": FileKind("picture", "jpg"),
    "image/gif": FileKind("picture", "gif"),
    "application/zip": FileKind("zip", "zip"),
}
"""By media type without its parameters."""


def file_kind(media_type: str) -> FileKind:
    """The kind of a document's media type; a file of no kind in particular where the table has none."""
    return _KINDS.get(media_type.partition(";")[0].strip().lower(), _OTHER)


def file_name(sha256: str, media_type: str) -> str:
    """The name of a downloaded copy: ours in every character, nothing of what the source called it."""
    return f"crosscount-{sha256[:_NAMED_BY]}.{file_kind(media_type).suffix}"


def copy_link(media_type: str, size: int, href: str, words: Words) -> Component:
    """The way to a copy, which says what it is and how large."""
    kind = words(f"copy.kind.{file_kind(media_type).word}")
    return html.A(words("copy.link", kind=kind, size=_weight(size, words)), href=href)


def _weight(size: int, words: Words) -> str:
    """So many bytes in the units of file managers, a thousand to each; never less than 1 kB."""
    if size < _MEGA:
        return words("copy.kilobytes", size=max(1, round(size / _KILO)))
    return words("copy.megabytes", size=words.decimal(size / _MEGA))
