"""Marks: one reader's judgement of a claim. Each is kept; the newest stands in the claim's row beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from claims.errors import StoreError
from claims.evidence import Source
from claims.store import rows
from claims.store.edits import check_settable, edited, seen, stepped, unlocked
from claims.store.events import Act, Change, made, new_id, record
from claims.store.people import Rules, rules
from claims.store.schema import events, marks
from claims.store.sourcing import new_sources, reopened, typed
from claims.verdict import check_confidence, look_again

#: How far a reader's own day may be ahead of UTC's.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A judgement as a reader gives it.

    ``confidence`` is how sure the reader is of the verdict; ``likelihood``, from 0 to 1, how likely the claim is.
    ``as_of`` is the day whose knowledge it rests on: today, where it is None.
    """

    verdict: str
    confidence: str
    rationale: str = ""
    likelihood: float | None = None
    corrected_value: str = ""
    as_of: date | None = None
    status: str = "marked"


def save(
    act: Act,
    claim_id: str,
    revision: int,
    mark: Mark | None,
    changes: Mapping[str, object],
    added: Sequence[Source],
) -> int:
    """A mark, changes of the claim and new sources as one act. Returns the revision the claim then has."""
    row = seen(act, claim_id, revision, {**changes, **(given(act, mark) if mark else {}), **typed(added)})
    if mark:
        changes = looked_at(act, row, changes)
    about = written(act, row, mark, changes, rules(act.connection) if mark else None)
    kept = new_sources(act, row, added)
    if kept and not about:
        about = reopened(act, row)
    record(act, [*about, *kept])
    return revision + 1 if about else revision


def written(
    act: Act, row: rows.Row, mark: Mark | None, changes: Mapping[str, object], desk: Rules | None
) -> list[Change]:
    """The changes that a mark and other columns make to a claim, the claim's own first; none where nothing differs."""
    change = edited(act, row if mark is None else {**row, "verdict": mark.verdict}, changes) if changes else None
    if mark is None or desk is None:
        return [change] if change else []
    mark = checked(mark, desk)
    name, new = "claim marked", dict(change.new) if change else {}
    then, opened = unlocked(act, {**row, **new})
    new |= opened
    if check_settable(mark.status) != then["status"]:
        new |= stepped(act, then, mark.status)[1]
    new |= given(act, mark) | {"checker": act.actor or None, "checked_at": act.at, "scale": desk.scale.name}
    new = {column: value for column, value in new.items() if value != row[column]}
    return [Change(name, "claim", row["claim_id"], row, new), kept_mark(act, row["claim_id"], mark, desk, "first")]


def looked_at(act: Act, row: rows.Row, changes: Mapping[str, object]) -> Mapping[str, object]:
    """The changes that come with a judgement, and the day for the next look where they say none and none is ahead.

    A day that has come is answered by the judgement.
    """
    today, stands = act.at.date(), row["review_by"]
    if "review_by" in changes or (stands and stands > today):
        return changes
    return {**changes, "review_by": look_again({**row, **changes}, today)}


def checked(mark: Mark, desk: Rules) -> Mark:
    """The mark with its confidence as it is kept, if the desk's rules take it."""
    desk.scale.verdict(mark.verdict)
    if mark.status == "new":
        raise StoreError("A claim with a verdict is not new.", "Leave its status as it is, or make it marked.")
    if mark.likelihood is not None and not 0 <= mark.likelihood <= 1:
        raise StoreError(
            f"A likelihood of {mark.likelihood} cannot be.", "Give a number from 0 to 1, or leave it empty."
        )
    confidence = check_confidence(mark.confidence, desk.confidence)
    return mark if confidence == mark.confidence else replace(mark, confidence=confidence)


def given(act: Act, mark: Mark) -> rows.Row:
    """A judgement as the claim's row holds it."""
    if isinstance(mark.as_of, datetime):
        raise StoreError(f"A verdict is as of a day, not of the moment {mark.as_of}.", "Give a day of the calendar.")
    if mark.as_of is not None and mark.as_of > act.at.date() + _AHEAD:
        raise StoreError(
            f"No verdict can be as of {mark.as_of}, a day to come.", "Give the day whose knowledge it rests on."
        )
    return {
        "verdict": mark.verdict,
        "confidence": mark.confidence,
        "likelihood": None if mark.likelihood is None else float(mark.likelihood),
        "corrected_value": mark.corrected_value or None,
        "rationale": mark.rationale or None,
        "verdict_as_of": mark.as_of or act.at.date(),
    }


def last_judged(claim_id: str) -> Select[Any]:
    """The number of the event of the last judgement of a claim that stands; none where it has none."""
    given = select(marks.c.mark_id).where(marks.c.claim_id == claim_id, marks.c.withdrawn.is_(False))
    return select(func.max(events.c.seq)).where(events.c.subject_kind == "mark", events.c.subject_id.in_(given))


def kept_mark(act: Act, claim_id: str, mark: Mark, desk: Rules, reading: str) -> Change:
    """The change that keeps a judgement beside the claim: the first or second reading, or the decision."""
    row = given(act, mark)
    row |= {"mark_id": new_id(), "claim_id": claim_id, "reader": act.actor, "reading": reading}
    row |= {"scale": desk.scale.name, "as_of": row.pop("verdict_as_of"), "marked_at": act.at, "withdrawn": False}
    return made("mark kept", "mark", row["mark_id"], row)
