"""Who is on which claim just now: said every few seconds, forgotten soon after, and no part of the record."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from claims.errors import StoreError
from claims.store.database import Database
from claims.store.schema import presence
from claims.store.writing import insert_rows

#: How long somebody is on a claim after they said so.
LASTS = timedelta(seconds=15)

_log = logging.getLogger(__name__)


def be_on(database: Database, person: str, claim_id: str | None, left: str | None) -> bool:
    """Somebody is on a claim now (None: on none), and no more on the one they left; whether that was kept."""
    try:
        with database.trying() as connection:
            _keep(connection, person, claim_id, left)
    except StoreError as error:
        # Nobody's work hangs on it, and in a moment it is said again.
        _log.info("Who is on claim %s was not kept: %s", claim_id, error)
        return False
    return True


def who_is_where(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The people on each claim that somebody is on, in order of their names."""
    asked = select(presence.c.claim_id, presence.c.person).where(presence.c.seen_at > _now(connection) - LASTS)
    found: dict[str, tuple[str, ...]] = {}
    for claim_id, person in connection.execute(asked.order_by(presence.c.claim_id, presence.c.person)):
        found[claim_id] = (*found.get(claim_id, ()), person)
    return found


def _keep(connection: Connection, person: str, claim_id: str | None, left: str | None) -> None:
    now = _now(connection)
    gone = and_(presence.c.person == person, presence.c.claim_id == left)
    connection.execute(delete(presence).where(or_(presence.c.seen_at < now - LASTS, gone)))
    if claim_id is None:
        return
    here = and_(presence.c.person == person, presence.c.claim_id == claim_id)
    if not connection.execute(update(presence).where(here).values(seen_at=now)).rowcount:
        insert_rows(connection, presence, [{"person": person, "claim_id": claim_id, "seen_at": now}])


def _now(connection: Connection) -> datetime:
    """The moment by one clock for all: the server's, where several machines share it."""
    if connection.dialect.name == "postgresql":
        moment: datetime = connection.execute(select(func.now())).scalar_one()
        return moment
    return datetime.now(UTC)
