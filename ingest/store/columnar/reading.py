"""The figures of a large table as one frame, by the rules that tables are read by row by row."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from ingest.model.claims import claim_of
from ingest.model.crisis import Crisis
from ingest.model.records import Document, Figure
from ingest.model.schema import FIGURES, Column
from ingest.model.vocabulary import Kind, Metric
from ingest.store.claims import interval, statable, unit_of, voice
from ingest.store.columnar.frame import DEFAULTS, framed
from ingest.store.columnar.identity import identities
from ingest.store.columnar.proof import Proof, proof
from ingest.store.columnar.sheet import CellColumn, Sheet, sheet, too_wide
from ingest.store.columnar.told import Bools, Told, Whole, combined, constant, layered, nothing, resolved
from ingest.store.columnar.translated import translated
from ingest.store.imported import Around, numbers
from ingest.store.tidy import LINKS, NUMBERS, OURS, VERSION, Origin, Way, header_of, refused
from ingest.store.typed import typed
from ingest.text.delimited import delimiter_of, head_of, record_at, records, text_of_table

_COLUMNS = {column.name: column for column in FIGURES}
_INTERVAL = ("value_low", "value_best", "value_high", "value_status", "qualifier", "interval_rule", "interval_open_high", "translated")
_VOICE = (
    *("publisher", "claimed_source", "primary_basis", "publisher_kind", "claimed_source_kind", "independence_group", "interest"),
    *("group_status", "group_side"),
)
_CLAIM = (
    *("claimed_source", "metric", "kind", "unit", "group_status", "group_side", "group_sex", "group_age", "group_role", "where"),
    *("window_start", "event_start", "as_of", "qualifier", "value_low", "value_best", "value_high"),
)
_MOMENT = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)
Columns = dict[str, Told]
Stands = Callable[[Figure, Document], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """`figures` holds a Figure's fields, one row for each figure in the order of the table; `standing` says which of them stand up to
    what they were to be tested by; `refused` says of each row that is no figure why, in the order of the table.
    """

    figures: pd.DataFrame
    standing: Bools
    refused: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table that say something: their cells by column, and the document they make."""

    sheet: Sheet
    rows: "np.ndarray[Any, np.dtype[np.int64]]"
    columns: Mapping[str, CellColumn]
    overfull: Bools
    document: Document
    header: Sequence[str]

    def __len__(self) -> int:
        return len(self.rows)


def read_columns(content: bytes, crisis: Crisis, origin: Origin, way: Way, *, stands: Stands) -> Reading | None:
    """The same figures and refusals as `read_table` gives, or None where only that can tell.

    `stands` is what figures are tested by, with no more of the document than their number. Raises `UnreadableDocument` where no row can
    be read.
    """
    text = text_of_table(content, origin.name)
    if head_of(text).start:
        return None  # lines stand above its head
    delimiter = delimiter_of(text)
    found = sheet(text, delimiter)
    if found is None:
        return None
    first = next(records(text, delimiter, origin.name), None)
    if too_wide(found, len(first.cells) if first else 0):
        return None
    header = header_of(first, origin.name, way)
    table = _table(found, header, crisis, origin)
    columns, failed = _columns(table, crisis, way)
    reasons = []
    for row in np.flatnonzero(failed):
        at = table.rows[row]
        record = record_at(text, delimiter, origin.name, start=int(found.start[at]), line=int(found.line[at]))
        reason = refused(record, header, table.document, (crisis, origin, way))
        if not reason:
            return None
        reasons.append(reason)
    _, doubtful = resolved(columns, ("written", *NUMBERS, "value_status", "qualifier"), partial(_verified, stands, table.document), ~failed)
    alike = {"document_id": table.document.document_id, "crisis": crisis.id, "first_seen_at": origin.now}
    columns |= {name: constant(value, len(table)) for name, value in alike.items()}
    return Reading(framed(columns, np.flatnonzero(~failed)), ~doubtful[~failed], reasons)


