"""Text for a spreadsheet's cell: what Excel, LibreOffice or Sheets would run as a formula is made plain text, and back."""

import re

# What starts a formula, in half and full width; a leading tab or line break hides one from a check of the first character.
# Also a pattern of RE2, for the exports that are written by DuckDB.
FORMULA = r"^'*[=+\-@\t\r\n＝＋－＠]"
_RUNS = re.compile(FORMULA)
_KEPT = re.compile(FORMULA.replace("*", "+", 1))


def safe_cell(text: str) -> str:
    """The text as a spreadsheet will show it and never run it: an apostrophe before `= + - @`, a tab or a line break.

    For columns of text only: a negative number in a column of numbers is typed and stays as it is.
    """
    return "'" + text if _RUNS.match(text) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` was given: `plain_cell(safe_cell(text)) == text` for every text."""
    return text[1:] if _KEPT.match(text) else text
