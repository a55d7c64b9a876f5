"""Files, tables and samples on their way in, and the snapshot on its way out."""

import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from ingest.model import snapshot as layout
from ingest.pipeline.assembly import Pipeline, assembled
from ingest.pipeline.hand_in import Given, HandIn
from ingest.pipeline.intake import Tally
from ingest.pipeline.sample import load_sample
from ingest.settings import Settings, load
from tests.ingest.workbooks import workbook

GIVEN = Given(publisher="Valley Watch", published=datetime(2024, 12, 4, 12, tzinfo=UTC))
TABLE = (
    "metric,kind,value_best,claimed_source,place_text,quote\n"
    "killed,incident,7,watch,Northvale,Seven (7) people were killed.\n"
    "killed,incident,9,watch,Northvale,Eight (8) people were killed.\n"
)


def _hand_in(pipeline: Pipeline, given: Given = GIVEN) -> HandIn:
    return HandIn(pipeline, given, lambda _: None, lambda _: None)


def test_a_folder_gives_what_can_be_read_and_names_what_cannot(pipeline: Pipeline, tmp_path: Path) -> None:
    """One bad file costs itself: the reports beside it are kept, and the sentence names it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Two people were killed in Northvale.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.csv").write_text(TABLE, encoding="utf-8")
    handed = _hand_in(pipeline).path(folder)
    assert handed.tally == Tally(documents=2, figures=2, rejected=1)
    assert len(handed.refused) == 1 and "b.txt" in handed.refused[0]
    run = pipeline.intake.ledger.runs()[0]
    reasons = [line.reason for line in pipeline.intake.ledger.run_log(run.run_id)]
    assert any("b.txt" in reason for reason in reasons) and any("line 3" in reason for reason in reasons)


def test_what_is_built_to_do_harm_costs_itself_alone(pipeline: Pipeline, tmp_path: Path) -> None:
    """Of a folder: tables, answers and texts that would keep a parser busy or fill the memory, in files and in a zip."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Two people were killed in Northvale.", encoding="utf-8")
    (folder / "b.csv").write_bytes(b"a," * 1_000_000 + b"a\n")
    (folder / "c.csv").write_bytes(b'metric,kind,value_best,quote\nkilled,incident,7,"' + b"x" * 50_000_000)
    (folder / "d.json").write_bytes(b"[" * 100_000)
    (folder / "e.xml").write_bytes(b"<rss>" + b"<a>" * 100_000)
    with zipfile.ZipFile(folder / "f.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.txt", bytes(61_000_000))
        packed.writestr("g.txt", "Three people were killed in Southvale.")
    handed = _hand_in(pipeline).path(folder)
    assert (handed.tally.documents, handed.tally.figures) == (2, 2)
    assert [next(name for name in ("b.csv", "c.csv", "d.json", "e.xml", "bomb.txt") if name in one) for one in handed.refused] == [
        *("b.csv", "c.csv", "d.json", "e.xml", "bomb.txt")
    ]


def test_a_workbook_is_handed_in_as_a_table_is(pipeline: Pipeline, tmp_path: Path) -> None:
    """With its HXL tags; a sentence about a row names its sheet and the row's number there; a broken one is refused."""
    tags = ("#adm1+name", "#date+occurred", "#affected+killed")
    rows = (("An invented title",), ("Where", "Day", "Dead"), tags, ("Northvale", date(2024, 12, 1), 7), ("Northvale", "soon", 8))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.xlsx").write_bytes(content := workbook({"Counts": rows}))
    (tmp_path / "in" / "u.xlsx").write_bytes(content[:500])
    said: list[str] = []
    handed = HandIn(pipeline, GIVEN, lambda _: None, said.append).path(tmp_path / "in")
    assert (handed.tally.figures, handed.tally.rejected, len(handed.refused)) == (1, 1, 1)
    assert any(one.startswith("t.xlsx, sheet Counts, line 5: ") for one in said)
    assert "u.xlsx" in handed.refused[0]


def test_a_publisher_may_be_given_by_any_of_its_names(pipeline: Pipeline, tmp_path: Path) -> None:
    """What a person types becomes the organisation's identity, and the report speaks for it."""
    path = tmp_path / "a.txt"
    path.write_text("Two people were killed in Northvale.", encoding="utf-8")
    _hand_in(pipeline).path(path)
    (document,) = pipeline.intake.ledger.documents()
    (figure,) = pipeline.intake.ledger.figures("tiny")
    assert (document.publisher, figure.claimed_source) == ("watch", "watch")


def test_every_document_leads_to_its_archived_bytes(pipeline: Pipeline, tmp_path: Path) -> None:
    """Report or table: the bytes that were read are in the archive under the hash the document names."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Two people were killed in Northvale.", encoding="utf-8")
    (tmp_path / "in" / "b.csv").write_text(TABLE, encoding="utf-8")
    _hand_in(pipeline).path(tmp_path / "in")
    kept = {pipeline.archive.get(document.archive_sha256) for document in pipeline.intake.ledger.documents()}
    assert kept == {path.read_bytes() for path in (tmp_path / "in").iterdir()}


def test_the_snapshot_is_behind_until_it_is_published(pipeline: Pipeline) -> None:
    """`up` publishes when the ledger holds more than the snapshot, and only then."""
    assert not pipeline.published()
    first = pipeline.publish()
    assert pipeline.published()
    _hand_in(pipeline).content(b"Two people were killed in Northvale.", "standard input")
    assert not pipeline.published()
    second = pipeline.publish()
    assert pipeline.published() and second.id != first.id and second.changed
    assert layout.current(pipeline.settings.published / "tiny") == second.path


def test_publishing_again_changes_nothing(pipeline: Pipeline) -> None:
    """With nothing new the snapshot that stands is the answer, byte for byte."""
    _hand_in(pipeline).content(b"Two people were killed in Northvale.", "standard input")
    first = pipeline.publish()
    bytes_before = {path: path.read_bytes() for path in first.path.rglob("*") if path.is_file()}
    second = pipeline.publish()
    assert (second.id, second.changed) == (first.id, False)
    assert {path: path.read_bytes() for path in second.path.rglob("*") if path.is_file()} == bytes_before


def test_a_crisis_without_a_sample_loads_none(pipeline: Pipeline) -> None:
    """Most crises have no built-in reports, and that is no error."""
    assert load_sample(pipeline, lambda _: None) == Tally()
    assert pipeline.intake.ledger.runs() == ()


def test_the_whole_sample_is_read_without_a_rejection(tmp_path: Path, settings: Settings) -> None:
    """Every built-in report and row passes the checks any report passes; loading it a second time adds nothing."""
    real = load({}, tmp_path / "real")
    with assembled(replace(real, keys={}), lambda: datetime(2026, 1, 1, tzinfo=UTC)) as pipeline:
        pieces: Counter[str] = Counter()
        tally = load_sample(pipeline, lambda count: pieces.update({"done": count}))
        folder = settings.shipped / pipeline.crisis.sample
        reports, tables = list(folder.rglob("*.txt")), list(folder.rglob("*.csv"))
        assert (tally.documents, tally.rejected, tally.unread) == (len(reports) + len(tables), 0, 0)
        assert pieces["done"] == len(reports) > 50
        assert load_sample(pipeline, lambda _: None) == Tally()
        sources = {document.source for document in pipeline.intake.ledger.documents()}
        assert sources == {"sample"} and all(document.second_hand for document in pipeline.intake.ledger.documents() if document.citation)
