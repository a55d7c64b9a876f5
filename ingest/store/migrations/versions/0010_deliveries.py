"""What is on its way to a channel, every decision on an alert, and the views that are watched."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Make the tables; what was sent and decided before is carried over."""
    op.create_table(
        "deliveries",
        _seq(),
        *(_text(name) for name in ("topic", "thing", "channel")),
        *(_moment(name) for name in ("claimed_at", "sent_at", "told_until", "failed_at")),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        _text("message"),
        sa.UniqueConstraint("topic", "thing", "channel", name="uq_deliveries_topic_thing_channel"),
    )
    op.create_table(
        "alert_decisions",
        _seq(),
        *(_text(name) for name in ("alert_id", "decision", "decided_by", "reason")),
        _moment("decided_at", nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.alert_id"], name="fk_alert_decisions_alert_id"),
        sa.Index("ix_alert_decisions_alert_id", "alert_id"),
    )
    op.create_table(
        "watches",
        _seq(),
        *(_text(name) for name in ("crisis", "name", "address", "channels")),
        _moment("since", nullable=False),
        sa.UniqueConstraint("crisis", "name", name="uq_watches_crisis_name"),
    )
    op.execute(
        "INSERT INTO deliveries (topic, thing, channel, claimed_at, sent_at, failures, message)"
        " SELECT 'alerts', alert_id, channel, sent_at, sent_at, 0, '' FROM alert_deliveries ORDER BY seq"
    )
    op.execute(
        "INSERT INTO alert_decisions (alert_id, decision, decided_by, reason, decided_at)"
        " SELECT alert_id, state, decided_by, reason, decided_at FROM alerts WHERE decided_at IS NOT NULL ORDER BY seq"
    )
    op.drop_table("alert_deliveries")
