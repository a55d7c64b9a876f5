"""What becomes of one document on its way into the ledger."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ingest.errors import StoreError
from ingest.extract import read
from ingest.model.records import Document, Figure
from ingest.pipeline import intake as intake_module
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.corrected import corrected
from ingest.pipeline.intake import Tally

Make = Callable[..., Document]
TEXT = "Valley Watch said 12 civilians were killed in Northvale on Tuesday, including three children."


def _figures(pipeline: Pipeline) -> list[Figure]:
    return list(pipeline.intake.ledger.figures("tiny"))


def test_a_report_becomes_a_document_and_its_figures(pipeline: Pipeline, report: Make) -> None:
    """Reading, verifying and keeping is one step, and the run says what came of it."""
    with pipeline.intake.run("ingest", "fake") as run:
        tally = pipeline.intake.take(report(TEXT), run)
    assert tally == Tally(documents=1, figures=2)
    assert {figure.value_best for figure in _figures(pipeline)} == {12, 3}
    noted = pipeline.intake.ledger.runs()[0]
    assert (noted.outcome, noted.documents_new, noted.figures_new) == ("ok", 1, 2)


def test_the_same_report_again_adds_nothing(pipeline: Pipeline, report: Make) -> None:
    """A second reading is recognised by the document and costs no reading."""
    with pipeline.intake.run("ingest", "fake") as run:
        pipeline.intake.take(report(TEXT), run)
        before = _figures(pipeline)
        assert pipeline.intake.take(report(TEXT), run) == Tally(known=1)
    assert _figures(pipeline) == before


def test_a_misread_number_is_rejected_with_its_reason_and_the_rest_is_kept(pipeline: Pipeline, report: Make) -> None:
    """A row whose digits the text does not say stays out; its parts become figures of their own."""
    document = report(TEXT)
    whole, part = (reading.figure for reading in read(document, pipeline.intake.reader))
    assert part.parent_figure_id == whole.figure_id
    turned = replace(whole, value_low=21, value_best=21, value_high=21)
    with pipeline.intake.run("ingest", "fake") as run:
        tally = pipeline.intake.keep(document, [turned, part], (), run)
    assert tally == Tally(documents=1, figures=1, rejected=1)
    kept = _figures(pipeline)[0]
    assert (kept.value_best, kept.parent_figure_id, kept.part_of) == (3, "", None)
    (line,) = pipeline.intake.ledger.run_log(run.id)
    assert line.level == "rejected" and "'12'" in line.reason and "21" in line.reason


def test_a_later_edition_names_what_it_replaces(pipeline: Pipeline, report: Make) -> None:
    """Another text at the same address revises the document, and its number supersedes the one before of the same series."""
    first = report(TEXT, url="https://example.org/1")
    second = report(TEXT.replace("12", "14"), url="https://example.org/1")
    with pipeline.intake.run("ingest", "fake") as run:
        pipeline.intake.take(first, run)
        pipeline.intake.take(second, run)
    figures = {figure.value_best: figure for figure in _figures(pipeline) if figure.parent_figure_id == ""}
    assert figures[14].supersedes == figures[12].figure_id and figures[12].supersedes == ""
    stored = pipeline.intake.ledger.document(second.document_id)
    assert stored is not None and stored.revises == first.document_id


def test_a_later_edition_replaces_what_a_person_read_and_not_what_that_replaced(pipeline: Pipeline, report: Make) -> None:
    """Of the two rows of one number only the one that stands is superseded."""
    ledger = pipeline.intake.ledger
    with pipeline.intake.run("ingest", "fake") as run:
        first = report(TEXT, url="https://example.org/1")
        pipeline.intake.take(first, run)
        old = next(figure for figure in _figures(pipeline) if figure.value_best == 12)
        new = corrected(old, first, {"as_of": "2024-11-30"}, pipeline.gazetteer)
        ledger.add((), (new,), pipeline.intake.now())
        pipeline.intake.take(report(TEXT.replace("12", "14"), url="https://example.org/1"), run)
    later = next(figure for figure in _figures(pipeline) if figure.value_best == 14)
    assert later.supersedes == new.figure_id != old.figure_id


def test_a_text_the_rules_stumble_over_costs_that_text_only(pipeline: Pipeline, report: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays out of the ledger, so that a mended program reads it the next time, and the run log says why."""

    def stumble(document: Document, reader: object) -> tuple[()]:
        if "two" in document.text:
            raise IndexError("list index out of range")
        return ()

    monkeypatch.setattr(intake_module, "read", stumble)
    bad = report("Some two killed.")
    with pipeline.intake.run("ingest", "fake") as run:
        assert pipeline.intake.take(bad, run) == Tally(unread=1)
        assert pipeline.intake.take(report("Nobody was hurt."), run) == Tally(documents=1)
    assert pipeline.intake.ledger.document(bad.document_id) is None
    (line,) = pipeline.intake.ledger.run_log(run.id)
    assert "IndexError" in line.reason


def test_a_run_that_breaks_off_says_so(pipeline: Pipeline) -> None:
    """Its outcome is failed, with the sentence of the error, and the error goes on to whoever asked."""
    with pytest.raises(StoreError), pipeline.intake.run("ingest", "fake"):
        raise StoreError("The disk is full; free some space.")
    noted = pipeline.intake.ledger.runs()[0]
    assert (noted.outcome, noted.message) == ("failed", "The disk is full; free some space.")
