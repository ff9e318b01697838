"""Linked: who is linked to a claim by another one is found without going through all claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the index of the few claims that are linked to others."""
    linked = sa.text("(repeat_of IS NOT NULL OR contradicts IS NOT NULL)")
    op.create_index("claims_linked", "claims", ["no"], sqlite_where=linked, postgresql_where=linked)
