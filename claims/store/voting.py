"""What a meeting votes and decides: hidden votes, their reveal, the decision with its dissent, the question left open.

Nobody is told what another has voted before the vote is closed: not by :func:`ballot`, not by a claim's history, not by
the table of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from claims.errors import StaleWrite, StoreError
from claims.review.minutes import Dissent
from claims.status import LOCKED
from claims.store import rows, tables, workflow
from claims.store.edits import fresh, seen, stepped
from claims.store.events import Act, Change, Event, made, new_id, record, row_of
from claims.store.marking import Mark, checked, given, looked_at, written
from claims.store.meetings import DECIDED, DROPPED, OPEN, SHOWN, TOLD, WANTING, in_session, led
from claims.store.people import Rules, rules
from claims.store.schema import items, votes
from claims.verdict import check_confidence

#: What of a vote is kept back.
_CONTENT = frozenset({"verdict", "confidence", "words", "salt"})

#: Of one alone nothing is kept back: a vote shows itself only where so many take part.
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person voted; ``revision`` is what they name to vote otherwise."""

    voter: str
    verdict: str
    confidence: str
    words: str
    cast_at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Ballot:
    """The vote on one item as one person may see it: before it is ``shown``, ``votes`` holds at most their own.

    ``voters`` are those who have voted, in order; ``awaited`` those present who have not.
    """

    shown: bool
    votes: tuple[Vote, ...]
    voters: tuple[str, ...]
    awaited: tuple[str, ...]


def ballot(connection: Connection, item_id: str, person: str) -> Ballot:
    """The vote on an item, as this person may see it; nobody's, where no person is named."""
    item = row_of(connection, "item", item_id)
    present = row_of(connection, "meeting", item["meeting_id"])["present"]
    cast = _standing(connection, item_id)
    shown = item["state"] in TOLD
    voters = tuple(row["voter"] for row in cast)
    return Ballot(
        shown,
        tuple(_vote_of(row) for row in cast if shown or (person and row["voter"] == person)),
        voters,
        tuple(name for name in present if name not in voters),
    )


def join(act: Act, meeting_id: str) -> None:
    """Take part in a meeting: its votes then wait for this person. Nothing where they do."""
    row = in_session(row_of(act.connection, "meeting", meeting_id))
    if joined := _joined(act, row):
        record(act, joined)


def leave(act: Act, meeting_id: str, name: str) -> None:
    """Take part no longer, or note it of another as who leads; if all others have voted, that shows the votes."""
    row = in_session(row_of(act.connection, "meeting", meeting_id))
    if name not in row["present"]:
        return
    if name != act.actor:
        led(act, row)
    present = [each for each in row["present"] if each != name]
    gone = Change("meeting left", "meeting", meeting_id, row, {"present": present})
    item = row_of(act.connection, "item", row["item_id"])
    voters = {vote["voter"] for vote in _standing(act.connection, item["item_id"])}
    record(act, [gone, *_all_in(item, present, voters)])


def cast(act: Act, item_id: str, revision: int, verdict: str, confidence: str, words: str) -> int:
    """Vote, or vote otherwise; the last vote that is waited for shows them all. Returns the revision of one's vote.

    ``revision`` is that of one's own vote, 0 for the first: the same person may sit at a laptop and hold a phone.
    """
    item = row_of(act.connection, "item", item_id)
    meeting = in_session(row_of(act.connection, "meeting", item["meeting_id"]))
    if item["state"] != OPEN:
        raise StoreError("The vote on this claim is closed.", "Its chair may ask for another vote.")
    desk = rules(act.connection)
    desk.scale.verdict(verdict)
    about: rows.Row = {"verdict": verdict, "words": words.strip() or None, "salt": new_id(), "cast_at": act.at}
    about["confidence"] = check_confidence(confidence, desk.confidence) if confidence else None
    joined = _joined(act, meeting)
    standing = {row["voter"]: row for row in _standing(act.connection, item_id)}
    row = standing.get(act.actor)
    stands = row["revision"] if row else 0
    if stands != revision:
        raise StaleWrite(
            "You have voted otherwise in another window since." if row else "Your vote was set aside for another one.",
            "Look at how your vote stands, then vote again.",
            rows.shown("vote", row) if row else {},
            {"verdict": verdict, "confidence": confidence, "words": words},
        )
    name = row["vote_id"] if row else new_id()
    whole = {"vote_id": name, "item_id": item_id, "voter": act.actor, "withdrawn": False, **about}
    vote = Change("vote cast", "vote", name, row, about) if row else made("vote cast", "vote", name, whole)
    present = joined[0].new["present"] if joined else meeting["present"]
    record(act, [*joined, vote, *_all_in(item, present, {*standing, act.actor})])
    return revision + 1


