"""Tables that sources hand over: rows to figures through a refresh."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.fetch.request import FetchRequest
from ingest.model.records import SourceInfo, Table
from ingest.model.vocabulary import Kind, Metric, SourceKind
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.hand_in import Given, HandIn
from ingest.pipeline.refresh import Outcome, Refresher
from ingest.pipeline.replay import Kept, Reread, Verdict, kept, replayed
from ingest.pipeline.rereading import Rereading
from ingest.store.imported import mapping as mapping_of
from ingest.text import MediaType, read_delimited
from tests.ingest.workbooks import workbook

TAGGED = b"Where,Day,Dead,Hurt\n#adm1+name,#date+occurred,#affected+killed,#affected+injured\nNorthvale,2024-12-01,6,6\n"
OTHER = b"Wo;Wann;Tote\nNorthvale;2024-12-01;14\n"
MAPPING = {"columns": {"Wo": "admin1", "Wann": "day", "Tote": "value_best"}, "fixed": {"measure": "killed"}}


@dataclass
class Shelf:
    """A source of these tables."""

    contents: list[tuple[bytes, dict[str, Any]]] = field(default_factory=list)
    sheet: str = ""
    INFO = SourceInfo("shelf", "Shelf", "watch", SourceKind.MONITOR, "", ("en",), "CC0", "", 6, "", "Invented.", (0, 9))

    def fetch(self, _: FetchRequest) -> Iterator[Table]:
        """Yield them."""
        for number, (content, mapping) in enumerate(self.contents):
            sha256, when = hashlib.sha256(content).hexdigest(), datetime(2024, 12, 4, tzinfo=UTC)
            name = f"{number}.{'csv' if content[:2] != b'PK' else 'xlsx'}"
            yield Table(content, name, f"https://example.org/{name}", when, sha256, "watch", None, "CC0", mapping, self.sheet)


def _refresh(pipeline: Pipeline, *contents: tuple[bytes, dict[str, Any]], sheet: str = "") -> tuple[Outcome, list[str]]:
    said: list[str] = []
    refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, lambda _, told: said.append(told), threading.Event())
    (outcome,) = refresher.refresh({"shelf": Shelf(list(contents), sheet)})
    return outcome, said


def _replayed(pipeline: Pipeline, documents: list[Kept] | None = None) -> list[Reread]:
    """What the documents of the ledger, or these, are read to again."""
    rereading = Rereading.of(pipeline.settings, pipeline.gazetteer)
    listed = documents if documents is not None else kept(pipeline.intake.ledger)
    return list(replayed(listed, pipeline.archive, pipeline.intake.reader, rereading))


def test_a_table_built_to_do_harm_costs_itself_alone(pipeline: Pipeline, within: Callable[..., None]) -> None:
    """Of a refresh: its sentence is the source's failure, the tables around it are kept, and the next refresh is as ever."""
    wide = b"a," * 100_000 + b"a\n"
    outcome, _ = _refresh(pipeline, (TAGGED, {}), (wide, {}), (b'Where,Dead\n"Northvale,6\n', {}), (OTHER, MAPPING))
    assert outcome.tally.figures == 3
    assert "1.csv, line 1 has more than the 16,384 columns" in outcome.failure
    assert "2.csv, line 2: a quotation mark is opened and never closed" in outcome.failure
    within("table", memory=100_000_000)
    outcome, _ = _refresh(pipeline, (TAGGED + b"Northvale,2024-12-02,1,1\n" * 500_000, {}))
    assert (outcome.tally.figures, outcome.failure.startswith("0.csv could not be read within 20 seconds or within memory")) == (0, True)
    within("table")
    outcome, _ = _refresh(pipeline, (TAGGED.replace(b",6,6", b",7,7"), {}))
    assert (outcome.tally.figures, outcome.failure) == (2, "")
    assert sum(one.figures != () for one in kept(pipeline.intake.ledger)) == 3


