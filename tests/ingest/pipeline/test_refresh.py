"""Asking several sources at once: what one does never costs another anything."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from ingest.errors import SourceUnavailable, StoreError
from ingest.fetch.request import FetchRequest
from ingest.model.records import Document, SourceInfo
from ingest.model.vocabulary import SourceKind
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.intake import Tally
from ingest.pipeline.refresh import OVERLAP, Refresher

Make = Callable[..., Document]


@dataclass
class FakeSource:
    """Outside network: a source that does what a function says."""

    name: str
    does: Callable[[FetchRequest], Iterable[Document]]

    @property
    def INFO(self) -> SourceInfo:  # noqa: N802  # the name sources give it
        """What it says of itself."""
        return SourceInfo(self.name, self.name, "watch", SourceKind.MONITOR, "", ("en",), "", "", 6, "", "Invented.", (0, 9))

    def fetch(self, request: FetchRequest) -> Iterator[Document]:
        """Do what the test says."""
        yield from self.does(request)


def _refresh(pipeline: Pipeline, *sources: FakeSource, **options: Any) -> dict[str, Any]:
    stop = options.pop("stop", threading.Event())
    said = options.pop("said", [])
    refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, lambda name, told: said.append((name, told)), stop)
    return {one.source: one for one in refresher.refresh({source.name: source for source in sources}, **options)}


def test_a_slow_source_holds_up_no_other(pipeline: Pipeline, report: Make) -> None:
    """What the quick one brings is in the ledger while the slow one is still waiting for its server."""
    quick_is_kept = threading.Event()

    def slow(_: FetchRequest) -> Iterator[Document]:
        assert quick_is_kept.wait(20)
        yield report("Seven people were killed in Southvale.")

    def quick(_: FetchRequest) -> Iterator[Document]:
        yield report("Nine people were killed in Northvale.")

    def watch() -> None:
        while not list(pipeline.intake.ledger.documents()):
            pass
        quick_is_kept.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    outcomes = _refresh(pipeline, FakeSource("slow", slow), FakeSource("quick", quick))
    watcher.join()
    assert [outcomes[name].tally for name in ("quick", "slow")] == [Tally(1, 1), Tally(1, 1)]


def test_a_source_that_fails_costs_its_own_rest_only(pipeline: Pipeline, report: Make) -> None:
    """What it yielded before is kept, the others are complete, and its state says since when and why."""

    def failing(_: FetchRequest) -> Iterator[Document]:
        yield report("Four people were killed in Northvale.")
        raise SourceUnavailable("example.org answered with HTTP 503; try again later.")

    def fine(_: FetchRequest) -> Iterator[Document]:
        yield report("Five people were killed in Northvale.")

    outcomes = _refresh(pipeline, FakeSource("failing", failing), FakeSource("fine", fine))
    assert outcomes["failing"].failure.startswith("example.org answered") and outcomes["failing"].tally.documents == 1
    assert not outcomes["fine"].failure
    states = pipeline.intake.ledger.source_states()
    assert (states["failing"].failures, states["failing"].failing_since) == (1, pipeline.intake.now())
    assert (states["fine"].failures, states["fine"].last_success_at) == (0, pipeline.intake.now())
    runs = {run.source: run for run in pipeline.intake.ledger.runs()}
    assert (runs["failing"].outcome, runs["fine"].outcome) == ("failed", "ok")


def test_failing_since_stays_and_a_success_ends_it(pipeline: Pipeline, clock: Any) -> None:
    """The first of several failures is the one people are told of; one answer is enough to be well again."""

    def failing(_: FetchRequest) -> Iterator[Document]:
        yield from ()
        raise SourceUnavailable("It is down.")

    began = clock()
    for _ in range(2):
        _refresh(pipeline, FakeSource("one", failing))
        clock.forward(hours=1)
    state = pipeline.intake.ledger.source_state("one")
    assert (state.failing_since, state.failures) == (began, 2)
    _refresh(pipeline, FakeSource("one", lambda _: ()))
    state = pipeline.intake.ledger.source_state("one")
    assert (state.failing_since, state.failures) == (None, 0)


def test_a_fault_in_a_source_is_a_failure_of_that_source(pipeline: Pipeline) -> None:
    """A page of a shape nobody expected brings down neither the run nor the program."""

    def broken(_: FetchRequest) -> Iterator[Document]:
        yield from ()
        raise KeyError("items")

    outcome = _refresh(pipeline, FakeSource("broken", broken))["broken"]
    assert "KeyError" in outcome.failure and "report it" in outcome.failure


def test_a_disk_that_is_full_stops_everything(pipeline: Pipeline) -> None:
    """Where nothing can be stored no other source would fare better: the error goes to the person, and every run is closed."""

    def full(_: FetchRequest) -> Iterator[Document]:
        yield from ()
        raise StoreError("The disk is full; free some space.")

    with pytest.raises(StoreError, match="disk is full"):
        _refresh(pipeline, FakeSource("full", full), FakeSource("other", lambda _: ()))
    assert all(run.finished_at for run in pipeline.intake.ledger.runs())


def test_since_reaches_back_behind_the_last_answer_with_reports(pipeline: Pipeline, clock: Any, report: Make) -> None:
    """First a source gives what it offers, later what is newer than its last reports and a while; an empty answer moves nothing."""
    asked: list[datetime | None] = []
    gives = [report("Four people were killed in Northvale.")]

    def source(request: FetchRequest) -> Iterator[Document]:
        asked.append(request.since)
        yield from gives

    first = clock()
    _refresh(pipeline, FakeSource("one", source))
    gives.clear()
    for _ in range(2):
        clock.forward(days=9)
        _refresh(pipeline, FakeSource("one", source))
    typed = datetime(2024, 11, 27, tzinfo=UTC)
    _refresh(pipeline, FakeSource("one", source), since=typed)
    assert asked == [None, first - OVERLAP, first - OVERLAP, typed]


def test_a_last_answer_in_the_future_says_nothing(pipeline: Pipeline, clock: Any, report: Make) -> None:
    """After a clock that was ahead was set back, a source is asked for everything it offers."""
    asked: list[datetime | None] = []

    def source(request: FetchRequest) -> Iterator[Document]:
        asked.append(request.since)
        yield report("Four people were killed in Northvale.")

    for days in (400, -400):
        clock.forward(days=days)
        _refresh(pipeline, FakeSource("one", source))
    assert asked == [None, None]


def test_stopping_ends_a_refresh_between_two_documents(pipeline: Pipeline, report: Make) -> None:
    """What was taken is kept, the run is closed as stopped, and the source's state is what it was."""
    stop = threading.Event()

    def endless(_: FetchRequest) -> Iterator[Document]:
        number = 0
        while True:
            number += 1
            yield report(f"{number} people were killed in Northvale.")
            if number == 3:
                stop.set()

    assert _refresh(pipeline, FakeSource("endless", endless), stop=stop) == {}
    assert pipeline.intake.ledger.source_states() == {}
    (run,) = pipeline.intake.ledger.runs()
    assert (run.outcome, run.message) == ("failed", "Stopped before the source was read to its end.")