def show(act: Act, item_id: str, revision: int) -> int:
    """Close the vote and show what was voted. Returns the revision that the item then has."""
    row = _led_item(act, item_id, revision, {"state": SHOWN})
    if row["state"] != OPEN:
        return revision
    if not _standing(act.connection, item_id):
        raise StoreError("Nobody has voted yet.", "Wait for the first vote, or decide without one.")
    record(act, [Change("votes shown", "item", item_id, row, {"state": SHOWN})])
    return revision + 1


def ask_again(act: Act, item_id: str, revision: int) -> int:
    """Set the votes that were shown aside, and let everybody vote anew. Returns the revision that the item then has."""
    row = _led_item(act, item_id, revision, {"state": OPEN})
    if row["state"] != SHOWN:
        raise StoreError(f"This item is {row['state']}: there is no vote to repeat.", "Show the votes first.")
    aside = [
        Change("vote set aside", "vote", vote["vote_id"], vote, {"withdrawn": True})
        for vote in _standing(act.connection, item_id)
    ]
    record(act, [Change("votes asked again", "item", item_id, row, {"state": OPEN}), *aside])
    return revision + 1


def decide(
    act: Act, item_id: str, revision: int, claim_revision: int, mark: Mark, dissent: Sequence[Dissent],
    owner: str, due: date | None,
) -> int:  # fmt: skip
    """What the meeting decided, on the item and on its claim as one act. Returns the revision that the claim then has.

    A claim that was read twice is decided, or decided anew; any other is marked. One that is locked is reopened, for the
    decision's reason.
    """
    item = _undecided(_led_item(act, item_id, revision, given(act, mark)))
    row = seen(act, item["claim_id"], claim_revision, given(act, mark))
    desk = rules(act.connection)
    mark = checked(mark, desk)
    if not mark.rationale.strip():
        raise StoreError("A decision needs its reason.", "Write why the meeting decided so.")
    if row["status"] in LOCKED:
        act = replace(act, why=act.why or mark.rationale)
    new: rows.Row = {"state": DECIDED, "scale": desk.scale.name, "verdict": mark.verdict, "confidence": mark.confidence}
    new |= {"rationale": mark.rationale, "question": None, "decided_by": act.actor or None, "decided_at": act.at}
    new |= {"dissent": [_kept(each, desk) for each in dissent], "owner": owner.strip() or None, "due": due}
    record(act, [*_judged(act, row, mark, desk), Change("item decided", "item", item_id, item, new)])
    return claim_revision + 1


def want(
    act: Act, item_id: str, revision: int, claim_revision: int, question: str, owner: str, due: date | None
) -> int:
    """What more evidence is to answer before the claim is decided, who looks for it and until when.

    Who looks for it is given the claim, unless it is locked. Returns the revision that the claim then has.
    """
    item = _undecided(_led_item(act, item_id, revision, {"question": question}))
    owner = owner.strip()
    row = seen(act, item["claim_id"], claim_revision, {"assignee": owner or None})
    if not question.strip():
        raise StoreError("It does not say what is wanting.", "Write the question that more evidence is to answer.")
    new: rows.Row = {"state": WANTING, "question": question.strip(), "owner": owner or None, "due": due}
    new |= {"decided_by": act.actor or None, "decided_at": act.at}
    about: list[Change] = []
    if owner and owner != row["assignee"] and row["status"] not in ("dropped", *LOCKED):
        taken = stepped(act, row, "assigned")[1] if row["status"] == "new" else {}
        about = [Change("claim assigned", "claim", row["claim_id"], row, {"assignee": owner, **taken})]
    record(act, [*about, Change("evidence wanted", "item", item_id, item, new)])
    return claim_revision + len(about)


