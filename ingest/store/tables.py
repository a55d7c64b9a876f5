"""The ledger's tables. Documents and figures have the published columns, so a column is named, typed and explained once.

Left out are the columns that publishing works out: `superseded_at`, `known_at`, `known_until`, `vanished_at`, what public notes say,
and a document's counts. Added are its text and `seq`, the order of arrival, which tells what a snapshot does not know yet.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from types import NoneType
from typing import Any, get_args, get_type_hints

import sqlalchemy as sa

from ingest.model.records import Document, Figure
from ingest.model.schema import DOCUMENTS, FIGURES
from ingest.model.schema import Column as Published

REVISION = "0010"  # of the schema below; a change of a table needs a new file in migrations/versions and its number here
VERSION_TABLE = "crosscount_schema"


class Utc(sa.types.TypeDecorator[datetime]):
    """A moment. Aware in Python; stored as UTC, which SQLite keeps without a zone and PostgreSQL with one."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """A column with a zone where the database has them."""
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Convert to UTC. Raises `ValueError` for a time without a zone, which could mean any of 24 hours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back."""
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "string": sa.Text,
    "list": sa.Text,
    "integer": sa.BigInteger,
    "number": sa.Double,
    "boolean": sa.Boolean,
    "date": sa.Date,
    "datetime": Utc,
}
_DERIVED = {
    "superseded_at",
    "known_at",
    "known_until",
    "characters",
    "figures",
    "vanished_at",
    "correction_ids",
    "withdrawn_at",
    "withdrawn",
}

metadata = sa.MetaData()


def hints(record: type) -> dict[str, Any]:
    """The declared type of each field of a record, in the order of its fields."""
    known = get_type_hints(record)
    return {field.name: known[field.name] for field in fields(record)}


def optional(hint: Any) -> bool:
    """Whether a field may be None, which is how "not stated" is kept for everything but text."""
    return NoneType in get_args(hint)


