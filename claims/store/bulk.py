"""Many claims at once: as they stand, as they stood at a revision, and written together as one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, select

from claims.errors import StaleWrite, StoreError
from claims.store import reading, rows
from claims.store.events import Act, Change, read, record
from claims.store.marking import Mark, given, looked_at, written
from claims.store.people import rules
from claims.store.schema import claims, events

#: Names that are asked for in one statement; SQLite takes no more than some thousands.
_TOGETHER = 900


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be written to one claim, and the revision that the person saw."""

    claim_id: str
    revision: int
    mark: Mark | None = None
    changes: Mapping[str, object] = field(default_factory=dict)


def claims_named(connection: Connection, names: Iterable[str]) -> dict[str, rows.Row]:
    """These claims as they stand, by name, each as :func:`claims.store.reading.one` gives it; unknown ones are left out."""
    return {row["claim_id"]: row for some in _some(names) for row in reading.rows_named(connection, some)}


def claims_as_of(connection: Connection, revisions: Mapping[str, int]) -> dict[str, rows.Row]:
    """These claims as their events up to a revision add up, by name; a revision that never was is left out.

    A row has the columns that are kept with a claim; those of its article and its sources are not among them.
    """
    found: dict[str, rows.Row] = {}
    for some in _some(revisions):
        told = select(events).where(events.c.subject_kind == "claim", events.c.subject_id.in_(some))
        ordered = told.order_by(events.c.subject_id, events.c.seq)
        for name, group in groupby(read(connection, ordered), key=lambda event: event.subject_id):
            row = rows.fold("claim", (event.new for event in islice(group, max(revisions[name], 0))))
            if row["revision"] == revisions[name] > 0:
                found[name] = row
    return found


def save_many(act: Act, edits: Sequence[Edit], tell: Callable[[int], None] | None = None) -> list[int]:
    """Write all of these or none. Returns the revision of each claim, in order; ``tell`` hears how many are written.

    StaleWrite, where any claim was changed since: ``current`` and ``typed`` then hold each such claim's by its name.
    """
    if len({edit.claim_id for edit in edits}) < len(edits):
        raise StoreError("One act writes a claim once.", "Put what is to be written to it together.")
    there = {name: dict(row) for name, row in _rows(act.connection, [edit.claim_id for edit in edits]).items()}
    stale = [edit for edit in edits if there.get(edit.claim_id, {}).get("revision") != edit.revision]
    if stale:
        raise StaleWrite(
            f"{len(stale)} of {len(edits)} claims were changed since you opened them."
            if len(stale) > 1
            else "One of the claims was changed since you opened it.",
            "Look at them again, then write what still holds.",
            {edit.claim_id: rows.shown("claim", there[edit.claim_id]) for edit in stale if edit.claim_id in there},
            {edit.claim_id: {**edit.changes, **(given(act, edit.mark) if edit.mark else {})} for edit in stale},
        )
    desk = rules(act.connection)
    changes: list[Change] = []
    revisions = []
    for edit in edits:
        row = there[edit.claim_id]
        about = written(act, row, edit.mark, looked_at(act, row, edit.changes) if edit.mark else edit.changes, desk)
        changes += about
        revisions.append(edit.revision + 1 if about else edit.revision)
    record(act, changes, tell)
    return revisions


def _rows(connection: Connection, names: Sequence[str]) -> dict[str, Any]:
    return {
        row["claim_id"]: row
        for some in _some(names)
        for row in connection.execute(select(claims).where(claims.c.claim_id.in_(some))).mappings()
    }


def _some(names: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(names)
    while some := list(islice(stream, _TOGETHER)):
        yield some
