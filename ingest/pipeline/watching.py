"""After a publication: what is worth a look is held, and what was released goes to the channels."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.alerts.channels import Channel
from ingest.alerts.feed import write_feeds
from ingest.alerts.finding import Moment, in_snapshot, in_sources
from ingest.alerts.notice import Message, Names
from ingest.alerts.telling import Telling
from ingest.alerts.wording import LANGUAGES
from ingest.errors import NotDelivered
from ingest.model import snapshot as layout
from ingest.model.crisis import Crisis
from ingest.model.letters import Stretch, Views
from ingest.model.records import SourceInfo
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.pipeline.assembly import Pipeline
from ingest.store import SourceState
from ingest.store.alerts import Alert, Alerts
from ingest.store.deliveries import ALERTS, Claim, Deliveries, Parcel
from ingest.store.watches import WatchedView, Watches

RUNS_OF = timedelta(days=60)  # how far back it is looked what sources brought: longer than any cadence and the week that is judged
STILL_NEWS = timedelta(days=7)  # a channel that was set up later, or was down, gets what was released within this
PAUSE = timedelta(minutes=5)  # after a channel refused something, before it is tried again without being asked


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks for what somebody should know, and tells it. `names` are those of organisations and sources by language.

    `views` reads views of what is published; without it no watched view is looked at.
    """

    pipeline: Pipeline
    telling: Telling
    names: Names
    views: Views | None = None

    @classmethod
    def of(cls, pipeline: Pipeline, views: Views | None = None) -> "Watch":
        """The watch of a pipeline, as its settings say. Raises `SettingsError` where they are not understood."""
        settings = pipeline.settings
        telling = Telling.parse(settings.alerts, settings.keys, settings.published / pipeline.crisis.id)
        names = {language: _names(pipeline.crisis, pipeline.described(), language) for language in LANGUAGES}
        return cls(pipeline, telling, names, views)

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
        moment = Moment(pipeline.crisis.id, seen or now, now, memory.last_attempt_at)
        infos = [module.INFO for module in pipeline.configured().values()]
        found = [*in_sources(infos, ledger.source_states(), ledger.runs_since(now - RUNS_OF), moment)]
        if folder is not None and seen is not None:
            found += in_snapshot(folder, moment)
        changed = self._changed_views(published, now) if published is not None else {}
        held = self.alerts.hold(map(self._at_once, (*found, *changed.values())))
        if published is not None:
            Watches(ledger).told(changed, published)
        ledger.save_source_state(SourceState(memory.source, now, now, cursor=published.isoformat() if published else memory.cursor))
        return held

    def _changed_views(self, published: datetime, now: datetime) -> Mapping[WatchedView, Alert]:
        """The watched views in which something changed since it was told last."""
        changed = {}
        for view in Watches(self.pipeline.intake.ledger).of(self.pipeline.crisis.id):
            if self.views is None or published <= view.since:
                continue
            if counted := self.views.counted(view.address, Stretch(view.since, published)):
                told = {name: str(getattr(counted, name)) for name in ("new", "changed", "removed", "withdrawn", "contradictions")}
                told |= {"watch": view.name, "address": view.address, "to": ";".join(view.channels)}
                changed[view] = Alert(view.crisis, AlertRule.WATCHED_VIEW, f"{view.name} {published.isoformat()}", told, now)
        return changed

    def _at_once(self, alert: Alert) -> Alert:
        """Released already, where the settings say that its rule waits for nobody."""
        if alert.rule not in self.telling.without_asking:
            return alert
        return replace(alert, state=AlertState.RELEASED, decided_by="settings.toml", decided_at=alert.raised_at)

    def message(self, alert: Alert) -> Message:
        """An alert in words, with a link to the page it is about."""
        link = f"{self.telling.link}{_page(alert)}" if self.telling.link else ""
        return Message.of(alert, self.telling.language, self.names, link)

    def tell(self, *, patient: bool = False) -> tuple[int, list[NotDelivered]]:
        """Send to each channel what was released and it has not had; returns how many were sent, and why others were not.

        With `patient`, a channel that refused something a moment ago is left in peace.
        """
        sent, failures, now = 0, list[NotDelivered](), self.pipeline.intake.now()
        every = self.alerts.all(AlertState.RELEASED)
        self._feed(every)
        released = [one for one in every if one.decided_at and now - one.decided_at <= STILL_NEWS]
        had = Deliveries(self.pipeline.intake.ledger).of(ALERTS) if released else ()
        done = {(one.thing, one.channel) for one in had if one.sent_at}
        resting = {one.channel for one in had if patient and not one.sent_at and one.failed_at and now - PAUSE < one.failed_at <= now}
        for channel in (one for one in self.telling.channels if one.name not in resting):
            try:
                for alert in (one for one in released if (one.alert_id, channel.name) not in done and meant_for(one, channel)):
                    sent += self._send(alert, channel)
            except NotDelivered as error:  # the others of this channel wait too; the other channels do not
                failures.append(error)
        return sent, failures

    def _send(self, alert: Alert, channel: Channel) -> bool:
        """Hand an alert over, unless another program does or somebody took its release back meanwhile."""
        intake, parcel = self.pipeline.intake, Parcel(ALERTS, alert.alert_id, channel.name)
        deliveries = Deliveries(intake.ledger)
        claim = deliveries.claim(parcel, intake.now())
        if not claim:
            return False
        standing = self.alerts.one(alert.alert_id)
        if standing is None or standing.state is not AlertState.RELEASED:
            deliveries.drop(parcel)
            return False
        try:
            notice = self.message(alert).notice()
            channel.send(notice.sent_again() if claim is Claim.AGAIN else notice)
        except NotDelivered as error:
            deliveries.refused(parcel, error, intake.now())
            raise
        deliveries.took(parcel, intake.now())
        return True

    def _feed(self, released: Iterable[Alert]) -> None:
        """The feed of the instance; a watched view has a feed of its own."""
        crisis = self.pipeline.crisis.id
        mine = [self.message(one) for one in released if one.crisis == crisis and one.rule is not AlertRule.WATCHED_VIEW]
        write_feeds(self.pipeline.settings.published / crisis, crisis, self.telling.link, mine)

    def after_publication(self, say: Callable[[str], None]) -> None:
        """Look and tell, and say what came of it."""
        for alert in self.look():
            say(f"alert {alert.alert_id} ({alert.state}): {self.message(alert).texts['en']}")
        self.tell_on(say)

    def tell_on(self, say: Callable[[str], None]) -> None:
        """Send what somebody released meanwhile, and say what could not be sent."""
        for failure in self.tell(patient=True)[1]:
            say(str(failure))


def meant_for(alert: Alert, channel: Channel) -> bool:
    """A watched view goes to the channels of its watch, any other alert to those that take alerts."""
    if alert.rule is AlertRule.WATCHED_VIEW:
        return channel.name in alert.told.get("to", "").split(";")
    return channel.alerts


def _page(alert: Alert) -> str:
    """The page an alert is about: the view itself, the comparison, or the sources."""
    if alert.rule is AlertRule.WATCHED_VIEW:
        return alert.told["address"]
    return "/compare" if alert.told.get("metric") else "/sources"


def _names(crisis: Crisis, infos: Iterable[SourceInfo], language: str) -> Mapping[str, str]:
    titles = {info.name: (info.title_ar if language == "ar" else "") or info.title for info in infos}
    named = {one.id: one.name.get(language) or one.name.get("en", one.id) for one in crisis.organisations.values()}
    return {**titles, **named}