def _verified(stands: Stands, document: Document, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing, for a row whose number is what stands in the text. Raises `ValueError` for another."""
    written, values = row["written"], {name: value for name, value in row.items() if name != "written"}
    places = {"quote": written, "span_end": len(written)}
    if not stands(Figure("", "", "", "", Metric.KILLED, Kind.INCIDENT, **places, **values), replace(document, text=written)):
        raise ValueError("the text does not say the number")
    return {}


def _table(found: Sheet, header: Sequence[str], crisis: Crisis, origin: Origin) -> _Table:
    """The rows after the headings that say something and are no tags."""
    every = len(found.count)
    columns: dict[str, CellColumn] = {}
    says, plain, overfull = (np.zeros(every, dtype=bool) for _ in range(3))
    for position in range(int(found.count.max(initial=0))):
        column = found.column(position)
        said = column.says
        says |= said.said
        plain |= said.holds(lambda one: not one.startswith("#"))
        if position >= len(header):
            overfull |= said.said
        elif header[position]:
            columns[header[position]] = column
    first = int(np.argmax(says)) if says.any() else 0
    rows = np.flatnonzero(says & plain & (np.arange(every) > first))
    columns = {name: column.take(rows) for name, column in columns.items()}
    return _Table(found, rows, columns, overfull[rows], _document(found.text, columns, len(rows), crisis, origin), header)


def _document(text: str, columns: Mapping[str, CellColumn], rows: int, crisis: Crisis, origin: Origin) -> Document:
    def only(name: str) -> str:
        """What every row says, where they agree."""
        if name not in columns or not rows:
            return ""
        said = columns[name].says
        alike = {said.values[code] if code >= 0 else "" for code in pd.unique(said.codes).tolist()}
        return str(alike.pop()) if len(alike) == 1 else ""

    return origin.document(text, only, _newest(columns, crisis), "")


def _newest(columns: Mapping[str, CellColumn], crisis: Crisis) -> datetime | None:
    """The newest publication time that a row names: the table is not older than that."""
    found = []
    if "published_at" in columns:
        said = columns["published_at"].says
        texts = [said.values[code] for code in pd.unique(said.codes[said.said]).tolist()]
        # moments that are written alike sort as they are written
        newest = [max(texts)] if texts and all(map(_MOMENT.fullmatch, texts)) else texts
        for text in newest:
            try:
                found.append(typed(_COLUMNS["published_at"], text, crisis.timezone))
            except ValueError:
                continue  # the row is refused for it, with the reason
    return max(found, default=None)


def _columns(table: _Table, crisis: Crisis, way: Way) -> tuple[Columns, Bools]:
    """The fields of all rows as figures, and the rows that are none."""
    count = len(table)
    every = np.ones(count, dtype=bool)
    said = _said(table, way)
    ours = translated(said, Around(crisis, way.gazetteer), count)
    given, failed = _typed(said, crisis, count)
    failed |= ours.failed | table.overfull
    values = layered({name: one.only(ours.rows) for name, one in ours.columns.items()}, given)
    failed |= ~(values["metric"].said & values["kind"].said) if {"metric", "kind"} <= {*values} else every
    if "crisis" in values:
        failed |= values["crisis"].said & ~values["crisis"].holds(lambda one: one == crisis.id)
    labels = values.pop("figure_id", nothing(count))
    values = {name: one for name, one in values.items() if name not in OURS}
    values["translated"] = constant(True, count).only(ours.rows)
    measured, wrong = resolved(values, _INTERVAL, _interval, ~failed)
    failed |= wrong
    values = {name: one for name, one in values.items() if name not in _INTERVAL} | measured
    spoken, _ = resolved(values, _VOICE, lambda row: voice(row, table.document, crisis), ~failed)
    values |= spoken | _dated(values, table.document, crisis, count)
    metrics = values.get("metric", nothing(count)).only(~failed)
    values = layered({"unit": metrics.each(unit_of), "language": constant(table.document.language, count)}, values)
    written = values.get("extractor_version", nothing(count))
    values["extractor_version"] = written.only(written.holds(bool)).over(constant(VERSION, count))
    shown, unproven = proof(Proof(table.sheet, table.rows, table.columns, table.header), values, ~failed)
    failed |= unproven
    values |= shown
    values["claim_id"] = _claims(values, ~failed)
    values["figure_id"] = identities(table.columns, values, labels, (table.header, crisis.id), ~failed)
    return _linked(values, labels), failed


def _said(table: _Table, way: Way) -> Columns:
    """What the cells stand for, by meaning: what the mapping says of them, else as they are."""
    told = {name: constant(word, len(table)) for name, word in way.headings.fixed.items()}
    for name, column in table.columns.items():
        words = way.headings.values.get(name, {})
        cells = column.says
        cells = cells.each(partial(_stands_for, words)) if words else cells
        told[name] = cells.over(told[name]) if name in told else cells
    return told


def _stands_for(words: Mapping[str, str], cell: str) -> str:
    return words.get(cell, cell)


def _typed(said: Columns, crisis: Crisis, count: int) -> tuple[Columns, Bools]:
    """The typed values of the published columns, and the rows with a cell that is not what its column promises."""
    found: Columns = {}
    failed = np.zeros(count, dtype=bool)
    for name, cells in said.items():
        column = _COLUMNS.get(name)
        if column is None:
            continue
        if column.type == "string" and not column.closed:
            found[name] = cells
            continue
        read, wrong = resolved({name: cells}, (name,), partial(_of, column, crisis.timezone), cells.said)
        found |= read
        failed |= wrong
    return found, failed


def _of(column: Column, timezone: ZoneInfo, row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {column.name: typed(column, row[column.name], timezone)}


def _interval(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The interval of a row, and the numbers any of which its text may state."""
    values = {name: value for name, value in row.items() if name != "translated"}
    if "translated" in row:
        values |= numbers(values)
    values |= interval(values)
    return {**values, "statable": Whole(statable(Figure("", "", "", "", Metric.KILLED, Kind.INCIDENT, **values)))}


def _dated(values: Columns, document: Document, crisis: Crisis, count: int) -> Columns:
    """When it was published, and as of when it holds."""
    published = layered({"": constant(document.published_at, count)}, {"": values.get("published_at", nothing(count))})[""]
    stated = values.get("as_of", nothing(count))
    inferred = layered({"": Told((~stated.said).astype(np.int64), [False, True])}, {"": values.get("as_of_inferred", nothing(count))})[""]
    day = published.each(lambda moment: moment.astimezone(crisis.timezone).date())
    return {"published_at": published, "as_of": stated.over(day), "as_of_inferred": inferred}


def _claims(values: Columns, rows: Bools) -> Told:
    """The claim of each row: the one given, or what its voice, series, as-of and value make it."""
    count = len(rows)
    given = values.get("claim_id", nothing(count))
    places = ("place_id", "coverage_area", "place_text")
    where, _ = resolved(values, places, lambda row: {"where": _where(*(row.get(name, DEFAULTS[name]) for name in places))}, rows)
    texts = [
        layered({"": constant(str(DEFAULTS.get(name) or ""), count)}, {"": one.each(_text)})[""].each(str)
        for name, one in ((name, {**values, **where}.get(name, nothing(count))) for name in _CLAIM)
    ]
    own = rows & ~given.said
    at = np.flatnonzero(own)
    group, first = combined(one.take(at) for one in texts)
    codes = np.full(count, -1, dtype=np.int64)
    codes[at] = group
    if not given.said.any():
        return Told(codes, [f"c{number}" for number in range(len(first))])  # only which rows share one is asked for
    names = [name for name in (*_CLAIM, *places) if name in values]
    made = [claim_of({"claimed_source": "", **_row(values, names, int(row))}) for row in at[first]]
    return given.over(Told(codes, made))


def _row(values: Columns, names: Sequence[str], row: int) -> dict[str, Any]:
    """What one row says."""
    return {name: values[name].values[values[name].codes[row]] for name in names if values[name].codes[row] >= 0}


def _where(place: str, coverage: Sequence[str], written: str) -> str:
    return place or ";".join(coverage) or written.casefold()


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _linked(values: Columns, labels: Told) -> Columns:
    """Links to labels of the table are links to identities; other links stay as they are."""
    identity = values["figure_id"]
    named = np.flatnonzero(identity.said)
    of: dict[str, str] = {}
    if any(values[name].said.any() for name in LINKS if name in values):
        label = np.array([*labels.values, ""], dtype=object)[labels.codes[named]]
        of = dict(zip(label.tolist(), np.array(identity.values, dtype=object)[identity.codes[named]].tolist(), strict=True))
    return values | {name: values[name].each(lambda link: of.get(link, link)) for name in LINKS if name in values}
