"""The ledger's alerts: raised once, held until a person decides, sent once to each channel."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ingest.errors import AlertRefused
from ingest.model.ids import digest
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.store import tables
from ingest.store.ledger import Ledger
from ingest.store.rows import storable


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at. `subject` is what it is about, in words no other alert of its rule has; `told` fills its sentence."""

    crisis: str
    rule: AlertRule
    subject: str
    told: Mapping[str, str]
    raised_at: datetime
    state: AlertState = AlertState.HELD
    decided_by: str = ""
    reason: str = ""
    decided_at: datetime | None = None

    @property
    def alert_id(self) -> str:
        """Its identity: the same thing found again is the same alert."""
        return "a" + digest(self.crisis, self.rule, self.subject)


@dataclass(frozen=True, slots=True)
class Alerts:
    """The alerts of a ledger."""

    ledger: Ledger
    _table: sa.Table = field(default=tables.alerts, repr=False)

    def hold(self, found: Iterable[Alert]) -> tuple[Alert, ...]:
        """Keep what is not there yet, and return that."""
        kept = []
        with self.ledger.writing() as connection:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            for alert in found:
                row = {
                    "alert_id": alert.alert_id, "crisis": alert.crisis, "rule": alert.rule.value, "subject": storable(alert.subject),
                    "told": storable(json.dumps(dict(alert.told), ensure_ascii=False, sort_keys=True)), "state": alert.state.value,
                    "decided_by": alert.decided_by, "reason": alert.reason, "raised_at": alert.raised_at, "decided_at": alert.decided_at,
                }  # fmt: skip
                if connection.execute(insert(self._table).values(row).on_conflict_do_nothing()).rowcount:
                    kept.append(alert)
        return tuple(kept)

    def all(self, state: AlertState | None = None) -> tuple[Alert, ...]:
        """Every alert, or those in a state, in the order they were raised."""
        row = self._table.c
        names = ("crisis", "rule", "subject", "told", "raised_at", "state", "decided_by", "reason", "decided_at")
        query = sa.select(*(row[name] for name in names)).order_by(row.seq)
        if state is not None:
            query = query.where(row.state == state.value)
        with self.ledger.connection() as connection:
            found = connection.execute(query).all()
        return tuple(Alert(one[0], AlertRule(one[1]), one[2], json.loads(one[3]), one[4], AlertState(one[5]), *one[6:]) for one in found)

    def decide(self, alert_id: str, state: AlertState, by: str, reason: str, now: datetime) -> None:
        """Release or dismiss a held alert. Raises `AlertRefused` for one that is not there, or was decided before."""
        row = self._table.c
        decision = {"state": state.value, "decided_by": storable(by), "reason": storable(reason), "decided_at": now}
        with self.ledger.writing() as connection:
            held = (row.alert_id == alert_id) & (row.state == AlertState.HELD.value)
            if connection.execute(sa.update(self._table).where(held).values(decision)).rowcount:
                return
            former = connection.execute(sa.select(row.state, row.decided_by).where(row.alert_id == alert_id)).one_or_none()
        if former is None:
            raise AlertRefused(f"There is no alert {alert_id!r}; crosscount alerts lists those that are held.")
        raise AlertRefused(f"Alert {alert_id} was {former[0]} by {former[1]} before; a decision stays.")

    def sent(self, channel: str) -> frozenset[str]:
        """Which alerts a channel has been sent."""
        row = tables.alert_deliveries.c
        with self.ledger.connection() as connection:
            return frozenset(connection.scalars(sa.select(row.alert_id).where(row.channel == channel)))

    def note_sent(self, alert_id: str, channel: str, now: datetime) -> None:
        """Note that a channel took an alert."""
        with self.ledger.writing() as connection:
            connection.execute(sa.insert(tables.alert_deliveries), {"alert_id": alert_id, "channel": channel, "sent_at": now})
