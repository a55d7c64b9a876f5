"""The lines of a PDF page in the order they are read: one column after the other, tables row by row.

A PDF only says where letters are drawn. What stands on one height is a line; wide gaps part it into segments; segments that
begin or end at one place all down a page are columns of text or of a table.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from ingest.text.rows import BAR, Cell, Grid

_GAP = 1.2  # heights of a letter: a wider blank parts two segments; justified lines stay below
_SAME_HEIGHT = 0.4  # of the height of a letter
_MIDDLE = (0.2, 0.8)  # of the width of a page, where a second column may begin
_FEWEST_LINES = 3  # on each side, before a blank between segments is one between columns
_PROSE = 4  # words in a segment, on average, of a column of text
_FEWEST_EDGES, _MOST_EDGES = 4, 2_000  # ruled lines of a page with a table; a drawing has more
_MOST_COLUMNS = 4
_FAR, _WIDE, _PARAGRAPH = 3.5, 2.2, 1.4  # heights of a letter between lines apart, between lines at most, and a paragraph's share more
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile("[A-Za-z]")
_NUMBER = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line without a wide gap between them, where they stand, how high their letters are, and how many there are."""

    text: str
    left: float
    right: float
    top: float
    height: float
    words: int


Line = list[Segment]
Block = list[str]
Spoken = Callable[[str], str]


def blocks_of(page: Any, spoken: Spoken) -> list[Block]:
    """The lines of a page in blocks: text that may run on from line to line, or rows of a table (lines with a bar).

    `spoken` turns what is drawn on a line into the order it is read in.
    """
    _turn_ligatures(page)
    # vowel signs that are drawn apart from their letters say nothing alone
    words = [word for word in page.extract_words() if not all(unicodedata.category(sign).startswith("M") for sign in word["text"])]
    found: list[tuple[float, list[Block]]] = []
    for table in _ruled(page):
        left, top, right, bottom = table.bbox
        inside = [word for word in words if left <= _middle(word) <= right and top <= _height(word) <= bottom]
        rows = _ruled_rows(table, inside, spoken)
        if rows:
            found.append((top, [rows]))
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
    lines = list(_lines(words))
    for (top, _), first, last in _around([top for top, _ in found], lines):
        found.append((top, _read(lines[first:last], float(page.width), spoken)))
    return [block for _, blocks in sorted(found, key=lambda entry: entry[0]) for block in blocks if block]


def _turn_ligatures(page: Any) -> None:
    """One sign drawn for two Arabic letters (lam with alef) tells them in reading order, while its line runs the other way."""
    for sign in page.chars:
        if len(sign["text"]) > 1 and _ARABIC.match(sign["text"]):
            sign["text"] = sign["text"][::-1]


def _around(tops: list[float], lines: list[Line]) -> Iterator[tuple[tuple[float, int], int, int]]:
    """Runs of lines [first, last) between ruled tables, each with the height it begins at."""
    keyed = [(sum(top <= line[0].top for top in tops), at) for at, line in enumerate(lines)]
    for _, run in groupby(keyed, key=lambda entry: entry[0]):
        places = [at for _, at in run]
        yield (lines[places[0]][0].top, places[0]), places[0], places[-1] + 1


def _middle(word: dict[str, Any]) -> float:
    return float(word["x0"] + word["x1"]) / 2


