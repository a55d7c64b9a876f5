"""After a publication: what is worth a look is held, and what was released goes to the channels."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.alerts.channels import Message, Names, Telling
from ingest.alerts.feed import write_feeds
from ingest.alerts.finding import Moment, in_snapshot, in_sources
from ingest.alerts.wording import LANGUAGES
from ingest.errors import NotDelivered
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import AlertState
from ingest.pipeline.assembly import Pipeline
from ingest.store import SourceState
from ingest.store.alerts import Alert, Alerts

RUNS = 5000  # the newest runs, among which those of a week are
STILL_NEWS = timedelta(days=7)  # a channel that was set up later, or was down, gets what was released within this


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks for what somebody should know, and tells it. `names` are those of organisations and sources by language."""

    pipeline: Pipeline
    telling: Telling
    names: Names

    @classmethod
    def of(cls, pipeline: Pipeline) -> "Watch":
        """The watch of a pipeline, as its settings say. Raises `SettingsError` where they are not understood."""
        telling = Telling.parse(pipeline.settings.alerts, pipeline.settings.keys)
        return cls(pipeline, telling, {language: _names(pipeline.crisis, pipeline.described(), language) for language in LANGUAGES})

    @property
    def alerts(self) -> Alerts:
        """The alerts of the ledger."""
        return Alerts(self.pipeline.intake.ledger)

    def look(self) -> tuple[Alert, ...]:
        """Hold what is worth a look and was not found before; what came in before the first look ever is no news."""
        pipeline, ledger, now = self.pipeline, self.pipeline.intake.ledger, self.pipeline.intake.now()
        folder = layout.current(pipeline.settings.published / pipeline.crisis.id)
        # What the watch has seen is remembered as a source's state is: the time of the last snapshot it looked through.
        memory = ledger.source_state(f"alerts of {pipeline.crisis.id}")
        seen = datetime.fromisoformat(memory.cursor) if memory.cursor else None
        published = layout.manifest(folder).created_at if folder is not None else None
        moment = Moment(pipeline.crisis.id, seen or now, now)
        infos = [module.INFO for module in pipeline.configured().values()]
        found = [*in_sources(infos, ledger.source_states(), ledger.runs(RUNS), moment)]
        if folder is not None and seen is not None:
            found += in_snapshot(folder, moment)
        held = self.alerts.hold(map(self._at_once, found))
        if published is not None:
            ledger.save_source_state(SourceState(memory.source, now, now, cursor=published.isoformat()))
        return held

    def _at_once(self, alert: Alert) -> Alert:
        """Released already, where the settings say that its rule waits for nobody."""
        if alert.rule not in self.telling.without_asking:
            return alert
        return replace(alert, state=AlertState.RELEASED, decided_by="settings.toml", decided_at=alert.raised_at)

    def message(self, alert: Alert) -> Message:
        """An alert in words, with a link to the page it is about."""
        link = f"{self.telling.link}{_PAGES[bool(alert.told.get('metric'))]}" if self.telling.link else ""
        return Message.of(alert, self.telling.language, self.names, link)

    def tell(self) -> tuple[int, list[NotDelivered]]:
        """Send to each channel what was released and it has not had; returns how many were sent, and why others were not.

        Noted after it was taken: a program that is killed in between sends one message twice, never none.
        """
        sent, failures, now = 0, list[NotDelivered](), self.pipeline.intake.now()
        every = self.alerts.all(AlertState.RELEASED)
        self._feed(every)
        released = [one for one in every if one.decided_at and now - one.decided_at <= STILL_NEWS]
        for channel in self.telling.channels:
            had = self.alerts.sent(channel.name)
            try:
                for alert in (one for one in released if one.alert_id not in had):
                    channel.send(self.message(alert))
                    self.alerts.note_sent(alert.alert_id, channel.name, now)
                    sent += 1
            except NotDelivered as error:  # the others of this channel wait too; the other channels do not
                failures.append(error)
        return sent, failures

    def _feed(self, released: Iterable[Alert]) -> None:
        crisis = self.pipeline.crisis.id
        mine = [self.message(one) for one in released if one.crisis == crisis]
        write_feeds(self.pipeline.settings.published / crisis, crisis, self.telling.link, mine)

    def after_publication(self, say: Callable[[str], None]) -> None:
        """Look and tell, and say what came of it."""
        for alert in self.look():
            say(f"alert {alert.alert_id} ({alert.state}): {self.message(alert).texts['en']}")
        for failure in self.tell()[1]:
            say(str(failure))


_PAGES = {True: "/compare", False: "/sources"}


def _names(crisis: Crisis, infos: Iterable[SourceInfo], language: str) -> Mapping[str, str]:
    titles = {info.name: (info.title_ar if language == "ar" else "") or info.title for info in infos}
    named = {one.id: one.name.get(language) or one.name.get("en", one.id) for one in crisis.organisations.values()}
    return {**titles, **named}
