"""Runs, their log, sources, fetches and reviews are remembered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.errors import StoreError
from ingest.fetch.exchange import FetchMemory, Validators
from ingest.model.vocabulary import Review
from ingest.store import Ledger, LogLine, SourceState

Build = Callable[..., Any]


def test_a_run_is_noted_from_beginning_to_end(ledger: Ledger, now: datetime) -> None:
    """A finished run has its outcome, counts, message and both times."""
    run_id = ledger.begin_run("refresh", "sohr", now)
    ledger.finish_run(run_id, "ok", {"documents_new": 2, "figures_new": 7, "rejected": 1}, "Two reports.", now + timedelta(minutes=1))
    (run,) = ledger.runs()
    assert (run.run_id, run.verb, run.source, run.outcome, run.message) == (run_id, "refresh", "sohr", "ok", "Two reports.")
    assert (run.documents_new, run.figures_new, run.rejected) == (2, 7, 1)
    assert (run.started_at, run.finished_at) == (now, now + timedelta(minutes=1))


def test_the_log_of_a_run_keeps_its_order(ledger: Ledger, now: datetime) -> None:
    """Lines come back as they were written, whatever they hold, and only those of that run."""
    run_id, other = ledger.begin_run("refresh", "sohr", now), ledger.begin_run("refresh", "sana", now)
    ledger.log(run_id, "warning", "https://example.org", "Half a \ud83d page.\x00")
    ledger.log_all(run_id, [LogLine("rejected", "d1", "No number."), LogLine("rejected", "d2", "No place.")])
    ledger.log_all(run_id, [])
    ledger.log(other, "info", "", "Elsewhere.")
    assert [line.reason for line in ledger.run_log(run_id)] == ["Half a \ufffd page.\ufffd", "No number.", "No place."]


def test_a_run_that_never_began_cannot_end(ledger: Ledger, now: datetime) -> None:
    """Finishing an unknown run is an error that says so."""
    with pytest.raises(StoreError, match="no run 'r1'"):
        ledger.finish_run("r1", "ok", {}, "", now)


def test_a_source_never_tried_has_an_empty_state(ledger: Ledger, now: datetime) -> None:
    """The state of a source is what was saved last, and empty before."""
    assert ledger.source_state("sohr") == SourceState("sohr")
    failing = SourceState("sohr", now, None, now, 3, "Not reached.", "page=2")
    ledger.save_source_state(failing)
    assert ledger.source_state("sohr") == failing
    well = SourceState("sohr", now + timedelta(hours=1), now + timedelta(hours=1))
    ledger.save_source_state(well)
    assert ledger.source_states() == {"sohr": well}


def test_fetches_are_remembered_by_address(ledger: Ledger, now: datetime) -> None:
    """The client's memory lives in the ledger: the last answer of an address, however long the address is."""
    memory: FetchMemory = ledger.fetch_memory()
    address = "https://example.org/?" + "q" * 10_000
    first = Validators('"a"', "", "a" * 64, address, "text/html", now)
    second = Validators('"b"', "Sat, 30 Nov 2024 20:00:00 GMT", "b" * 64, address, "text/html", now + timedelta(hours=1))
    assert memory.get(address) is None
    memory.put(address, first)
    memory.put(address, second)
    assert memory.get(address) == second
    assert memory.get("https://example.org/") is None


def test_reviews_pile_up(ledger: Ledger, a_document: Build, a_figure: Build, now: datetime) -> None:
    """Every verdict is kept with name, date and reason, in the order given; the figure itself does not change."""
    document = a_document()
    figure = a_figure(document)
    ledger.add([document], [figure], now)
    ledger.add_review(figure.figure_id, Review.REJECTED, "Amal", "Not a count of people.", now)
    ledger.add_review(figure.figure_id, Review.HUMAN_CHECKED, "Basel", "It is.", now + timedelta(hours=1))
    assert [(one.decision, one.reviewer) for one in ledger.reviews()] == [(Review.REJECTED, "Amal"), (Review.HUMAN_CHECKED, "Basel")]
    kept = ledger.figure(figure.figure_id)
    assert kept
    assert kept.review is Review.MACHINE


def test_only_a_figure_of_the_ledger_can_be_reviewed(ledger: Ledger, now: datetime) -> None:
    """A verdict on an unknown figure is refused with its identity."""
    with pytest.raises(StoreError, match="no figure 'f1'"):
        ledger.add_review("f1", Review.REJECTED, "Amal", "", now)
    assert ledger.reviews() == ()
