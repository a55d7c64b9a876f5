"""Public notes: corrections of figures, withdrawals of documents, and those taken back."""

import sqlalchemy as sa
from alembic import op

from ingest.store.tables import Utc

revision = "0009"
down_revision = "0008"
_TEXTS = ("correction_id", "kind", "figures", "documents", "replacements", "note_en", "note_ar", "note_fr", "written_by", "takes_back")


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "corrections",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("written_at", Utc(), nullable=False),
        sa.UniqueConstraint("correction_id", name="uq_corrections_correction_id"),
    )
