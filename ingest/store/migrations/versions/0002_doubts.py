"""Figures say what their reading rests on that may not hold; those read before say nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, empty for the rows that are there."""
    op.add_column("figures", sa.Column("doubts", sa.Text(), nullable=False, server_default=""))