@pytest.mark.parametrize("mapping", [{}, MAPPING])
def test_a_table_is_read_again_from_the_archive_alone(pipeline: Pipeline, mapping: dict[str, Any]) -> None:
    """With the meanings its columns had, also where nobody knows them any more: a figure that is not what its row says is noticed."""
    content = OTHER if mapping else TAGGED
    pipeline.archive.put(content)
    _refresh(pipeline, (content, mapping))
    (held,) = kept(pipeline.intake.ledger)
    (same,) = _replayed(pipeline)
    assert same.verdict is Verdict.SAME and {one.figure_id for one in same.figures} == {one.figure_id for one in held.figures} != set()
    changed = Kept(held.document, tuple(replace(one, place_id="XX02") for one in held.figures))
    assert _replayed(pipeline, [changed])[0].verdict is Verdict.OTHER_FIGURES


def test_what_stands_above_the_head_of_a_table_is_left_out(pipeline: Pipeline) -> None:
    """As exports put a title there; the numbers of lines are those of the file, and a table of two columns is none with a title."""
    titled = b"Figures, as extracted on 1 December 2024\n\nWo;Wann;Tote\nNorthvale;2024-12-01;14\nNorthvale;soon;15\n"
    pipeline.archive.put(titled)
    outcome, said = _refresh(pipeline, (titled, MAPPING))
    assert (outcome.tally.figures, outcome.failure) == (1, "")
    assert any(one.startswith("0.csv, line 5: ") for one in said)
    (again,) = _replayed(pipeline)
    assert again.verdict is Verdict.SAME
    narrow = b'place,killed\n"Northvale, the valley, the river",4\n'
    assert [cell.value for cell in read_delimited(narrow, "n.csv").records[0].cells] == ["place", "killed"]


def test_a_table_whose_columns_meaning_is_lost_is_told(pipeline: Pipeline) -> None:
    """Without the note its figures are only found in its text, and replay says so; what its text does not say is noticed."""
    pipeline.archive.put(TAGGED)
    _refresh(pipeline, (TAGGED, {}))
    (held,) = kept(pipeline.intake.ledger)
    pipeline.archive.let_go(MediaType.parse(held.document.media_type).params["way"])
    (told,) = _replayed(pipeline)
    assert (told.verdict, told.figures) == (Verdict.KEPT, held.figures)
    assert told.note.endswith("but not read again, for the archive has no note of how its columns were read.")
    broken = Kept(held.document, tuple(replace(one, value_low=99, value_best=99, value_high=99) for one in held.figures))
    assert _replayed(pipeline, [broken])[0].verdict is Verdict.OTHER_FIGURES


def test_a_table_that_was_handed_in_is_read_again(pipeline: Pipeline, tmp_path: Path) -> None:
    """With the mapping, publisher and day that were given with it."""
    path = tmp_path / "own.csv"
    path.write_bytes(OTHER)
    given = Given(publisher="watch", published=datetime(2024, 12, 3, tzinfo=UTC), headings=mapping_of(MAPPING, "own"))
    assert HandIn(pipeline, given, lambda _: None, lambda _: None).path(path).tally.figures == 1
    (held,) = kept(pipeline.intake.ledger)
    (again,) = _replayed(pipeline)
    assert (again.verdict, [one.figure_id for one in again.figures]) == (Verdict.SAME, [one.figure_id for one in held.figures])
    changed = Kept(held.document, tuple(replace(one, metric=Metric.INJURED) for one in held.figures))
    assert _replayed(pipeline, [changed])[0].verdict is Verdict.OTHER_FIGURES


def test_two_counts_of_a_row_are_two_figures_of_one_document(pipeline: Pipeline) -> None:
    """Equal numbers of different people stay two; the row is the quote, and the table's address is theirs."""
    outcome, _ = _refresh(pipeline, (TAGGED, {}))
    assert not outcome.failure
    figures = {figure.metric: figure for figure in pipeline.intake.ledger.figures("tiny")}
    (document,) = pipeline.intake.ledger.documents()
    killed = figures[Metric.KILLED]
    assert {*figures} == {Metric.KILLED, Metric.INJURED}
    assert (killed.value_best, killed.kind, killed.event_start, killed.place_id) == (6, Kind.DAILY, date(2024, 12, 1), "XX01")
    assert (killed.quote, killed.url) == ("Northvale,2024-12-01,6,6", "https://example.org/0.csv")
    assert (document.licence, document.citation) == ("CC0", "0.csv, https://example.org/0.csv")
    assert pipeline.publish().tables["figures"] == 2


