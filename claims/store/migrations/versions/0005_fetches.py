"""Fetches: by which addresses a kept document came, when, and what the server said; and whose turn a waiting copy is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what is new; nothing that stands is touched, since of what was kept before nobody knows how it came."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    plain: sa.types.TypeEngine[str] = sa.Text(collation="C") if postgresql else sa.Text()
    instant: sa.types.TypeEngine[str] = sa.String(27, collation="C") if postgresql else sa.String(27)
    op.create_table(
        "fetches",
        sa.Column("fetch_id", plain, primary_key=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("snapshots.sha256"), nullable=False),
        sa.Column("asked", plain, nullable=False),
        sa.Column("answered", plain, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fetched_at", instant, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("ix_fetches_sha256", "fetches", ["sha256"])
    op.add_column("archive_tries", sa.Column("answers", sa.Integer))
    op.add_column("archive_tries", sa.Column("offered", plain))
    op.add_column("archive_tries", sa.Column("held_until", instant))
