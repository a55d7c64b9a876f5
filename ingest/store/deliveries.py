"""What was handed to which channel. Whoever is about to send claims it first, so that of several programs one sends.

A claim ends with a note that the channel took it or refused it. Of a program that died in between nothing is known, nor of a channel that
fell silent: the claim lapses, and the next sends again under the same identity, by which mail readers, programs and feeds know it for the
same. Whoever claims it then is told so (`Claim.AGAIN`), and says it where nothing knows such an identity.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import IntEnum

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ingest.errors import MaybeDelivered, NotDelivered
from ingest.store import tables
from ingest.store.additions import COUNTED
from ingest.store.ledger import Ledger
from ingest.store.rows import storable

ALERTS = "alerts"  # the topic of alerts; a digest has one of its own
LEASE = timedelta(minutes=5)  # longer than any channel takes to answer; then whoever claimed it is taken for dead


class Claim(IntEnum):
    """What somebody who is about to send was told; false where another sent it or is about to."""

    REFUSED = 0
    FIRST = 1
    AGAIN = 2  # somebody claimed it before and never said what came of it, so the channel may have it


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing for one channel: an alert by its identity, or a digest by the moment it was due."""

    topic: str
    thing: str
    channel: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a parcel. `told_until` is the publication a digest tells up to; `message` says why it failed last."""

    topic: str
    thing: str
    channel: str
    claimed_at: datetime | None
    sent_at: datetime | None
    told_until: datetime | None
    failed_at: datetime | None
    failures: int
    message: str


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The deliveries of a ledger."""

    ledger: Ledger
    _table: sa.Table = field(default=tables.deliveries, repr=False)

    def claim(self, parcel: Parcel, now: datetime) -> Claim:
        """Whether the caller shall send it: nobody sent it, and nobody is about to. A claim of the future is of a clock set back."""
        row = self._table.c
        lapsed = row.claimed_at.is_(None) | (row.claimed_at <= now - LEASE) | (row.claimed_at > now)
        fresh = {"topic": parcel.topic, "thing": storable(parcel.thing), "channel": storable(parcel.channel), "claimed_at": now}
        with self.ledger.writing() as connection:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            made = insert(self._table).values(**fresh, failures=0, message="").on_conflict_do_nothing()
            if connection.execute(made, execution_options=COUNTED).rowcount:
                return Claim.FIRST
            before = connection.scalar(sa.select(row.claimed_at).where(self._is(parcel)))
            again = sa.update(self._table).where(self._is(parcel), row.sent_at.is_(None), lapsed).values(claimed_at=now)
            if not connection.execute(again).rowcount:
                return Claim.REFUSED
            return Claim.FIRST if before is None else Claim.AGAIN

    def took(self, parcel: Parcel, now: datetime, told_until: datetime | None = None) -> None:
        """The channel has it."""
        self._note(parcel, {"sent_at": now, "told_until": told_until, "message": ""})

    def refused(self, parcel: Parcel, why: NotDelivered, now: datetime) -> None:
        """The channel did not take it; whoever comes next may try again. Where it may have it, only when the claim has lapsed."""
        failed = {"failed_at": now, "failures": self._table.c.failures + 1, "message": storable(str(why))}
        self._note(parcel, failed if isinstance(why, MaybeDelivered) else {**failed, "claimed_at": None})

    def drop(self, parcel: Parcel) -> None:
        """Give a claim back: there is nothing to send after all."""
        with self.ledger.writing() as connection:
            connection.execute(sa.delete(self._table).where(self._is(parcel), self._table.c.sent_at.is_(None)))

    def of(self, topic: str) -> tuple[Delivery, ...]:
        """Every delivery of a topic, in the order of the things' first claims."""
        row = self._table.c
        query = sa.select(*(row[one.name] for one in fields(Delivery))).where(row.topic == topic).order_by(row.seq)
        with self.ledger.connection() as connection:
            return tuple(Delivery(*found) for found in connection.execute(query))

    def _is(self, parcel: Parcel) -> sa.ColumnElement[bool]:
        row = self._table.c
        return (row.topic == parcel.topic) & (row.thing == storable(parcel.thing)) & (row.channel == storable(parcel.channel))

    def _note(self, parcel: Parcel, values: dict[str, object]) -> None:
        with self.ledger.writing() as connection:
            connection.execute(sa.update(self._table).where(self._is(parcel)).values(values))
