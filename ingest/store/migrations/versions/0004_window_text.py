"""Figures may name their window where it has no first day; those read before do not."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, empty for the rows that are there."""
    op.add_column("figures", sa.Column("window_text", sa.Text(), nullable=False, server_default=""))
