"""Undo and redo: a person's newest act is taken back by inverse events. Nothing leaves the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, exists, func, select

from claims.errors import ClaimLocked, NotAllowed, NothingToUndo, SignOffRefused, StaleWrite
from claims.status import LOCKED, STEPS
from claims.store import rows
from claims.store.articles import count_closed
from claims.store.edits import ADDING_UNDONE, unlocked
from claims.store.events import Act, Change, Event, batch_of, record, row_of, rows_of, tail
from claims.store.meetings import OPEN, SHOWN, TOLD
from claims.store.people import check_role, check_taken_back
from claims.store.rereading import ANCHOR
from claims.store.schema import claims, events, listing
from claims.store.signing import ENTERED
from claims.store.snapshots import FETCHED, KEPT, REREAD
from claims.store.workflow import check_fulfilled, reason_signed

#: What an act and its taking back are called.
UNDONE, REDONE = "undone", "redone"

#: The course of a meeting, which nobody takes back: what was shown was seen. Votes are cast and the agenda led otherwise.
#: Nor does anybody take back that they came: who undid it would be shut out; or that a document is kept, how it came,
#: or what was read in it.
COURSE = (
    "meeting opened", "meeting closed", "meeting led on", "meeting joined", "meeting left", "item taken up", "item left",
    "vote cast", "votes shown", "votes asked again", "vote set aside",
    ENTERED, KEPT, FETCHED, REREAD,
)  # fmt: skip

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
    sourced_here = {event.new["claim_id"] for event in done if event.subject_kind == "source" and event.old is None}
    standing = rows_of(act.connection, ((event.subject_kind, event.subject_id) for event in done))
    changes = [_inverse(again, event, name, standing, sourced_here) for event in reversed(done)]
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
    act: Act, event: Event, name: str, standing: Mapping[tuple[str, str], rows.Row], sourced_here: AbstractSet[str]
) -> Change:
    kind = event.subject_kind
    row = standing[kind, event.subject_id]
    made_it = event.old is None
    left = dict.fromkeys(rows.TOLD[kind]) | event.new if made_it else event.new
    back = event.old if event.old is not None else _TAKEN_OUT[kind]
    if kind == "item" and back.get("state") == OPEN and event.new.get("state") in TOLD:
        back = back | {"state": SHOWN}  # what was voted was seen by then
    if kind in {"person", "setting"}:
        check_taken_back(act, kind, row, back)
    elif kind == "source" and not _only_noted(event):
        unlocked(act, row_of(act.connection, "claim", row["claim_id"]))
    elif kind == "claim" and "status" not in event.new and not _only_healed(event):
        unlocked(act, row)
    elif kind == "article" and not made_it:
        count_closed(act, event.subject_id)
    # A claim that has got a source since is no longer as it was added, though its row is.
    evidence = (
        made_it
        and kind == "claim"
        and event.subject_id not in sourced_here
        and act.connection.execute(select(listing.c.has_sources).where(listing.c.no == row["no"])).scalar()
    )
    if kind == "article" and back.get("withdrawn") and _has_others(act, event):
        evidence = True
    if kind == "article" and not made_it and "sha256" in back and _has_later(act, event):
        evidence = True
    if evidence or any(row[column] != value for column, value in left.items()):
        raise StaleWrite(
            f"Somebody has worked on this {kind} since, so that the act cannot be taken back.",
            "Look at its history, and change it by hand.",
            rows.shown(kind, row),
            event.old or {},
        )
    return Change(name, kind, event.subject_id, row, back)


def _has_others(act: Act, event: Event) -> bool:
    """Whether an article whose reading is taken back has claims in the work that its reading did not bring."""
    brought = select(events.c.subject_id).where(events.c.batch == event.batch, events.c.seq > event.seq)
    others = select(claims.c.no).where(
        claims.c.article_id == event.subject_id, claims.c.status != "dropped", claims.c.claim_id.not_in(brought)
    )
    return act.connection.execute(others.limit(1)).first() is not None


def _only_healed(event: Event) -> bool:
    """Whether the event did no more than put a claim where its passage stands."""
    return event.new.keys() <= {*ANCHOR, "tags"} and not event.new.keys().isdisjoint(ANCHOR)


def _only_noted(event: Event) -> bool:
    """Whether the event did no more than say where a copy of a source stands: no judgement rests on that, locked or not."""
    return event.new.keys() == {"archived"}


def _has_later(act: Act, event: Event) -> bool:
    """Whether an article has claims in the work that were made after it was read so: they stand in this text."""
    last = select(func.max(events.c.seq)).where(events.c.batch == event.batch).scalar_subquery()
    later = select(claims.c.no).where(
        claims.c.article_id == event.subject_id, claims.c.status != "dropped", claims.c.no > last
    )
    return act.connection.execute(later.limit(1)).first() is not None


#: What undoes the making of a subject, since nothing is deleted.
_TAKEN_OUT: dict[str, rows.Row] = {
    "article": {"withdrawn": True},
    "claim": {"status": "dropped", "dropped_why": ADDING_UNDONE},
    "source": {"removed": True},
    "mark": {"withdrawn": True},
    "person": {"active": False},
    "setting": {"value": None},
    "meeting": {"state": "called off"},
    "item": {"state": "dropped"},
}
