"""Where in the table each row's number stands, for whole columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.model.records import Figure
from ingest.model.vocabulary import Kind, Metric
from ingest.store.columnar.sheet import CellColumn, Sheet
from ingest.store.columnar.told import Bools, Ints, Told, constant, layered, nothing, resolved
from ingest.store.evidence import evidence
from ingest.store.tidy import NUMBERS, as_written
from ingest.text.delimited import Cell, Record

_WORDS = ("quote", "value_text")
_BOUNDS = ("value_low", "value_best", "value_high", "value_status", "qualifier")


@dataclass(frozen=True, slots=True)
class Proof:
    """The rows of a table with their cells by column, and what its columns mean."""

    sheet: Sheet
    rows: Ints
    columns: Mapping[str, CellColumn]
    header: Sequence[str]


def proof(table: Proof, values: Mapping[str, Told], rows: Bools) -> tuple[dict[str, Told], Bools]:
    """`value_text`, `quote`, `quote_start`, `span_start` and `written`, what stands at the span; and the rows whose number stands
    nowhere. Of the quote is only told that there is one.
    """
    count = len(rows)
    begin = table.sheet.start[table.rows]
    if {*_WORDS} & {*table.header}:
        found, failed, quote, span = _in_words(table, values, rows, begin)
    else:
        found, quote = _in_cells(table, count), begin
        failed, span = rows & ~found["written"].said, _numbers(found.pop("span_at"))
    cells = {f"cell_{name}": table.columns[name].says for name in NUMBERS if name in table.columns}
    written, _ = resolved({**values, **cells, **found}, (*_BOUNDS, *cells, "written", "number"), _as_written, rows & ~failed)
    given = values.get("value_text", nothing(count))
    text = layered(written, {"value_text": given.only(given.holds(bool))})
    places = {"quote_start": Told(np.arange(count), quote.tolist()), "span_start": Told(np.arange(count), span.tolist())}
    return {**text, **places, "quote": constant("…", count), "written": found["written"]}, failed


def _in_cells(table: Proof, count: int) -> dict[str, Told]:
    """In a table without sentences the row is what was claimed: its number is the cell that states one."""
    written, starts = nothing(count), np.zeros(count, dtype=np.int64)
    for name in reversed(NUMBERS):
        if name in table.columns:
            cell = table.columns[name].exactly
            starts = np.where(cell.said, table.columns[name].starts, starts)
            written = cell.over(written)
    return {"written": written, "number": constant(True, count), "span_at": Told(np.arange(count), starts.tolist())}


def _in_words(table: Proof, values: Mapping[str, Told], rows: Bools, begin: Ints) -> tuple[dict[str, Told], Bools, Ints, Ints]:
    """In the quote or the words of the value, by what each quote, words and numbers are together."""
    count = len(rows)
    cells = {f"raw_{name}": table.columns[name].exactly for name in _WORDS if name in table.columns}
    found, failed = resolved({**values, **cells}, (*cells, "statable"), _found, rows)
    start = {name: table.columns[name].starts if name in table.columns else np.zeros(count, dtype=np.int64) for name in _WORDS}
    lead = _numbers(found.pop("lead", nothing(count)))
    in_quote = found.pop("in_quote", nothing(count)).holds(bool)
    found = {"written": nothing(count), **found}
    return found, failed, np.where(in_quote, start["quote"], begin), np.where(in_quote, start["quote"], start["value_text"]) + lead


def _numbers(told: Told) -> Ints:
    return np.array([*told.values, 0], dtype=np.int64)[told.codes]


def _found(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the number stands in the quote, or else in its own words. Raises `ValueError` where it does not."""
    quote, said = row.get("raw_quote", ""), row.get("raw_value_text", "")
    text, after = f"{quote}\n{said}", len(quote) + 1
    cells = [Cell(one, at, at + len(one)) if one else None for one, at in ((quote, 0), (said, after))]
    stands = evidence(text, Record(1, 0, len(text), ()), quote=cells[0], said=cells[1], numbers=row["statable"].of)
    if stands is None:
        raise ValueError("the number stands nowhere")
    start, end = stands.span
    in_quote = stands.quote == (0, len(quote))  # else the words of the value stand in the row
    found: dict[str, Any] = {"in_quote": in_quote, "lead": start if in_quote else start - after}
    written = text[start:end]
    return {**found, "written": written, **({"number": True} if row["statable"].of else {})}


def _as_written(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words of the value where the row has none for it."""
    cells = {name: row[f"cell_{name}"] for name in NUMBERS if f"cell_{name}" in row}
    bounds: dict[str, Any] = {name: row.get(name) for name in _BOUNDS}
    figure = Figure("", "", "", "", Metric.KILLED, Kind.INCIDENT, **bounds)
    return {"value_text": as_written(figure, row["written"] if "number" in row else "", cells)}
