"""When each source is asked again, and the thread that asks: each at its own pace, later and later while it fails."""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self, TypeVar

from ingest.errors import CrosscountError
from ingest.model.letters import Views
from ingest.model.records import SourceInfo
from ingest.pipeline.assembly import Pipeline
from ingest.pipeline.digests import Digests
from ingest.pipeline.lateness import turns
from ingest.pipeline.refresh import Outcome, Refresher
from ingest.pipeline.watching import Watch
from ingest.sources.registry import SourceModule
from ingest.store import SourceState

Step = TypeVar("Step")

FIRST_RETRY = timedelta(minutes=5)  # after one failure; doubled after each further one
LONGEST_RETRY = timedelta(hours=24)
LONGEST_NAP = 60.0  # seconds; a laptop that slept, or a clock that was set, is noticed within this
STALE = timedelta(hours=1)  # a round that brought nothing new is published at most this often, for the times on the Sources page


def due_at(info: SourceInfo, state: SourceState) -> datetime | None:
    """When a source is to be asked next; None where it never was, which means at once.

    What fell due while the program was not running is due at once, once: what was missed is asked for by time, not by round.
    """
    if state.last_attempt_at is None:
        return None
    pause = timedelta(hours=info.cadence_hours)
    if state.failures:
        # 2 ** 20 rounds of five minutes are ten years: beyond that only the ceiling counts.
        pause = min(FIRST_RETRY * 2 ** min(state.failures - 1, 20), LONGEST_RETRY)
    return state.last_attempt_at + pause


def due(modules: Mapping[str, SourceModule], states: Mapping[str, SourceState], now: datetime) -> dict[str, SourceModule]:
    """The sources to ask now. A last attempt in the future means that the clock was set back, and counts as due."""
    chosen = {}
    for name, module in modules.items():
        state = states.get(name, SourceState(name))
        when = due_at(module.INFO, state)
        if when is None or when <= now or (state.last_attempt_at is not None and state.last_attempt_at > now):
            chosen[name] = module
    return chosen


