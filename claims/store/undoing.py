"""Undo and redo: a person's newest act is taken back by inverse events. Nothing leaves the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, exists, func, select

from claims.errors import ClaimLocked, NotAllowed, NothingToUndo, SignOffRefused, StaleWrite
from claims.status import LOCKED, STEPS
from claims.store import rows
from claims.store.events import Act, Change, Event, batch_of, record, rows_of, tail
from claims.store.meetings import OPEN, SHOWN, TOLD
from claims.store.people import check_role
from claims.store.schema import events
from claims.store.undoable import (
    COURSE,
    Hindrances,
    before,
    check_may,
    check_unchanged,
    check_untold,
    hindrances,
)
from claims.store.workflow import check_fulfilled, reason_signed

#: What an act and its taking back are called.
UNDONE, REDONE = "undone", "redone"

_later = events.alias("later")


def undo(act: Act, past: Collection[str] = ()) -> Event:
    """Take back this person's newest act that still stands. Returns its first event on a claim, if any, else its first.

    One that cannot be taken back is refused, and the refusal names its batch. If ``past`` has that, it is left as it is, and
    the act before it is taken back.
    """
    left: set[str] = set()
    while True:
        asked = _standing(act.actor).where(events.c.act != UNDONE, events.c.batch.not_in(left))
        last = act.connection.execute(asked).scalar()
        if last is None:
            raise NothingToUndo("There is nothing of yours to undo.", "Each undo takes back one act, the newest first.")
        try:
            with act.connection.begin_nested():
                return _take_back(act, last, UNDONE)
        except (StaleWrite, ClaimLocked, NotAllowed, SignOffRefused) as error:
            error.batch = batch_of(act.connection, last)[0].batch
            if error.batch not in past:
                raise
            left.add(error.batch)


def redo(act: Act) -> Event:
    """Do again what this person took back last, as long as they have done nothing else since. Returns its first event on a claim, if any, else its first."""
    newest_own = select(func.max(events.c.seq)).where(
        events.c.actor == act.actor, events.c.act.not_in([UNDONE, REDONE])
    )
    after = events.c.seq > func.coalesce(newest_own.scalar_subquery(), 0)
    last = act.connection.execute(_standing(act.actor).where(events.c.act == UNDONE, after)).scalar()
    if last is None:
        raise NothingToUndo("There is nothing of yours to do again.", "Undo something first.")
    return _take_back(act, last, REDONE)


def _standing(actor: str) -> Select[Any]:
    """The last event of the newest act of this person that nothing has taken back."""
    taken_back = exists().where(_later.c.undoes == events.c.batch)
    own = select(events.c.seq).where(events.c.actor == actor, events.c.act.not_in(COURSE), ~taken_back)
    return own.order_by(events.c.seq.desc()).limit(1)


def _take_back(act: Act, last: int, name: str) -> Event:
    done = batch_of(act.connection, last)
    again = replace(act, undoes=done[0].batch)
    found = hindrances(act.connection, done)
    standing = rows_of(act.connection, ((event.subject_kind, event.subject_id) for event in done))
    changes = [_inverse(again, event, name, standing, found) for event in reversed(done)]
    record(again, changes)
    for change in changes:
        _check_closed(again, change)
    taken = batch_of(act.connection, tail(act.connection)[0])
    return next((event for event in taken if event.subject_kind == "claim"), taken[0])


def _check_closed(act: Act, change: Change) -> None:
    """Refuse what closes or opens a claim by taking back or doing again, where doing it anew would be refused now."""
    before = change.row and change.row["status"] if change.kind == "claim" else None
    after = change.new.get("status", before)
    if before == after and "decided_at" not in change.new:
        return
    for status in {before, after} & {*LOCKED, "decided"}:
        check_role(act, next(way.role for way in STEPS if way.new == status), f"undo or redo what made it {status!r}")
    if after in LOCKED and before not in LOCKED:
        check_fulfilled(act.connection, change.subject, reason_signed(act.connection, change.subject))


def _inverse(
    act: Act, event: Event, name: str, standing: Mapping[tuple[str, str], rows.Row], found: Hindrances
) -> Change:
    kind = event.subject_kind
    row, back = standing[kind, event.subject_id], before(event)
    if kind == "item" and back.get("state") == OPEN and event.new.get("state") in TOLD:
        back = back | {"state": SHOWN}  # what was voted was seen by then
    check_may(act, event, row)
    check_unchanged(act, event, row, found)
    if name == UNDONE:
        check_untold(event)
    return Change(name, kind, event.subject_id, row, back)
