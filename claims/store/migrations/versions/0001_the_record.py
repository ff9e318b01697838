"""The record as it first stood: articles, claims, sources, marks, events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "articles",
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("byline", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("published_from", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("furniture", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("read_at", sa.String(27), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index("ix_articles_sha256", "articles", ["sha256"])
    op.create_index("ix_articles_story", "articles", ["story"])
    op.create_index("ix_articles_url", "articles", ["url"])
    op.create_table(
        "events",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Text()),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("events_of_actor", "events", ["actor", "seq"])
    op.create_index("events_of_batch", "events", ["batch", "seq"])
    op.create_index("events_of_subject", "events", ["subject_id", "seq"])
    op.create_index("events_undone", "events", ["undoes"])
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sentence_no", sa.Integer()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text()),
        sa.Column("suffix", sa.Text()),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text()),
        sa.Column("speaker", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("attribution", sa.Text()),
        sa.Column("figure_low", sa.Double()),
        sa.Column("figure_high", sa.Double()),
        sa.Column("figure_unit", sa.Text()),
        sa.Column("quantifier", sa.Text()),
        sa.Column("date_text", sa.Text()),
        sa.Column("date_first", sa.Date()),
        sa.Column("date_last", sa.Date()),
        sa.Column("checkability", sa.Double(), nullable=False),
        sa.Column("reasons", sa.Text()),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text()),
        sa.Column("checker", sa.Text()),
        sa.Column("checked_at", sa.String(27)),
        sa.Column("verdict", sa.Text()),
        sa.Column("confidence", sa.Text()),
        sa.Column("likelihood", sa.Double()),
        sa.Column("corrected_value", sa.Text()),
        sa.Column("rationale", sa.Text()),
        sa.Column("verdict_as_of", sa.Date()),
        sa.Column("second_reader", sa.Text()),
        sa.Column("second_verdict", sa.Text()),
        sa.Column("second_confidence", sa.Text()),
        sa.Column("agreement", sa.Text()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", sa.String(27)),
        sa.Column("signed_off_by", sa.Text()),
        sa.Column("signed_off_at", sa.String(27)),
        sa.Column("review_by", sa.Date()),
        sa.Column("repeat_of", sa.Text()),
        sa.Column("contradicts", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("parents", sa.JSON(), nullable=False),
        sa.Column("dropped_why", sa.Text()),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("has_figure", sa.Boolean(), nullable=False),
        sa.Column("has_date", sa.Boolean(), nullable=False),
        sa.Column("has_sources", sa.Boolean(), nullable=False),
        sa.Column("article_no", sa.Integer(), nullable=False),
        sa.Column("by_rank", sa.Double(), nullable=False),
        sa.Column("by_figure", sa.Double(), nullable=False),
        sa.Column("by_date", sa.Date(), nullable=False),
        sa.Column("by_checked", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.article_id"]),
        sa.PrimaryKeyConstraint("claim_id"),
    )
    op.create_index(
        "claims_by_article",
        "claims",
        [
            "article_no",
            "seq",
            "start",
            "claim_id",
            "status",
            "verdict",
            "confidence",
            "priority",
            "kinds",
            "has_figure",
            "has_date",
            "has_sources",
        ],
    )
    op.create_index(
        "claims_by_checked_at",
        "claims",
        [
            sa.text("by_checked DESC"),
            "claim_id",
            "status",
            "verdict",
            "confidence",
            "priority",
            "kinds",
            "has_figure",
            "has_date",
            "has_sources",
        ],
    )
    op.create_index(
        "claims_by_date",
        "claims",
        [
            "by_date",
            "claim_id",
            "status",
            "verdict",
            "confidence",
            "priority",
            "kinds",
            "has_figure",
            "has_date",
            "has_sources",
        ],
    )
    op.create_index(
        "claims_by_figure",
        "claims",
        [
            sa.text("by_figure DESC"),
            "claim_id",
            "status",
            "verdict",
            "confidence",
            "priority",
            "kinds",
            "has_figure",
            "has_date",
            "has_sources",
        ],
    )
    op.create_index(
        "claims_by_newest",
        "claims",
        [
            sa.text("added_at DESC"),
            sa.text("article_no DESC"),
            "seq",
            "start",
            "claim_id",
            "status",
            "verdict",
            "confidence",
            "priority",
            "kinds",
            "has_figure",
            "has_date",
            "has_sources",
        ],
    )
    op.create_index(
        "claims_by_rank",
        "claims",
        [
            "by_rank",
            "claim_id",
            "status",
            "verdict",
            "confidence",
            "priority",
            "kinds",
            "has_figure",
            "has_date",
            "has_sources",
        ],
    )
    op.create_index(
        "claims_counted",
        "claims",
        ["kinds", "priority", "confidence", "verdict", "status", "has_figure", "has_date", "has_sources"],
    )
    op.create_index("claims_of_article", "claims", ["article_id", "seq", "status", "verdict"])
    op.create_index(
        "claims_of_speaker",
        "claims",
        ["speaker", "status", "verdict", "confidence", "priority", "kinds", "has_figure", "has_date", "has_sources"],
    )
    op.create_table(
        "marks",
        sa.Column("mark_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("likelihood", sa.Double()),
        sa.Column("corrected_value", sa.Text()),
        sa.Column("rationale", sa.Text()),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("marked_at", sa.String(27), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"]),
        sa.PrimaryKeyConstraint("mark_id"),
    )
    op.create_index("ix_marks_claim_id", "marks", ["claim_id"])
    op.create_table(
        "sources",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.claim_id"]),
        sa.PrimaryKeyConstraint("source_id"),
    )
    op.create_index("ix_sources_claim_id", "sources", ["claim_id"])
