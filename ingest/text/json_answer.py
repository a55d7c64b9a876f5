"""Reports inside JSON answers: a pointer says where the text is, so that it can be read from the archived answer again."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import IO, Any, NoReturn, TextIO

from ingest.errors import UnreadableDocument
from ingest.model.failures import Failure, say
from ingest.model.unreadable import Unreadable
from ingest.text import html, plain
from ingest.text.extracted import Extracted
from ingest.text.media import MediaType
from ingest.text.plain import first_line
from ingest.text.whitespace import flatten

_SPACE = re.compile(r"[ \t\n\r]*")
_PIECE, _LONGEST_ITEM = 1 << 16, 20_000_000  # characters
_MOST_VALUES, _DEEPEST, _LONGEST_NUMBER = 5_000_000, 100, 100
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)  # open at the end of an answer that broke off
_OPENING, _NO_BRACKETS = b"[{", bytes(set(range(256)) - set(b"[]{}"))


def load_json(content: bytes, name: str, *, exact: bool = False) -> Any:
    """Parse JSON strictly: NaN and Infinity, which are no JSON, are refused. Raises `UnreadableDocument`, also for what would take more
    memory than its size tells: more values, deeper nesting or longer numbers than any source has.

    `exact` keeps numbers with a point as the `Decimal` they were written as.
    """
    values = sum(map(content.count, (b",", b"[", b"{")))
    if values > _MOST_VALUES:
        raise UnreadableDocument(say(Unreadable.MANY_VALUES, name=name, most=f"{_MOST_VALUES:,}"))
    if _depth(content) > _DEEPEST:
        raise UnreadableDocument(say(Unreadable.DEEP_JSON, name=name, levels=_DEEPEST))
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_exact if exact else None)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableDocument(say(Failure.NO_JSON, what=name, answer=error)) from error


def _exact(written: str) -> Decimal:
    if len(written) > _LONGEST_NUMBER:
        raise ValueError(f"a number of {len(written):,} digits")
    return Decimal(written)


def _depth(content: bytes) -> int:
    """How deep lists and objects are nested, strings left aside."""
    brackets = _STRING.sub(b"", content).translate(None, _NO_BRACKETS)
    return max(accumulate(1 if sign in _OPENING else -1 for sign in brackets), default=0)


def listed_in(file: IO[bytes], name: str) -> Iterator[tuple[str, Any]]:
    """The items of a JSON list one after the other, each as it is written and as it is parsed, so that no list is held whole.

    Raises `UnreadableDocument` where it is no list or breaks off, once what comes before was given.
    """
    reading = _Reading(io.TextIOWrapper(file, "utf-8-sig", newline=""))
    try:
        reading.take("[")
        if reading.sign() == "]":
            return
        while True:
            yield reading.item()
            if reading.take(",", "]") == "]":
                return
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableDocument(say(Unreadable.NO_JSON_LIST, name=name, answer=error)) from error


@dataclass(slots=True)
class _Reading:
    """A place in JSON that is read piece by piece: `text` from `at` on is what was read and not yet taken, behind `past` characters.

    Raises `ValueError` for what is no JSON.
    """

    file: TextIO
    text: str = ""
    at: int = 0
    past: int = 0

    def sign(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text) or not self._more():
                return self.text[self.at : self.at + 1]

    def take(self, *signs: str) -> str:
        """The next sign, which is one of these."""
        found = self.sign()
        if found not in signs:
            raise ValueError(f"at character {self.past + self.at} stands {found!r}, which belongs to no list")
        self.at += 1
        return found

    def item(self) -> tuple[str, Any]:
        """The next value, as it is written and parsed; one that ends where the text does may go on, so more is read first."""
        self.sign()
        while True:
            try:
                item, end = _DECODER.raw_decode(self.text, self.at)
            except ValueError:
                if len(self.text) - self.at > _LONGEST_ITEM or not self._more():
                    raise
                continue
            if end < len(self.text) or not self._more():
                written, self.at = self.text[self.at : end], end
                return written, item

    def _more(self) -> bool:
        """Read on, ever more at a time, so that a long value is not tried again for every little."""
        piece = self.file.read(max(_PIECE, len(self.text) - self.at))
        self.text, self.past, self.at = self.text[self.at :] + piece, self.past + self.at, 0
        return bool(piece)


def read(content: bytes, media: MediaType, name: str) -> Extracted:
    """Read the text at the JSON pointer `at` (RFC 6901) as the type `as`, headed by the title at the pointer `title`."""
    at = media.params.get("at", "")
    if not at:
        raise UnreadableDocument(say(Unreadable.JSON, name=name))
    answer = load_json(content, name)
    title = str(value_at(answer, media.params["title"], name)) if media.params.get("title") else ""
    return field_text(str(value_at(answer, at, name)), title, media, name)


def field_text(value: str, title: str, media: MediaType, name: str) -> Extracted:
    """The text of one field; the same function serves the first reading and every later one."""
    title = flatten(title)
    if media.params.get("as", "text/html") == "text/html":
        body = html.read_fragment(value, media, name)
    else:
        body = plain.read_markdown(value.encode("utf-8"), MediaType("text/markdown"), name).text
        body = html.without_lines(body, media)
    return Extracted(title or first_line(body), html.with_headline(title, body))


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def value_at(answer: Any, pointer: str, name: str) -> Any:
    """What stands at a JSON pointer (RFC 6901; empty for the whole). Raises `UnreadableDocument` where nothing does."""
    value = answer
    try:
        for step in pointer.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            value = value[int(key)] if isinstance(value, list) else value[key]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise UnreadableDocument(say(Unreadable.NOTHING_AT, name=name, wanted=pointer)) from error
    return value