def test_what_a_source_says_is_told_and_kept_in_its_run(pipeline: Pipeline) -> None:
    """Signs that a publisher changed its shape reach the person at once and the run log for later."""
    said: list[tuple[str, str]] = []

    def talking(request: FetchRequest) -> Iterator[Document]:
        request.progress("a field “region” is new and was left aside")
        yield from ()

    _refresh(pipeline, FakeSource("talking", talking), said=said)
    assert said == [("talking", "a field “region” is new and was left aside")]
    run = pipeline.intake.ledger.runs()[0]
    assert [line.reason for line in pipeline.intake.ledger.run_log(run.run_id)] == [said[0][1]]


def test_a_report_that_vanished_is_marked_once(pipeline: Pipeline, report: Make, clock: Any) -> None:
    """The address of a document that is gone is noted and told; an address nothing was read from is not, and nothing is lost."""
    said: list[tuple[str, str]] = []
    kept = report("Four people were killed in Northvale.", url="https://example.org/1")

    def source(request: FetchRequest) -> Iterator[Document]:
        yield kept
        request.vanished("https://example.org/1")
        request.vanished("https://example.org/never-read")

    for _ in range(2):
        _refresh(pipeline, FakeSource("fake", source), said=said)
        clock.forward(days=1)
    assert said == [("fake", "https://example.org/1 is gone; what was read there stays, and is marked.")]
    assert pipeline.intake.ledger.high_water()["vanished"] == 1
    assert pipeline.intake.ledger.document(kept.document_id) is not None
