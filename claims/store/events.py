"""Events: every change of the record, chained by hash. :func:`record` is the one way anything is written."""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring_ascii
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, literal, select, union_all, update
from sqlalchemy import Row as FoundRow

from claims.errors import NotThere, StoreError
from claims.store import rows, searching
from claims.store.inserting import Put, inserting
from claims.store.schema import (
    KEYS,
    SUBJECTS,
    articles,
    claims,
    events,
    instant_text,
    items,
    listing,
    marks,
    sources,
    votes,
)
from claims.store.writing import update_row

#: What the first event names as the one before it.
NO_HASH = "0" * 64

# Built once: a mark is written in less time than it takes to word these.
_TAIL = select(events.c.seq, events.c.hash).order_by(events.c.seq.desc()).limit(1)
_ROW = {kind: select(table).where(table.c[KEYS[kind]] == bindparam("subject")) for kind, table in SUBJECTS.items()}


# Whether a claim has sources, in its listing, after one came or went.
_SOURCED = (
    update(listing)
    .where(listing.c.no == select(claims.c.no).where(claims.c.claim_id == bindparam("of")).scalar_subquery())
    .values(has_sources=exists().where(sources.c.claim_id == bindparam("of"), sources.c.removed.is_(False)))
)


# Changes of an act that are worded before any of them is written.
_TOGETHER = 6000

# Subjects that are read in one statement; SQLite takes no more than some thousands of names.
_READ = 900

# Changes after which it is told again how far an act is.
_TOLD = 500

# The system's chance is asked once a process and not once a name, which would be a call of the system each.
_chance = random.Random()  # noqa: S311 - a name, not a secret
if hasattr(os, "register_at_fork"):  # Windows has none, and does not fork
    os.register_at_fork(after_in_child=_chance.seed)

_EMPTY = {kind: dict.fromkeys(told) for kind, told in rows.TOLD.items()}


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
    """A change of one subject: ``row`` is how it stands, None where the change makes it; ``new`` the columns to be.

    ``place`` is what the listing takes of a new claim's article: its number and title.
    """

    name: str
    kind: str
    subject: str
    row: Mapping[str, Any] | None
    new: Mapping[str, Any]
    place: tuple[int, str] = (0, "")


def record(act: Act, changes: Sequence[Change], tell: Callable[[int], None] | None = None) -> None:
    """Append the events of these changes, then apply them: new rows begin at revision 1, others go up by one.

    An act changes a subject once, so that its inverse does too. ``tell`` hears now and then how many are applied.
    """
    first, previous = tail(act.connection)
    first += 1
    sourced = {change.new["claim_id"] for change in changes if change.kind == "source" and change.row is None}
    with inserting(act.connection, len(changes)) as put:
        for at in range(0, len(changes), _TOGETHER):
            some, told = changes[at : at + _TOGETHER], []
            for number, change in enumerate(some, first + at):
                event = _event(act, change, number, previous, f"{act.batch}-{number - first + 1}")
                previous = event["hash"]
                told.append(event)
            put(events, told)
            _make(act.connection.dialect.name, put, some, first + at, sourced)
    _change_rows(act.connection, changes, sourced, tell or (lambda _done: None))


def tail(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest event."""
    newest = connection.execute(_TAIL).first()
    return (newest.seq, newest.hash) if newest else (0, NO_HASH)


def digest(event: rows.Found) -> str:
    """The hash of an event's row: SHA-256 of its canonical JSON, all columns but ``hash`` itself, worded in one go."""
    text = encode_basestring_ascii
    old, undoes = event["old"], event["undoes"]
    moment = event["at"] if isinstance(event["at"], str) else instant_text(event["at"])
    covered = (
        f'{{"act":{text(event["act"])},"actor":{text(event["actor"])},"at":{text(moment)},"batch":{text(event["batch"])},'
        f'"event_id":{text(event["event_id"])},"new":{text(event["new"])},"old":{"null" if old is None else text(old)},'
        f'"previous_hash":{text(event["previous_hash"])},"seq":{event["seq"]},"subject_id":{text(event["subject_id"])},'
        f'"subject_kind":{text(event["subject_kind"])},"undoes":{"null" if undoes is None else text(undoes)},'
        f'"why":{text(event["why"])}}}'
    )
    return hashlib.sha256(covered.encode("ascii")).hexdigest()


def row_of(connection: Connection, kind: str, subject: str) -> rows.Row:
    """How this article, claim, source or mark stands."""
    found = connection.execute(_ROW[kind], {"subject": subject}).mappings().first()
    if found is None:
        raise NotThere(f"There is no {kind} {subject!r}.", "It may be in another record; go back to the list.")
    return dict(found)


def rows_of(connection: Connection, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], rows.Row]:
    """How each of these stands, by its kind and name; they are read many at a time."""
    wanted: dict[str, list[str]] = {}
    for kind, subject in dict.fromkeys(subjects):
        wanted.setdefault(kind, []).append(subject)
    found: dict[tuple[str, str], rows.Row] = {}
    for kind, names in wanted.items():
        table, key = SUBJECTS[kind], KEYS[kind]
        for at in range(0, len(names), _READ):
            some = select(table).where(table.c[key].in_(names[at : at + _READ]))
            found |= {(kind, row[key]): dict(row) for row in connection.execute(some).mappings()}
    return found


def made(name: str, kind: str, subject: str, new: Mapping[str, Any], place: tuple[int, str] = (0, "")) -> Change:
    """The change that makes a subject; what ``new`` leaves out is empty."""
    return Change(name, kind, subject, None, new, place)


def new_id() -> str:
    """A name that no other subject or event has; later ones sort behind earlier ones, so that they lie together.

    >>> len(new_id())
    32
    """
    return f"{time.time_ns() // 1000:014x}{_chance.getrandbits(72):018x}"


