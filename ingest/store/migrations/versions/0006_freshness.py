"""Runs say what was fetched, changed and gone; sources when they last had something new, and how fresh people were told they are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_COUNTS = ("fetched", "unchanged", "bytes", "known", "changed", "vanished")


def upgrade() -> None:
    """Add the columns. When a source last had something new follows from its documents; what earlier runs fetched is not known, so 0."""
    for name in _COUNTS:
        op.add_column("runs", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("source_state", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.add_column("source_state", sa.Column("freshness", sa.Text(), nullable=False, server_default=""))
    newest = "(SELECT max(first_seen_at) FROM documents WHERE documents.source = source_state.source)"
    op.execute(sa.text(f"UPDATE source_state SET changed_at = {newest}"))  # noqa: S608 -- our own words
