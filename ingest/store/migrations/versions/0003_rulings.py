"""People rule on discrepancies; what they say is kept beside the machine's verdict."""

import sqlalchemy as sa
from alembic import op

from ingest.store.tables import Utc

revision = "0003"
down_revision = "0002"
_TEXTS = ("discrepancy_id", "figure_a", "figure_b", "decision", "code", "machine_code", "machine_rule", "ruled_by", "reason")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "rulings",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("ruled_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(["figure_a"], ["figures.figure_id"], name="fk_rulings_figure_a"),
        sa.ForeignKeyConstraint(["figure_b"], ["figures.figure_id"], name="fk_rulings_figure_b"),
    )
    op.create_index("ix_rulings_discrepancy_id", "rulings", ["discrepancy_id"])
