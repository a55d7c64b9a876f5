"""When sources are asked, and a refresher that nothing but its stop ends."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from ingest.errors import StoreError
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import SourceKind
from ingest.pipeline.intake import Tally
from ingest.pipeline.refresh import Outcome
from ingest.schedule import FIRST_RETRY, LONGEST_NAP, LONGEST_RETRY, STALE, Background, due, due_at
from ingest.store import SourceState

NOW = datetime(2024, 12, 5, 12, tzinfo=UTC)


@dataclass(frozen=True)
class FakeSource:
    """A source of which only the pace matters."""

    INFO: SourceInfo

    def fetch(self, request: object) -> Any:
        """Never called."""
        raise AssertionError("nobody fetches here")


def _source(name: str = "one", cadence: float = 6) -> FakeSource:
    return FakeSource(SourceInfo(name, name, "", SourceKind.MONITOR, "", ("en",), "", "", cadence, "", "Invented.", (0, 9)))


@pytest.mark.parametrize(
    ("state", "wait"),
    [
        (SourceState("one", NOW), timedelta(hours=6)),
        (SourceState("one", NOW, failures=1), FIRST_RETRY),
        (SourceState("one", NOW, failures=3), 4 * FIRST_RETRY),
        (SourceState("one", NOW, failures=500), LONGEST_RETRY),
    ],
)
def test_each_source_has_its_own_pace_and_failures_lengthen_it(state: SourceState, wait: timedelta) -> None:
    """After an answer the source's own cadence counts; after failures five minutes, ten, twenty, up to a day."""
    assert due_at(_source().INFO, state) == NOW + wait


@pytest.mark.parametrize(
    ("last", "is_due"),
    [(None, True), (NOW - timedelta(days=30), True), (NOW - timedelta(hours=1), False), (NOW + timedelta(days=400), True)],
)
def test_what_is_due(last: datetime | None, is_due: bool) -> None:
    """Never asked, missed while the program was off, or a clock that was set back: due. Asked an hour ago: not."""
    states = {"one": SourceState("one", last)}
    assert bool(due({"one": _source()}, states, NOW)) is is_due


@dataclass
class Round:
    """What surrounds a refresher: states, outcomes to come, and what it did."""

    outcomes: list[tuple[Outcome, ...] | Exception]
    states: dict[str, SourceState] = field(default_factory=dict)
    published: int = 0
    said: list[str] = field(default_factory=list)
    now: datetime = NOW
    stop: threading.Event = field(default_factory=threading.Event)

    def refresh(self, asked: Mapping[str, Any]) -> tuple[Outcome, ...]:
        """Give the next outcome, and stop after the last."""
        outcome = self.outcomes.pop(0)
        if not self.outcomes:
            self.stop.set()
        if isinstance(outcome, Exception):
            raise outcome
        self.states |= {name: SourceState(name, self.now, failures=1 if one.failure else 0) for name in asked for one in outcome}
        return outcome

    def publish(self) -> None:
        """Count."""
        self.published += 1

    def background(self) -> Background:
        """The refresher in these surroundings."""
        return Background(
            modules={"one": _source()},
            states=lambda: dict(self.states),
            refresh=self.refresh,
            publish=self.publish,
            say=self.said.append,
            now=lambda: self.now,
            stop=self.stop,
        )


def test_what_people_ruled_is_published_without_waiting_for_a_source() -> None:
    """Nothing is due, and somebody ruled: the snapshot is made again, and once is enough."""
    around = Round([], states={"one": SourceState("one", NOW)})
    background = replace(around.background(), waiting=lambda: around.published == 0)
    assert background.round(None) == NOW
    assert background.round(NOW) == NOW and around.published == 1


def test_the_first_round_publishes_and_an_empty_one_soon_after_does_not() -> None:
    """People see at once which sources answer; later only news, or an hour, is worth another snapshot."""
    around = Round([(Outcome("one", Tally()),)] * 3)
    background = around.background()
    published = background.round(None)
    assert (published, around.published) == (NOW, 1)
    around.states.clear()
    assert background.round(published) == NOW and around.published == 1
    around.states.clear()
    around.now += STALE
    assert background.round(published) == around.now and around.published == 2


