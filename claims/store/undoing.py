"""Undo and redo: a person's newest act is taken back by inverse events. Nothing leaves the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from claims.errors import ClaimLocked, NothingToUndo, StaleWrite, StoreError
from claims.status import LOCKED, STEPS
from claims.store import rows
from claims.store.events import Act, Change, Event, batch_of, record, row_of, rows_of, tail
from claims.store.meetings import OPEN, SHOWN, TOLD
from claims.store.people import check_role
from claims.store.schema import KEYS, SUBJECTS, events
from claims.store.undoable import (
    COURSE,
    TELLING,
    Hindrances,
    before,
    check_may,
    check_told_no_more,
    check_unchanged,
    check_untold,
    hindrances,
    quoted,
)
from claims.store.workflow import check_fulfilled, reason_signed

#: What an act and its taking back are called.
UNDONE, REDONE = "undone", "redone"

_later = events.alias("later")


def undo(act: Act, past: Collection[str] = ()) -> Event:
    """Take back this person's newest act that still stands. Returns its first event on a claim, if any, else its first.

    One that cannot be taken back is refused, and the refusal names its batch. If ``past`` has that, it is left as it is, and
    the act before it is taken back. With the last time that this person told readers something, all the earlier times are
    left, and what they did before to the claims that they told of. What is gone past publishes and withdraws nothing.
    """
    standing = _standing(act.actor).where(events.c.act != UNDONE, ~_told_of(act.actor))
    asked, gone_past = standing, False
    while (last := act.connection.execute(asked).scalar()) is not None:
        done = batch_of(act.connection, last)
        try:
            if gone_past:
                check_told_no_more(done)
            with act.connection.begin_nested():
                return _take_back(act, done, UNDONE)
        except StoreError as error:
            error.batch = done[0].batch
            if error.batch not in past:
                raise
        if any(event.act in TELLING for event in done):
            standing = standing.where(events.c.act.not_in(TELLING))
        asked, gone_past = standing.where(events.c.seq < done[0].seq), True
    raise NothingToUndo("There is nothing of yours to undo.", "Each undo takes back one act, the newest first.")


def redo(act: Act) -> Event:
    """Do again what this person took back last, as long as they have done nothing else since. Returns its first event on a claim, if any, else its first."""
    newest_own = select(func.max(events.c.seq)).where(
        events.c.actor == act.actor, events.c.act.not_in((UNDONE, REDONE, *COURSE))
    )
    after = events.c.seq > func.coalesce(newest_own.scalar_subquery(), 0)
    last = act.connection.execute(_standing(act.actor).where(events.c.act == UNDONE, after)).scalar()
    if last is None:
        raise NothingToUndo("There is nothing of yours to do again.", "Undo something first.")
    return _take_back(act, batch_of(act.connection, last), REDONE)


def _standing(actor: str) -> Select[Any]:
    """The last event of the newest act of this person that nothing has taken back."""
    taken_back = exists().where(_later.c.undoes == events.c.batch)
    own = select(events.c.seq).where(events.c.actor == actor, events.c.act.not_in(COURSE), ~taken_back)
    return own.order_by(events.c.seq.desc()).limit(1)


def _told_of(actor: str) -> ColumnElement[bool]:
    """Whether an event was about a claim of which this person has told readers since."""
    of_claim = [
        select(table.c.claim_id).where(events.c.subject_kind == kind, table.c[KEYS[kind]] == events.c.subject_id)
        for kind, table in SUBJECTS.items()
        if kind != "claim" and "claim_id" in table.c
    ]
    names = [events.c.subject_id, *(asked.correlate(events).scalar_subquery() for asked in of_claim)]
    return exists().where(
        _later.c.actor == actor, _later.c.act.in_(TELLING), _later.c.seq > events.c.seq, _later.c.subject_id.in_(names)
    )


def _take_back(act: Act, done: Sequence[Event], name: str) -> Event:
    """Record the inverse of an act's events."""
    again = replace(act, undoes=done[0].batch)
    record(again, changes := _inverses(again, done, name))
    for change in changes:
        _check_closed(again, change)
    taken = batch_of(act.connection, tail(act.connection)[0])
    return next((event for event in taken if event.subject_kind == "claim"), taken[0])


def _rows(act: Act, done: Sequence[Event]) -> dict[tuple[str, str], rows.Row]:
    """How what an act was about stands now."""
    return rows_of(act.connection, ((event.subject_kind, event.subject_id) for event in done))


def _inverses(act: Act, done: Sequence[Event], name: str) -> list[Change]:
    """The changes that take an act back; a refusal says of how many of its claims, and names one."""
    found, standing = hindrances(act.connection, done), _rows(act, done)
    changes: list[Change] = []
    refused: dict[str | None, StoreError] = {}
    for event in reversed(done):
        try:
            changes.append(_inverse(act, event, name, standing, found))
        except (StaleWrite, ClaimLocked) as error:
            refused.setdefault(standing[event.subject_kind, event.subject_id].get("claim_id"), error)
    if refused:
        about = {row["claim_id"] for row in standing.values() if row.get("claim_id")}
        raise _counted(act, refused, len(about))
    return changes


def _counted(act: Act, refused: Mapping[str | None, StoreError], of: int) -> StoreError:
    """The refusal of an act, these being those of its claims from the last to the first: of several the first is told, with how many keep it."""
    kept = [name for name in refused if name]
    if not kept or of == 1:
        return next(iter(refused.values()))
    error, first, n = refused[kept[-1]], row_of(act.connection, "claim", kept[-1])["claim"], len(kept)
    ways = "1 stands in the way:" if n == 1 else f"{n} stand in the way, the first of them:"
    error.problem += f" Of the {of} claims of this act {ways} {quoted(first)}"
    error.args = (f"{error.problem} {error.remedy}",)
    return error


def _check_closed(act: Act, change: Change) -> None:
    """Refuse what closes or opens a claim by taking back or doing again, where doing it anew would be refused now."""
    was = change.row and change.row["status"] if change.kind == "claim" else None
    becomes = change.new.get("status", was)
    if was == becomes and "decided_at" not in change.new:
        return
    for status in {was, becomes} & {*LOCKED, "decided"}:
        check_role(act, next(way.role for way in STEPS if way.new == status), f"undo or redo what made it {status!r}")
    if becomes in LOCKED and was not in LOCKED:
        check_fulfilled(act.connection, change.subject, reason_signed(act.connection, change.subject))


def _inverse(
    act: Act, event: Event, name: str, standing: Mapping[tuple[str, str], rows.Row], found: Hindrances
) -> Change:
    kind = event.subject_kind
    row, back = standing[kind, event.subject_id], before(event)
    if kind == "item" and back.get("state") == OPEN and event.new.get("state") in TOLD:
        back = back | {"state": SHOWN}  # what was voted was seen by then
    check_may(act, event, row)
    check_unchanged(event, row, found)
    if name == UNDONE:
        check_untold(event)
    return Change(name, kind, event.subject_id, row, back)
