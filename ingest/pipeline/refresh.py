"""Asking the sources, side by side: each is fetched in a thread of its own, and one place keeps what they yield.

A source that is slow holds up no other; one that fails costs its own new rows, a line in its run, and its state.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain

from ingest.errors import CrosscountError, StoreError, UnreadableDocument
from ingest.fetch.archive import Archive
from ingest.fetch.client import Client
from ingest.fetch.politeness import Clock
from ingest.fetch.replay import Journal
from ingest.fetch.request import FetchRequest
from ingest.fetch.transport import Limits
from ingest.model.crisis import Crisis
from ingest.model.failures import Failure, say
from ingest.model.records import Complete, Document, Record, Table
from ingest.pipeline.intake import Intake, Run, Tally
from ingest.pipeline.metering import Meter
from ingest.pipeline.records import keep, withdraw
from ingest.pipeline.revisits import due_pages, revisited
from ingest.pipeline.tables import Reading, keep_table
from ingest.settings import Settings
from ingest.sources.registry import SourceModule
from ingest.store import LogLine, SourceState

OVERLAP = timedelta(days=2)  # asked again behind the last answer with reports: they appear online late, and under earlier times
AT_ONCE = 32  # sources fetched side by side; most of them wait for their servers
ALLOW_LOOPBACK = "CROSSCOUNT_ALLOW_LOOPBACK"  # setting that lets sources be servers on this machine
_WAITING = 64  # documents fetched and not yet kept; past this the sources wait
_NOTES = 200  # sentences of one source that are kept in its run
_TOGETHER = 500  # records that are kept at a time: sources of records have thousands, and each alone would be a transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """How asking one source ended; `failure` is a sentence, empty where the source answered."""

    source: str
    tally: Tally
    failure: str = ""


@dataclass(frozen=True, slots=True)
class _Ended:
    """The last thing a source says: why it stopped, None where it was simply done."""

    error: BaseException | None


@dataclass(frozen=True, slots=True)
class _Vanished:
    """An address that a source read before and does not find any more."""

    url: str


@dataclass(slots=True)
class _Asked:
    """A source while it is asked."""

    module: SourceModule
    state: SourceState
    run: Run
    notes: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    stated: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)


_Given = Document | Record | Table | Complete | _Vanished | str
_Arrival = _Given | _Ended
_Arrivals = queue.Queue[tuple[str, _Arrival]]


@dataclass(frozen=True, slots=True)
class Refresher:
    """What a refresh works with. `say` takes a source's name and a sentence for people; `stop` ends it between two documents.

    `limits` and `clock` are those of its client.
    """

    settings: Settings
    crisis: Crisis
    intake: Intake
    say: Callable[[str, str], None]
    stop: threading.Event
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=Clock)

    def refresh(self, modules: Mapping[str, SourceModule], since: datetime | None = None) -> tuple[Outcome, ...]:
        """Ask these sources and keep what is new; without `since`, from `OVERLAP` before each one last gave any.

        Raises `StoreError` when the ledger or the archive cannot be written: no other source would fare better.
        """
        arrivals: _Arrivals = queue.Queue(_WAITING)
        places, over = threading.Semaphore(AT_ONCE), threading.Event()
        asked = {name: self._begin(name, module) for name, module in modules.items()}
        archive = Archive(self.settings.raw)
        loopback = bool(self.settings.keys.get(ALLOW_LOOPBACK))
        try:
            memory, limits, clock = self.intake.ledger.fetch_memory(), self.limits, self.clock
            meter = Meter(Journal.of(archive), archive, memory, {name: one.run for name, one in asked.items()})
            with Client(archive, memory=memory, record=meter, allow_private=loopback, limits=limits, clock=clock) as client:
                for name, one in asked.items():
                    request = self._request(name, one, FetchRequest(client, archive, since))
                    older = due_pages(self.intake.ledger, name, self.intake.now())
                    work = _Fetch(name, one.module, client, request, older, arrivals, places, over)
                    threading.Thread(target=work.run, name=f"source {name}", daemon=True).start()
                return self._keep(asked, arrivals)
        finally:
            over.set()

    def _begin(self, name: str, module: SourceModule) -> _Asked:
        return _Asked(module, self.intake.ledger.source_state(name), self.intake.begin("refresh", name))

    def _request(self, name: str, asked: _Asked, bare: FetchRequest) -> FetchRequest:
        # An answer without a single report may be a feed that broke off: what it did not show is asked for again.
        last = datetime.fromisoformat(asked.state.cursor) if asked.state.cursor else None
        if last and last > self.intake.now():
            last = None  # the clock was ahead then: that moment says nothing of what was read, and would hide all that is new
        return replace(
            bare,
            since=bare.since or (last - OVERLAP if last else None),
            options=self.crisis.sources.get(name, {}),
            keys=self.settings.keys,
            country=self.crisis.country,
            days=(self.crisis.start, self.crisis.end),
            timezone=self.crisis.timezone,
            now=self.intake.now,
        )

    def _keep(self, asked: dict[str, _Asked], arrivals: _Arrivals) -> tuple[Outcome, ...]:
        """Take what arrives until every source has ended, or `stop` is set; runs still open then are noted as stopped."""
        open_, outcomes = dict(asked), []
        try:
            while open_ and not self.stop.is_set():
                try:
                    name, arrival = arrivals.get(timeout=0.2)
                except queue.Empty:
                    continue
                match arrival:
                    case _Ended(error=StoreError() as error):
                        raise error
                    case _Ended(error=error):
                        self._keep_records(open_[name])
                        outcomes.append(self._finish(name, open_.pop(name), error))
                    case _:
                        self._take(name, arrival, open_[name])
        finally:
            for one in open_.values():
                self.intake.end(one.run, say(Failure.STOPPED))
        return tuple(sorted(outcomes, key=lambda outcome: outcome.source))

    def _take(self, name: str, arrival: _Given, asked: _Asked) -> None:
        """Keep, or note, one thing that a source gave."""
        match arrival:
            case Document():
                self.intake.take(arrival, asked.run)
            case Record():
                asked.records.append(arrival)
                asked.stated.add(arrival.document.url)
                if len(asked.records) >= _TOGETHER:
                    self._keep_records(asked)
            case Table():
                self._keep_table(name, arrival, asked)
            case Complete():
                self._keep_records(asked)
                withdraw(self.intake, Archive(self.settings.raw), arrival, asked.stated, asked.run, source=name)
            case _Vanished(url=url):
                self._mark_vanished(name, url, asked)
            case str():
                asked.notes.append(arrival)
                self.say(name, arrival)

    def _keep_table(self, name: str, table: Table, asked: _Asked) -> None:
        """Keep a table's rows; one that cannot be read fails its source at the end, and costs its other tables nothing."""

        def say(told: str) -> None:
            asked.notes.append(told)
            self.say(name, told)

        try:
            reading = Reading(self.crisis, self.intake.reader.gazetteer, name, say, Archive(self.settings.raw))
            keep_table(table, self.intake, asked.run, reading)
        except UnreadableDocument as error:
            asked.refused.append(str(error))

    def _mark_vanished(self, name: str, url: str, asked: _Asked) -> None:
        intake = self.intake
        with intake.writer.turn():
            marked = intake.ledger.mark_vanished(name, url, intake.now())
        if marked:
            asked.run.vanished += 1
            asked.notes.append(f"{url} is gone; what was read there stays, and is marked.")
            self.say(name, asked.notes[-1])

    def _keep_records(self, asked: _Asked) -> None:
        """Keep the records that wait; a source of reports has none."""
        if asked.records:
            keep(self.intake, asked.records, self.crisis, asked.run)
            asked.records.clear()

    def _finish(self, name: str, asked: _Asked, error: BaseException | None) -> Outcome:
        failure, now = " ".join(filter(None, (_sentence(name, error), *asked.refused))), self.intake.now()
        ledger = self.intake.ledger
        ledger.log_all(asked.run.id, [LogLine("info", name, note) for note in asked.notes[:_NOTES]])
        self.intake.end(asked.run, failure)
        changed = now if asked.run.tally.documents else asked.state.changed_at
        if failure:
            since, failures = asked.state.failing_since or now, asked.state.failures + 1
            state = replace(asked.state, last_attempt_at=now, failing_since=since, failures=failures, message=failure, changed_at=changed)
        else:
            tally = asked.run.tally
            cursor = now.isoformat() if tally.documents or tally.known else asked.state.cursor
            state = SourceState(name, now, now, message=f"{tally}.", cursor=cursor, changed_at=changed)
        ledger.save_source_state(state)
        return Outcome(name, asked.run.tally, failure)