@dataclass(frozen=True, slots=True)
class Background:
    """Refreshes until `stop` is set. What it works with comes in as functions, so that it knows neither ledger nor network.

    `states` tells how sources are doing, `refresh` asks some of them, `publish` writes a snapshot, `say` tells a person, `waiting`
    whether something is to be published that no source brought, such as what people ruled, `turned` what became late or fresh since
    it was last asked, `write` sends what people wait for: released alerts, digests that are due.
    Rounds begin at least `every` apart; what is due meanwhile waits for the next.
    """

    modules: Mapping[str, SourceModule]
    states: Callable[[], Mapping[str, SourceState]]
    refresh: Callable[[Mapping[str, SourceModule]], tuple[Outcome, ...]]
    publish: Callable[[], object]
    say: Callable[[str], None]
    now: Callable[[], datetime]
    stop: threading.Event
    waiting: Callable[[], bool] = lambda: False
    turned: Callable[[], Iterable[object]] = tuple
    write: Callable[[], None] = lambda: None
    every: timedelta = timedelta(0)

    @classmethod
    def of(
        cls,
        pipeline: Pipeline,
        say: Callable[[str], None],
        stop: threading.Event,
        every: timedelta = timedelta(0),
        views: Views | None = None,
    ) -> Self:
        """The refresher of a pipeline's configured sources. Without `views` no digest is written and no view watched."""
        refresher = Refresher(pipeline.settings, pipeline.crisis, pipeline.intake, _silent, stop)
        watch = Watch.of(pipeline, views)
        digests = Digests.of(watch, views) if views is not None else None
        ledger, now, modules = pipeline.intake.ledger, pipeline.intake.now, pipeline.configured()
        return cls(
            modules=modules,
            states=ledger.source_states,
            refresh=refresher.refresh,
            publish=lambda: _published(pipeline, watch, say),
            say=say,
            now=now,
            stop=stop,
            waiting=pipeline.waiting,
            turned=lambda: turns((module.INFO for module in modules.values()), ledger, now()),
            write=lambda: _write(watch, digests, say),
            every=every,
        )

    def start(self) -> threading.Thread:
        """Begin in a thread of its own; set `stop` and join it to end."""
        thread = threading.Thread(target=self.run, name="refresher", daemon=True)
        thread.start()
        return thread

    def run(self) -> None:
        """Go round until stopped. A round that fails is told and tried again later; nothing ends the refresher but `stop`."""
        published: datetime | None = None
        began: datetime | None = None

        def look() -> float:
            nonlocal published, began
            # A clock that was set back begins a round too: how long to wait would be anybody's guess.
            if began is None or not began <= self.now() < began + self.every:
                began = self.now()
                published = self.round(published)
                for turn in self.turned():
                    self.say(f"{turn}")
            return self.nap()

        while not self.stop.is_set():
            pause = self._careful(look) or LONGEST_NAP
            self._careful(self.write)
            self.stop.wait(pause)

    def _careful(self, step: Callable[[], Step]) -> Step | None:
        """What a step gives; None where it failed, which is told: the pages stay up whatever the refresher meets."""
        try:
            return step()
        except CrosscountError as error:
            self.say(str(error))
        except Exception as error:
            self.say(f"The refresher met something unexpected ({type(error).__name__}: {error}); it tries again in a minute.")
        return None

    def round(self, published: datetime | None) -> datetime | None:
        """Ask what is due and publish where it is worth it; returns when this refresher last published."""
        before = self.states()
        asked = due(self.modules, before, self.now())
        if not asked:
            return self._published_besides(published)
        outcomes = self.refresh(asked)
        for outcome in outcomes:
            if is_news(outcome, before):
                self.say(f"{outcome.source}: {outcome.failure or outcome.tally}")
        if not worth_publishing(outcomes, before) and published is not None and self.now() - published < STALE:
            return published
        self.publish()
        return self.now()

    def _published_besides(self, published: datetime | None) -> datetime | None:
        """What a person ruled is shown within a minute, whether or not a source has news."""
        if not self.waiting():
            return published
        self.publish()
        return self.now()

    def nap(self) -> float:
        """Seconds until the next source is due, within reason."""
        now, states = self.now(), self.states()
        waits = [when - now for name, module in self.modules.items() if (when := due_at(module.INFO, states.get(name, SourceState(name))))]
        nearest = min(waits, default=timedelta(seconds=LONGEST_NAP))
        return min(max(nearest.total_seconds(), 1.0), LONGEST_NAP)


def worth_publishing(outcomes: tuple[Outcome, ...], before: Mapping[str, SourceState]) -> bool:
    """Whether a round changed what a reader sees: new documents, or a source that began or ceased to fail."""
    return any(is_news(outcome, before) for outcome in outcomes)


def is_news(outcome: Outcome, before: Mapping[str, SourceState]) -> bool:
    """Whether people are told of it: something new, or a change from answering to failing or back. What goes on as before is not."""
    was_failing = bool(before.get(outcome.source, SourceState(outcome.source)).failures)
    return bool(outcome.tally.documents) or bool(outcome.failure) != was_failing


def _published(pipeline: Pipeline, watch: Watch, say: Callable[[str], None]) -> None:
    """Publish, and look at what is new in it."""
    pipeline.publish()
    watch.after_publication(say)
    pipeline.send_feeds()


def _write(watch: Watch, digests: Digests | None, say: Callable[[str], None]) -> None:
    """Send what was released meanwhile, and the digests that are due; feeds among them are where workers elsewhere fetch them."""
    watch.tell_on(say)
    for sent in digests.send_due(patient=True) if digests is not None else ():
        say(str(sent))
    watch.pipeline.send_feeds()


def _silent(_: str, __: str) -> None:
    """What sources say on the way is in the run log; whoever watches a refresher gets one line for each source."""
