"""The work on a claim after its first mark: second reading, decision, sign-off, publication, correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from claims.errors import SignOffRefused, StaleWrite, StoreError
from claims.evidence import Source
from claims.status import LOCKED, keeping_back
from claims.store import quoting, reading, rows, sourcing
from claims.store.archiving import NOTED
from claims.store.edits import edited, seen, stepped, unlocked
from claims.store.events import Act, Change, record
from claims.store.judged import day_of_readings
from claims.store.marking import Mark, checked, given, kept_mark, last_judged, looked_at
from claims.store.people import Rules, rules, scale_named
from claims.store.rereading import HEALED
from claims.store.schema import events, marks, sources
from claims.store.sourcing import new_sources, typed
from claims.verdict import Requirement, map_verdict, sign_off_checklist


def read_second(act: Act, claim_id: str, revision: int, mark: Mark, added: Sequence[Source] = ()) -> int:
    """A second reader's judgement; the claim is then agreed or disputed. Returns the revision it then has.

    Where the mark names no day it is of the first reading's: two readings of one claim answer one question.
    """
    told = given(act, mark)
    if mark.as_of is None:
        del told["verdict_as_of"]
    row = seen(act, claim_id, revision, told | typed(added))
    desk = rules(act.connection)
    mark = replace(checked(mark, desk), as_of=mark.as_of or row["verdict_as_of"])
    if row["status"] not in {"marked", "second reading"}:
        raise StoreError(
            f"A claim that is {row['status']!r} waits for no second reading.", "Mark it first, then read it again."
        )
    if row["verdict"] is None:
        raise StoreError("This claim has no first verdict to read against.", "Give its verdict, and save the mark.")
    if (row["checker"] or "").casefold() == (act.actor or "").casefold():
        raise StoreError("The first reader does not read second.", "Ask a colleague to read it.")
    was_blind = row["status"] in keeping_back(read_twice=desk.second_reading)
    seen_by = reading.seen_by(act.connection, [claim_id]).get(claim_id, ())
    if was_blind and (act.actor or "").casefold() in map(str.casefold, seen_by):
        raise StoreError(
            "You read it second, saw the first reading, and took yours back: another would not be blind.",
            "Mark it anew, so that your colleague reads it second, or ask one who has not seen it.",
        )
    agreement = "agreed" if _means(act.connection, row, mark.verdict, desk) else "disputed"
    name, new = stepped(act, {**row, "status": "second reading"}, agreement)
    new |= {
        "second_reader": act.actor or None,
        "second_verdict": mark.verdict,
        "second_confidence": mark.confidence,
        "agreement": agreement,
    }
    kept = [kept_mark(act, claim_id, mark, desk, "second"), *new_sources(act, row, added)]
    record(act, [Change(name, "claim", claim_id, row, new), *kept])
    return revision + 1


def _means(connection: Connection, row: rows.Row, verdict: str, desk: Rules) -> bool:
    """Whether the first reading says this verdict of the desk's scale: where it was by another, as the map has it without loss."""
    if row["scale"] in (None, desk.scale.name):
        return bool(row["verdict"] == verdict)
    mapped = map_verdict(row["verdict"], scale_named(connection, row["scale"]), desk.scale)
    return mapped.label == verdict and not mapped.loses


def decide(
    act: Act,
    claim_id: str,
    revision: int,
    mark: Mark,
    added: Sequence[Source] = (),
    changes: Mapping[str, object] | None = None,
) -> int:
    """What the desk decided after both readings; its reason is needed. Returns the revision the claim then has."""
    row = seen(act, claim_id, revision, {**(changes or {}), **given(act, mark), **typed(added)})
    desk = rules(act.connection)
    mark = checked(mark, desk)
    if not mark.rationale.strip():
        raise StoreError("A decision needs its reason.", "Write why the desk decided so.")
    record(act, [*decided(act, row, mark, desk, changes or {}), *new_sources(act, row, added)])
    return revision + 1


