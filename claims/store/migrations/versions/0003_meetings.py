"""Meetings, their agenda and their votes; tags on claims; grades and archive links on sources; who is on which claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what is new; nothing that stands is touched, since what is not given is empty."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    plain: sa.types.TypeEngine[str] = sa.Text(collation="C") if postgresql else sa.Text()
    instant: sa.types.TypeEngine[str] = sa.String(27, collation="C") if postgresql else sa.String(27)
    for name in ("reliability", "credibility", "archived"):
        op.add_column("sources", sa.Column(name, plain))
    for table in ("claims", "listing"):
        op.add_column(table, sa.Column("tags", plain))
    tagged = sa.text("tags IS NOT NULL")
    op.create_index("listing_by_tags", "listing", ["no"], sqlite_where=tagged, postgresql_where=tagged)
    _make(plain, instant)


def _make(plain: sa.types.TypeEngine[str], instant: sa.types.TypeEngine[str]) -> None:
    op.create_table(
        "meetings",
        sa.Column("meeting_id", plain, primary_key=True),
        sa.Column("title", plain, nullable=False),
        sa.Column("chair", plain, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("state", plain, nullable=False),
        sa.Column("called_at", instant, nullable=False),
        sa.Column("opened_at", instant),
        sa.Column("closed_at", instant),
        sa.Column("item_id", plain),
        sa.Column("present", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "items",
        sa.Column("item_id", plain, primary_key=True),
        sa.Column("meeting_id", plain, sa.ForeignKey("meetings.meeting_id"), nullable=False),
        sa.Column("claim_id", plain, sa.ForeignKey("claims.claim_id"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("minutes", sa.Double, nullable=False),
        sa.Column("state", plain, nullable=False),
        sa.Column("begun_at", instant),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("scale", plain),
        sa.Column("verdict", plain),
        sa.Column("confidence", plain),
        sa.Column("rationale", plain),
        sa.Column("question", plain),
        sa.Column("dissent", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("owner", plain),
        sa.Column("due", sa.Date),
        sa.Column("decided_by", plain),
        sa.Column("decided_at", instant),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("ix_items_meeting_id", "items", ["meeting_id"])
    op.create_index("ix_items_claim_id", "items", ["claim_id"])
    op.create_table(
        "votes",
        sa.Column("vote_id", plain, primary_key=True),
        sa.Column("item_id", plain, sa.ForeignKey("items.item_id"), nullable=False),
        sa.Column("voter", plain, nullable=False),
        sa.Column("verdict", plain, nullable=False),
        sa.Column("confidence", plain),
        sa.Column("words", plain),
        sa.Column("salt", plain),
        sa.Column("cast_at", instant, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("ix_votes_item_id", "votes", ["item_id"])
    op.create_table(
        "presence",
        sa.Column("person", plain, primary_key=True),
        sa.Column("claim_id", plain, primary_key=True),
        sa.Column("seen_at", instant, nullable=False),
    )
