"""Review meetings and their agenda: planned, filled, put in order, led from item to item, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from sqlalchemy import Connection, select

from claims.errors import StaleWrite, StoreError
from claims.review.minutes import Dissent
from claims.store import rows
from claims.store.edits import fresh
from claims.store.events import Act, Change, made, new_id, record, row_of
from claims.store.people import LONGEST_NAME, check_role
from claims.store.schema import items, meetings

#: Where a meeting stands; one whose planning was undone is called off.
STATES = ("planned", "open", "closed", "called off")

#: States of a meeting whose agenda may still change.
UNCLOSED = ("planned", "open")

#: What has become of an item. Votes on it are kept back while it is open, and once it is dropped.
OPEN, SHOWN, DECIDED, WANTING, DROPPED = "open", "shown", "decided", "needs evidence", "dropped"

#: States in which what was voted may be seen.
TOLD = (SHOWN, DECIDED, WANTING)

#: Items of one agenda, minutes of one item, and signs of a title: the most that there may be.
_MOST, _LONGEST, _SIGNS = 200, 480, 120


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: ``item_id`` is what it looks at now, ``present`` who follows it."""

    meeting_id: str
    title: str
    chair: str
    day: date
    state: str
    called_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    item_id: str | None
    present: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Item:
    """One claim on an agenda, why it is there, and what the meeting made of it; None and empty where nothing yet.

    ``minutes`` is what it is thought to take. It took ``seconds`` until it was left last, and is looked at since ``begun_at``.
    """

    item_id: str
    meeting_id: str
    claim_id: str
    place: int
    reasons: tuple[str, ...]
    minutes: float
    state: str
    begun_at: datetime | None
    seconds: float
    scale: str | None
    verdict: str | None
    confidence: str | None
    rationale: str | None
    question: str | None
    dissent: tuple[Dissent, ...]
    owner: str | None
    due: date | None
    decided_by: str | None
    decided_at: datetime | None
    revision: int

    def taken(self, now: datetime) -> float:
        """The seconds that it has taken until now."""
        return self.seconds + ((now - self.begun_at).total_seconds() if self.begun_at else 0.0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim that is to come on an agenda: why, and how many minutes it may take."""

    claim_id: str
    reasons: Sequence[str] = ()
    minutes: float = 5.0


def every(connection: Connection) -> list[Meeting]:
    """The meetings that were not called off, the latest day first."""
    held = select(meetings).where(meetings.c.state != "called off")
    ordered = held.order_by(meetings.c.day.desc(), meetings.c.called_at.desc())
    return [meeting_of(row) for row in connection.execute(ordered).mappings()]


def one(connection: Connection, meeting_id: str) -> Meeting:
    """One meeting."""
    return meeting_of(row_of(connection, "meeting", meeting_id))


def agenda(connection: Connection, meeting_id: str) -> list[Item]:
    """The items of a meeting that were not dropped, in their order."""
    return [item_of(row) for row in _agenda(connection, meeting_id)]


def dropped(connection: Connection, meeting_id: str) -> list[str]:
    """The claims that were on a meeting's agenda and were dropped from it."""
    gone = select(items.c.claim_id).where(items.c.meeting_id == meeting_id, items.c.state == DROPPED)
    return list(connection.execute(gone.order_by(items.c.item_id)).scalars())


def plan(act: Act, title: str, day: date, chair: str) -> str:
    """Call a meeting for a day. Returns its name."""
    row: rows.Row = {"meeting_id": new_id(), "title": _title(title), "chair": _name(chair), "day": day}
    row |= {"state": "planned", "called_at": act.at, "present": []}
    record(act, [made("meeting planned", "meeting", row["meeting_id"], row)])
    return str(row["meeting_id"])


def edit(act: Act, meeting_id: str, revision: int, changes: Mapping[str, object]) -> int:
    """Give a meeting another title, day or chair. Returns the revision it then has."""
    row = fresh(row_of(act.connection, "meeting", meeting_id), revision, changes, "meeting")
    unknown = changes.keys() - {"title", "day", "chair"}
    if unknown:
        raise StoreError(f"{min(unknown)!r} of a meeting is not edited.", "These are: chair, day, title.")
    readers: dict[str, Any] = {"title": _title, "chair": _name}
    new = {name: readers.get(name, lambda same: same)(value) for name, value in changes.items()}
    new = {name: value for name, value in new.items() if value != row[name]}
    if not new:
        return revision
    if "chair" in new and row["state"] != "planned":
        led(act, row)  # else whoever votes could make themselves the one who shows the votes
    record(act, [Change("meeting edited", "meeting", meeting_id, row, new)])
    return revision + 1


def put(act: Act, meeting_id: str, wanted: Sequence[Wanted]) -> list[str]:
    """Put claims at the end of an agenda; those that are on it are passed over, a dropped one is refused. Returns the names of the new items."""
    unclosed(row_of(act.connection, "meeting", meeting_id))
    there = _agenda(act.connection, meeting_id)
    known = {row["claim_id"] for row in there}
    fresh_ones = [each for each in {each.claim_id: each for each in wanted}.values() if each.claim_id not in known]
    if len(there) + len(fresh_ones) > _MOST:
        raise StoreError(f"An agenda holds {_MOST} items at most.", "Put the most pressing claims on it first.")
    for each in fresh_ones:
        _check_in_the_work(row_of(act.connection, "claim", each.claim_id))
    last = max((row["place"] for row in there), default=0)
    new = [_new_item(meeting_id, each, place) for place, each in enumerate(fresh_ones, last + 1)]
    if new:
        record(act, new)
    return [change.subject for change in new]


def drop(act: Act, item_id: str, revision: int) -> int:
    """Take an item off the agenda; it stays in the record. Returns the revision it then has."""
    row = fresh(row_of(act.connection, "item", item_id), revision, {"state": DROPPED}, "item")
    meeting = unclosed(row_of(act.connection, "meeting", row["meeting_id"]))
    if row["state"] in (DECIDED, DROPPED):
        raise StoreError(f"This item is {row['state']}.", "Only what is not decided yet is taken off the agenda.")
    if meeting["item_id"] == item_id:
        raise StoreError("The meeting is looking at this item.", "Go on to another one, then drop it.")
    record(act, [Change("item dropped", "item", item_id, row, {"state": DROPPED})])
    return revision + 1


def arrange(act: Act, meeting_id: str, seen: Sequence[str], wanted: Sequence[str]) -> None:
    """Put the items in another order; ``seen`` is the one that the person had before their eyes."""
    unclosed(row_of(act.connection, "meeting", meeting_id))
    there = _agenda(act.connection, meeting_id)
    stands = [row["item_id"] for row in there]
    if stands != list(seen):
        raise StaleWrite(
            "Somebody changed the agenda since you looked at it.", "Look at it again, then move the item.",
            {"items": stands}, {"items": list(wanted)},
        )  # fmt: skip
    if sorted(wanted) != sorted(stands):
        raise StoreError("The new order does not hold the same items.", "Move the items, and drop them on their own.")
    by_name = {row["item_id"]: row for row in there}
    moved = [
        Change("item moved", "item", name, by_name[name], {"place": place})
        for place, name in enumerate(wanted, 1)
        if by_name[name]["place"] != place
    ]
    if moved:
        record(act, moved)


def set_minutes(act: Act, item_id: str, revision: int, minutes: float) -> int:
    """Say how long an item may take. Returns the revision it then has."""
    row = fresh(row_of(act.connection, "item", item_id), revision, {"minutes": minutes}, "item")
    if row["minutes"] == _minutes(minutes):
        return revision
    record(act, [Change("item timed", "item", item_id, row, {"minutes": _minutes(minutes)})])
    return revision + 1


def begin(act: Act, meeting_id: str, revision: int) -> None:
    """Open a meeting, or a closed one again, at its first item that is not decided. Nothing where it is open."""
    row = row_of(act.connection, "meeting", meeting_id)
    if row["state"] == "open":
        return
    led(act, fresh(row, revision, {"state": "open"}, "meeting"))
    there = _agenda(act.connection, meeting_id)
    if not there:
        raise StoreError("There is nothing on the agenda.", "Put a claim on it, then start the meeting.")
    first = next((each for each in there if each["state"] != DECIDED), there[0])
    new = {"state": "open", "opened_at": row["opened_at"] or act.at, "closed_at": None, "item_id": first["item_id"]}
    begun = Change("item taken up", "item", first["item_id"], first, {"begun_at": act.at})
    record(act, [Change("meeting opened", "meeting", meeting_id, row, new), begun])


def close(act: Act, meeting_id: str, seen: str | None) -> None:
    """Close a meeting that looks at the item that was ``seen``; votes that were not shown stay hidden. Nothing where it is closed."""
    row = row_of(act.connection, "meeting", meeting_id)
    if row["state"] == "closed":
        return
    _check_led(led(act, row), seen, {"state": "closed"})
    new = {"state": "closed", "closed_at": act.at, "item_id": None}
    record(act, [Change("meeting closed", "meeting", meeting_id, row, new), *_left(act, row["item_id"])])


def take_up(act: Act, meeting_id: str, seen: str | None, item_id: str) -> None:
    """Go on to another item; ``seen`` is the one that the chair had before them. The clock of each runs while it is looked at."""
    row = led(act, in_session(row_of(act.connection, "meeting", meeting_id)))
    _check_led(row, seen, {"item_id": item_id})
    if item_id == seen:
        return
    aim = row_of(act.connection, "item", item_id)
    if aim["meeting_id"] != meeting_id or aim["state"] == DROPPED:
        raise StoreError("This item is not on the agenda.", "Choose one that is.")
    on = Change("meeting led on", "meeting", meeting_id, row, {"item_id": item_id})
    record(act, [on, *_left(act, seen), Change("item taken up", "item", item_id, aim, {"begun_at": act.at})])


def _check_led(meeting: rows.Row, seen: str | None, typed: Mapping[str, object]) -> None:
    if meeting["item_id"] != seen:
        raise StaleWrite(
            "Somebody else has led the meeting to another item.", "Look at where it is, then go on from there.",
            {"item_id": meeting["item_id"]}, typed,
        )  # fmt: skip


def led(act: Act, meeting: rows.Row) -> rows.Row:
    """The same meeting, if this person may lead it: its chair, or somebody of a reviewer's role."""
    if act.actor != meeting["chair"]:
        check_role(act, "reviewer", f"lead a meeting that {meeting['chair']} chairs")
    return meeting


def in_session(meeting: rows.Row) -> rows.Row:
    """The same meeting, if it is open."""
    if meeting["state"] != "open":
        raise StoreError(f"This meeting is {meeting['state']}.", "Its chair opens it on the Meeting page.")
    return meeting


def unclosed(meeting: rows.Row) -> rows.Row:
    """The same meeting, if its agenda may still change."""
    if meeting["state"] not in UNCLOSED:
        raise StoreError(f"This meeting is {meeting['state']}.", "Plan another one, or open it again.")
    return meeting


def meeting_of(row: rows.Found) -> Meeting:
    """A meeting's row as a record."""
    return Meeting(**{**row, "present": tuple(row["present"])})


def item_of(row: rows.Found) -> Item:
    """An item's row as a record."""
    told = {"reasons": tuple(row["reasons"]), "dissent": tuple(Dissent(*each) for each in row["dissent"])}
    return Item(**{**row, **told})


def _check_in_the_work(claim: rows.Row) -> None:
    """Refuse a claim that was dropped: nobody waits for a word on it."""
    if claim["status"] == "dropped":
        raise StoreError(
            f"This claim was dropped, and comes on no agenda: “{shorten(claim['claim'], _SIGNS, placeholder=' …')}”",
            "Take it up again on the desk first, or put the others on without it.",
        )


def _agenda(connection: Connection, meeting_id: str) -> list[rows.Row]:
    standing = select(items).where(items.c.meeting_id == meeting_id, items.c.state != DROPPED)
    ordered = standing.order_by(items.c.place, items.c.item_id)
    return [dict(row) for row in connection.execute(ordered).mappings()]


def _new_item(meeting_id: str, wanted: Wanted, place: int) -> Change:
    row: rows.Row = {"item_id": new_id(), "meeting_id": meeting_id, "claim_id": wanted.claim_id, "place": place}
    row |= {"reasons": list(wanted.reasons), "minutes": _minutes(wanted.minutes), "state": OPEN}
    row |= {"seconds": 0.0, "dissent": []}
    return made("item put on", "item", row["item_id"], row)


def _left(act: Act, item_id: str | None) -> list[Change]:
    """The change that stops the clock of what was looked at."""
    if item_id is None:
        return []
    row = row_of(act.connection, "item", item_id)
    return [Change("item left", "item", item_id, row, {"begun_at": None, "seconds": item_of(row).taken(act.at)})]


def _title(title: object) -> str:
    words = " ".join(str(title).split())
    if not words or len(words) > _SIGNS:
        raise StoreError(f"A meeting's title has from 1 to {_SIGNS} characters.", "Give it one of that length.")
    return words


def _name(name: object) -> str:
    words = " ".join(str(name).split())
    if not words or len(words) > LONGEST_NAME:
        raise StoreError("A meeting needs somebody in the chair.", "Choose who leads it.")
    return words


def _minutes(minutes: float) -> float:
    if not 0 < minutes <= _LONGEST:
        raise StoreError(f"An item takes more than 0 and at most {_LONGEST} minutes.", "Give a number between them.")
    return float(minutes)