def decided(
    act: Act, row: rows.Row, mark: Mark, desk: Rules, changes: Mapping[str, object] | None = None
) -> list[Change]:
    """The changes that a decision makes to a claim, the claim's own first; ``mark`` is checked.

    Where it names no day it is as of that of both readings: what is decided is the question that they answer.
    """
    name, new = stepped(act, row, "decided")
    more = edited(act, row, looked_at(act, row, changes or {}))
    new = {**(more.new if more else {}), **new}
    mark = replace(mark, as_of=mark.as_of or day_of_readings(act.connection, row["claim_id"]))
    judged = given(act, mark) | {"scale": desk.scale.name}
    new |= {column: value for column, value in judged.items() if value != row[column]}
    new |= {"decided_by": act.actor or None, "decided_at": act.at}
    claim_id = row["claim_id"]
    return [Change(name, "claim", claim_id, row, new), kept_mark(act, claim_id, mark, desk, "decision")]


def checklist(connection: Connection, claim_id: str) -> list[Requirement]:
    """What a sign-off of this claim requires, and which of it is met."""
    row: dict[str, Any] = reading.one(connection, claim_id)
    standing = sourcing.of_claim(connection, claim_id)
    scale = scale_named(connection, row["scale"] or _scale_of_marks(connection, claim_id))
    return sign_off_checklist(
        row,
        [kept.source for kept in standing],
        scale,
        second_reading=rules(connection).second_reading,
        reworded=_is_reworded(connection, claim_id),
        passages=quoting.passages(connection, claim_id),
        added={kept.source: kept.added_at for kept in reversed(standing)},
    )


def _is_reworded(connection: Connection, claim_id: str) -> bool:
    """Whether the claim, or its article in its passage, says something else than when it was judged last."""
    since = select(events.c.old, events.c.new, events.c.act, events.c.batch, events.c.undoes).where(
        events.c.subject_id == claim_id,
        events.c.subject_kind == "claim",
        events.c.seq > last_judged(claim_id).scalar_subquery(),
    )
    found = connection.execute(since.order_by(events.c.seq)).all()
    taken_back: set[str] = set()
    for event in reversed(found):
        if event.undoes and event.batch not in taken_back:
            taken_back.add(event.undoes)
        if event.act in {HEALED["reworded"], HEALED["gone"]} and event.batch not in taken_back:
            return True
    told = [(rows.from_json("claim", event.old), rows.from_json("claim", event.new)) for event in found if event.old]
    worded = [(old["claim"], new["claim"]) for old, new in told if "claim" in new]
    return bool(worded) and worded[0][0] != worded[-1][1]


def _scale_of_marks(connection: Connection, claim_id: str) -> str | None:
    """The scale of the newest mark: a record of an earlier version names it nowhere else."""
    given = select(marks.c.scale).where(marks.c.claim_id == claim_id, marks.c.withdrawn.is_(False))
    return connection.execute(given.order_by(marks.c.marked_at.desc()).limit(1)).scalar()


def sign_off(act: Act, claim_id: str, revision: int, seen_event: int | None) -> int:
    """Sign a verdict off, if the checklist is fulfilled, or ``act.why`` says why it may be without what can be excused.

    Returns the revision the claim then has.
    Sources do not move the claim's revision: what changed of them after the event that was seen makes the sign-off stale.
    """
    row = seen(act, claim_id, revision, {"status": "signed off"})
    if seen_event is not None and _newest_of_sources(act.connection, claim_id) > seen_event:
        raise StaleWrite(
            "A source of this claim was added, changed or removed since you looked at it.",
            "Look at its sources again, then sign it off.",
            rows.shown("claim", row),
            {"status": "signed off"},
        )
    name, new = stepped(act, row, "signed off")
    check_fulfilled(act.connection, claim_id, act.why)
    new |= {"signed_off_by": act.actor or None, "signed_off_at": act.at}
    record(act, [Change(name, "claim", claim_id, row, new)])
    return revision + 1


