"""Sources whose copy in an archive is looked for: who asked, what came of it, when it is tried again. No part of the record.

What is found becomes a correction of the source, by the verb that everybody uses; nothing here is an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from claims.errors import SourceRefused
from claims.evidence.addresses import WEB, is_archive
from claims.status import LOCKED
from claims.store.events import Act, row_of
from claims.store.schema import archive_tries, claims, sources
from claims.store.writing import insert_rows

#: What is noted where the service has answered that it has no copy.
NONE_THERE = "The Internet Archive has no copy of this page."

_UNTRIED = {"tries": 0, "tried_at": None, "problem": None}

#: How long after the first try that failed there is another, by how much longer after each, and the longest.
FIRST, LONGER, LONGEST = timedelta(minutes=5), 4, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ArchiveTry:
    """A source that waits for the address of its copy. ``save`` allows to ask for one to be made where there is none.

    ``tried_at`` and ``problem``, a sentence, are of the last try; ``next_at`` is the earliest moment of the next.
    """

    source_id: str
    claim_id: str
    location: str
    save: bool
    asked_by: str
    asked_at: datetime
    tries: int
    tried_at: datetime | None
    next_at: datetime
    problem: str

    @property
    def has_none(self) -> bool:
        """Whether the last try ended with the answer that there is no copy."""
        return self.problem == NONE_THERE

    def is_due(self, now: datetime) -> bool:
        """Whether it may be tried at this moment."""
        return self.next_at <= now


def ask(act: Act, source_ids: Sequence[str], *, save: bool) -> int:
    """Have copies of these sources looked for, at once and then again; returns how many of them did not wait before.

    A source that waits already is due again. Refuses one that has its link, is no page of the web, or is on a locked claim.
    """
    new = 0
    for source_id in source_ids:
        row = row_of(act.connection, "source", source_id)
        if problem := _problem(act.connection, row):
            raise SourceRefused(problem, "Look at the source again.")
        asked = {"asked_by": act.actor or "", "asked_at": act.at, "next_at": act.at, "save": save}
        here = update(archive_tries).where(archive_tries.c.source_id == source_id)
        if not act.connection.execute(here.values(**asked)).rowcount:
            insert_rows(act.connection, archive_tries, [{"source_id": source_id, **_UNTRIED, **asked}])
            new += 1
    return new


def note(act: Act, source_id: str, problem: str, wait: timedelta | None) -> None:
    """What came of a try: with a problem it waits, for ``wait`` at least and longer each time; without, it is done."""
    here = archive_tries.c.source_id == source_id
    if not problem:
        act.connection.execute(delete(archive_tries).where(here))
        return
    tries = act.connection.execute(select(archive_tries.c.tries).where(here)).scalar() or 0
    pause = min(max(wait or FIRST, FIRST * LONGER ** min(tries, 10)), LONGEST)
    act.connection.execute(
        update(archive_tries)
        .where(here)
        .values(tries=tries + 1, tried_at=act.at, next_at=act.at + pause, problem=problem)
    )


def queue(connection: Connection, claim_id: str | None = None) -> list[ArchiveTry]:
    """What waits, of a claim or of all, the next to be tried first; without what has its link by now, or lost its source."""
    columns = [column for column in archive_tries.c if column.name != "source_id"]
    waiting = _open(select(sources.c.source_id, sources.c.claim_id, sources.c.location, *columns)).join(
        archive_tries, archive_tries.c.source_id == sources.c.source_id
    )
    if claim_id is not None:
        waiting = waiting.where(sources.c.claim_id == claim_id)
    found = connection.execute(waiting.order_by(archive_tries.c.next_at, sources.c.source_id)).mappings()
    return [ArchiveTry(**row | {"problem": row["problem"] or ""}) for row in map(dict, found)]


def without_copy(connection: Connection) -> list[str]:
    """The sources on open claims that are pages of the web and have no link to a copy, the oldest first."""
    asked = _open(select(sources.c.source_id, sources.c.location)).order_by(sources.c.added_at, sources.c.source_id)
    return [row.source_id for row in connection.execute(asked) if WEB.fullmatch(row.location)]


def _open(asked: Select[Any]) -> Select[Any]:
    """Only sources that stand, have no link, and whose claim is not locked: a correction would reopen it."""
    return (
        asked.select_from(sources)
        .join(claims, claims.c.claim_id == sources.c.claim_id)
        .where(sources.c.removed.is_(False), sources.c.archived.is_(None), claims.c.status.not_in(LOCKED))
    )


def _problem(connection: Connection, row: Any) -> str:
    if row["removed"]:
        return "This source was removed."
    if row["archived"]:
        return "This source has the address of a copy already."
    if not WEB.fullmatch(row["location"]) or is_archive(row["location"]):
        return "This source is no page of the web that a copy could be made of."
    status = row_of(connection, "claim", row["claim_id"])["status"]
    return f"The claim is {status}: a link would reopen it." if status in LOCKED else ""
