"""Events: every change of the record, chained by hash. :func:`record` is the one way anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update
from sqlalchemy import Row as FoundRow

from claims.errors import NotThere
from claims.store import rows
from claims.store.schema import KEYS, SUBJECTS, events, marks, sources

#: What the first event names as the one before it.
NO_HASH = "0" * 64

# Built once: a mark is written in less time than it takes to word these.
_TAIL = select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)
_ROW = {kind: select(table).where(table.c[KEYS[kind]] == bindparam("subject")) for kind, table in SUBJECTS.items()}
_INSERT = {kind: insert(table) for kind, table in SUBJECTS.items()}
_UPDATE = {kind: update(table).where(table.c[KEYS[kind]] == bindparam("subject")) for kind, table in SUBJECTS.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """One change: who did what to what and when, with the columns it changed as they were and as they are since.

    ``old`` is None where the event made its subject. ``batch`` names the act that it is part of, ``undoes`` the batch
    that the act took back. ``hash`` covers all the rest, ``previous_hash`` included.
    """

    seq: int
    event_id: str
    at: datetime
    actor: str
    act: str
    subject_kind: str
    subject_id: str
    batch: str
    undoes: str | None
    old: dict[str, Any] | None
    new: dict[str, Any]
    why: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Act:
    """What one person does at one moment: written in one transaction, taken back as one."""

    connection: Connection
    actor: str
    at: datetime
    batch: str
    why: str = ""
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one subject: ``row`` is how it stands, None where the change makes it; ``new`` the columns to be."""

    name: str
    kind: str
    subject: str
    row: Mapping[str, Any] | None
    new: Mapping[str, Any]


def record(act: Act, changes: Sequence[Change]) -> None:
    """Append the events of these changes, then apply them: new rows begin at revision 1, others go up by one.

    An act changes a subject once, so that its inverse does too.
    """
    last, previous = tail(act.connection)
    told = []
    for number, change in enumerate(changes, last + 1):
        event = _event(act, change, number, previous)
        previous = event["hash"]
        told.append(event)
    if told:
        act.connection.execute(insert(events), told)
        _apply(act.connection, changes)


def tail(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest event."""
    newest = connection.execute(_TAIL).first()
    return (newest.seq, newest.hash) if newest else (0, NO_HASH)


def digest(event: rows.Found) -> str:
    """The hash of an event's row: SHA-256 of its canonical JSON, all columns but ``hash`` itself."""
    covered = {name: value for name, value in event.items() if name != "hash"}
    return hashlib.sha256(rows.canonical(covered).encode("ascii")).hexdigest()


def row_of(connection: Connection, kind: str, subject: str) -> rows.Row:
    """How this article, claim, source or mark stands."""
    found = connection.execute(_ROW[kind], {"subject": subject}).mappings().first()
    if found is None:
        raise NotThere(f"There is no {kind} {subject!r}.", "It may be in another record; go back to the list.")
    return dict(found)


def made(name: str, kind: str, subject: str, new: Mapping[str, Any]) -> Change:
    """The change that makes a subject; what ``new`` leaves out is empty."""
    return Change(name, kind, subject, None, new)


def history(connection: Connection, claim_id: str) -> list[Event]:
    """What happened to this claim, its sources and its marks, oldest first."""
    of_claim = [
        select(table.c[KEYS[kind]]).where(table.c.claim_id == claim_id)
        for kind, table in (("source", sources), ("mark", marks))
    ]
    about = or_(events.c.subject_id == claim_id, *(events.c.subject_id.in_(ids) for ids in of_claim))
    return list(read(connection, select(events).where(about).order_by(events.c.seq)))


def read(connection: Connection, query: Select[Any]) -> Iterator[Event]:
    """Events as records, streamed."""
    for found in connection.execute(query, execution_options={"yield_per": 1000}):
        yield event_of(found)


def event_of(found: FoundRow[Any]) -> Event:
    """An event's row as a record."""
    values = dict(found._mapping)  # noqa: SLF001  (SQLAlchemy's documented way to a row's columns by name)
    kind = values["subject_kind"]
    values["old"] = None if values["old"] is None else rows.from_json(kind, values["old"])
    values["new"] = rows.from_json(kind, values["new"])
    return Event(**values)


def batch_of(connection: Connection, batch: str) -> list[Event]:
    """The events of one act, oldest first."""
    return list(read(connection, select(events).where(events.c.batch == batch).order_by(events.c.seq)))


def newest(connection: Connection) -> int:
    """Number of the newest event; 0 for an empty record."""
    return tail(connection)[0]


def _event(act: Act, change: Change, seq: int, previous: str) -> dict[str, Any]:
    told = rows.TOLD[change.kind]
    if change.row is None:
        old = None
        new = {name: value for name, value in change.new.items() if value is not None and name in told}
    else:
        new = {name: value for name, value in change.new.items() if name in told}
        old = rows.canonical({name: change.row[name] for name in new})
    event = {
        "seq": seq,
        "event_id": uuid4().hex,
        "at": act.at,
        "actor": act.actor,
        "act": change.name,
        "subject_kind": change.kind,
        "subject_id": change.subject,
        "batch": act.batch,
        "undoes": act.undoes,
        "old": old,
        "new": rows.canonical(new),
        "why": act.why,
        "previous_hash": previous,
    }
    event["hash"] = digest(event)
    return event


def _apply(connection: Connection, changes: Iterable[Change]) -> None:
    # One statement takes all rows of the same columns; a table comes before those that refer to it.
    fresh: dict[str, dict[tuple[str, ...], list[rows.Row]]] = {kind: {} for kind in SUBJECTS}
    for change in changes:
        if change.row is None:
            row = {**change.new, **rows.worked_out(change.kind, change.new), "revision": 1}
            fresh[change.kind].setdefault(tuple(row), []).append(row)
    for kind, alike in fresh.items():
        for made_rows in alike.values():
            connection.execute(_INSERT[kind], made_rows)
    for change in changes:
        if change.row is not None:
            values = {**change.new, **rows.worked_out(change.kind, {**change.row, **change.new})}
            values |= {"revision": change.row["revision"] + 1, "subject": change.subject}
            connection.execute(_UPDATE[change.kind], values)