def check_fulfilled(connection: Connection, claim_id: str, why: str) -> None:
    """Refuse a sign-off of this claim, as it stands, where the checklist is not fulfilled and ``why`` excuses it not."""
    missing = [item for item in checklist(connection, claim_id) if not item.met]
    excusable = all(item.excusable for item in missing)
    if missing and not (excusable and why.strip()):
        raise SignOffRefused(
            f"The claim cannot be signed off yet: {len(missing)} of the checklist {'is' if len(missing) == 1 else 'are'} missing.",
            " ".join(item.remedy for item in missing),
            [(item.what, item.remedy) for item in missing],
            excusable=excusable,
        )


def reason_signed(connection: Connection, claim_id: str) -> str:
    """The reason that the last sign-off of this claim gave; empty where it gave none, or the sources are others now."""
    signed = select(events.c.seq, events.c.why).where(
        events.c.subject_id == claim_id, events.c.subject_kind == "claim", events.c.act == "claim signed off"
    )
    last = connection.execute(signed.order_by(events.c.seq.desc()).limit(1)).first()
    return last.why if last and _sources_stand(connection, claim_id, last.seq) else ""


def _sources_stand(connection: Connection, claim_id: str, since: int) -> bool:
    """Whether the sources of a claim are what they were at an event, though they may have been changed and changed back."""
    of_claim = select(sources).where(sources.c.claim_id == claim_id)
    now = {row["source_id"]: dict(row) for row in connection.execute(of_claim).mappings()}
    later = select(events.c.subject_id, events.c.old).where(
        events.c.subject_kind == "source", events.c.subject_id.in_(now), events.c.seq > since
    )
    then: dict[str, rows.Row] = {}
    for event in connection.execute(later.order_by(events.c.seq)):
        old = {"removed": True} if event.old is None else rows.from_json("source", event.old)
        then[event.subject_id] = old | then.get(event.subject_id, {})
    return all(
        now[name][column] == value
        for name, was in then.items()
        for column, value in was.items()
        if column != "archived"  # where a copy stands is no evidence
    )


def _newest_of_sources(connection: Connection, claim_id: str) -> int:
    """The number of the newest event that changed a source of this claim, not one that only noted a copy of it; 0 for none."""
    of_claim = select(sources.c.source_id).where(sources.c.claim_id == claim_id)
    newest = select(func.max(events.c.seq)).where(
        events.c.subject_kind == "source", events.c.subject_id.in_(of_claim), events.c.act != NOTED
    )
    return connection.execute(newest).scalar() or 0


def move(act: Act, claim_id: str, revision: int, status: str) -> int:
    """Publish, reopen or void a claim; what is voided keeps ``act.why`` as its notice. Returns the revision it then has."""
    row = seen(act, claim_id, revision, {"status": status})
    if status == "in progress" and row["status"] not in LOCKED:
        raise StoreError(f"This claim is {row['status']}: nothing of it is signed off.", "Go on with it as it is.")
    name, new = stepped(act, row, status)
    if status == "void":
        new["notice"] = act.why
    record(act, [Change(name, "claim", claim_id, row, new)])
    return revision + 1


def assign(act: Act, claim_id: str, revision: int, assignee: str) -> int:
    """Give a claim to somebody, or to nobody; a new one is then assigned. Returns the revision it then has."""
    row = seen(act, claim_id, revision, {"assignee": assignee})
    unlocked(act, row)
    new: rows.Row = {}
    if (assignee.strip() or None) != row["assignee"]:
        new["assignee"] = assignee.strip() or None
    wanted = {("new", True): "assigned", ("assigned", False): "new"}.get((row["status"], bool(assignee.strip())))
    if wanted:
        new |= stepped(act, row, wanted)[1]
    if not new:
        return revision
    record(act, [Change("claim assigned" if assignee.strip() else "claim handed back", "claim", claim_id, row, new)])
    return revision + 1