def history(connection: Connection, claim_id: str) -> list[Event]:
    """What happened to this claim, its sources and its marks, and to it in meetings, oldest first."""
    of_claim = [
        select(table.c[KEYS[kind]]).where(table.c.claim_id == claim_id)
        for kind, table in (("source", sources), ("mark", marks), ("item", items))
    ]
    of_claim.append(select(votes.c.vote_id).join(items).where(items.c.claim_id == claim_id))
    # One list of names: with "or" between them, PostgreSQL reads every event there is.
    names = union_all(select(literal(claim_id, events.c.subject_id.type)), *of_claim)
    return list(read(connection, select(events).where(events.c.subject_id.in_(names)).order_by(events.c.seq)))


def own_history(connection: Connection, claim_id: str) -> list[Event]:
    """What happened to the claim itself, oldest first."""
    own = select(events).where(events.c.subject_id == claim_id, events.c.subject_kind == "claim")
    return list(read(connection, own.order_by(events.c.seq)))


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


def batch_of(connection: Connection, last: int) -> list[Event]:
    """The events of the act that ends with this one, oldest first: they follow each other."""
    found: list[Event] = []
    back = select(events).where(events.c.seq <= last).order_by(events.c.seq.desc())
    with connection.execute(back, execution_options={"yield_per": 100}) as rows_back:
        for row in rows_back:
            if found and row.batch != found[0].batch:
                break
            found.append(event_of(row))
    return found[::-1]


def newest(connection: Connection) -> int:
    """Number of the newest event; 0 for an empty record."""
    return tail(connection)[0]


def _event(act: Act, change: Change, seq: int, previous: str, event_id: str) -> dict[str, Any]:
    told = rows.TOLD[change.kind]
    for name in rows.DAYS[change.kind]:
        if isinstance(change.new.get(name), datetime):
            raise StoreError(f"{name} holds a day, not the moment {change.new[name]}.", "Give a day of the calendar.")
    if change.row is None:
        old = None
        new = {name: value for name, value in change.new.items() if value is not None and name in told}
    else:
        new = {name: value for name, value in change.new.items() if name in told}
        old = rows.canonical({name: change.row[name] for name in new})
    event = {
        "seq": seq,
        "event_id": event_id,
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


def _make(dialect: str, put: Put, changes: Sequence[Change], first: int, sourced: set[str]) -> None:
    """Put what these changes make in its tables; ``first`` is the number of the first of their events.

    ``sourced`` are the claims that get a source; those made here are taken out of it. A document is kept, and what is
    read in it is, before it is told of.
    """
    fresh: dict[str, list[rows.Row]] = {kind: [] for kind in SUBJECTS}
    beside: list[rows.Row] = []
    for number, change in enumerate(changes, first):
        if change.row is None and change.kind in fresh:
            row = {**_EMPTY[change.kind], **change.new, "revision": 1}
            if change.kind == "claim":
                row |= {"no": number, **searched(row, change.place[1])}
                beside.append(rows.listed(row, change.place[0], has_sources=change.subject in sourced))
                sourced.discard(change.subject)
            fresh[change.kind].append(row)
    for kind, made_rows in fresh.items():
        put(SUBJECTS[kind], made_rows)
    put(listing, beside)
    put(searching.SEARCH, searching.entries(dialect, fresh["claim"]))


def _change_rows(
    connection: Connection, changes: Sequence[Change], sourced: set[str], tell: Callable[[int], None]
) -> None:
    """Make the rows that were there what the changes say; ``sourced`` are claims that got a source. A document's row is that already."""
    for done, change in enumerate(changes):
        if done % _TOLD == 0:
            tell(done)
        if change.row is not None and change.kind in SUBJECTS:
            _change(connection, change, change.row)
            if change.kind == "source":
                sourced.add(change.row["claim_id"])
    if sourced:
        connection.execute(_SOURCED, [{"of": claim_id} for claim_id in sorted(sourced)])


def searched(row: rows.Found, title: str | None) -> dict[str, str]:
    """What a search looks through of a claim."""
    own = searching.words_of(row["claim"], row["quote"], row["speaker"], title)
    return {"words": " ".join(own), "why_words": " ".join(searching.words_of(row["rationale"]))}


def _change(connection: Connection, change: Change, row: Mapping[str, Any]) -> None:
    values = {**change.new, "revision": row["revision"] + 1}
    after = {**row, **change.new}
    if change.kind != "claim":
        update_row(connection, SUBJECTS[change.kind], KEYS[change.kind], change.subject, values)
        if change.kind == "article" and "title" in change.new:
            _retitle(connection, change.subject, after["title"])
        return
    words: dict[str, str] = {}
    if not change.new.keys().isdisjoint({"claim", "quote", "speaker"}):
        title = connection.execute(select(articles.c.title).where(articles.c.article_id == row["article_id"])).scalar()
        words = searched(after, title)
    elif "rationale" in change.new:
        words = {"why_words": " ".join(searching.words_of(after["rationale"]))}
    searching.index_anew(connection, row["no"], row, words)
    values |= words
    update_row(connection, claims, "no", row["no"], values)
    before = rows.listed(row, 0, has_sources=False)
    seen = {name: value for name, value in rows.listed(after, 0, has_sources=False).items() if value != before[name]}
    if seen:
        update_row(connection, listing, "no", row["no"], seen)


def _retitle(connection: Connection, article_id: str, title: str) -> None:
    """Let an article's claims be found by its new title."""
    for row in connection.execute(select(claims).where(claims.c.article_id == article_id)).mappings().all():
        words = searched(row, title)
        searching.index_anew(connection, row["no"], row, words)
        update_row(connection, claims, "no", row["no"], words)
