"""Sources whose copy in an archive is looked for: who asked, what came of it, when it is tried again.

The list is no part of the record. What is found is: an event of its own, which says where a copy stands and nothing else. That is
custody and no change of judgement, so that it leaves a claim locked that is locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, or_, select, update

from claims.errors import SourceRefused
from claims.evidence.addresses import WEB, address_problem, is_archive
from claims.store.events import Act, Change, record, row_of
from claims.store.schema import archive_tries, articles, claims, sources
from claims.store.writing import insert_rows

#: What the event is called that gives a source the link to its copy.
NOTED = "archived copy noted"

#: What is noted where the service has answered that it has no copy.
NONE_THERE = "The Internet Archive has no copy of this page."

#: Who writes what came of a search that nobody waits for, or whose asker has left since: the program, which is no person and on no roster.
SYSTEM = "workbench"

_UNTRIED = {"tries": 0, "tried_at": None, "problem": None, "offered": None, "held_until": None}

#: How long after the first try that failed there is another, by how much longer after each, and the longest.
FIRST, LONGER, LONGEST = timedelta(minutes=5), 4, timedelta(days=1)

#: Answers without a copy after which a page rests until a person asks again.
ENOUGH = 10

#: How long one who asks has the source to themselves: longer than the service is ever waited for.
HELD = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ArchiveTry:
    """A source that waits for the address of its copy. ``save`` allows to ask for one to be made where there is none.

    ``tried_at`` and ``problem``, a sentence, are of the last try; ``next_at`` is the earliest moment of the next, unless somebody
    asks just now, until ``held_until`` at most. ``answers`` counts the tries since it was asked for that the service answered without
    a copy; ``offered`` is one that is there, and that a person has to look at before it is taken. ``published`` is the source's day,
    ``wanted_on`` that of the article whose claim it stands on, or else the day that it was added.
    """

    source_id: str
    claim_id: str
    location: str
    published: date | None
    wanted_on: date
    save: bool
    asked_by: str
    asked_at: datetime
    tries: int
    tried_at: datetime | None
    next_at: datetime
    problem: str
    answers: int
    offered: str
    held_until: datetime | None

    @property
    def has_none(self) -> bool:
        """Whether the last try ended with the answer that there is no copy, or none that may be taken as it is."""
        return self.problem == NONE_THERE or bool(self.offered)

    @property
    def rests(self) -> bool:
        """Whether it is not asked for any more, since the service has answered often enough; a person's asking wakes it."""
        return self.answers >= ENOUGH

    @property
    def due_at(self) -> datetime:
        """The earliest moment at which it may be tried, rest or no rest."""
        return max(self.next_at, self.held_until or self.next_at)

    def is_due(self, now: datetime) -> bool:
        """Whether it may be tried at this moment."""
        return not self.rests and self.due_at <= now


def ask(act: Act, source_ids: Sequence[str], *, save: bool) -> int:
    """Have copies of these sources looked for, at once and then again; returns how many of them did not wait before.

    A source that waits already, or rests, is due again. Refuses one that has its link, is no page of the web, or was removed.
    """
    new = 0
    for source_id in source_ids:
        row = row_of(act.connection, "source", source_id)
        if problem := _problem(row):
            raise SourceRefused(problem, "Look at the source again.")
        asked = {"asked_by": act.actor or "", "asked_at": act.at, "next_at": act.at, "save": save, "answers": 0}
        here = update(archive_tries).where(archive_tries.c.source_id == source_id)
        if not act.connection.execute(here.values(**asked)).rowcount:
            insert_rows(act.connection, archive_tries, [{"source_id": source_id, **_UNTRIED, **asked}])
            new += 1
    return new


def hold(act: Act, seen: ArchiveTry) -> bool:
    """Have a source that waits to oneself for as long as a try takes; False where somebody else has it, or was there since it was seen.

    Whoever changes the row asks the service, and nobody else does: on either database one of several gets it.
    """
    free = or_(archive_tries.c.held_until.is_(None), archive_tries.c.held_until <= act.at)
    here = (archive_tries.c.source_id == seen.source_id) & (archive_tries.c.next_at == seen.next_at) & free
    held = act.connection.execute(update(archive_tries).where(here).values(held_until=act.at + HELD))
    return held.rowcount == 1


