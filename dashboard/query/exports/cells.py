"""Rows of a sheet as SpreadsheetML that the database writes (ECMA-376, part 1, 18.3.1): Python never sees a cell, nor a text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dashboard.query.exports.lines import safe
from dashboard.query.exports.selections import Download, selection
from ingest.model.cells import FORMULA
from ingest.model.schema import Column

_LONGEST: Final = 32_767
"""Characters of a cell (Excel's limit)."""
_UNSAID: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
"""Characters that XML has no word for."""
_ESCAPED: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "_x000D_"))
_CHANGED: Final = rf"{FORMULA}|^\s|\s$|[&<>\r]|_x|{_UNSAID}".replace("'", "''")
"""In a text that does not go into its cell as it is; most do, and that they do is found out four times as fast as how."""
_FIRST_DAY: Final = "1900-03-01"
"""From here on Excel counts days as everybody does; an earlier day is written as text."""


def rows(download: Download, letters: Sequence[str], styles: Mapping[str, str], before: int) -> Iterator[bytes]:
    """The rows below the first `before`, some at a time; `letters` are those of the columns, `styles` numbers by letter."""
    number = f"' || (nth + {before}) || '"
    named = zip(download.columns, letters, strict=True)
    cells = ", ".join(_cell(column, f'r="{letter}{number}"', styles.get(letter, "")) for column, letter in named)
    chosen = selection(download)
    row = f"""encode(concat('<row r="{number}">', {cells}, '</row>'))"""
    for some in download.db.stream(chosen.numbered(row), chosen.values):
        yield b"".join(row for (row,) in some)


def _cell(column: Column, at: str, style: str) -> str:
    """One cell with its type; nothing for what is not stated."""
    name, styled = column.name, at + (f' s="{style}"' if style else "")
    match column.type:
        case "boolean":
            return f"""'<c {styled} t="b"><v>' || {name}::INTEGER || '</v></c>'"""
        case "integer":
            return _number(styled, name)
        case "number":
            return f"CASE WHEN isfinite({name}) THEN {_number(styled, name)} END"
        case "date":
            return _dated(name, at, _number(styled, f"date_diff('day', DATE '1899-12-30', {name})"))
        case "datetime":
            return _dated(name, at, _number(styled, f"printf('%.8f', epoch_us({name}) / 86400000000.0 + 25569)"))
        case _:
            changed = f"regexp_matches({name}, '{_CHANGED}') OR strlen({name}) > {_LONGEST}"  # bytes, which are never fewer
            return f"CASE WHEN {name} = '' THEN NULL WHEN {changed} THEN {_changed(at, name)} ELSE {_text(at, name)} END"


def _dated(name: str, at: str, counted: str) -> str:
    return f"CASE WHEN {name} >= DATE '{_FIRST_DAY}' THEN {counted} ELSE {_text(at, f'{name}::VARCHAR')} END"


def _number(at: str, value: str) -> str:
    return f"'<c {at}><v>' || {value} || '</v></c>'"


def _text(at: str, said: str, kept: str = "<t>") -> str:
    """A cell of text in its place, which no program takes for anything else."""
    return f"""'<c {at} t="inlineStr"><is>{kept}' || {said} || '</t></is></c>'"""


def _changed(at: str, name: str) -> str:
    """A cell of the text as a spreadsheet shows it and XML can say it, no longer than a cell can be."""
    value = f"left({safe(name)}, {_LONGEST})"
    said = rf"regexp_replace(regexp_replace({value}, '{_UNSAID}', '', 'g'), '_(x[0-9a-fA-F]{{4}}_)', '_x005F_\1', 'g')"
    for character, escaped in _ESCAPED:
        said = f"replace({said}, '{character}', '{escaped}')"
    kept = f"""' || CASE WHEN regexp_matches({value}, '^\\s|\\s$') THEN '<t xml:space="preserve">' ELSE '<t>' END || '"""
    return _text(at, said, kept)