@pytest.mark.parametrize("outcome", [Outcome("one", Tally(documents=1)), Outcome("one", Tally(), "It is down.")])
def test_news_and_new_failures_are_published_at_once(outcome: Outcome) -> None:
    """A new document, or a source that just began to fail, is on the pages after the round that met it."""
    around = Round([(outcome,)])
    around.background().round(NOW)
    assert around.published == 1


def test_nothing_is_asked_before_it_is_due() -> None:
    """Between two rounds nothing is fetched and nothing published, and the refresher sleeps until the next, at most a minute."""
    around = Round([], states={"one": SourceState("one", NOW - timedelta(hours=6) + timedelta(seconds=20))})
    assert around.background().round(NOW) == NOW
    assert around.background().nap() == 20.0
    around.states["one"] = SourceState("one", NOW)
    assert around.background().nap() == LONGEST_NAP


def test_a_failing_round_is_told_and_the_refresher_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a full disk nor a fault of the program ends it: the pages stay up and the next round comes."""
    monkeypatch.setattr("ingest.schedule.LONGEST_NAP", 0.01)
    around = Round([StoreError("The disk is full."), ValueError("odd"), (Outcome("one", Tally(documents=1)),)])
    thread = around.background().start()
    thread.join(10)
    assert not thread.is_alive() and around.published == 1
    assert around.said[0] == "The disk is full." and "ValueError: odd" in around.said[1]


def test_what_people_wait_for_is_sent_whether_or_not_a_round_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each look, also where nothing is due; what cannot be sent is told, and stops nothing."""
    monkeypatch.setattr("ingest.schedule.LONGEST_NAP", 0.01)
    around = Round([StoreError("The disk is full."), (Outcome("one", Tally()),), (Outcome("one", Tally(documents=1)),)])
    written: list[int] = []

    def write() -> None:
        written.append(around.published)
        if len(written) == 1:
            raise StoreError("The ledger is gone.")
        around.states.clear()

    thread = replace(around.background(), write=write).start()
    thread.join(10)
    assert not thread.is_alive() and len(written) >= 3
    assert around.said[:2] == ["The disk is full.", "The ledger is gone."]


def test_rounds_begin_no_closer_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a quarter of an hour between rounds, what is due after five minutes waits; a clock that is set back begins a round."""
    monkeypatch.setattr("ingest.schedule.LONGEST_NAP", 0.001)
    around = Round([(Outcome("one", Tally(), "It is down."),)] * 4)
    asked: list[datetime] = []
    steps = iter([timedelta(minutes=5)] * 4 + [-timedelta(days=3)] + [timedelta(minutes=5)] * 40)

    def refresh(modules: Mapping[str, Any]) -> tuple[Outcome, ...]:
        asked.append(around.now)
        return around.refresh(modules)

    def turned() -> tuple[str, ...]:
        return ()

    background = replace(around.background(), refresh=refresh, turned=turned, every=timedelta(minutes=15))

    class Naps(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            around.now += next(steps)
            return self.is_set()

    around.stop = Naps()
    replace(background, stop=around.stop).run()
    assert [b - a for a, b in pairwise(asked)] == [
        timedelta(minutes=15),
        timedelta(minutes=5) - timedelta(days=3),
        timedelta(minutes=15),
    ]


def test_what_goes_on_as_before_is_not_told() -> None:
    """A source that fails is told when it begins to, not at every retry, and again when it answers."""
    down, well = (Outcome("one", Tally(), "It is down."),), (Outcome("one", Tally()),)
    around = Round([down, down, down, well, well])
    background = around.background()
    while around.outcomes:
        background.round(NOW)
        around.now += LONGEST_RETRY
    assert around.said == ["one: It is down.", f"one: {Tally()}"]


def test_who_became_late_is_told() -> None:
    """What the round's surroundings say has turned is told as it is."""
    around = Round([(Outcome("one", Tally()),)])
    replace(around.background(), turned=lambda: ("one: overdue.",)).run()
    assert around.said == ["one: overdue."]
