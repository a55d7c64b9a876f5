"""The first schema: documents, figures, runs and their log, reviews, fetches, and how sources are doing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "integer": sa.BigInteger(),
    "number": sa.Double(),
    "boolean": sa.Boolean(),
    "date": sa.Date(),
    "moment": sa.DateTime(timezone=True),
}

# name:type, with a question mark where it may be empty. Written out, because the published columns will go on changing.
_DOCUMENTS = """
document_id:text source:text publisher:text relayed_via:text title:text language:text translated_from:text url:text citation:text
licence:text second_hand:boolean published_at:moment retrieved_at:moment media_type:text archive_sha256:text revises:text
text:text first_seen_at:moment address_digest:text
"""
_FIGURES = """
figure_id:text claim_id:text document_id:text crisis:text metric:text kind:text source_term:text group_status:text group_side:text
group_sex:text? group_age:text? group_role:text group_nationality:text group_label:text parent_figure_id:text part_of:text?
parts_complete:boolean restates:text supersedes:text value_text:text value_status:text qualifier:text value_low:integer?
value_best:integer? value_high:integer? interval_open_high:boolean interval_rule:text unit:text unit_reported:text
persons_est_low:integer? persons_est_high:integer? publisher:text publisher_kind:text relayed_via:text claimed_source:text
claimed_source_text:text claimed_source_kind:text primary_basis:text independence_group:text interest:text perpetrator:text
event_start:date? event_end:date? event_precision:text? window_start:date? window_end:date? as_of:date? as_of_inferred:boolean
published_at:moment? retrieved_at:moment? first_seen_at:moment? place_text:text place_id:text place_name:text adm1_id:text
adm_level:integer? place_precision:text? place_role:text place_candidates:text coverage_area:text lat:number? lon:number?
verification:text counting_basis:text review:text confidence:number language:text translated_from:text quote:text
quote_start:integer span_start:integer span_end:integer url:text archive_sha256:text extractor_version:text
"""
_RUNS = """
run_id:text verb:text source:text started_at:moment finished_at:moment? outcome:text documents_new:integer figures_new:integer
rejected:integer message:text
"""
_RUN_LOG = """
run_id:text level:text subject:text reason:text
"""
_REVIEWS = """
figure_id:text decision:text reviewer:text reason:text decided_at:moment
"""
_FETCHES = """
address_digest:text url:text etag:text last_modified:text sha256:text final_url:text media_type:text retrieved_at:moment
"""
_SOURCE_STATE = """
source:text last_attempt_at:moment? last_success_at:moment? failing_since:moment? failures:integer message:text cursor:text
"""


def _columns(written: str, key: str = "") -> list[sa.Column[Any]]:
    columns = []
    for word in written.split():
        name, _, kind = word.partition(":")
        columns.append(sa.Column(name, _TYPES[kind.rstrip("?")], nullable=kind.endswith("?"), primary_key=name == key))
    return columns


def _seq() -> sa.Column[int]:
    return sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("documents", _seq(), *_columns(_DOCUMENTS), sa.UniqueConstraint("document_id", name="uq_documents_document_id"))
    op.create_index("ix_documents_address_digest", "documents", ["address_digest"])
    op.create_table(
        "figures",
        _seq(),
        *_columns(_FIGURES),
        sa.UniqueConstraint("figure_id", name="uq_figures_figure_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_figures_document_id"),
    )
    op.create_index("ix_figures_document_id", "figures", ["document_id"])
    op.create_index("ix_figures_crisis", "figures", ["crisis", "figure_id"])
    op.create_table("runs", _seq(), *_columns(_RUNS), sa.UniqueConstraint("run_id", name="uq_runs_run_id"))
    run = sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_run_log_run_id")
    op.create_table("run_log", _seq(), *_columns(_RUN_LOG), run)
    op.create_index("ix_run_log_run_id", "run_log", ["run_id"])
    figure = sa.ForeignKeyConstraint(["figure_id"], ["figures.figure_id"], name="fk_reviews_figure_id")
    op.create_table("reviews", _seq(), *_columns(_REVIEWS), figure)
    op.create_index("ix_reviews_figure_id", "reviews", ["figure_id"])
    op.create_table("fetches", *_columns(_FETCHES, key="address_digest"))
    op.create_table("source_state", *_columns(_SOURCE_STATE, key="source"))
