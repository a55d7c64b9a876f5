"""Text files: a header of `key: value` lines ended by a line `---`, where there is one, and the report below it."""

import re
from itertools import pairwise

from ingest.text.decode import decode
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.rows import BAR
from ingest.text.whitespace import tidy, unwrap

_KEY = re.compile(r"([A-Za-z][A-Za-z _-]{1,30}):(?:\s+(.*))?$")
_LONGEST_HEADER = 40
_TITLE_LENGTH = 200

# Markdown as ReliefWeb and note takers write it; the words stay, the marks go.
_MARKDOWN = (
    (re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE), "• "),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])"), r"\1"),  # not the asterisks inside a masked word
    (re.compile(r"^[ ]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!-])"), r"\1"),
)


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read a text file. Its title is the header's, or its first line."""
    text = tidy(with_bars(decode(content, media.params.get("charset", ""), name)))
    header, body = split_header(text)
    body = unwrap(tidy(body))
    return Extracted(title=header.get("title") or first_line(body), text=body, header=header)


def with_bars(text: str) -> str:
    """The text with the cells of tables pasted from a worksheet held apart as in every other table.

    Lines are such rows where two or more follow one another with the same number of tabs between words.
    """
    lines = text.splitlines()
    tabs = [line.strip("\r\n ").count("\t") for line in lines]
    inner = ["\t" in line.strip() for line in lines]
    alike = [one == other > 0 and (here or there) for (one, here), (other, there) in pairwise(zip(tabs, inner, strict=True))]
    between = [before or after for before, after in zip([False, *alike], [*alike, False], strict=True)]
    rows = [BAR.join(cell.strip() for cell in line.strip("\r\n ").split("\t")) for line in lines]
    return "\n".join(row if is_row else line for row, is_row, line in zip(rows, between, lines, strict=True)) if any(between) else text


def read_markdown(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read Markdown as text without its marks; list items begin with `• `."""
    text = tidy(decode(content, media.params.get("charset", ""), name))
    header, body = split_header(text)
    for pattern, replacement in _MARKDOWN:
        body = pattern.sub(replacement, body)
    body = unwrap(tidy(body))
    return Extracted(title=header.get("title") or first_line(body), text=body, header=header)


def split_header(text: str) -> tuple[dict[str, str], str]:
    """The header by lower-case key (`relayed via` as `relayed_via`) and the rest; no header where the lines do not look like one."""
    lines = text.split("\n")
    start = 1 if lines[0] == "---" else 0
    header: dict[str, str] = {}
    for number, line in enumerate(lines[start : start + _LONGEST_HEADER], start=start):
        if line == "---" and header:
            return header, "\n".join(lines[number + 1 :])
        entry = _KEY.match(line)
        if entry:
            header[re.sub(r"[ -]", "_", entry[1].lower())] = (entry[2] or "").strip()
        elif line:
            break
    return {}, text


def first_line(text: str) -> str:
    """The first line that says something, shortened: a title for reports without one."""
    line = next((line for line in text.split("\n") if line), "")
    return line if len(line) <= _TITLE_LENGTH else line[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