def note(
    act: Act, source_id: str, problem: str, wait: timedelta | None, *, answered: bool = False, offered: str = ""
) -> None:
    """What came of a try: with a problem it waits, for ``wait`` at least and longer each time; without, it is done.

    ``answered`` says that the service did, without a copy: after :data:`ENOUGH` such answers the source rests.
    """
    here = archive_tries.c.source_id == source_id
    if not problem:
        act.connection.execute(delete(archive_tries).where(here))
        return
    found = act.connection.execute(select(archive_tries.c.tries, archive_tries.c.answers).where(here)).first()
    tries, answers = (found.tries, found.answers or 0) if found else (0, 0)
    pause = min(max(wait or FIRST, FIRST * LONGER ** min(tries, 10)), LONGEST)
    noted = {"tries": tries + 1, "tried_at": act.at, "next_at": act.at + pause, "problem": problem, "held_until": None}
    noted |= {"answers": answers + answered, "offered": offered or None}
    act.connection.execute(update(archive_tries).where(here).values(**noted))


def keep(act: Act, source_id: str, location: str, address: str) -> bool:
    """Give a source the address of its copy, and take it off the list; whether it had none, and stands where it stood.

    Its claim stays as it is, locked or not. Somebody else's link, and a source that was removed or corrected to another page since,
    are left alone.
    """
    row = row_of(act.connection, "source", source_id)
    if row["removed"] or row["archived"]:
        note(act, source_id, "", None)
        return False
    if row["location"] != location:  # what it says now is asked for at once
        here = archive_tries.c.source_id == source_id
        act.connection.execute(update(archive_tries).where(here).values(held_until=None))
        return False
    problem = address_problem(address)
    if problem or not is_archive(address):
        raise SourceRefused(problem or f"{address} is no address of a copy in an archive.", "Look at the source again.")
    record(act, [Change(NOTED, "source", source_id, row, {"archived": address})])
    note(act, source_id, "", None)
    return True


def queue(connection: Connection, claim_id: str | None = None) -> list[ArchiveTry]:
    """What waits or rests, of a claim or of all, the next to be tried first; without what has its link by now, or lost its source."""
    columns = [column for column in archive_tries.c if column.name != "source_id"]
    about = (sources.c.source_id, sources.c.claim_id, sources.c.location, sources.c.published)
    days = (sources.c.added_at, articles.c.published.label("article_day"))
    waiting = (
        _open(select(*about, *days, *columns))
        .join(archive_tries, archive_tries.c.source_id == sources.c.source_id)
        .join(claims, claims.c.claim_id == sources.c.claim_id)
        .join(articles, articles.c.article_id == claims.c.article_id)
    )
    if claim_id is not None:
        waiting = waiting.where(sources.c.claim_id == claim_id)
    found = connection.execute(waiting.order_by(archive_tries.c.next_at, sources.c.source_id)).mappings()
    return [_read(dict(row)) for row in found]


def _read(row: dict[str, Any]) -> ArchiveTry:
    added_at, article_day = row.pop("added_at"), row.pop("article_day")
    empty = {"problem": "", "answers": 0, "offered": ""}
    told = {name: row[name] or none for name, none in empty.items()}
    return ArchiveTry(**row | told, wanted_on=article_day or added_at.date())


def without_copy(connection: Connection) -> list[str]:
    """The sources that are pages of the web and have no link to a copy, the oldest first."""
    asked = _open(select(sources.c.source_id, sources.c.location)).order_by(sources.c.added_at, sources.c.source_id)
    return [
        row.source_id
        for row in connection.execute(asked)
        if WEB.fullmatch(row.location) and not is_archive(row.location)
    ]


def _open(asked: Select[Any]) -> Select[Any]:
    """Only sources that stand and have no link, whatever the status of their claim."""
    return asked.select_from(sources).where(sources.c.removed.is_(False), sources.c.archived.is_(None))


def _problem(row: Any) -> str:
    if row["removed"]:
        return "This source was removed."
    if row["archived"]:
        return "This source has the address of a copy already."
    if not WEB.fullmatch(row["location"]) or is_archive(row["location"]):
        return "This source is no page of the web that a copy could be made of."
    return ""
