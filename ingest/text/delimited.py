"""A table in delimited text, cell by cell, each with its place in the text, so that a row can point at the number it states."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.errors import UnreadableDocument
from ingest.model.cells import plain_cell
from ingest.model.failures import say
from ingest.model.unreadable import Unreadable

DELIMITERS = (",", ";", "\t")
_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 16_384  # as many as a worksheet has
_LONGEST_CELL = 1_000_000  # characters
_MOST_TITLES = 5  # lines above a head
_FEWEST_COLUMNS = 3  # of a head that stands below them

# "a ""quoted"" word", possessive so that a hostile table costs no more than its length
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+(")?')
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_BARE = {delimiter: re.compile(rf"[^{re.escape(delimiter)}\r\n]*") for delimiter in DELIMITERS}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, without quotation marks, and where that stands in the text (where marks inside are doubled)."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the table: the number of the line it begins in, its place in the text, its cells, and what is wrong with it."""

    line: int
    start: int
    end: int
    cells: tuple[Cell, ...]
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A table that was taken apart: its text, and its rows that are not empty."""

    text: str
    records: Sequence[Record]


def text_of_table(content: bytes, name: str) -> str:
    """The text of a table's bytes, in which its rows and numbers stand. Raises `UnreadableDocument` where it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(say(Unreadable.NOT_UTF8, name=name, at=error.start)) from error
    if not text.strip():
        raise UnreadableDocument(say(Unreadable.EMPTY_TABLE, name=name))
    return text.replace("\x00", "\ufffd")  # which no database takes


def taken_apart(content: bytes, name: str) -> Delimited:
    """A table's bytes as its rows. Raises `UnreadableDocument` where it is none, or is larger than its rows could be looked at."""
    text = text_of_table(content, name)
    head = head_of(text)
    delimiter = head.delimiter
    if text.count(delimiter) > _MOST_CELLS:
        raise UnreadableDocument(say(Unreadable.MANY_CELLS, name=name, most=f"{_MOST_CELLS:,}"))
    read = tuple(records(text, delimiter, name, head))
    for record in read:
        longest = max(record.cells, key=lambda cell: len(cell.value))
        if len(longest.value) > _LONGEST_CELL:
            told = {"line": record.line, "count": f"{len(longest.value):,}", "most": f"{_LONGEST_CELL:,}"}
            raise UnreadableDocument(say(Unreadable.LONG_CELL, name=name, **told))
    return Delimited(text, read)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the line of headings begins, the number of that line, and what separates the cells."""

    start: int
    line: int
    delimiter: str


def head_of(text: str) -> Head:
    """The head of a table: its first line, or the first of three cells or more below a few lines that hold nothing of what separates them,
    as titles and notes above exported tables do.
    """
    start = 0
    for line in range(1, _MOST_TITLES + 2):
        end = _next_line_end(text, start)
        written = text[start : end.start()]
        delimiter = max(DELIMITERS, key=written.count)
        if written.count(delimiter) >= _FEWEST_COLUMNS - 1:
            return Head(start, line, delimiter) if delimiter not in text[:start] else Head(0, 1, delimiter_of(text))
        if '"' in written or end.end() >= len(text):
            break
        start = end.end()
    return Head(0, 1, delimiter_of(text))


def delimiter_of(text: str) -> str:
    """What separates the cells of the first line: the comma, the semicolon of continental spreadsheets, or a tab."""
    first = text[: _next_line_end(text, 0).start()]
    return max(DELIMITERS, key=first.count)


def records(text: str, delimiter: str, name: str, head: Head | None = None) -> Iterator[Record]:
    """The rows of a table that are not empty, from its head on. Raises `UnreadableDocument` for a quotation mark that is never closed."""
    table = _Table(text, delimiter, name)
    position, line = (head.start, head.line) if head else (0, 1)
    while position < len(text):
        record, after = table.record(position, line)
        if record.flaw or any(cell.value for cell in record.cells):
            yield record
        line += len(_LINE_BREAK.findall(text, position, after))
        position = after


def record_at(text: str, delimiter: str, name: str, *, start: int, line: int) -> Record:
    """The row that begins at a place of the text, in the line of that number."""
    return _Table(text, delimiter, name).record(start, line)[0]


def cell(written: str) -> Cell:
    """A whole cell as it is written, in or without quotation marks that close; places are in what is written."""
    if written.startswith('"'):
        return _cell(written[1:-1].replace('""', '"'), written, (1, len(written) - 1))
    return _cell(written, written, (0, len(written)))


@dataclass(frozen=True, slots=True)
class _Table:
    text: str
    delimiter: str
    name: str

    def record(self, start: int, line: int) -> tuple[Record, int]:
        """The row that begins there, and where the next one begins."""
        cells: list[Cell] = []
        position = start
        while True:
            cell, position = self._quoted(position, line) if self.text.startswith('"', position) else self._bare(position)
            cells.append(cell)
            if self.text.startswith(self.delimiter, position):
                position += 1
                if len(cells) >= _MOST_COLUMNS:
                    raise UnreadableDocument(say(Unreadable.LONG_ROW, name=self.name, line=line, most=f"{_MOST_COLUMNS:,}"))
                continue
            ending = _LINE_END.match(self.text, position)
            if ending:
                return Record(line, start, position, tuple(cells)), ending.end()
            rest = _next_line_end(self.text, position)
            return Record(line, start, rest.start(), tuple(cells), "has text after a closing quotation mark"), rest.end()

    def _quoted(self, position: int, line: int) -> tuple[Cell, int]:
        found = _QUOTED.match(self.text, position)
        if not found or not found.group(1):
            raise UnreadableDocument(say(Unreadable.OPEN_QUOTATION, name=self.name, line=line))
        return _cell(found.group()[1:-1].replace('""', '"'), self.text, (position + 1, found.end() - 1)), found.end()

    def _bare(self, position: int) -> tuple[Cell, int]:
        found = _BARE[self.delimiter].match(self.text, position)
        end = found.end() if found else position
        return _cell(self.text[position:end], self.text, (position, end)), end


def _cell(value: str, text: str, place: tuple[int, int]) -> Cell:
    """A cell without the space around it and without the apostrophe that keeps a spreadsheet from running it."""
    start, end = place
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    value = value.strip()
    plain = plain_cell(value)
    return Cell(plain, start + len(value) - len(plain), end)


def _next_line_end(text: str, position: int) -> re.Match[str]:
    found = _LINE_END.search(text, position)
    assert found is not None  # noqa: S101 -- the end of the text is a line end
    return found
