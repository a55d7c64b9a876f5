"""A table read column by column gives the figures and the refusals that reading it row by row gives."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.compare.claims.comparable import USED
from ingest.pipeline.verify import verified
from ingest.publish.frames import frame
from ingest.store.columnar import Reading, read_columns
from ingest.store.columnar.sheet import sheet
from ingest.store.tidy import Origin, Way, read_table
from ingest.text.delimited import records
from tests.ingest.store.test_tidy_csv import CRISIS

NOW = datetime(2024, 12, 5, 12, 0, tzinfo=UTC)
TOLD = {
    "dataset": ["tracker", "tracker", "daily"],
    "date_start": ["", "2024-03-01", "2024-03-04", "2024-02", "soon"],
    "date_end": ["2024-03-01", "2024-03-04", "2024-03-05", "2024-03-12", "2024-03", "2024-13-01", ""],
    "country": ["Exland"],
    "admin1": ["North", "South", "unknown"],
    "place": ["", "Old Bridge"],
    "measure": ["killed", "killed_children", "displaced", "injured", "killed", "noise"],
    "population": ["all", "civilians", "IDPs (families)", "fishers"],
    "source": ["Exland Watch", "Exland Watch verified database", "ocha", "sohr", ""],
    "source_type": ["monitor", "verified database"],
    "low": ["", "", "3", "12", "'-1"],
    "best": ["12", "0", "4.0", "7", " 8 ", "a few"],
    "high": ["", "", "12", "3"],
    "cumulative": ["", "1", "0", "perhaps"],
    "note": ["", "last 24 h", "last 0 hours", "since the fall, second counter", 'said "so", twice', "a\nb", "flow"],
}
PUBLISHED = {
    "figure_id": ["", "one", "two", "f0123456789abcdef"],
    "claim_id": ["", "", "c1"],
    "parent_figure_id": ["", "one", "elsewhere"],
    "part_of": ["", "subset"],
    "metric": ["killed", "injured", "displaced_stock", "incident_count", "kiled", ""],
    "kind": ["daily", "cumulative", "incident", "incident"],
    "publisher": ["sohr", "afp", ""],
    "claimed_source": ["", "army", "ocha", "somebody"],
    "group_status": ["", "combatant", "civilian"],
    "group_side": ["", "government", "rebels"],
    "value_best": ["4", "12", "", "40"],
    "value_low": ["", "", "4", "10"],
    "value_high": ["", "", "20", "3"],
    "value_text": ["", "at least 4", "four", "dozens", "12"],
    "value_status": ["", "", "no_number"],
    "qualifier": ["", "exact", "at_least", "range", "fewer_than"],
    "as_of": ["", "2024-11-30", "2024-11-31"],
    "published_at": ["", "2024-11-30", "2024-11-30T22:30:00+00:00"],
    "coverage_area": ["", "TS01;TS02"],
    "place_text": ["", "Old Bridge", "old bridge"],
    "lat": ["", "36.2", "north"],
    "quote": ["At least 4 died, 12 were hurt", "من 4 إلى 20 قتيلا", "Four people, or 40", "", 'He said "4"', "=4 dead"],
    "crisis": ["", "test", "test", "another"],
}
BARE = {name: PUBLISHED[name] for name in PUBLISHED if name not in {"quote", "value_text", "figure_id"}}


def _both(content: bytes) -> tuple[Reading | None, pd.DataFrame, list[str]]:
    """What reading by columns gives; and the figures and refusals of reading by rows."""
    origin = Origin("t.csv", NOW)
    reading = read_columns(content, CRISIS, origin, Way(), stands=lambda figure, document: verified(figure, document) is None)
    document, figures, rejections = read_table(content, CRISIS, origin)
    if reading is not None:
        assert reading.standing.tolist() == [verified(figure, document) is None for figure in figures]
    return reading, frame("figures", map(asdict, figures)), [one.reason for one in rejections]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], ending: str) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator=ending).writerows([header, *rows])
    return written.getvalue().encode()


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """Values of one column without what the two ways may tell apart: how a missing one and a moment are held."""
    if column.dtype.kind == "M" or isinstance(column.dtype, pd.DatetimeTZDtype):
        return list(pd.to_datetime(column, utc=True).astype("datetime64[s, UTC]").astype("int64"))
    if pd.api.types.is_numeric_dtype(column.dtype) or str(column.dtype) == "boolean":
        return list(np.nan_to_num(column.astype("Float64").to_numpy(dtype=float, na_value=np.nan), nan=-1))
    return list(column.astype(object).fillna("").astype(str))


def _same(reading: Reading | None, expected: pd.DataFrame, refused: list[str]) -> None:
    assert reading is not None
    assert list(reading.refused) == refused
    for name in USED:
        if name in {"claim_id", "superseded_at"}:
            continue
        told = _plain(reading.figures[name])
        # of the sentence only matters that there is one
        assert told == _plain(expected[name]), name
    one, other = (pd.factorize(np.array(_plain(claims), dtype=object))[0] for claims in (reading.figures["claim_id"], expected["claim_id"]))
    assert one.tolist() == other.tolist()


def _rows(pool: dict[str, list[str]]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    return st.lists(st.tuples(*(st.sampled_from(cells) for cells in pool.values())), max_size=12)


@pytest.mark.parametrize("pool", [TOLD, PUBLISHED, BARE], ids=["other headings", "published columns", "published without sentences"])
@settings(max_examples=40)
@given(data=st.data(), ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_columns_give_what_rows_give(pool: dict[str, list[str]], data: st.DataObject, ending: str) -> None:
    """Whatever cells stand beside each other, good or bad: the same figures in the same order, and the same sentences of refusal."""
    rows = data.draw(_rows(pool))
    _same(*_both(_table(list(pool), rows, ending)))


@given(text=st.text(alphabet='a1,;"\n\r\té ', max_size=40))
def test_cells_stand_where_they_stand_when_read_one_by_one(text: str) -> None:
    """Every row and cell of a text has the place and words that the reader of rows finds, or the text is left to it."""
    found = sheet(text, ",")
    if found is None:
        return
    expected = list(records(text, ",", "t.csv"))
    columns = [found.column(position) for position in range(int(found.count.max(initial=0)))]
    says = [column.says for column in columns]
    told = [row for row in range(len(found.count)) if any(one.codes[row] >= 0 for one in says)]
    assert [(int(found.line[row]), int(found.start[row]), int(found.end[row])) for row in told] == [
        (one.line, one.start, one.end) for one in expected
    ]
    for row, record in zip(told, expected, strict=True):
        for cell, column, said in zip(record.cells, columns, says, strict=False):
            assert cell.value == (said.values[said.codes[row]] if said.codes[row] >= 0 else "")
            if cell.value:
                assert cell.start == column.starts[row]


def test_a_row_with_too_many_cells_and_a_row_of_tags_are_told_apart() -> None:
    """A row with a cell more than there are headings is refused with its number of cells; tags below the headings are none."""
    lines = [
        "date,source,measure,best",
        "#date,#org,#indicator,#indicator+num",
        "2024-03-01,ocha,killed,4,5",
        "",
        "2024-03-02,ocha,killed,6",
    ]
    reading, expected, refused = _both("\n".join(lines).encode())
    _same(reading, expected, refused)
    assert len(expected) == 1
    assert refused == ["t.csv, line 3: the row has 5 cells for 4 columns; put quotation marks around text with commas."]


def test_a_table_with_a_stray_quotation_mark_is_left_to_the_reader_of_rows() -> None:
    """Where a mark stands inside a cell, only reading cell by cell tells where the cell ends."""
    reading, expected, _ = _both(b'date,source,measure,best,note\n2024-03-01,ocha,killed,4,5" pipe\n')
    assert reading is None
    assert len(expected) == 1