def _height(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _lines(words: list[dict[str, Any]]) -> Iterator[Line]:
    """Words of one height, from left to right, in segments."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=_height):
        if row and _height(word) - _height(row[-1]) > _SAME_HEIGHT * float(word["bottom"] - word["top"]):
            yield _segments(row)
            row = []
        row.append(word)
    if row:
        yield _segments(row)


def _segments(row: list[dict[str, Any]]) -> Line:
    line: Line = []
    run: list[dict[str, Any]] = []
    for word in sorted(row, key=lambda word: float(word["x0"])):
        if run and word["x0"] - run[-1]["x1"] > _GAP * (word["bottom"] - word["top"]):
            line.append(_segment(run))
            run = []
        run.append(word)
    return [*line, _segment(run)]


def _segment(run: list[dict[str, Any]]) -> Segment:
    text = " ".join(str(word["text"]) for word in run)
    height = float(run[0]["bottom"] - run[0]["top"])
    return Segment(text, float(run[0]["x0"]), max(float(word["x1"]) for word in run), float(run[0]["top"]), height, len(run))


def _read(lines: list[Line], width: float, spoken: Spoken, columns: int = 1) -> list[Block]:
    """Blocks of some lines: those that stand in two columns of text, tables without rules, and plain lines."""
    gutter = _gutter(lines, width) if columns < _MOST_COLUMNS else None
    if gutter is None:
        return _rows_and_lines(lines, spoken)
    blocks: list[Block] = []
    others: list[Line] = []
    parts = [
        (at, not any(one.left < gutter < one.right for one in line), line) for at, part in enumerate(_apart(lines, _FAR)) for line in part
    ]
    for (_, parted), run in groupby(parts, key=lambda entry: entry[:2]):
        band = [line for *_, line in run]
        sides = [[[one for one in line if (one.left >= gutter) is right] for line in band] for right in (False, True)]
        left, right = ([line for line in side if line] for side in sides)
        if parted and _is_prose(left) and _is_prose(right):
            order = (right, left) if _is_arabic(one.text for line in band for one in line) else (left, right)
            read = [block for side in order for block in _read(side, width, spoken, columns + 1)]
            blocks += [*_rows_and_lines(others, spoken), *_run_on(read)]
            others = []
        else:
            others += band
    return [*blocks, *_rows_and_lines(others, spoken)]


def _run_on(blocks: list[Block]) -> list[Block]:
    """Columns of plain text as one block, since a sentence goes on from one to the next."""
    return blocks if any(BAR in line for block in blocks for line in block) else [[line for block in blocks for line in block]]


def _gutter(lines: list[Line], width: float) -> float | None:
    """Where a second column begins or a first one ends, if many segments do so at one place in the middle of a page."""
    low, high = (share * width for share in _MIDDLE)
    starts = Counter(round(one.left) for line in lines for one in line if low < one.left < high)
    ends = Counter(round(one.right) for line in lines for one in line if low < one.right < high)
    best = max(((count, at - 2.0) for at, count in starts.items()), default=(0, 0.0))
    other = max(((count, at + 2.0) for at, count in ends.items()), default=(0, 0.0))
    count, at = max(best, other)
    return at if count >= _FEWEST_LINES else None


def _is_prose(side: list[Line]) -> bool:
    segments = [one for line in side for one in line]
    return len(side) >= _FEWEST_LINES and sum(one.words for one in segments) >= _PROSE * len(segments)


def _rows_and_lines(lines: list[Line], spoken: Spoken) -> list[Block]:
    """Lines as they stand, by paragraph; a run of lines in several segments under one another, with numbers, is a table."""
    blocks: list[Block] = []
    plain: list[Line] = []
    usual = _usual(lines)
    for parted, run in groupby(lines, key=lambda line: len(line) > 1):
        band = list(run)
        rows = _unruled_rows(band, spoken) if parted and len(band) > 1 else []
        if rows:
            blocks += [*_paragraphs(plain, usual, spoken), rows]
            plain = []
        else:
            plain += band
    return [*blocks, *_paragraphs(plain, usual, spoken)]


def _paragraphs(lines: list[Line], usual: float, spoken: Spoken) -> list[Block]:
    return [[_plain(line, spoken) for line in part] for part in _apart(lines, usual)]


def _usual(lines: list[Line]) -> float:
    """The distance of lines beyond which a paragraph ends, in heights of a letter."""
    steps = [(under[0].top - over[0].top) / max(over[0].height, 1.0) for over, under in pairwise(lines)]
    return _PARAGRAPH * min(median(steps), _WIDE) if steps else _WIDE


def _apart(lines: list[Line], heights: float) -> list[list[Line]]:
    """Runs of lines that stand no further from one another than so many heights of a letter."""
    parts: list[list[Line]] = []
    for line in lines:
        if not parts or line[0].top - parts[-1][-1][0].top > heights * max(line[0].height, 1.0):
            parts.append([])
        parts[-1].append(line)
    return parts


def _plain(line: Line, spoken: Spoken) -> str:
    return spoken(" ".join(one.text for one in line))


def _unruled_rows(band: list[Line], spoken: Spoken) -> Block:
    """The rows of a table without rules; nothing where the segments make no columns, or hold no numbers."""
    columns = _columns([one for line in band for one in line])
    numbers = sum(any(_NUMBER.match(one.text) for one in line) for line in band)
    if len(columns) < 2 or numbers * 2 < len(band):
        return []
    rows: Block = []
    for line in band:
        cells = [" ".join(spoken(one.text) for one in line if left <= one.left <= right) for left, right in columns]
        rows.append(_row(cells))
    return rows


def _columns(segments: list[Segment]) -> list[tuple[float, float]]:
    """The stretches of a page's width that segments cover between them, from left to right."""
    columns: list[tuple[float, float]] = []
    for one in sorted(segments, key=lambda one: one.left):
        if columns and one.left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], one.right))
        else:
            columns.append((one.left, one.right))
    return columns


def _row(cells: list[str]) -> str:
    """Cells from left to right as they are read: an Arabic row begins on the right."""
    ordered = cells[::-1] if _is_arabic(cells) else cells
    return Grid().line([Cell(cell) for cell in ordered])


def _is_arabic(texts: Iterable[str]) -> bool:
    text = "".join(texts)
    return len(_ARABIC.findall(text)) > len(_LATIN.findall(text))


def _ruled(page: Any) -> list[Any]:
    """The tables that lines are drawn around, those of a row or a column left out, for they are frames around text."""
    if not _FEWEST_EDGES <= len(page.edges) <= _MOST_EDGES:
        return []
    return [table for table in page.find_tables() if len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1]


def _ruled_rows(table: Any, words: list[dict[str, Any]], spoken: Spoken) -> Block:
    """The rows of a ruled table; words belong to the cell they stand in, and a cell over several rows is said in each."""
    told: list[list[Cell]] = []
    lowest: dict[int, float] = {}
    for row in table.rows:
        _, top, _, bottom = row.bbox
        level = (top + bottom) / 2
        beside = [word for word in words if top <= _height(word) <= bottom]
        told.append([])
        for at, box in enumerate(row.cells):
            if box is not None:
                lowest[at] = box[3]
                beside = beside if box[3] <= bottom + 1 else words
            told[-1].append(Cell("", below=lowest.get(at, 0.0) > level) if box is None else _boxed(box, beside, spoken))
    if sum(bool(cell.text) for row in told for cell in row) < len(told):
        return []
    arabic = _is_arabic(cell.text for row in told for cell in row)
    grid = Grid()
    return [line for row in told if (line := grid.line(row[::-1] if arabic else row))]


def _boxed(box: tuple[float, float, float, float], words: list[dict[str, Any]], spoken: Spoken) -> Cell:
    left, top, right, bottom = box
    inside = [word for word in words if left <= _middle(word) <= right and top <= _height(word) <= bottom]
    return Cell("\n".join(_plain(line, spoken) for line in _lines(inside)))
