"""Rows of a table as lines of text: cells held apart by ` | `, each column at its place, the head first.

A cell that covers several columns is followed by empty ones. A label that covers several rows is said again in each, so that
every row can be quoted alone; a number that does is written once, for it counts once. A cell over all columns is a line of
its own, without a bar.
"""

import re
from dataclasses import dataclass, field

BAR = " | "
_WIDEST, _DEEPEST = 60, 2_000  # columns and rows a cell may cover; pages built to grow without end ask for more
_MOST_COLUMNS, _MOST_LABELS = 100, 8  # columns kept in place below merged cells; the first ones, which can hold labels
_LONGEST_LABEL = 80  # characters of a label that is said again
_DIGITS = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9]")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9\u0660-\u0669\u06f0-\u06f9])\n(?=[0-9\u0660-\u0669\u06f0-\u06f9])")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, its lines parted by line breaks, and how many columns and rows it covers.

    `below` says that the cell goes on with the one above it, where a format tells it that way.
    """

    text: str
    columns: int = 1
    rows: int = 1
    below: bool = False


@dataclass(slots=True)
class Grid:
    """The rows of one table as they come. `open` holds what cells of earlier rows say in later ones, `above` the labels
    of the row before, both by column.
    """

    open: dict[int, tuple[int, str]] = field(default_factory=dict)
    above: dict[int, str] = field(default_factory=dict)

    def line(self, cells: list[Cell]) -> str:
        """The next row as one line; empty where it says nothing."""
        row: dict[int, str] = {}
        labels: dict[int, str] = {}
        at = 0
        for cell in cells:
            at = self._carried(row, at)
            row[at] = text = _one_line(cell.text) or (self.above.get(at, "") if cell.below else "")
            label = text if len(text) <= _LONGEST_LABEL and not _DIGITS.match(text) else ""
            labels[at] = label
            for column in range(at, at + min(max(cell.columns, 1), _WIDEST)):
                if cell.rows > 1 and column < _MOST_COLUMNS:
                    self.open[column] = (min(cell.rows, _DEEPEST) - 1, label if column == at < _MOST_LABELS else "")
                at = column + 1
        self._carried(row, at)
        self.above = labels
        if not any(_one_line(cell.text) for cell in cells):
            return ""
        return BAR.join(row.get(column, "") for column in range(max(row) + 1)).rstrip(" |")

    def _carried(self, row: dict[int, str], at: int) -> int:
        """Fills the columns from `at` that an earlier row's cell still covers; returns the first free one."""
        while at in self.open:
            left, label = self.open.pop(at)
            row[at] = label
            if left > 1:
                self.open[at] = (left - 1, label)
            at += 1
        return at


def _one_line(text: str) -> str:
    """The lines of a cell as one; two numbers stay two (`1 / 200`), and a bar inside a cell parts no cells."""
    return re.sub(r"[ \t\n\r\f]+", " ", _BETWEEN_DIGITS.sub(" / ", text.strip()).replace("|", "/")).strip()
