"""Alerts, what people made of them, and where they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True)


def upgrade() -> None:
    """Make both tables, empty."""
    op.create_table(
        "alerts",
        _seq(),
        *(_text(name) for name in ("alert_id", "crisis", "rule", "subject", "told", "state", "decided_by", "reason")),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("alert_id", name="uq_alerts_alert_id"),
    )
    op.create_table(
        "alert_deliveries",
        _seq(),
        _text("alert_id"),
        _text("channel"),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.alert_id"], name="fk_alert_deliveries_alert_id"),
        sa.UniqueConstraint("alert_id", "channel", name="uq_alert_deliveries_alert_id_channel"),
    )
