"""The ledger's alerts: raised once, held until a person decides. Every decision is kept, and one may be taken back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ingest.errors import AlertRefused
from ingest.model.failures import say
from ingest.model.ids import digest
from ingest.model.refusals import Refusal
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.store import tables
from ingest.store.additions import COUNTED
from ingest.store.deliveries import ALERTS
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
class Decided:
    """One decision on an alert: who made it, when and why."""

    alert_id: str
    state: AlertState
    by: str
    reason: str
    at: datetime


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
                made = insert(self._table).values(row).on_conflict_do_nothing()
                if connection.execute(made, execution_options=COUNTED).rowcount:
                    kept.append(alert)
                    if alert.decided_at is not None:
                        _remember(connection, Decided(alert.alert_id, alert.state, alert.decided_by, alert.reason, alert.decided_at))
        return tuple(kept)

    def all(self, state: AlertState | None = None) -> tuple[Alert, ...]:
        """Every alert, or those in a state, in the order they were raised."""
        return self._read(sa.true() if state is None else self._table.c.state == state.value)

    def held(self, crisis: str) -> int:
        """How many of a crisis wait for a person."""
        row = self._table.c
        query = sa.select(sa.func.count()).where(row.crisis == crisis, row.state == AlertState.HELD.value)
        with self.ledger.connection() as connection:
            return connection.scalar(query) or 0

    def _read(self, chosen: sa.ColumnElement[bool]) -> tuple[Alert, ...]:
        row = self._table.c
        names = ("crisis", "rule", "subject", "told", "raised_at", "state", "decided_by", "reason", "decided_at")
        query = sa.select(*(row[name] for name in names)).where(chosen).order_by(row.seq)
        with self.ledger.connection() as connection:
            found = connection.execute(query).all()
        return tuple(Alert(one[0], AlertRule(one[1]), one[2], json.loads(one[3]), one[4], AlertState(one[5]), *one[6:]) for one in found)

    def one(self, alert_id: str) -> Alert | None:
        """The alert of that identity."""
        found = self._read(tables.alerts.c.alert_id == alert_id)
        return found[0] if found else None

    def decide(self, alert_id: str, state: AlertState, by: str, reason: str, now: datetime) -> None:
        """Release or dismiss a held alert. Raises `AlertRefused` for one that is not there, or was decided before."""
        row = self._table.c
        decision = {"state": state.value, "decided_by": storable(by), "reason": storable(reason), "decided_at": now}
        with self.ledger.writing() as connection:
            held = (row.alert_id == alert_id) & (row.state == AlertState.HELD.value)
            if connection.execute(sa.update(self._table).where(held).values(decision)).rowcount:
                _remember(connection, Decided(alert_id, state, by, reason, now))
                return
            former = connection.execute(sa.select(row.state, row.decided_by).where(row.alert_id == alert_id)).one_or_none()
        if former is None:
            raise AlertRefused(say(Refusal.NO_ALERT, alert=repr(alert_id)))
        cause = Refusal.ALERT_RELEASED if former[0] == AlertState.RELEASED else Refusal.ALERT_DISMISSED
        raise AlertRefused(say(cause, alert=alert_id, by=former[1]))

    def undo(self, alert_id: str, by: str, reason: str, now: datetime) -> None:
        """Hold an alert again. Raises `AlertRefused` where it is held, or a channel has it or is about to: nobody can call that back."""
        row, sent = self._table.c, tables.deliveries.c
        fresh = {"state": AlertState.HELD.value, "decided_by": "", "reason": "", "decided_at": None}
        with self.ledger.writing() as connection:
            mine = (sent.topic == ALERTS) & (sent.thing == alert_id) & sent.claimed_at.is_not(None)
            gone = connection.scalars(sa.select(sent.channel).where(mine).order_by(sent.seq)).all()
            if gone:
                raise AlertRefused(say(Refusal.ALERT_SENT, alert=alert_id, channels=", ".join(gone)))
            decided = (row.alert_id == alert_id) & (row.state != AlertState.HELD.value)
            if not connection.execute(sa.update(self._table).where(decided).values(fresh)).rowcount:
                raise AlertRefused(say(Refusal.ALERT_UNDECIDED, alert=repr(alert_id)))
            _remember(connection, Decided(alert_id, AlertState.HELD, by, reason, now))

    def decisions(self) -> tuple[Decided, ...]:
        """Every decision in the order it was made; HELD is one that was taken back."""
        row = tables.alert_decisions.c
        query = sa.select(row.alert_id, row.decision, row.decided_by, row.reason, row.decided_at).order_by(row.seq)
        with self.ledger.connection() as connection:
            return tuple(Decided(one[0], AlertState(one[1]), *one[2:]) for one in connection.execute(query))


def _remember(connection: sa.Connection, decided: Decided) -> None:
    row = {
        "alert_id": decided.alert_id, "decision": decided.state.value, "decided_by": storable(decided.by),
        "reason": storable(decided.reason), "decided_at": decided.at,
    }  # fmt: skip
    connection.execute(sa.insert(tables.alert_decisions), row)
