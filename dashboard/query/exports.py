"""Downloads: what the filters select, all of it, in chunks, as text no spreadsheet will run."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from dashboard.query.clauses import Condition, figure_condition, sentence, series_condition, verdict_condition
from dashboard.query.discrepancies import discrepancies_count
from dashboard.query.discrepancies import order_sql as discrepancy_order
from dashboard.query.figures import figures_count
from dashboard.query.figures import order_sql as figure_order
from dashboard.query.rules import applied, verdicts
from dashboard.query.silence import silence_rows
from dashboard.query.snapshots import Snapshot
from dashboard.state import Filters
from ingest.model.cells import FORMULA, safe_cell
from ingest.model.ids import digest
from ingest.model.schema import RULED, TABLES, Column
from ingest.model.snapshot import TABLE_FILES

_BOM: Final = "\ufeff".encode()
_END: Final = "\r\n"  # RFC 4180
_FORMULA: Final = FORMULA.replace("'", "''")
COLUMNS: Final = {**TABLES, "discrepancies": (*TABLES["discrepancies"], *RULED)}
"""The columns of a downloaded table: the published ones, and the ruling of a person beside each verdict."""
_ABOUT_FIGURES: Final = (
    "One row is one claimed value as stated by one claimed source in one document. Rows are reported figures, not verified",
    "truth. Do not add them across sources; count voices by independence_group, and relays of one claim by claim_id.",
    "An empty value_high with interval_open_high true means at least. An empty cell means not stated, which is not zero.",
    "Cite the claimed source and the document of each row (claimed_source, publisher, url) beside this collection.",
)
_ABOUT_DISCREPANCIES: Final = (
    "One row is one pair of figures with the machine's verdict why they differ or agree: a method, not a judgement of who is right.",
    "Columns ruling, ruling_code, ruled_by, ruled_at and ruling_reason are a person's word beside it; empty where nobody ruled.",
    "Cite both claimed sources (claimed_source_a, claimed_source_b), and the figures' documents, beside this collection.",
)
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say; the same rows then make the same bytes."""