@dataclass(frozen=True, slots=True)
class _Fetch:
    """One source's thread: everything it yields is handed over, and at last how it ended."""

    name: str
    module: SourceModule
    client: Client
    request: FetchRequest
    older: tuple[Document, ...]
    arrivals: _Arrivals
    places: threading.Semaphore
    over: threading.Event

    def run(self) -> None:
        with self.places:
            ended = _Ended(None)
            try:
                info = self.module.INFO
                mine = self.client.on_behalf_of(self.name, info.licence, info.largest)
                request = replace(self.request, client=mine, progress=self._tell, vanished=self._vanished)
                for document in chain(self.module.fetch(request), revisited(self.older, request)):
                    if not self._hand_over(document):
                        return
            except BaseException as error:  # the keeper decides what it means; a thread that dies silently would hang the run
                ended = _Ended(error)
            self._hand_over(ended)

    def _tell(self, sentence: str) -> None:
        self._hand_over(sentence)

    def _vanished(self, url: str) -> None:
        self._hand_over(_Vanished(url))

    def _hand_over(self, arrival: _Arrival) -> bool:
        """Wait for room, as long as somebody is there to take it."""
        while not self.over.is_set():
            try:
                self.arrivals.put((self.name, arrival), timeout=0.2)
            except queue.Full:
                continue
            return True
        return False


def _sentence(name: str, error: BaseException | None) -> str:
    match error:
        case None:
            return ""
        case CrosscountError():
            return str(error)
        case _:
            cause = f"{type(error).__name__}: {error}"
            return f"{name} answered in a way its reader does not understand ({cause}); report it with the run's log."
