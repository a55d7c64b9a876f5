"""Media types with the parameters that make a reading repeatable, and what kind of file some bytes are.

A document's text is a pure function of its archived bytes and its media type, so whatever the reading depended on is
written into the type: `text/html; charset=utf-8; select="div.entry-content"; drop="aside, figure"`. The parameters are

- `charset`: the encoding the server declared;
- `select`, `drop`: CSS selectors of the part that is the report, and of what inside it is not;
- `drop-line`, `drop-tail`: regular expressions of whole lines left out, anywhere or at the end;
- `headline`: `none` where the page's title is not that of the selected part, which is one of many on it;
- `item`: which entry of a feed; `at`, `as`, `title`: where in a JSON answer the text is, of what type, and its title;
- `record`, `fields`: which record of a table, JSON answer or page the text is, and which of its fields it says; `delimiter`, `skip`,
  `parts` and `pairs` say how a table or page is taken apart (`ingest.text.record`);
- `sheet`: which sheet of a workbook the table is; `way`: the hash under which the archive keeps how the columns of a table were read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from ingest.apart import ask
from ingest.errors import UnreadableDocument

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL, OUTLOOK = "message/rfc822", "application/vnd.ms-outlook"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = frozenset({"text/csv", XLSX})
"""Types of files whose rows are figures, not sentences."""

_PARAMETER = re.compile(r';\s*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))')
_BARE = re.compile(r"[\w.+/-]+")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|table)[\s>]", re.IGNORECASE)
_XML_ROOTS = ((b"<rss", "application/rss+xml"), (b"<rdf:rdf", "application/rdf+xml"), (b"<feed", "application/atom+xml"))
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PART_OF_MESSAGE = "__substg1.0_".encode("utf-16-le")
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (_OLD_OFFICE, "application/msword"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
)
_EXTENSIONS = {
    ".csv": "text/csv",
    ".eml": MAIL,
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".rss": "application/rss+xml",
    ".tsv": "text/csv",
    ".xhtml": "text/html",
    ".xml": "application/xml",
}
_SNIFFED = 4096


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type such as `text/html`, and its parameters by name. Empty parameters are left out when it is written."""

    essence: str
    params: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, written: str) -> "MediaType":
        """Read a media type as `str()` writes it, or as a server declares it."""
        essence, _, _ = written.partition(";")
        params = {
            name.lower(): re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
            for name, quoted, bare in _PARAMETER.findall(written[len(essence) :])
        }
        return cls(essence.strip().lower(), params)

    def __str__(self) -> str:
        written = [self.essence]
        for name, value in self.params.items():
            if value:
                escaped = value.replace("\\", "\\\\").replace('"', '\\"')
                written.append(f"{name}={value}" if _BARE.fullmatch(value) else f'{name}="{escaped}"')
        return "; ".join(written)

    def with_params(self, **params: str) -> "MediaType":
        """The type with these parameters set; `drop_line` names the parameter `drop-line`."""
        return MediaType(self.essence, {**self.params, **{name.replace("_", "-"): value for name, value in params.items()}})


def media_type_of(name: str, content: bytes) -> str:
    """What kind of file the bytes are: by what they begin with, and by the name's extension only where that says nothing."""
    start = content[:_SNIFFED].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if start.startswith(b"PK\x03\x04"):
        return _zip_kind(content, PurePath(name).suffix.lower())
    if start.startswith(_OLD_OFFICE) and _PART_OF_MESSAGE in content:
        return OUTLOOK
    signed = next((media_type for magic, media_type in _MAGIC if start.startswith(magic)), "") or _feed_kind(start.lower())
    known = signed or _EXTENSIONS.get(PurePath(name).suffix.lower(), "")
    if known:
        return known
    if b"\x00" in start and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "application/octet-stream"
    return "text/html" if start.startswith(b"<") and _HTML.search(start) else "text/plain"


def _feed_kind(lowered: bytes) -> str:
    """The type of a feed by its root element, if only a prolog (declaration, comments, doctype) stands before it."""
    for root, media_type in _XML_ROOTS:
        before, found, _ = lowered.partition(root)
        if found and not re.sub(rb"<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>", b"", before, flags=re.DOTALL).strip():
            return media_type
    return ""


def _zip_kind(content: bytes, suffix: str) -> str:
    """What a zip holds; of one that is damaged, or hostile, what its name says, so that its reader can say what is wrong."""
    try:
        kind: str = ask("zip kind", content, name="The zip")
    except UnreadableDocument:
        kind = ""
    return kind or {".docx": DOCX, ".xlsx": XLSX}.get(suffix, "application/zip")