def kept_back(connection: Connection) -> frozenset[str]:
    """The votes of which is not told what they say."""
    hidden = (
        select(votes.c.vote_id)
        .join(items, items.c.item_id == votes.c.item_id)
        .where(votes.c.withdrawn.is_(False), items.c.state.not_in(TOLD))
    )
    return frozenset(connection.execute(hidden).scalars())


def untold(connection: Connection, told: Iterable[Event]) -> list[Event]:
    """The same events, without what was voted where that is still kept back."""
    hidden = kept_back(connection)
    return [
        replace(event, old=_bare(event.old), new=_bare(event.new) or {})
        if event.subject_kind == "vote" and event.subject_id in hidden
        else event
        for event in told
    ]


def event_frames(connection: Connection, size: int | None = None) -> Iterator[pd.DataFrame]:
    """The events in tables of so many, or in one; of a vote that is still kept back they tell only that it was cast."""
    hidden = kept_back(connection)
    for table in tables.event_frames(connection, size):
        back = (table["subject_kind"] == "vote") & table["subject_id"].isin(hidden)
        for column in ("old", "new"):
            cells = table.loc[back, column]
            table.loc[back, column] = [
                cell if pd.isna(cell) else rows.canonical(_bare(rows.from_json("vote", cell)) or {}) for cell in cells
            ]
        yield table


def _judged(act: Act, row: rows.Row, mark: Mark, desk: Rules) -> list[Change]:
    """The changes that the meeting's judgement makes to a claim: as a decision where it was read twice, else as a mark."""
    if row["status"] in ("agreed", "disputed"):
        return workflow.decided(act, row, mark, desk)
    if row["status"] == "decided":  # decided anew as it was decided at first: by the same role, over the same readings
        judged, *kept = workflow.decided(act, {**row, "status": "disputed"}, mark, desk)
        new = {name: value for name, value in judged.new.items() if name != "status"}
        return [replace(judged, row=row, new=new), *kept]
    if row["status"] == "dropped":
        raise StoreError("This claim was dropped.", "Take it up again on the desk, then decide.")
    again = {"status": "in progress"} if row["status"] == "second reading" else {}
    return written(act, row, mark, looked_at(act, row, again), desk)


def _led_item(act: Act, item_id: str, revision: int, typed: dict[str, Any]) -> rows.Row:
    """The item's row as the person saw it, if they may lead its meeting and it is open."""
    row = fresh(row_of(act.connection, "item", item_id), revision, typed, "item")
    led(act, in_session(row_of(act.connection, "meeting", row["meeting_id"])))
    return row


def _undecided(item: rows.Row) -> rows.Row:
    if item["state"] in (DECIDED, DROPPED):
        raise StoreError(f"This item is {item['state']} already.", "Undo that first, or go on to the next one.")
    return item


def _joined(act: Act, meeting: rows.Row) -> list[Change]:
    if not act.actor.strip():
        raise StoreError("A vote has a name to it.", "Say who you are, then take part.")
    if act.actor in meeting["present"]:
        return []
    new = {"present": [*meeting["present"], act.actor]}
    return [Change("meeting joined", "meeting", meeting["meeting_id"], meeting, new)]


def _all_in(item: rows.Row, present: Sequence[str], voters: set[str]) -> list[Change]:
    """The change that shows the votes, where all who are present have voted; one alone is nobody to hide from yet."""
    if item["state"] != OPEN or len(present) < _FEWEST or not voters.issuperset(present):
        return []
    return [Change("votes shown", "item", item["item_id"], item, {"state": SHOWN})]


def _kept(dissent: Dissent, desk: Rules) -> list[str]:
    if not dissent.name.strip():
        raise StoreError("A dissent has a name to it.", "Say who would have decided otherwise.")
    return [dissent.name.strip(), desk.scale.verdict(dissent.verdict).label, dissent.words.strip()]


def _standing(connection: Connection, item_id: str) -> list[rows.Row]:
    """The votes on an item that were not set aside, in the order of their first casting."""
    found = select(votes).where(votes.c.item_id == item_id, votes.c.withdrawn.is_(False)).order_by(votes.c.vote_id)
    return [dict(row) for row in connection.execute(found).mappings()]


def _bare(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return row and {name: value for name, value in row.items() if name not in _CONTENT}


def _vote_of(row: rows.Found) -> Vote:
    return Vote(
        row["voter"], row["verdict"], row["confidence"] or "", row["words"] or "", row["cast_at"], row["revision"]
    )