def _published(columns: tuple[Published, ...], record: type) -> Iterator[sa.Column[Any]]:
    known = hints(record)
    for column in columns:
        if column.name not in _DERIVED:
            yield sa.Column(column.name, _TYPES[column.type](), nullable=optional(known[column.name]))


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[datetime]:
    return sa.Column(name, Utc(), nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


documents = sa.Table(
    "documents",
    metadata,
    _seq(),
    *_published(DOCUMENTS, Document),
    _text("text"),
    _moment("first_seen_at", nullable=False),
    # An address may be longer than PostgreSQL takes into an index.
    _text("address_digest"),
    sa.UniqueConstraint("document_id", name="uq_documents_document_id"),
    sa.Index("ix_documents_address_digest", "address_digest"),
)

figures = sa.Table(
    "figures",
    metadata,
    _seq(),
    *_published(FIGURES, Figure),
    sa.UniqueConstraint("figure_id", name="uq_figures_figure_id"),
    sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_figures_document_id"),
    sa.Index("ix_figures_document_id", "document_id"),
    sa.Index("ix_figures_crisis", "crisis", "figure_id"),
)

runs = sa.Table(
    "runs",
    metadata,
    _seq(),
    _text("run_id"),
    _text("verb"),
    _text("source"),
    _moment("started_at", nullable=False),
    _moment("finished_at"),
    _text("outcome"),
    _count("documents_new"),
    _count("figures_new"),
    _count("rejected"),
    _text("message"),
    *(_count(name) for name in ("fetched", "unchanged", "bytes", "known", "changed", "vanished")),
    _text("writer_id"),
    sa.UniqueConstraint("run_id", name="uq_runs_run_id"),
)

writers = sa.Table(
    "writers",
    metadata,
    sa.Column("writer_id", sa.Text(), primary_key=True),
    _text("host"),
    _count("pid"),
    _moment("beat_at", nullable=False),
)

run_log = sa.Table(
    "run_log",
    metadata,
    _seq(),
    _text("run_id"),
    _text("level"),
    _text("subject"),
    _text("reason"),
    sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_run_log_run_id"),
    sa.Index("ix_run_log_run_id", "run_id"),
)

reviews = sa.Table(
    "reviews",
    metadata,
    _seq(),
    _text("figure_id"),
    _text("decision"),
    _text("reviewer"),
    _text("reason"),
    _moment("decided_at", nullable=False),
    sa.ForeignKeyConstraint(["figure_id"], ["figures.figure_id"], name="fk_reviews_figure_id"),
    sa.Index("ix_reviews_figure_id", "figure_id"),
)

rulings = sa.Table(
    "rulings",
    metadata,
    _seq(),
    _text("discrepancy_id"),
    _text("figure_a"),
    _text("figure_b"),
    _text("decision"),
    _text("code"),
    _text("machine_code"),
    _text("machine_rule"),
    _text("ruled_by"),
    _text("reason"),
    _moment("ruled_at", nullable=False),
    sa.ForeignKeyConstraint(["figure_a"], ["figures.figure_id"], name="fk_rulings_figure_a"),
    sa.ForeignKeyConstraint(["figure_b"], ["figures.figure_id"], name="fk_rulings_figure_b"),
    sa.Index("ix_rulings_discrepancy_id", "discrepancy_id"),
)

corrections = sa.Table(
    "corrections",
    metadata,
    _seq(),
    *(_text(name) for name in ("correction_id", "kind", "figures", "documents", "replacements", "note_en", "note_ar", "note_fr")),
    _text("written_by"),
    _text("takes_back"),
    _moment("written_at", nullable=False),
    sa.UniqueConstraint("correction_id", name="uq_corrections_correction_id"),
)

fetches = sa.Table(
    "fetches",
    metadata,
    sa.Column("address_digest", sa.Text(), primary_key=True),
    _text("url"),
    _text("etag"),
    _text("last_modified"),
    _text("sha256"),
    _text("final_url"),
    _text("media_type"),
    _moment("retrieved_at", nullable=False),
)

vanished = sa.Table(
    "vanished",
    metadata,
    _seq(),
    _text("source"),
    _text("url"),
    _text("address_digest"),
    _moment("noticed_at", nullable=False),
    sa.UniqueConstraint("source", "address_digest", name="uq_vanished_source_address_digest"),
)

source_state = sa.Table(
    "source_state",
    metadata,
    sa.Column("source", sa.Text(), primary_key=True),
    _moment("last_attempt_at"),
    _moment("last_success_at"),
    _moment("failing_since"),
    _count("failures"),
    _text("message"),
    _text("cursor"),
    _moment("changed_at"),
    _text("freshness"),
)

alerts = sa.Table(
    "alerts",
    metadata,
    _seq(),
    *(_text(name) for name in ("alert_id", "crisis", "rule", "subject", "told", "state", "decided_by", "reason")),
    _moment("raised_at", nullable=False),
    _moment("decided_at"),
    sa.UniqueConstraint("alert_id", name="uq_alerts_alert_id"),
)

alert_decisions = sa.Table(
    "alert_decisions",
    metadata,
    _seq(),
    *(_text(name) for name in ("alert_id", "decision", "decided_by", "reason")),
    _moment("decided_at", nullable=False),
    sa.ForeignKeyConstraint(["alert_id"], ["alerts.alert_id"], name="fk_alert_decisions_alert_id"),
    sa.Index("ix_alert_decisions_alert_id", "alert_id"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    _seq(),
    *(_text(name) for name in ("topic", "thing", "channel")),
    *(_moment(name) for name in ("claimed_at", "sent_at", "told_until", "failed_at")),
    _count("failures"),
    _text("message"),
    sa.UniqueConstraint("topic", "thing", "channel", name="uq_deliveries_topic_thing_channel"),
)

watches = sa.Table(
    "watches",
    metadata,
    _seq(),
    *(_text(name) for name in ("crisis", "name", "address", "channels")),
    _moment("since", nullable=False),
    sa.UniqueConstraint("crisis", "name", name="uq_watches_crisis_name"),
)
