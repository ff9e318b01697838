"""The shelf: the words of the sources and of their documents, so that the library finds them by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make it, empty: it is filled from the events before the first search."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    plain: sa.types.TypeEngine[str] = sa.Text(collation="C") if postgresql else sa.Text()
    op.create_table(
        "shelf",
        sa.Column("no", sa.Integer, primary_key=True),
        sa.Column("source_id", plain, nullable=False, unique=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    number = sa.BigInteger() if postgresql else sa.Integer()
    op.create_table("shelved", sa.Column("seq", number, primary_key=True, autoincrement=False))
    op.execute(
        "CREATE INDEX search_shelf ON shelf USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        if postgresql
        else "CREATE VIRTUAL TABLE search_shelf USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')"
    )