def figures_csv(db: Snapshot, filters: Filters, *, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """The figures the filters select, whatever the page, as UTF-8 CSV with the published columns, in chunks.

    Sorted as the table is where the reader chose a sort, else in the snapshot's own order. `bom` helps old Excel read
    Arabic; `hxl` adds the row of tags under the header. Text a spreadsheet would run begins with an apostrophe.
    """
    return _csv(db, _figures(db, filters), bom=bom, hxl=hxl)


def discrepancies_csv(db: Snapshot, filters: Filters, *, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """The verdicts the filters select, under the rules of the view, with the rulings of people beside them, in the same way."""
    return _csv(db, _discrepancies(db, filters), bom=bom, hxl=hxl)


def silence_csv(db: Snapshot, filters: Filters, *, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """Who spoke and who did not, in the same way: every stored row, or where a place is chosen every day of its division."""
    chosen = silence_rows(db, filters)
    order = "metric, adm1_id, claimed_source, day"
    return _csv(db, _Select(TABLES["silence"], f"({chosen.sql})", f" ORDER BY {order}", chosen.values), bom=bom, hxl=hxl)


def series_csv(db: Snapshot, filters: Filters, *, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """The series of each voice with what is derived from them, in the same way."""
    order = "metric, claimed_source, series_id, day, derived, published_at, figure_id, parent_after"
    condition = series_condition(filters, db)
    rows = f"published_series WHERE {condition.sql}"
    return _csv(db, _Select(TABLES["series"], rows, f" ORDER BY {order}", condition.values), bom=bom, hxl=hxl)


def whole_csv(db: Snapshot, table: str, *, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """A table no filter narrows, all of it, in the same way and in the snapshot's own order."""
    return _csv(db, _select(table, f"published_{table}", Condition("true", {}), ""), bom=bom, hxl=hxl)


def figures_json(db: Snapshot, filters: Filters, *, address: str, title: str) -> Iterator[bytes]:
    """The same rows as one JSON object, in chunks: `citation`, `columns` (name, type, meaning) and `rows`, a list per row."""
    yield from _json(db, _figures(db, filters), citation(db, filters, address=address, title=title))


def discrepancies_json(db: Snapshot, filters: Filters, *, address: str, title: str) -> Iterator[bytes]:
    """The verdicts in the same way."""
    yield from _json(db, _discrepancies(db, filters), citation(db, filters, address=address, title=title, table="discrepancies"))


def _json(db: Snapshot, select: "_Select", cited: str) -> Iterator[bytes]:
    columns = [{"name": c.name, "type": c.type, "meaning": c.meaning} for c in select.columns]
    head = {"citation": cited, "columns": columns}
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "rows": ['
    comma = b""
    for rows in db.stream(select.sql(", ".join(c.name for c in select.columns)), select.values):
        lines = (json.dumps([_plain(value) for value in row], ensure_ascii=False, allow_nan=False).encode() for row in rows)
        yield comma + b",\n".join(lines)
        comma = b",\n"
    yield b"]}\n"


def figures_zip(db: Snapshot, filters: Filters, *, address: str, title: str, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """The same rows with the data dictionary and a citation beside them, as a zip in chunks. `address` is where it was asked for."""
    rows = figures_csv(db, filters, bom=bom, hxl=hxl)
    yield from _zip("figures", rows, citation(db, filters, address=address, title=title))


def discrepancies_zip(db: Snapshot, filters: Filters, *, address: str, title: str, bom: bool = False, hxl: bool = False) -> Iterator[bytes]:
    """The verdicts in the same way; the citation names every rule that was changed."""
    rows = discrepancies_csv(db, filters, bom=bom, hxl=hxl)
    yield from _zip("discrepancies", rows, citation(db, filters, address=address, title=title, table="discrepancies"))


def _zip(table: str, rows: Iterator[bytes], cited: str) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry(f"{table}.csv"), "w", force_zip64=True) as file:
            for chunk in rows:
                file.write(chunk)
                yield sink.taken()
        archive.writestr(_entry("data-dictionary.csv"), data_dictionary_csv(table))
        archive.writestr(_entry("CITATION.txt"), cited)
    yield sink.taken()


def data_dictionary_csv(table: str = "figures") -> bytes:
    """What each column of the table means, as CSV."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["column", "type", "meaning", "hxl"])
    writer.writerows([c.name, c.type, safe_cell(c.meaning), c.hxl] for c in COLUMNS[table])
    return out.getvalue().encode()


def citation(db: Snapshot, filters: Filters, *, address: str, title: str, table: str = "figures") -> str:
    """How to cite the rows: what they are, what was chosen, of which snapshot, and what they must not be used for."""
    rows = figures_count(db, filters) if table == "figures" else discrepancies_count(db, filters)
    chosen = sentence(db, filters, str) or "everything"
    moment = db.published_at.strftime("%d %B %Y, %H:%M UTC").lstrip("0")
    lines = (
        f"{title}: {rows:,} {'row' if rows == 1 else 'rows'} of {table}. Crosscount, snapshot {db.id} of {moment}. {address}",
        "",
        f"Chosen: {chosen}.",
        *(_ABOUT_FIGURES if table == "figures" else (*_rule_lines(db, filters), *_ABOUT_DISCREPANCIES)),
    )
    return "\n".join(lines) + "\n"


def _rule_lines(db: Snapshot, filters: Filters) -> Iterator[str]:
    """Which rules of the comparison the verdicts were reached by."""
    found = applied(db, filters)
    yield f"Rules of the comparison: {found.rules.version}, as at the end of each row's rule column."
    if found.too_many and not found.changes:
        yield f"Verdicts reached since, on figures known then: the filters leave {found.claims:,} claims, more than are compared anew."
    elif found.too_many:
        yield f"Changed rules were not applied: the filters leave {found.claims:,} claims, more than are compared anew."
    elif found.changes:
        part = "as far as the filters reach" if found.part else "all of them"
        yield f"These are not the published verdicts: {found.claims:,} claims ({part}) were compared anew with changed rules:"
        yield from (f"  {one.name} = {one.now} (published with {one.published or 'the table of the crisis'})" for one in found.changes)


def etag(db: Snapshot, table: str, filters: Filters, *options: str) -> str:
    """Changes when the rows could: with the tables' own hashes, with what is chosen, and with the options of the form."""
    names = (table, "figures", "documents", "places", "rulings", "runs")
    hashes = [db.manifest.sha256.get(TABLE_FILES[name], "") for name in names]
    return digest(*hashes, filters.data().page_query("crisis"), *options, length=32)


def filename(db: Snapshot, table: str, filters: Filters, suffix: str = "csv") -> str:
    """A name that says what is inside: crisis, table, `selection` when not everything, and the snapshot."""
    part = "" if filters.data().page_query("crisis", "sort") == "" else "-selection"
    return f"crosscount-{db.crisis}-{table}{part}-{db.id}.{suffix}"


@dataclass(frozen=True, slots=True)
class _Select:
    """A question whose answer is streamed: which columns of which rows in which order."""

    columns: tuple[Column, ...]
    rows: str
    order: str
    values: Mapping[str, Any]

    def sql(self, selected: str) -> str:
        """The question, for these expressions on the columns."""
        return f"SELECT {selected} FROM {self.rows}{self.order}"  # noqa: S608 - no value is pasted


def _figures(db: Snapshot, filters: Filters) -> _Select:
    return _select("figures", "figures", figure_condition(filters, db), figure_order(filters.sort) if filters.sort else "")


def _discrepancies(db: Snapshot, filters: Filters) -> _Select:
    order = discrepancy_order(filters.sort) if filters.sort else ""
    return _select("discrepancies", verdicts(db, filters), verdict_condition(filters, db), order)


def _select(table: str, rows: str, condition: Condition, order: str) -> _Select:
    return _Select(COLUMNS[table], f"{rows} WHERE {condition.sql}", f" ORDER BY {order}" if order else "", condition.values)


def _csv(db: Snapshot, select: _Select, *, bom: bool, hxl: bool) -> Iterator[bytes]:
    """The header, then lines that the database has written: it does so ten times faster than a loop over cells."""
    head = [[column.name for column in select.columns]] + ([[column.hxl for column in select.columns]] if hxl else [])
    yield (_BOM if bom else b"") + "".join(",".join(names) + _END for names in head).encode()
    line = f"concat_ws(',', {', '.join(map(_cell_sql, select.columns))})"
    for rows in db.stream(select.sql(line), select.values):
        yield "".join(text + _END for (text,) in rows).encode()


def _cell_sql(column: Column) -> str:
    """One cell as text: neutralised and quoted where it must be, ISO 8601 (times UTC), empty for what is not stated."""
    name = column.name
    if column.type == "datetime":
        return f"coalesce(strftime({name}, '%Y-%m-%dT%H:%M:%SZ'), '')"
    if column.type not in ("string", "list"):
        return f"coalesce({name}::VARCHAR, '')"
    safe = f"CASE WHEN regexp_matches({name}, '{_FORMULA}') THEN chr(39) || {name} ELSE {name} END"
    quoted = f"""'"' || replace({safe}, '"', '""') || '"'"""
    return f"""CASE WHEN regexp_matches({name}, '[",\r\n]') THEN {quoted} ELSE {safe} END"""


def _plain(value: Any) -> Any:
    """One value of a JSON row: days and times in ISO 8601, everything else as it is."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "Z"
    return value.isoformat() if isinstance(value, date) else value


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


class _Sink(io.RawIOBase):
    """Where a zip is written to and taken from as it grows; it cannot go back, so the zip is written to be streamed."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """The bytes since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken
