"""Texts: a document's row names the text that was taken out of it, which is kept as content of its own, and what took it out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add what is new; of what was kept before no text was, and it is taken out when it is wanted.

    A text may be that of a document that comes before it, or the document itself: the reference is looked at when all is written.
    """
    postgresql = op.get_bind().dialect.name == "postgresql"
    plain: sa.types.TypeEngine[str] = sa.Text(collation="C") if postgresql else sa.Text()
    op.execute(
        "ALTER TABLE snapshots ADD COLUMN text VARCHAR(64) REFERENCES snapshots (sha256) DEFERRABLE INITIALLY DEFERRED"
    )
    op.add_column("snapshots", sa.Column("reader", plain))
    named = sa.text("text IS NOT NULL")
    op.create_index("snapshots_with_text", "snapshots", ["sha256", "text"], sqlite_where=named, postgresql_where=named)
