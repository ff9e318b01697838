"""Sources whose copy in an archive is looked for: who asked, what came of it, and when it is tried again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table; nothing that stands is touched."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    plain: sa.types.TypeEngine[str] = sa.Text(collation="C") if postgresql else sa.Text()
    instant: sa.types.TypeEngine[str] = sa.String(27, collation="C") if postgresql else sa.String(27)
    op.create_table(
        "archive_tries",
        sa.Column("source_id", plain, primary_key=True),
        sa.Column("save", sa.Boolean, nullable=False),
        sa.Column("asked_by", plain, nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("tried_at", instant),
        sa.Column("next_at", instant, nullable=False),
        sa.Column("problem", plain),
    )
