"""Tables in a text: runs of lines whose cells are held apart by bars, with their head, their rows and the lines above them.

    Casualties by district, 1-7 May
    District | Killed | Injured
    Millford | 4 | 7
    Total | 4 | 7

Texts without a bar never come here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from ingest.extract.times.dates import fold_dates
from ingest.extract.words import bit
from ingest.extract.words.items import Item, itemise
from ingest.extract.words.lexicon import Lexicon
from ingest.extract.words.sentences import Text, stretch
from ingest.extract.words.when import month_of
from ingest.model.vocabulary import DatePrecision

BAR: Final = "|"
_LONGEST_AMOUNT: Final = 8  # words of a cell that is a number and what belongs to it: `4 (2 children)`
_LONGEST_SPELLED: Final = 2  # the same where the number is a word: `four`, `six families`
_LONGEST_SECTION: Final = 12  # words of a line inside a table that heads the rows below it
_LONGEST_CAPTION: Final = 40
_HEADS: Final = 3  # rows a head may have
_CAPTIONS: Final = 2  # lines above a table that can say what it counts
_SPEAKS: Final = bit.BE | bit.HAVE | bit.SAYS
_BEFORE_AMOUNT: Final = frozenset("~<>≈+(±≥≤")
_RULES: Final = frozenset("-–—:=_")
_DATE_MARKS: Final = frozenset("-./")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words [first, last) of the text with their items, dates folded.

    `amount` says that the cell is a number with what belongs to it, `year` that it is a number that could be a year, and
    `value` is that of a cell with nothing but a number.
    """

    first: int
    last: int
    items: tuple[Item, ...] = ()
    amount: bool = False
    year: bool = False
    value: int | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the cell."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a line with a single cell heads the rows below it."""

    first: int
    last: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption lines and the line right below it. `sentences` are those of the text that it covers."""

    sentences: range
    captions: tuple[Cell, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    below: Cell | None

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(len(row.cells) for row in (*self.head, *self.body))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text: its words, its sentences, and whether it has a bar and follows the line before without a blank."""

    first: int
    last: int
    sentences: range
    barred: bool
    adjacent: bool


def find(text: Text, lexicon: Lexicon, published: date) -> list[Table]:
    """The tables of a text in order; linear in the text."""
    lines = list(_lines(text))
    cells = _Cells(text, lexicon, published)
    return [table for first, last in _runs(lines) for table in _tables(lines, first, last, cells)]


def _lines(text: Text) -> Iterator[_Line]:
    words, at, before = text.words, 0, -1
    while at < len(text.sentences):
        end = at + 1
        paragraph = text.sentences[at].paragraph
        while end < len(text.sentences) and text.sentences[end].paragraph == paragraph:
            end += 1
        first, last = text.sentences[at].first, text.sentences[end - 1].last
        if text.sentences[at].bullet and words[first - 1].text == BAR:
            first -= 1  # a row whose first cell is empty is no item of a list
        barred = any(words[here].text == BAR for here in range(first, last))
        adjacent = before >= 0 and text.text.count("\n", text.ends[before], text.starts[first]) == 1
        yield _Line(first, last, range(at, end), barred, adjacent)
        at, before = end, last - 1


