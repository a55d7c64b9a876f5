"""Digests on their way: each sent once for an appointment, whichever program comes first, and once for all that were missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ingest.alerts.digests import Digest
from ingest.alerts.notice import Notice
from ingest.alerts.wording import sentence
from ingest.errors import NotDelivered
from ingest.model.ids import digest as digest_of
from ingest.model.letters import Enquiry, Letter, Views, Watched
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.pipeline.watching import PAUSE, Watch
from ingest.store.alerts import Alert
from ingest.store.deliveries import Claim, Deliveries, Delivery, Parcel
from ingest.store.watches import Watches


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one digest for one channel: nothing in `failure` where it went out; `empty` where there was nothing to say."""

    digest: str
    channel: str
    due_at: datetime
    empty: bool = False
    failure: str = ""

    def __str__(self) -> str:
        """As a sentence."""
        if self.failure:
            return self.failure
        about = f"digest {self.digest} of {self.due_at:%Y-%m-%d %H:%M} UTC"
        return f"{about}: nothing changed, so {self.channel} gets none" if self.empty else f"{about} went to {self.channel}"


@dataclass(frozen=True, slots=True)
class Digests:
    """Writes the digests of a watch's settings and hands them over."""

    watch: Watch
    views: Views

    @classmethod
    def of(cls, watch: Watch, views: Views) -> "Digests":
        """The digests of a watch's settings. Raises `SettingsError` where the view of one is no page."""
        for one in watch.telling.digests:
            views.canonical(one.view)
        return cls(watch, views)

    def send_due(self, name: str = "", *, patient: bool = False) -> tuple[Sent, ...]:
        """Send what is due and was not sent: of one digest or of all. `patient` leaves a channel that just refused in peace."""
        chosen = [one for one in self.watch.telling.digests if name in ("", one.name)]
        sent = (self._send(one, channel, patient=patient) for one in chosen for channel in one.channels)
        return tuple(one for one in sent if one is not None)

    def write(self, digest: Digest, since: datetime, channel: str = "") -> Letter | None:
        """A digest as it would be, with the views that are watched for the channel; None where nothing is published."""
        pipeline, language = self.watch.pipeline, digest.language
        ledger, crisis = pipeline.intake.ledger, pipeline.crisis.id
        watched = tuple(Watched(one.name, one.address) for one in Watches(ledger).of(crisis) if channel in one.channels)
        released = tuple(sentence(one, language, self.watch.names.get(language, {})) for one in self._released(since))
        held = self.watch.alerts.held(crisis)
        return self.views.letter(
            Enquiry("", self.views.canonical(digest.view), language, since, self.watch.telling.link, watched, released, held)
        )

    def begins(self, digest: Digest, channel: str) -> datetime:
        """The publication the next digest for a channel begins after: where the last one ended, or one period before it is due."""
        now = self.watch.pipeline.intake.now()
        told = [one.told_until for one in self._former(digest, channel) if one.told_until and one.told_until <= now]
        return max(told, default=self._due(digest) - digest.period)

    def _released(self, since: datetime) -> Iterator[Alert]:
        """What a person released since, but for watched views, which have lines of their own."""
        for alert in self.watch.alerts.all(AlertState.RELEASED):
            mine = alert.crisis == self.watch.pipeline.crisis.id and alert.rule is not AlertRule.WATCHED_VIEW
            if mine and alert.decided_at is not None and alert.decided_at > since:
                yield alert

    def _due(self, digest: Digest) -> datetime:
        return digest.appointed(self.watch.pipeline.intake.now(), self.watch.pipeline.crisis.timezone)

    def _topic(self, digest: Digest) -> str:
        return f"digest {self.watch.pipeline.crisis.id} {digest.name}"

    def _former(self, digest: Digest, channel: str) -> list[Delivery]:
        every = Deliveries(self.watch.pipeline.intake.ledger).of(self._topic(digest))
        return [one for one in every if one.channel == channel]

    def _send(self, digest: Digest, channel: str, *, patient: bool) -> Sent | None:
        """Send one digest where it is due. None where it was sent, another program is at it, or nothing is published."""
        intake, due_at = self.watch.pipeline.intake, self._due(digest)
        former, now = self._former(digest, channel), intake.now()
        sent = [datetime.fromisoformat(one.thing) for one in former if one.sent_at]
        resting = any(patient and one.failed_at and now - PAUSE < one.failed_at <= now for one in former)
        # An appointment beyond the next one was kept by a clock that was wrong, and says nothing about this one.
        if resting or any(due_at <= one <= now + digest.period for one in sent):
            return None
        deliveries, parcel = Deliveries(intake.ledger), Parcel(self._topic(digest), due_at.isoformat(), channel)
        with intake.writer.turn():
            claim = deliveries.claim(parcel, now)
        return self._hand_over(digest, parcel, due_at, again=claim is Claim.AGAIN) if claim else None

    def _hand_over(self, digest: Digest, parcel: Parcel, due_at: datetime, *, again: bool) -> Sent | None:
        intake, deliveries = self.watch.pipeline.intake, Deliveries(self.watch.pipeline.intake.ledger)
        since = self.begins(digest, parcel.channel)
        letter = self.write(digest, since, parcel.channel)
        if letter is None:
            deliveries.drop(parcel)
            return None
        quiet = letter.empty and digest.skip_empty
        if not quiet:
            try:
                notice = self._notice(digest, letter, parcel, since)
                self.watch.telling.channel(parcel.channel, digest.to).send(notice.sent_again() if again else notice)
            except NotDelivered as error:
                deliveries.refused(parcel, error, intake.now())
                return Sent(digest.name, parcel.channel, due_at, failure=str(error))
        with intake.writer.turn():
            deliveries.took(parcel, intake.now(), letter.until)
        return Sent(digest.name, parcel.channel, due_at, empty=quiet)

    def _notice(self, digest: Digest, letter: Letter, parcel: Parcel, since: datetime) -> Notice:
        base, view = self.watch.telling.link, self.views.canonical(digest.view)
        link = f"{base}{view}" if base else ""
        identity = "d" + digest_of(parcel.topic, parcel.thing)
        data = {
            "id": identity,
            "digest": digest.name, "crisis": self.watch.pipeline.crisis.id, "language": digest.language, "title": letter.title,
            "since": since.isoformat(), "until": letter.until.isoformat(), "counts": dict(letter.told), "text": letter.text, "link": link,
        }  # fmt: skip
        return Notice(identity, letter.title, letter.text, link, digest.language, self.watch.pipeline.intake.now(), data, letter.page)