def test_a_mapping_explains_a_table(pipeline: Pipeline) -> None:
    """As it does for one that a person hands in; the same table again adds nothing, one with a row more adds that row."""
    _refresh(pipeline, (OTHER, MAPPING))
    assert [figure.value_best for figure in pipeline.intake.ledger.figures("tiny")] == [14]
    assert _refresh(pipeline, (OTHER, MAPPING))[0].tally.known == 1
    assert _refresh(pipeline, (OTHER + b"Southvale;2024-12-02;3\n", MAPPING))[0].tally.figures == 1


def test_a_table_that_cannot_be_read_fails_its_source_and_costs_no_other(pipeline: Pipeline) -> None:
    """Its columns, or its mapping, are told."""
    outcome, _ = _refresh(pipeline, (OTHER, {}), (OTHER, {"colums": {}}), (TAGGED, {}))
    assert "0.csv has a column 'Wo' that is not known" in outcome.failure
    assert "1.csv has 'colums', which is not understood" in outcome.failure
    assert outcome.tally.figures == 2


def test_the_sheets_of_a_workbook_are_tables_of_their_own(pipeline: Pipeline) -> None:
    """HXL tags, days and merged heads are understood; a sheet that is no such table is told; every row leads back to the workbook."""
    tagged = (
        ("Dead", "", "Day"),
        ("Men", "Women", ""),
        ("#affected+killed", "#affected+injured", "#date+occurred"),
        (6, 2, date(2024, 12, 1)),
    )
    wordy = (("Wo", "Tote"), ("Northvale", 3))
    content = workbook({"Notes": (("Terms of use",),), "Odd": wordy, "Counts": tagged}, ("A1:B1", "C1:C2"))
    outcome, said = _refresh(pipeline, (content, {}))
    assert (outcome.failure, outcome.tally.figures) == ("", 2)
    assert any("0.xlsx, sheet Odd has a column 'Wo" in one for one in said)
    (document,) = pipeline.intake.ledger.documents()
    assert document.title == "0.xlsx, sheet Counts"
    assert MediaType.parse(document.media_type).params["sheet"] == "Counts"
    killed = next(one for one in pipeline.intake.ledger.figures("tiny") if one.metric is Metric.KILLED)
    assert (killed.value_best, killed.event_start, killed.quote) == (6, date(2024, 12, 1), "6,2,2024-12-01")
    pipeline.archive.put(content)
    (again,) = _replayed(pipeline)
    assert again.verdict is Verdict.SAME and len(again.figures) == 2


def test_sheets_may_be_chosen(pipeline: Pipeline) -> None:
    """By a pattern of their names; where none matches, or the file is damaged, the source fails with a sentence."""
    rows = (("place", "day", "killed"), ("Northvale", date(2024, 12, 1), 3))
    content = workbook({"May": rows, "June": ((*rows[0],), ("Southvale", date(2024, 12, 2), 4))})
    mapping = {"columns": {"killed": "value_best"}, "fixed": {"measure": "killed"}}
    outcome, _ = _refresh(pipeline, (content, mapping), sheet="^ju")
    assert [figure.value_best for figure in pipeline.intake.ledger.figures("tiny")] == [4] and not outcome.failure
    assert "0.xlsx has no sheet with a table whose name matches '^x'" in _refresh(pipeline, (content, mapping), sheet="^x")[0].failure
    assert "0.xlsx" in _refresh(pipeline, (content[:300], mapping))[0].failure


def test_a_code_says_which_place_a_name_means(pipeline: Pipeline) -> None:
    """Where it stands beside the finest name and is known; else the name does."""
    table = b"admin1,Admin1 Pcode,day,value_best,measure\nNorwell,XX01,2024-12-01,3,killed\nSouthvale,ZZ9,2024-12-02,4,killed\n"
    outcome, _ = _refresh(pipeline, (table, {}))
    assert not outcome.failure
    assert {figure.value_best: figure.place_id for figure in pipeline.intake.ledger.figures("tiny")} == {3: "XX01", 4: "XX02"}
