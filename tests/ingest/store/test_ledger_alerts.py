"""Alerts, what is decided about them and where they go, and watched views, on either database."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from ingest.errors import AlertRefused, MaybeDelivered, NotDelivered
from ingest.model.vocabulary import AlertRule, AlertState
from ingest.store import Ledger, migrate, tables
from ingest.store.alerts import Alert, Alerts
from ingest.store.deliveries import ALERTS, LEASE, Claim, Deliveries, Parcel
from ingest.store.engine import connectable, writing
from ingest.store.watches import WatchedView, Watches


def test_an_alert_is_held_decided_and_held_again(ledger: Ledger, now: datetime) -> None:
    """Once, by name; every decision is there afterwards."""
    book, alert = Alerts(ledger), Alert("tiny", AlertRule.HIGH_VALUE, "f1", {"source": "\x00مرصد"}, now)
    assert book.hold([alert, alert]) == (alert,) and book.held("tiny") == 1 and book.held("other") == 0
    book.decide(alert.alert_id, AlertState.DISMISSED, "Rana", "Known.", now)
    book.undo(alert.alert_id, "Omar", "", now)
    (kept,) = book.all(AlertState.HELD)
    assert kept.told["source"].endswith("مرصد") and (kept.decided_by, kept.decided_at) == ("", None)
    assert [(one.state, one.by) for one in book.decisions()] == [(AlertState.DISMISSED, "Rana"), (AlertState.HELD, "Omar")]


def test_a_parcel_is_claimed_by_one(ledger: Ledger, now: datetime) -> None:
    """Until its channel answered, its claim lapsed, or the clock was set back; who comes after one that never said so is told."""
    book, parcel = Deliveries(ledger), Parcel("digest tiny morning", now.isoformat(), "desk")
    assert book.claim(parcel, now) and not book.claim(parcel, now + LEASE - timedelta(seconds=1))
    assert [book.claim(parcel, when) for when in (now + LEASE, now)] == [Claim.AGAIN, Claim.AGAIN]
    book.refused(parcel, NotDelivered("Not now."), now)
    assert book.claim(parcel, now) is Claim.FIRST
    book.refused(parcel, MaybeDelivered("Silent."), now)
    assert [book.claim(parcel, when) for when in (now, now + LEASE)] == [Claim.REFUSED, Claim.AGAIN]
    book.took(parcel, now, now)
    assert not book.claim(parcel, now + 9 * LEASE)
    (sent,) = book.of(parcel.topic)
    assert (sent.sent_at, sent.told_until, sent.failures) == (now, now, 2) and book.of(ALERTS) == ()


def test_a_watched_view_has_a_name_of_its_own(ledger: Ledger, now: datetime) -> None:
    """Within its crisis; what it was told up to is remembered."""
    book, view = Watches(ledger), WatchedView("tiny", "north", "/compare?place=XX01", ("desk", "hook"), now)
    book.add(view)
    book.add(replace(view, crisis="other"))
    with pytest.raises(AlertRefused, match="already"):
        book.add(view)
    book.told([view], now + timedelta(hours=1))
    assert book.of("tiny") == (replace(view, since=now + timedelta(hours=1)),)
    book.remove("tiny", "north")
    assert book.of("tiny") == () and len(book.of("other")) == 1


def test_what_was_sent_and_decided_before_is_carried_over(url: str, now: datetime) -> None:
    """From the schema in which a delivery was a row of its own and only the last decision was kept."""
    alert = Alert("tiny", AlertRule.HIGH_VALUE, "f1", {}, now)
    row = {
        "alert_id": alert.alert_id, "crisis": "tiny", "rule": "high_value", "subject": "f1", "told": "{}", "state": "released",
        "decided_by": "Rana", "reason": "So.", "raised_at": now, "decided_at": now,
    }  # fmt: skip
    engine = connectable(url)
    with writing(engine).begin() as connection:
        migrate.upgrade(connection, "0007")
        connection.execute(sa.insert(tables.alerts), row)
        former = sa.table("alert_deliveries", sa.column("alert_id"), sa.column("channel"), sa.column("sent_at", tables.Utc()))
        connection.execute(sa.insert(former), {"alert_id": alert.alert_id, "channel": "desk", "sent_at": now})
    engine.dispose()
    with Ledger.open(url) as ledger:
        (sent,), (decided,) = Deliveries(ledger).of(ALERTS), Alerts(ledger).decisions()
        assert (sent.thing, sent.channel, sent.sent_at) == (alert.alert_id, "desk", now)
        assert (decided.state, decided.by, decided.reason, decided.at) == (AlertState.RELEASED, "Rana", "So.", now)
        with pytest.raises(AlertRefused, match="cannot be called back"):
            Alerts(ledger).undo(alert.alert_id, "Omar", "", now)