def _runs(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Lines [first, last) that form tables: two rows or more, with at most one line in a row between them that has no bar."""
    first = 0
    while first < len(lines):
        last = first + 1
        if lines[first].barred:
            while last < len(lines) and lines[last].adjacent:
                section = last + 1 < len(lines) and lines[last + 1].barred and lines[last + 1].adjacent
                if not lines[last].barred and not (section and lines[last].last - lines[last].first <= _LONGEST_SECTION):
                    break
                last += 1
            if sum(line.barred for line in lines[first:last]) > 1:
                yield first, last
        first = last


@dataclass(slots=True)
class _Cells:
    """Makes cells of words."""

    text: Text
    lexicon: Lexicon
    published: date

    def row(self, line: _Line, *, framed: bool) -> Row:
        """The cells of a line; in a framed table the bars at both ends hold no cells."""
        words = self.text.words
        bars = [here for here in range(line.first, line.last) if words[here].text == BAR]
        edges = bars if framed and bars else [line.first - 1, *bars, line.last]
        return Row(line.first, line.last, tuple(self.cell(start + 1, end) for start, end in pairwise(edges)))

    def is_framed(self, line: _Line) -> bool:
        """`| Millford | 4 |`: whether a line begins and ends with a bar."""
        return self.text.words[line.first].text == BAR and self.text.words[line.last - 1].text == BAR

    def cell(self, first: int, last: int) -> Cell:
        """One cell, with its dates folded; a number alone that is written like a year stays a number."""
        if first >= last:
            return Cell(first, first)
        plain = itemise(self.text, stretch(first, last), self.lexicon)
        folded = fold_dates([replace(item) for item in plain], self.text, self.published)
        value = plain[0].number if len(plain) == 1 else None
        year = value is not None and folded[0].when is not None
        if len(plain) == 1:
            folded = [self._stretch(folded[0])]
        return Cell(first, last, tuple(folded), year or self._is_amount(folded, last - first), year, value)

    def _stretch(self, item: Item) -> Item:
        """A month or a year alone over a column is the time counted over."""
        when = item.when or (month_of(self.published, item.entry.month, None) if item.entry.month else None)
        if when is None or when.precision is DatePrecision.DAY:
            return item
        return replace(item, when=replace(when, role="period"))

    def _is_amount(self, items: list[Item], width: int) -> bool:
        words = self.text.words
        here = 0
        while here < len(items) and (items[here].entry.hedge_before is not None or words[items[here].first].text in _BEFORE_AMOUNT):
            here += 1
        if here == len(items) or items[here].number is None:
            return False
        longest = _LONGEST_AMOUNT if items[here].flags & bit.DIGITS else _LONGEST_SPELLED
        if width > longest or any(item.flags & _SPEAKS or _happens(item) for item in items):
            return False
        marks = [words[item.first].text for item in items[here + 1 : here + 4 : 2]]
        numbers = [item.number is not None for item in items[here : here + 5 : 2]]
        dated = len(numbers) == 3 and all(numbers) and marks[0] == marks[1] and marks[0] in _DATE_MARKS
        return not dated

    def caption(self, line: _Line) -> Cell:
        """A line beside a table as one cell."""
        return self.cell(line.first, line.last)


def _happens(item: Item) -> bool:
    """A word of what happened, which is no noun of people: `2 killed, 5 injured` is a short sentence."""
    return item.entry.metric is not None and item.entry.group is None and item.entry.role != "head"


def _tables(lines: list[_Line], first: int, last: int, cells: _Cells) -> Iterator[Table]:
    """The tables of one run of lines: a second head begins a second table."""
    framed = all(cells.is_framed(line) for line in lines[first:last])
    rows = [(number, cells.row(lines[number], framed=framed)) for number in range(first, last)]
    rows = [(number, row) for number, row in rows if not _is_rule(row, cells.text)]
    captions = tuple(cells.caption(line) for line in _captions(lines, first, cells.text))
    below = cells.caption(lines[last]) if last < len(lines) and lines[last].last - lines[last].first <= _LONGEST_CAPTION else None
    blocks: list[list[tuple[int, Row]]] = []
    for entry in rows:
        counted = blocks and any(_has_amounts(row) for _, row in blocks[-1])
        if not blocks or (counted and _is_head(entry[1], opens=False)):
            blocks.append([])
        blocks[-1].append(entry)
    for position, block in enumerate(blocks):
        start = lines[first if position == 0 else block[0][0]].sentences.start
        end = lines[blocks[position + 1][0][0]].sentences.start if position + 1 < len(blocks) else lines[last - 1].sentences.stop
        table = _table(range(start, end), captions, [row for _, row in block], below)
        if table is not None:
            yield table


def _captions(lines: list[_Line], first: int, text: Text) -> list[_Line]:
    """Up to two lines right above a table, as far as they are headings and no sentences of a story, or lead in the table."""
    above: list[_Line] = []
    for line in reversed(lines[max(first - _CAPTIONS, 0) : first]):
        tail = text.words[line.last - 1]
        leads = not above and tail.flags & bit.COLON
        heads = len(line.sentences) == 1 and tail.text not in ".!?؟…"
        if line.barred or line.last - line.first > _LONGEST_CAPTION or not (leads or heads):
            break
        above.append(line)
    return above[::-1]


def _is_rule(row: Row, text: Text) -> bool:
    """`--- | :---: | ---`: a line drawn with signs."""
    words = [word for cell in row.cells for word in text.words[cell.first : cell.last]]
    return bool(words) and all(word.text in _RULES for word in words)


def _has_amounts(row: Row) -> bool:
    return any(cell.amount for cell in row.cells)


def _is_head(row: Row, *, opens: bool) -> bool:
    """A row of words. Years over columns are words too, where the row opens the table or has no label of its own."""
    filled = [cell for cell in row.cells if not cell.blank]
    years = sum(cell.year for cell in filled)
    if any(cell.amount and not cell.year for cell in filled) or len(filled) < 2:
        return False
    return not years or (years > 1 and not filled[0].year and opens) or row.cells[0].blank


def _table(sentences: range, captions: tuple[Cell, ...], rows: list[Row], below: Cell | None) -> Table | None:
    heads = 0
    while heads < min(_HEADS, len(rows) - 1) and _is_head(rows[heads], opens=heads == 0):
        heads += 1
    # a single cell over all columns says what the table is about
    titles = 0
    while not heads and titles < len(rows) - 1 and len(rows[titles].cells) == 1:
        titles += 1
    if titles:
        return _table(sentences, (*captions, *(row.cells[0] for row in rows[:titles])), rows[titles:], below)
    body = [row for row in rows[heads:] if any(not cell.blank for cell in row.cells)]
    widths = {len(row.cells) for row in body if len(row.cells) > 1}
    if not widths or not any(_has_amounts(row) for row in body):
        return None
    head = rows[:heads]
    if head and widths == {max(len(row.cells) for row in head) + 1}:
        head = [replace(row, cells=(Cell(row.first, row.first), *row.cells)) for row in head]  # the corner was left out
    return Table(sentences, captions, tuple(head), tuple(body), below)
