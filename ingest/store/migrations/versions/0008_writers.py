"""Runs say who is at it, so that one that was killed is told from one at work."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add both. Who was at earlier runs is not known; those without an end count as interrupted."""
    op.create_table(
        "writers",
        sa.Column("writer_id", sa.Text(), primary_key=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.BigInteger(), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("runs", sa.Column("writer_id", sa.Text(), nullable=False, server_default=""))
