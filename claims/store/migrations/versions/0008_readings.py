"""Readings: a document's row says what came of taking its text out, and why it is not there or not all of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add what is new; of what was kept before, no event tells it, and none is made up."""
    plain: sa.types.TypeEngine[str] = (
        sa.Text(collation="C") if op.get_bind().dialect.name == "postgresql" else sa.Text()
    )
    op.add_column("snapshots", sa.Column("reading", plain))
    op.add_column("snapshots", sa.Column("problem", plain))
    told = sa.text("problem IS NOT NULL")
    columns = ["sha256", "reading", "problem"]
    op.create_index("snapshots_with_problem", "snapshots", columns, sqlite_where=told, postgresql_where=told)
