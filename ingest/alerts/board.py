"""What the pages show of alerts, and the one way they decide about them. A ledger that is not there is not made by asking."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from ingest.alerts.wording import sentence
from ingest.errors import AlertRefused
from ingest.model.failures import say
from ingest.model.refusals import Refusal
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.review import LONGEST_NAME, LONGEST_REASON
from ingest.settings import Settings
from ingest.store import Ledger
from ingest.store.alerts import Alert, Alerts, Decided
from ingest.store.deliveries import ALERTS, Deliveries, Delivery


class Standing(StrEnum):
    """Where an alert is on its way."""

    HELD = "held"
    RELEASED = "released"  # and nobody got it yet
    SENT = "sent"
    DISMISSED = "dismissed"


class Act(StrEnum):
    """What a person can do with one."""

    RELEASE = "release"
    DISMISS = "dismiss"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert with everything that was decided about it and where it went; `text` is its sentence in the reader's language."""

    alert: Alert
    text: str
    standing: Standing
    decided: tuple[Decided, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def acts(self) -> tuple[Act, ...]:
        """What can be done now: what a channel has or is about to have cannot be called back."""
        if self.standing is Standing.HELD:
            return (Act.RELEASE, Act.DISMISS)
        taken = any(one.claimed_at for one in self.deliveries)
        return () if taken else (Act.UNDO,)


def has_ledger(settings: Settings) -> bool:
    """Whether there is a ledger to read: its file, or a server."""
    url = sa.make_url(settings.database)
    return not url.drivername.startswith("sqlite") or (bool(url.database) and Path(str(url.database)).is_file())


def board(settings: Settings, crisis: str, language: str, names: Mapping[str, str]) -> tuple[Shown, ...]:
    """Every alert of a crisis, the newest first. Raises `StoreError` where the ledger cannot be read."""
    if not has_ledger(settings):
        return ()
    decided, deliveries = defaultdict[str, list[Decided]](list), defaultdict[str, list[Delivery]](list)
    with Ledger.open(settings.database) as ledger:
        every = Alerts(ledger).all()
        for decision in Alerts(ledger).decisions():
            decided[decision.alert_id].append(decision)
        for delivery in Deliveries(ledger).of(ALERTS):
            deliveries[delivery.thing].append(delivery)
    mine = (alert for alert in reversed(every) if alert.crisis == crisis)
    return tuple(_shown(one, sentence(one, language, names), decided[one.alert_id], deliveries[one.alert_id]) for one in mine)


def _shown(alert: Alert, text: str, decided: Sequence[Decided], deliveries: Sequence[Delivery]) -> Shown:
    sent = alert.state is AlertState.RELEASED and any(one.sent_at for one in deliveries)
    standing = Standing.SENT if sent else Standing(alert.state.value)
    return Shown(alert, text, standing, tuple(decided), tuple(deliveries))


def held(settings: Settings, crisis: str) -> int:
    """How many wait for a person. Raises `StoreError` where the ledger cannot be read."""
    if not has_ledger(settings):
        return 0
    with Ledger.open(settings.database) as ledger:
        return Alerts(ledger).held(crisis)


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says with a decision: a name, and why."""

    by: str
    reason: str


def decide(settings: Settings, alert_id: str, act: Act, word: Word, now: datetime) -> None:
    """Release or dismiss an alert, or take either back. Raises `AlertRefused` where it may not be, `StoreError` where it cannot."""
    by, reason = " ".join(word.by.split()), word.reason.strip()
    if not by or (act is Act.DISMISS and not reason):
        raise AlertRefused(say(Refusal.DECISION_NAMELESS))
    if len(by) > LONGEST_NAME or len(reason) > LONGEST_REASON:
        raise AlertRefused(say(Refusal.LONG_DECISION, most=LONGEST_NAME, letters=LONGEST_REASON))
    with Ledger.open(settings.database) as ledger:
        alerts = Alerts(ledger)
        if act is Act.UNDO:
            alerts.undo(alert_id, by, reason, now)
        else:
            state = AlertState.RELEASED if act is Act.RELEASE else AlertState.DISMISSED
            alerts.decide(alert_id, state, by, reason, now)


ABOUT_A_FIGURE = frozenset({AlertRule.HIGH_VALUE, AlertRule.FALLING_TOTAL})
"""The rules whose alerts have a figure's identity as their subject; that of a contradiction is a pair's."""
